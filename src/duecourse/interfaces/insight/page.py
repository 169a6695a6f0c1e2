"""The dashboard: one read of counted days, one page."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from duecourse.actions.mail_dashboard import EVERY, asked
from duecourse.core.measure.windows import QUARTER
from duecourse.interfaces.desk.frame import frame_of
from duecourse.interfaces.insight.build import build
from duecourse.interfaces.insight.questions import questions
from duecourse.interfaces.insight.refresh import refreshing
from duecourse.interfaces.insight.tabs import tabs
from duecourse.interfaces.insight.whose import Whose, whose
from duecourse.records.insight.tallies import counted_days
from duecourse.records.reads.desk_frame import waiting
from duecourse.records.reads.stopped import stopped_since


@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """`?currency=GBP` and `?creditor=ID` choose the book; without them the largest one, of all creditors in sight."""
    own = whose(request)
    now = request.now  # type: ignore[attr-defined]
    page = build(
        counted_days(own.creditors),
        currency=request.GET.get("currency", ""),
        whose=own.name,
        stopped=stopped_since(now - timedelta(days=QUARTER), own.creditors),
        now=now,
        address=lambda kind, name="", currency="": _address(own, kind, name, currency),
    )
    context = {
        "page": page, "own": own, "frame": frame_of(request, waiting()), "current": "Dashboard", "tabs": tabs(request, "dashboard"),
        "questions": questions(request), "mail": asked(request.user), "often": EVERY.items(), "refresh": refreshing(request),
    }  # fmt: skip
    return render(request, "insight/dashboard.html", context)


def _address(own: Whose, kind: str, name: str, currency: str) -> str:
    route = {"page": "dashboard", "rows": "figure_rows", "csv": "figure_csv"}[kind]
    query = {"currency": currency, "creditor": own.chosen}
    path = reverse(f"desk:{route}", args=[name] if name else [])
    return f"{path}?{urlencode({k: v for k, v in query.items() if v})}"
