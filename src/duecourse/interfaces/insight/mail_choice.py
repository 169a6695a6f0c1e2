"""Ask for the dashboard by e-mail, or end it: one's own choice only."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from duecourse.actions.mail_dashboard import EVERY, ask


@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    every = request.POST.get("every", "")
    try:
        ask(request.user, every, now=request.now)
    except ValueError:
        return HttpResponseBadRequest("That is not how often.")
    messages.success(
        request, f"You get the dashboard by e-mail {EVERY[every]}" if every else "No more e-mail of the dashboard"
    )
    return redirect("desk:dashboard")
