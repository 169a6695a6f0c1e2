"""Your books against ours: what the newest file says is open, what we say, and each reason why they differ, to zero."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from duecourse.actions.compare_books import Compared, compare_books
from duecourse.core.measure.books import REASONS
from duecourse.interfaces.dates import stamp
from duecourse.interfaces.desk.frame import frame_of
from duecourse.interfaces.insight.figure_csv import csv_answer
from duecourse.interfaces.insight.tabs import tabs
from duecourse.interfaces.insight.view import Chart, Table
from duecourse.interfaces.insight.whose import whose
from duecourse.interfaces.money import Money, plain, words
from duecourse.records.parties.models import Creditor
from duecourse.records.reads.desk_frame import waiting


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?creditor=ID`; the first in sight where none is named."""
    own, creditor = whose(request), _creditor(request)
    found = compare_books(creditor.pk, home=settings.DATA_FOLDER) if creditor else None
    charts = {} if found is None else {row[0]: _table(found, creditor.pk, *row) for row in found.totals.iter_rows()}
    lede = "No file of your books was read yet. Bring one in under Import, and this page explains every difference."
    if found is not None:
        when = stamp(found.read_at, request.now, creditor.timezone) if found.read_at else ""
        lede = f"{creditor}: the file “{found.file}”, read {when}, against our ledger as it stands."
        if found.refused:
            lede += f" {found.refused:,} of its rows could not be read and are not counted."
    context = {
        "lede": lede, "charts": charts, "own": own, "chosen": str(creditor.pk) if creditor else "", "tabs": tabs(request, "books"),
        "frame": frame_of(request, waiting()), "current": "Dashboard",
    }  # fmt: skip
    return render(request, "insight/books.html", context)


@login_required
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Every invoice and credit that differs, with its reason."""
    creditor = _creditor(request)
    found = compare_books(creditor.pk, home=settings.DATA_FOLDER) if creditor else None
    if found is None:
        raise Http404
    amounts = ("yours", "ours", "difference")
    lines = (
        (r["currency"], r["ref"], r["customer_ref"], REASONS[r["reason"]], *(plain(Money(r[k], r["currency"])) for k in amounts))
        for r in found.rows.iter_rows(named=True)
    )  # fmt: skip
    head = ("Currency", "Number", "Customer", "Reason", "Your file", "Our ledger", "Difference")
    return csv_answer(f"your-books-{request.now:%Y-%m-%d}", head, lines)


def _creditor(request: HttpRequest) -> Creditor | None:
    own = whose(request)
    if own.chosen:
        return Creditor.objects.get(pk=own.chosen)
    return Creditor.objects.order_by("name").first()


def _table(found: Compared, creditor: int, currency: str, yours: int, ours: int) -> Chart:
    """The bridge from their total to ours."""
    lines = [("Your file says", None, yours)]
    for reason, name in REASONS.items():
        mine = found.rows.filter((found.rows["currency"] == currency) & (found.rows["reason"] == reason))
        if mine.height:
            lines.append((name, mine.height, int(mine["difference"].sum())))
    explained = sum(amount for _, _, amount in lines)
    left = ours - explained

    def money(minor: int) -> str:
        return words(Money(minor, currency), "en")

    say = "Your books and ours say the same."
    if len(lines) > 1:
        say = f"We differ by {money(ours - yours)}." if yours != ours else "The totals agree, but some rows do not."
        say += f" {money(left)} of it is unexplained." if left else " Each difference is explained."
    table = Table(
        f"From your total to ours, in {currency}.", ("", "Rows", "Amount"),
        tuple((name, "" if n is None else f"{n:,}", money(amount)) for name, n, amount in lines),
        tuple((name, "" if n is None else str(n), plain(Money(amount, currency))) for name, n, amount in lines),
        f"{reverse('desk:books_csv')}?creditor={creditor}",
        (f"We say. Left unexplained: {money(left)}", "", money(ours)),
    )  # fmt: skip
    return Chart(
        title=f"{currency}: from your books to ours",
        unit="open amount, credits taken off",
        say=say,
        svg="",
        table=table,
    )  # type: ignore[arg-type]
