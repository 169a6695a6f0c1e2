"""Start or end a trial: for the owner, since everybody's customers may be in it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from duecourse.actions.trials import BadTrial, end, start
from duecourse.core.decide.playbook import BadPlaybook, packaged, read
from duecourse.interfaces.insight.strategies import shown
from duecourse.interfaces.portal.fault import Fault


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Start a trial of a packaged playbook or a text of one's own, beside the one that runs."""
    who = _owner(request)
    form = request.POST
    own = form.get("own", "").strip()
    try:
        trial = start(
            name=form.get("name", "").strip()[:120] or "A trial",
            mode=form.get("mode", ""),
            new=read(own) if own else packaged(form.get("new", "")),
            now_runs=packaged(),
            share=int(form.get("share") or 0) / 100,
            review_date=date.fromisoformat(form.get("review", "")),
            by=who,
            now=request.now,
        )
    except (BadTrial, BadPlaybook) as error:
        return shown(request, [Fault("trial-new", f"The trial was not started. {error}")], form.dict())
    except ValueError:
        said = "Give a share in whole percent and a day to review it, such as 2027-01-15"
        return shown(request, [Fault("trial-share", said)], form.dict())
    messages.success(request, f"Started: {trial.name}")
    return redirect("desk:strategies")


@login_required
@require_POST
def finish(request: HttpRequest, trial_id: int) -> HttpResponse:
    """End a trial, with the reason."""
    who = _owner(request)
    why = request.POST.get("why", "").strip()[:500] or "Ended by hand."
    if not end(trial_id, by=who, why=why, now=request.now):
        raise Http404
    messages.success(request, "Trial ended")
    return redirect("desk:strategies")


def _owner(request: HttpRequest) -> str:
    if not request.user.is_superuser:
        raise PermissionDenied
    return request.user.get_full_name() or request.user.get_username()
