"""Ways out on the customer's page: the plan as it stands, disputes to answer, approvals to decide, and the forms to begin one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from duecourse.actions.approve import TITLES
from duecourse.actions.dispute import OUTCOMES, REASONS
from duecourse.actions.never_received import CAUSES
from duecourse.core.money.plans.progress import How
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import brief, short
from duecourse.interfaces.money import Money
from duecourse.records.reads.disputes import open_disputes, waiting_approvals
from duecourse.records.reads.plans import Standing, of_customer

_CHIPS = {
    How.PAID: Chip("paid", "done"),
    How.COMING: Chip("coming"),
    How.DUE: Chip("due now", "due"),
    How.MISSED: Chip("did not come", "due"),
}


@dataclass(frozen=True, slots=True)
class Payment:
    day: str
    amount: Money
    chip: Chip


@dataclass(frozen=True, slots=True)
class Plan:
    """An arrangement: what is left, and its next payments."""

    name: str
    left: Money
    about: str
    payments: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class ToAnswer:
    id: int
    title: str
    words: str
    about: str
    currency: str
    url: str


@dataclass(frozen=True, slots=True)
class ToDecide:
    title: str
    about: str
    url: str
    own: bool


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What the page's panel shows."""

    offer_url: str
    dispute_url: str
    plans: tuple[Plan, ...]
    disputes: tuple[ToAnswer, ...]
    approvals: tuple[ToDecide, ...]
    reasons: tuple[tuple[str, str], ...] = tuple(REASONS.items())
    causes: tuple[tuple[str, str], ...] = tuple(CAUSES.items())
    outcomes: tuple[tuple[str, str], ...] = tuple(OUTCOMES.items())


def ways_out(shard: int, customer_id: int, *, today: date, me: int) -> WaysOut:
    """Read for one customer; `me` is the person who looks, who does not decide what they asked for."""
    pair = (shard, customer_id)
    return WaysOut(
        offer_url=reverse("desk:offer", args=pair),
        dispute_url=reverse("desk:dispute_open", args=pair),
        plans=tuple(_plan(p, today) for p in of_customer(*pair) if p.state in ("agreed", "proposed")),
        disputes=tuple(
            ToAnswer(
                d.id, f"{REASONS.get(d.reason, d.reason)}{f': {d.ref}' if d.ref else ''}", d.words,
                f"We answer by {brief(d.answer_by, 'en')}. {d.owner or 'Nobody'} has it.", d.currency,
                reverse("desk:dispute_answer", args=[d.shard, d.id]),
            )
            for d in open_disputes(*pair)
        ),
        approvals=tuple(
            ToDecide(TITLES[a.act], f"{a.reason}. {a.asked_by} asks.", reverse("desk:approval", args=[a.shard, a.id]),
                     a.asked_by_id == me)
            for a in waiting_approvals(*pair)
        ),
    )  # fmt: skip


def _plan(found: Standing, today: date) -> Plan:
    if found.state == "proposed":
        said = ", ".join(f"{side} said yes" for side, *_ in found.agreed) or "nobody has said yes yet"
        return Plan(f"Proposed {found.kind.replace('_', ' ')}", Money(found.total_minor, found.currency), said, ())
    stands = found.progress(today)
    ahead = [one for one in stands.instalments if one.how is not How.PAID][:4]
    paid = len(stands.instalments) - sum(one.how is not How.PAID for one in stands.instalments)
    about = f"{paid} of {len(stands.instalments)} paid. Version {found.version}, agreed {short(found.agreed[-1][3].date(), today, 'en')}."
    return Plan(
        found.kind.replace("_", " ").capitalize(),
        Money(stands.left_minor, found.currency),
        about,
        tuple(Payment(brief(o.due_date, "en"), Money(o.left_minor, found.currency), _CHIPS[o.how]) for o in ahead),
    )
