"""The invoice never came: send it to the right address, let the due date begin anew, waive what lateness added, tell billing why."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from duecourse.actions.adjust import waive_all
from duecourse.actions.dispute import NewDispute, end, open_dispute
from duecourse.actions.say import say
from duecourse.records.cases.disputes import Dispute
from duecourse.records.ledger.models import Debt
from duecourse.records.locking import lock_customers
from duecourse.records.parties.models import ContactPoint
from duecourse.records.reads.creditor_day import day_of

CAUSES = {
    "wrong_address": "It went to an address that is not theirs",
    "bounced": "It came back",
    "not_sent": "It was never sent",
    "missing_order_number": "Their purchase order number was missing",
    "not_found": "It was sent, and they cannot find it",
}
LEAST_DAYS = 14
"""Whatever the terms were, there are two weeks to pay."""


def never_received(
    who: tuple[int, int, int], debt_id: int, *, cause: str, form: str, by: str, now: datetime, email: str = ""
) -> date:
    """Mend it in the running transaction; returns the new due date. Told again, it changes nothing more that day.

    `email` is the right address where it was told. Raises NotPossible for a debt that is not theirs; ValueError for a cause.
    """
    if cause not in CAUSES:
        raise ValueError(f"{cause} is not a cause")
    shard, creditor_id, customer_id = who
    lock_customers([(shard, customer_id)])
    today = day_of(creditor_id, now)
    told = NewDispute(shard, creditor_id, customer_id, "no_invoice", form, today, by, debt_id, CAUSES[cause])
    mended = _mended_today(told, today)
    if mended:
        return mended
    made = open_dispute(told, now=now)
    point = _address(who, email.strip(), now=now) if email.strip() else None
    debt = Debt.objects.get(shard=shard, id=debt_id)
    terms = max((debt.due_date - debt.issued_date).days, LEAST_DAYS) if debt.round == 1 else LEAST_DAYS
    due = max(today + timedelta(days=terms), debt.due_date)
    waived = waive_all(shard, debt_id, why="The invoice had not come", key=f"no_invoice:{made.id}", by=by, now=now)
    Debt.objects.filter(shard=shard, id=debt_id).update(due_date=due, round=debt.round + 1)
    made.owner = "billing"
    made.save(update_fields=["owner"])
    answer = f"Sent again. The new due date is {due:%d %B %Y}. Nothing is charged for the time before."
    end(made, "upheld", answer=answer, told="Sent again", by=by, now=now, adjusted_minor=waived)
    say(
        who, "answer", "invoice_again",
        {"debts": [debt_id], "due_date": due.isoformat(), "amount_minor": debt.open_minor, "currency": debt.currency,
         "dispute": made.id},
        key=f"dispute:{made.id}:answer", now=now, point_id=point,
    )  # fmt: skip
    return due


def _mended_today(told: NewDispute, today: date) -> date | None:
    done = Dispute.objects.filter(
        shard=told.shard, customer_id=told.customer_id, debt_id=told.debt_id, reason="no_invoice", received_date=today,
        closed_at__isnull=False,
    ).exists()  # fmt: skip
    return Debt.objects.get(shard=told.shard, id=told.debt_id).due_date if done else None


def _address(who: tuple[int, int, int], email: str, *, now: datetime) -> int:
    """The address that they gave, used first from now on; the others stay until somebody ends them."""
    shard, creditor_id, customer_id = who
    points = ContactPoint.objects.filter(shard=shard, customer_id=customer_id, kind="email", ended_at__isnull=True)
    known = points.filter(value__iexact=email).first()
    if known is None:
        known = ContactPoint.objects.create(
            shard=shard,
            creditor_id=creditor_id,
            customer_id=customer_id,
            kind="email",
            value=email,
            rank=0,
            created_at=now,
        )
    elif known.rank:
        points.filter(id=known.id).update(rank=0)
    return int(known.id)
