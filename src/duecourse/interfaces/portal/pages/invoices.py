"""The invoices and what has been paid on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duecourse.interfaces.money import Money
from duecourse.interfaces.portal.entrance import Visit, through_link, with_second_fact
from duecourse.interfaces.portal.owes import today
from duecourse.records.reads.portal import statements


@dataclass(frozen=True, slots=True)
class Move:
    """Something that changed what is open."""

    name: str
    amount: Money
    on: date


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice with its story in money."""

    ref: str
    description: str
    issued: date
    due: date
    amount: Money
    open: Money
    moves: tuple[Move, ...]

    @property
    def is_open(self) -> bool:
        return self.open.minor > 0


@dataclass(frozen=True, slots=True)
class Invoices:
    """The page."""

    token: str
    invoices: tuple[Invoice, ...]
    today: date


@require_safe
@through_link
@with_second_fact
def page(visit: Visit) -> HttpResponse:
    found = tuple(
        Invoice(
            ref=s.debt.ref,
            description=s.debt.description,
            issued=s.debt.issued_date,
            due=s.debt.due_date,
            amount=Money(s.debt.amount_minor, s.debt.currency),
            open=Money(s.debt.open_minor, s.debt.currency),
            moves=tuple(Move(name_of(m.kind), Money(m.amount_minor, s.debt.currency), m.booked_date) for m in s.moves),
        )
        for s in statements(visit.opened.shard, visit.opened.customer_id)
    )
    shown = Invoices(visit.token, found, today(visit))
    return render(visit.request, "portal/invoices.html", {"sender": visit.sender, "page": shown})


def name_of(kind: str) -> str:
    """An entry's kind as a customer reads it."""
    names = {
        "payment": _("Paid, thank you"),
        "credit_note": _("Credit note"),
        "refund": _("Paid back to you"),
        "write_off": _("Let go by us"),
        "reversal": _("Taken back by the bank"),
    }
    return names.get(kind, _("Change"))
