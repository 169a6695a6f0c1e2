"""Propose a way out, and agree to it. Terms are never edited: a change is a new version, and it binds when both sides said yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from duecourse.actions.approve import NewApproval, ask
from duecourse.actions.hold import NewHold, lift, place
from duecourse.actions.offer_policy import policy_of
from duecourse.actions.reopen import restart
from duecourse.actions.say import say
from duecourse.core.money.offers.terms_of import outside
from duecourse.core.money.plans.terms import BadTerms, Terms, digest, read
from duecourse.records.cases.arrangements import Agreement, Arrangement, ArrangementDebt, ArrangementEnd, Instalment
from duecourse.records.cases.models import Hold
from duecourse.records.ledger.models import Debt
from duecourse.records.locking import lock_customers
from duecourse.records.reads.creditor_day import day_of
from duecourse.records.reads.plans import Standing, one

REVIEW_DAYS = 90
"""A plan's hold is looked at again after so many days, though nothing happened."""

TIME_TO_ANSWER = 14
"""Days that a customer has after a plan was stopped before anything is due again."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who proposes or agrees. `id` is a person on the staff, None for the customer; `role` chooses the limits."""

    name: str
    channel: str
    role: str = "customer"
    id: int | None = None


class NotAgreed(ValueError):
    """Nothing was agreed; the message says why and what to do, in words that a customer may read."""


def propose(
    who: tuple[int, int, int], terms: Terms, *, by: Speaker, now: datetime, hardship: bool = False,
    offer_id: int | None = None, replaces_id: int | None = None,
) -> Arrangement:  # fmt: skip
    """Write down terms for (shard, creditor, customer) in the running transaction. Outside the limits a second person is asked.

    Raises BadTerms where a debt is not open as the terms say, is under another arrangement, or the version was replaced already.
    """
    shard, creditor_id, customer_id = who
    lock_customers([(shard, customer_id)])
    before = _before(shard, customer_id, replaces_id)
    due = _check_debts(shard, customer_id, terms, before)
    today = day_of(creditor_id, now)
    if terms.instalments[0][0] < today:
        raise BadTerms("The first payment has a day that is still to come.")
    owed = sum(minor for _, minor in terms.debts)
    limit = policy_of(creditor_id).limit(by.role, owed, terms.currency, hardship=hardship)
    beyond = outside(terms, limit, due=due, today=today)
    made = Arrangement.objects.create(
        shard=shard, creditor_id=creditor_id, customer_id=customer_id, kind=terms.way.value,
        version=before.version + 1 if before else 1, replaces_id=replaces_id, offer_id=offer_id, currency=terms.currency,
        total_minor=terms.total_minor, terms=terms.plain(), needs_approval=beyond, proposed_by=by.name,
        proposed_by_id=by.id, channel=by.channel, at=now,
    )  # fmt: skip
    Instalment.objects.bulk_create(
        Instalment(
            shard=shard, creditor_id=creditor_id, customer_id=customer_id, arrangement_id=made.id, number=n, due_date=day,
            amount_minor=minor,
        )
        for n, (day, minor) in enumerate(terms.instalments, 1)
    )  # fmt: skip
    if beyond:
        ask(
            NewApproval(shard, creditor_id, customer_id, "arrangement", made.id, terms.currency, owed,
                        f"Outside the limits: {beyond}", by.id or 0, by.name),
            now=now,
        )  # fmt: skip
    return made


def agree(shard: int, arrangement_id: int, side: str, *, by: Speaker, terms_digest: str, now: datetime) -> bool:
    """One side says yes to terms that it has read (`terms_digest`). True once both have: then it binds and chasing stops.

    Raises NotAgreed where it has ended, other terms were read, or a second person has not allowed it yet.
    """
    found = locked(shard, arrangement_id)
    if found is None:
        raise NotAgreed("These terms are not there any more.")
    if found.outcome:
        raise NotAgreed("These terms have ended. Please look at the choices again.")
    if terms_digest != digest(read(found.terms)):
        raise NotAgreed("These are not the terms that you read. Please read them again.")
    if side == "creditor" and found.needs_approval and not found.approved:
        raise NotAgreed(f"A second person has to allow this first. {found.needs_approval}.")
    if side not in {said for said, *_ in found.agreed}:
        Agreement.objects.create(
            shard=shard, creditor_id=found.creditor_id, customer_id=found.customer_id, arrangement_id=arrangement_id, side=side,
            said_by=by.name, said_by_id=by.id, channel=by.channel, terms_digest=terms_digest, at=now,
        )  # fmt: skip
    sides = {said for said, *_ in found.agreed} | {side}
    if len(sides) < 2 or found.debts:
        return len(sides) == 2
    _bind(found, now=now)
    return True


def agree_both(made: Arrangement, *, by: Speaker, creditor: Speaker, now: datetime) -> bool:
    """The customer says yes, and so does the creditor by its policy, or by the person on the phone. False: waits for approval."""
    known = digest(read(made.terms))
    agree(made.shard, made.id, "customer", by=by, terms_digest=known, now=now)
    if made.needs_approval:
        return False
    return agree(made.shard, made.id, "creditor", by=creditor, terms_digest=known, now=now)


