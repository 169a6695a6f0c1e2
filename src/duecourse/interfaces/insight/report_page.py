"""The reports: one page each, made of findings, and each finding's table as CSV."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from duecourse.interfaces.desk.frame import frame_of
from duecourse.interfaces.insight.course import courses
from duecourse.interfaces.insight.figure_csv import csv_answer
from duecourse.interfaces.insight.refresh import refreshing
from duecourse.interfaces.insight.reports.cash import cash
from duecourse.interfaces.insight.reports.causes import causes
from duecourse.interfaces.insight.reports.compliance import compliance
from duecourse.interfaces.insight.reports.fairness import fairness
from duecourse.interfaces.insight.reports.portfolio import portfolio
from duecourse.interfaces.insight.reports.report import Ask, Report
from duecourse.interfaces.insight.reports.team import team
from duecourse.interfaces.insight.tabs import tabs
from duecourse.interfaces.insight.whose import whose
from duecourse.records.insight.tallies import counted_days
from duecourse.records.reads.desk_frame import waiting

REPORTS: dict[str, Callable[[Ask], Report]] = {
    "portfolio": portfolio, "cash": cash, "causes": causes, "team": team, "compliance": compliance, "fairness": fairness,
}  # fmt: skip


@login_required
@require_safe
def page(request: HttpRequest, report: str) -> HttpResponse:
    """`?currency=` and `?creditor=` choose the book, as on the dashboard."""
    ask, currencies = _ask(request, report)
    context = {
        "page": REPORTS[report](ask), "tabs": tabs(request, report), "currencies": currencies, "refresh": refreshing(request),
        "frame": frame_of(request, waiting()), "current": "Dashboard",
    }  # fmt: skip
    return render(request, "insight/report.html", context)


@login_required
@require_safe
def table(request: HttpRequest, report: str, name: str) -> HttpResponse:
    """A finding's table: ISO dates, plain decimals."""
    ask, _ = _ask(request, report)
    chart = REPORTS[report](ask).charts.get(name)
    if chart is None:
        raise Http404
    return csv_answer(f"{report}-{name}-{ask.today.isoformat()}", chart.table.head, chart.table.plain)


def _ask(request: HttpRequest, report: str) -> tuple[Ask, list[tuple[str, str, bool]]]:
    if report not in REPORTS:
        raise Http404
    own = whose(request)
    found = courses(counted_days(own.creditors))
    wanted = request.GET.get("currency", "")
    course = found.get(wanted) or next(iter(found.values()), None)
    currency = course.currency if course else "GBP"

    def address(route: str, *parts: str) -> str:
        query = {"currency": currency, "creditor": own.chosen}
        return f"{reverse(f'desk:{route}', args=parts)}?{urlencode({k: v for k, v in query.items() if v})}"

    ask = Ask(
        own.creditors, course, currency, request.now,
        url=lambda name: address("report_csv", report, name),
        rows_url=lambda name: address("figure_rows", name),
    )  # fmt: skip
    here = reverse("desk:report", args=[report])
    chosen = [(c, f"{here}?{urlencode({'currency': c, 'creditor': own.chosen})}", c == currency) for c in found]
    return ask, chosen
