"""The numbers of the dashboard as CSV, and the rows that a figure was counted from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from duecourse.connectors.importers.escape import escape
from duecourse.core.measure.definitions import DEFINITIONS
from duecourse.core.measure.rows import ROWS
from duecourse.interfaces.insight import charts
from duecourse.interfaces.insight.course import Course, courses
from duecourse.interfaces.insight.whose import whose
from duecourse.interfaces.money import Money, plain
from duecourse.records.insight.figure_rows import figure_rows
from duecourse.records.insight.tallies import counted_days

_CHARTS = {"ageing": charts.ageing, "dso": charts.dso, "collection": charts.collection, "cash": charts.cash}
_CHARTS |= {"contacts": charts.contacts}


@login_required
@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """A chart's table, or all figures: ISO dates and plain decimals."""
    own = whose(request)
    course = courses(counted_days(own.creditors)).get(request.GET.get("currency", ""))
    if course is None or (name != "figures" and name not in _CHARTS):
        raise Http404
    if name == "figures":
        head, rows = ("Figure", "Currency", "Day", "Value", "How it is counted"), _figures(course)
    else:
        table = _CHARTS[name](course, str).table
        head, rows = table.head, iter(table.plain)
    return _answer(name, course, "".join(_lines(head, rows)))


@login_required
@require_safe
def rows(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """The rows behind a figure, by the same functions that counted it, streamed a range of customers at a time."""
    own = whose(request)
    course = courses(counted_days(own.creditors)).get(request.GET.get("currency", ""))
    if course is None or name not in ROWS:
        raise Http404
    found = figure_rows(name, as_of=course.days[-1], currency=course.currency, creditors=own.creditors)
    return _answer(f"{name}-rows", course, _frames(found))


def _figures(course: Course) -> Iterator[Sequence[str]]:
    day = course.days[-1].isoformat()
    for definition in DEFINITIONS:
        value = course.now[definition.key]
        if definition.unit == "buckets":
            for bucket, amount in value.items():
                yield (
                    f"ageing {bucket}",
                    course.currency,
                    day,
                    plain(Money(amount, course.currency)),
                    definition.formula,
                )
            continue
        if value is not None and definition.unit == "money":
            value = plain(Money(value, course.currency))
        yield (definition.key, course.currency, day, "" if value is None else str(value), definition.formula)


def _frames(found: Iterable[tuple[Sequence[str], Iterable[Sequence[object]]]]) -> Iterator[str]:
    for n, (head, part) in enumerate(found):
        yield "".join(_lines(head if n == 0 else None, ([_cell(v) for v in row] for row in part)))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _lines(head: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in [head] if head else []:
        yield _line(row)
    for row in rows:
        yield _line(row)


def _line(row: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([escape(cell) for cell in row])
    return out.getvalue()


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A table as a file of that name."""
    answer = HttpResponse("".join(_lines(head, rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _answer(name: str, course: Course, content: str | Iterator[str]) -> HttpResponse | StreamingHttpResponse:
    kind = HttpResponse if isinstance(content, str) else StreamingHttpResponse
    answer = kind(content, content_type="text/csv; charset=utf-8")
    file = f"{name}-{course.currency}-{course.days[-1].isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer
