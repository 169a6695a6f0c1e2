"""A dispute from its first word to its answer: a hold at once, an owner with a clock, an outcome, an adjusted balance, kind words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from duecourse.actions.adjust import CannotAdjust, Change, adjust
from duecourse.actions.hold import NewHold, lift, place
from duecourse.actions.open_task import NewTask, open_tasks
from duecourse.actions.reopen import restart
from duecourse.actions.say import say
from duecourse.core.language.cards import mask_cards
from duecourse.records.cases.disputes import Dispute, Evidence
from duecourse.records.cases.models import Task
from duecourse.records.ledger.models import Debt
from duecourse.records.locking import lock_customers
from duecourse.records.reads.creditor_day import zone_of

REASONS = {
    "amount": "The amount is wrong",
    "goods": "The goods or the work are not right",
    "paid": "It is paid already",
    "twice": "It was billed twice",
    "not_mine": "It is not mine",
    "no_invoice": "The invoice never came",
    "other": "Something else is wrong",
}
FORMS = ("portal", "email", "phone", "letter", "sms", "api")
OUTCOMES = {
    "upheld": "The customer is right",
    "partly": "The customer is right in part",
    "rejected": "The bill stands",
    "withdrawn": "The customer took it back",
}
ANSWER_DAYS = 14
"""We answer within two weeks; the law's own clocks are longer."""
TIME_TO_PAY = 14
"""After our answer nothing is due for two weeks."""


