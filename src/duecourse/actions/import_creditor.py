"""Whose invoices a file holds: a creditor by name, made where it is new."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from duecourse.records.parties.models import Creditor
from duecourse.records.tenancy import scope


def find_creditor(name: str) -> Creditor | None:
    """The creditor of that name, however it is capitalised; None where there is none."""
    with scope("all"):
        return Creditor.objects.filter(Q(name__iexact=name) | Q(trading_as__iexact=name)).order_by("id").first()


def creditors() -> list[Creditor]:
    """All creditors by name."""
    with scope("all"):
        return list(Creditor.objects.order_by("name"))


def make_creditor(name: str, currency: str, *, now: datetime) -> Creditor:
    """A new creditor with the defaults of its table; staff complete it in the desk."""
    with scope("all"):
        return Creditor.objects.create(name=name, currency=currency, created_at=now)
