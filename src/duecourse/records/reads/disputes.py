"""Disputes that wait for an answer, and approvals that wait for a second person, of one customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duecourse.records.cases.disputes import Approval, Dispute
from duecourse.records.ledger.models import Debt


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """`ref` and `currency` are empty where it is about everything."""

    shard: int
    id: int
    reason: str
    words: str
    ref: str
    currency: str
    answer_by: date
    owner: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An approval that was asked for and not decided."""

    shard: int
    id: int
    act: str
    reason: str
    asked_by: str
    asked_by_id: int


def open_disputes(shard: int, customer_id: int) -> tuple[OpenDispute, ...]:
    """The one to be answered first comes first."""
    rows = list(
        Dispute.objects.filter(shard=shard, customer_id=customer_id, closed_at__isnull=True).order_by("answer_by", "id")
    )
    debts = {d.id: d for d in Debt.objects.filter(shard=shard, id__in=[r.debt_id for r in rows if r.debt_id])}
    return tuple(
        OpenDispute(
            r.shard, r.id, r.reason, r.words, debts[r.debt_id].ref if r.debt_id else "",
            debts[r.debt_id].currency if r.debt_id else "", r.answer_by, r.owner,
        )
        for r in rows
    )  # fmt: skip


def waiting_approvals(shard: int, customer_id: int) -> tuple[Waiting, ...]:
    """Oldest first."""
    rows = Approval.objects.filter(shard=shard, customer_id=customer_id, decided_at__isnull=True).order_by("id")
    return tuple(Waiting(r.shard, r.id, r.act, r.reason, r.asked_by, r.asked_by_id) for r in rows)