class NotPossible(ValueError):
    """Nothing was done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class NewDispute:
    """What reached us. `debt_id` None: every debt. `received` is the civil day where the creditor is."""

    shard: int
    creditor_id: int
    customer_id: int
    reason: str
    form: str
    received: date
    opened_by: str
    debt_id: int | None = None
    words: str = ""
    owner: str = ""


def open_dispute(new: NewDispute, *, now: datetime) -> Dispute:
    """Open it in the running transaction; the same reason for the same debt, told again while it is open, adds its words.

    Raises NotPossible for a reason, form or debt that does not exist.
    """
    if new.reason not in REASONS or new.form not in FORMS:
        raise NotPossible("Choose what is wrong.")
    lock_customers([(new.shard, new.customer_id)])
    if new.debt_id is not None and not _owns(new):
        raise NotPossible("There is no such invoice.")
    running = Dispute.objects.filter(
        shard=new.shard, customer_id=new.customer_id, debt_id=new.debt_id, reason=new.reason, closed_at__isnull=True
    ).first()
    if running is not None:
        if new.words.strip():
            bring(running, words=new.words, by=new.opened_by, now=now)
        return running
    answer_by = new.received + timedelta(days=ANSWER_DAYS)
    hold = place(
        NewHold(
            shard=new.shard, creditor_id=new.creditor_id, customer_id=new.customer_id, debt_id=new.debt_id, kind="dispute",
            placed_by=new.opened_by, reason=f"{REASONS[new.reason]}. We answer by {answer_by:%d %B %Y}.", review_date=answer_by,
        ),
        now=now,
    )  # fmt: skip
    made = Dispute.objects.create(
        shard=new.shard, creditor_id=new.creditor_id, customer_id=new.customer_id, debt_id=new.debt_id, reason=new.reason,
        words=mask_cards(new.words).strip(), form=new.form, received_date=new.received, opened_by=new.opened_by, opened_at=now,
        answer_by=answer_by, hold_id=hold.id, owner=new.owner,
    )  # fmt: skip
    zone = zone_of(new.creditor_id)
    open_tasks(
        [NewTask(new.shard, new.creditor_id, new.customer_id, "dispute", f"Dispute: {REASONS[new.reason].lower()}. Answer it",
                 _task_key(made.id), made.words, datetime.combine(answer_by, time(17), zone).astimezone(UTC), new.owner)],
        now=now,
    )  # fmt: skip
    return made


def take_over(shard: int, dispute_id: int, *, owner: str) -> bool:
    """Somebody owns it from now on; False where it has its answer."""
    done = Dispute.objects.filter(shard=shard, id=dispute_id, closed_at__isnull=True).update(owner=owner)
    if done:
        Task.objects.filter(shard=shard, key=_task_key(dispute_id), closed_at__isnull=True).update(owner=owner)
    return bool(done)


def bring(
    dispute: Dispute, *, by: str, now: datetime, words: str = "", file_name: str = "", media_type: str = "",
    size_bytes: int | None = None, sha256: str = "",
) -> Evidence:  # fmt: skip
    """Add evidence: words, or a file that is kept elsewhere by its digest."""
    if not words.strip() and not sha256:
        raise NotPossible("Evidence is words or a file.")
    return Evidence.objects.create(
        shard=dispute.shard, creditor_id=dispute.creditor_id, customer_id=dispute.customer_id, dispute_id=dispute.id,
        brought_by=by, words=mask_cards(words).strip(), file_name=mask_cards(file_name), media_type=media_type,
        size_bytes=size_bytes, sha256=sha256, at=now,
    )  # fmt: skip


def close_dispute(
    shard: int, dispute_id: int, outcome: str, *, answer: str, by: str, now: datetime, credit_minor: int = 0
) -> Dispute:
    """Write the outcome: the balance is adjusted, the hold ends, the customer hears our answer and has time to pay.

    `answer` is what the customer reads. Raises NotPossible.
    """
    if outcome not in OUTCOMES or not answer.strip():
        raise NotPossible("Choose how it ended, and write what the customer will read.")
    found = _open_one(shard, dispute_id)
    if found is None:
        raise NotPossible("This dispute has its answer already.")
    if credit_minor and (found.debt_id is None or outcome not in ("upheld", "partly")):
        raise NotPossible("Only a dispute about one invoice, where the customer is right, takes something off it.")
    if credit_minor:
        change = Change("dispute_credit", credit_minor, f"dispute:{found.id}", f"Dispute {outcome}")
        try:
            adjust(shard, found.debt_id, change, by=by, now=now)
        except CannotAdjust as error:
            raise NotPossible(str(error)) from None
    end(found, outcome, answer=answer, told=OUTCOMES[outcome], by=by, now=now, adjusted_minor=credit_minor)
    debts = _about(found)
    restart(shard, [d.id for d in debts], due=now.date() + timedelta(days=TIME_TO_PAY))
    say(
        (shard, found.creditor_id, found.customer_id), "answer", f"dispute_{outcome}",
        {"debts": [d.id for d in debts], "words": found.answer, "credit_minor": credit_minor,
         "currency": debts[0].currency if debts else "", "dispute": found.id},
        key=f"dispute:{found.id}:answer", now=now,
    )  # fmt: skip
    return found


def take_back(shard: int, dispute_id: int, *, by: str, now: datetime) -> bool:
    """Undo: it was opened by mistake. Nothing is said to the customer and no due date moves; False where it has its answer."""
    found = _open_one(shard, dispute_id)
    if found is None:
        return False
    end(found, "withdrawn", answer="Opened by mistake", told="Opened by mistake", by=by, now=now)
    return True


def end(
    found: Dispute, outcome: str, *, answer: str, told: str, by: str, now: datetime, adjusted_minor: int = 0
) -> None:
    """Write the outcome under the customer's lock: its task closes, and its hold ends where no other dispute needs it.

    `told` says to staff how it ended.
    """
    found.outcome, found.adjusted_minor, found.answer = outcome, adjusted_minor, mask_cards(answer).strip()
    found.closed_by, found.closed_at = by, now
    found.save(update_fields=["outcome", "adjusted_minor", "answer", "closed_by", "closed_at"])
    if not Dispute.objects.filter(shard=found.shard, hold_id=found.hold_id, closed_at__isnull=True).exists():
        lift(found.shard, found.hold_id, by=by, why=told, now=now)
    Task.objects.filter(shard=found.shard, key=_task_key(found.id), closed_at__isnull=True).update(
        closed_at=now, closed_by=by, outcome=told
    )


def _open_one(shard: int, dispute_id: int) -> Dispute | None:
    """The dispute, read under its customer's lock; None where there is none or it has its answer."""
    found = Dispute.objects.filter(shard=shard, id=dispute_id).first()
    if found is None:
        return None
    lock_customers([(shard, found.customer_id)])
    return Dispute.objects.filter(shard=shard, id=dispute_id, closed_at__isnull=True).first()


def _about(found: Dispute) -> list[Debt]:
    rows = Debt.objects.filter(shard=found.shard, customer_id=found.customer_id)
    return list(
        rows.filter(id=found.debt_id) if found.debt_id else rows.filter(open_minor__gt=0).order_by("due_date", "id")
    )


def _owns(new: NewDispute) -> bool:
    return Debt.objects.filter(shard=new.shard, id=new.debt_id, customer_id=new.customer_id).exists()


def _task_key(dispute_id: int) -> str:
    return f"dispute:{dispute_id}"