def decline(shard: int, arrangement_id: int, *, by: str, why: str, now: datetime) -> bool:
    """Proposed terms that nobody wants; False where they had bound or ended."""
    found = locked(shard, arrangement_id)
    if found is None or found.outcome or found.debts:
        return False
    _end(found, "declined", why, by, now)
    return True


def stop(shard: int, arrangement_id: int, *, by: str, why: str, now: datetime) -> bool:
    """A person ends an agreed arrangement before it is kept; False where it had ended. Reminders start anew, at the first step."""
    found = locked(shard, arrangement_id)
    if found is None or found.outcome or not found.debts:
        return False
    release(found, "stopped", why, by, now=now)
    # The sequence begins again, never where it had ended; and there is time to answer first.
    restart(shard, found.debts, due=now.date() + timedelta(days=TIME_TO_ANSWER))
    return True


def locked(shard: int, arrangement_id: int) -> Standing | None:
    """The arrangement as it stands under its customer's lock; None where there is none."""
    found = one(shard, arrangement_id)
    if found is None:
        return None
    lock_customers([(shard, found.customer_id)])
    return one(shard, arrangement_id)


def release(found: Standing, outcome: str, why: str, by: str, *, now: datetime) -> None:
    """Its debts come out from under it, and its holds end. The customer is locked."""
    ArrangementDebt.objects.filter(shard=found.shard, arrangement_id=found.id, until_at__isnull=True).update(
        until_at=now
    )
    held = Hold.objects.filter(
        shard=found.shard, customer_id=found.customer_id, kind="plan", debt_id__in=found.debts, until_at__isnull=True
    )
    for hold in held:
        lift(found.shard, hold.id, by=by, why=f"Plan {outcome}", now=now)
    _end(found, outcome, why, by, now)


def _end(found: Standing, outcome: str, why: str, by: str, now: datetime) -> None:
    ArrangementEnd.objects.create(
        shard=found.shard, creditor_id=found.creditor_id, customer_id=found.customer_id, arrangement_id=found.id,
        outcome=outcome, why=why, ended_by=by, at=now,
    )  # fmt: skip


def _before(shard: int, customer_id: int, replaces_id: int | None) -> Standing | None:
    if replaces_id is None:
        return None
    found = one(shard, replaces_id)
    if found is None or found.customer_id != customer_id:
        raise BadTerms("There is no such arrangement to change.")
    if found.outcome or Arrangement.objects.filter(shard=shard, replaces_id=replaces_id).exists():
        raise BadTerms("These terms were changed already. Please look at the newest.")
    return found


def _check_debts(shard: int, customer_id: int, terms: Terms, before: Standing | None) -> date:
    """The due date of the oldest debt. Raises BadTerms."""
    ids = [debt for debt, _ in terms.debts]
    rows = {d.id: d for d in Debt.objects.filter(shard=shard, customer_id=customer_id, id__in=ids)}
    for debt, minor in terms.debts:
        row = rows.get(debt)
        if row is None or row.currency != terms.currency:
            raise BadTerms("One of these debts is not the customer's, or is in another currency.")
        if row.open_minor != minor:
            raise BadTerms("The balance has changed since. Please work it out again.")
    under = ArrangementDebt.objects.filter(shard=shard, debt_id__in=ids, until_at__isnull=True)
    if under.exclude(arrangement_id=before.id if before else 0).exists():
        raise BadTerms("One of these debts is under an arrangement already. Change that one instead.")
    return min(row.due_date for row in rows.values())


def _bind(found: Standing, *, now: datetime) -> None:
    """Both sides agreed: the version before ends, the debts come under this one, nobody chases for them, and it is confirmed."""
    before = one(found.shard, found.replaces_id) if found.replaces_id else None
    if before is not None and before.debts and not before.outcome:
        release(before, "replaced", f"Version {found.version} was agreed", "the customer", now=now)
    terms = read(found.terms)
    opened = dict(
        Debt.objects.filter(shard=found.shard, id__in=[d for d, _ in terms.debts]).values_list("id", "open_minor")
    )
    base = {"shard": found.shard, "creditor_id": found.creditor_id, "customer_id": found.customer_id}
    ArrangementDebt.objects.bulk_create(
        ArrangementDebt(**base, arrangement_id=found.id, debt_id=debt, open_minor=opened[debt], from_at=now)
        for debt, _ in terms.debts
    )
    review = min(terms.review_date or terms.instalments[-1][0], (now + timedelta(days=REVIEW_DAYS)).date())
    for debt, _ in terms.debts:
        place(NewHold(**base, kind="plan", placed_by="the agreement", reason="There is an arrangement, and nobody chases while it is kept",
                      debt_id=debt, review_date=review), now=now)  # fmt: skip
    first, minor = terms.instalments[0]
    say(
        (found.shard, found.creditor_id, found.customer_id), "plan_agreed", terms.way.value,
        {"debts": [debt for debt, _ in terms.debts], "arrangement": found.id, "amount_minor": minor, "currency": found.currency,
         "due_date": first.isoformat(), "count": len(terms.instalments), "total_minor": terms.total_minor,
         "last_date": terms.instalments[-1][0].isoformat()},
        key=f"plan:{found.id}:agreed", now=now,
    )  # fmt: skip
