"""The one way out: whatever reaches a customer, or tells others of their debt, or removes their records, passes here.

    ruling, done = pass_gate(Act(..., act="call", debts=(7,)), leave, by="Priya", rules=rules, now=now)

Under the customer's lock the facts are read, every rule is asked, the answer is kept, and only where it is yes `leave`
runs, in the same transaction. Messages of the outbox take the same gate by sets, in `send`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

import polars as pl

from duecourse.actions.keep_rulings import Answered, keep_rulings
from duecourse.core.decide.permits import candidates, law_facts
from duecourse.core.facts.law_candidates import ACT, CONTENT
from duecourse.core.law.gate import Rulebook, gate
from duecourse.core.law.overriding import may_override
from duecourse.records import arrow, snapshot
from duecourse.records.failpoint import failpoint
from duecourse.records.law.models import RuleOverride, Ruling
from duecourse.records.locking import lock_customers

Left = TypeVar("Left")
TYPES: Final = ACT | CONTENT
FRAMES: Final = ("creditors", "customers", "debts", "contacts", "points", "opt_outs", "holds", "circumstances")
"""What the gate reads of a book."""
ACTS: Final[Mapping[str, tuple[str, str]]] = {
    "email": ("email", "contact"),
    "sms": ("sms", "contact"),
    "call": ("phone", "contact"),
    "voicemail": ("voicemail", "contact"),
    "letter": ("letter", "contact"),
    "visit": ("visit", "contact"),
    "portal": ("portal", "contact"),
    "agency_file": ("portfolio", "place_for_collection"),
    "sale": ("portfolio", "sell_debt"),
    "transfer": ("portfolio", "transfer_debt"),
    "credit_bureau": ("credit_bureau", "furnish"),
    "court": ("court_filing", "file_suit"),
    "interest": ("ledger", "apply_interest_or_fees"),
    "purge": ("records", "purge"),
}
"""Act → channel and action, as the rules know them."""


@dataclass(frozen=True)
class Act:
    """What is about to happen. `content` holds further columns of core.facts.law_candidates: recipient, text, record …

    `rendered`: the words are final, so that a missing statement is a breach.
    """

    shard: int
    creditor_id: int
    customer_id: int
    act: str
    debts: tuple[int, ...] = ()
    point_id: int | None = None
    purpose: str = "reminder"
    content: Mapping[str, Any] = field(default_factory=dict)
    rendered: bool = False
    override_id: int | None = None


def pass_gate(
    act: Act, leave: Callable[[Ruling], Left], *, by: str, rules: Rulebook, now: datetime
) -> tuple[Ruling, Left | None]:
    """The ruling, and what `leave` gave where it passed; None where it did not, with nothing done.

    Runs in the caller's transaction and must come first in it: what that transaction wrote before is not read.
    Raises ValueError for an act that is not in ACTS, LookupError for a customer that is not in scope.
    """
    if act.act not in ACTS:
        raise ValueError(f"{act.act} is not an act that the gate knows")
    key = (act.shard, act.customer_id)
    if not lock_customers([key]):
        raise LookupError("no such customer")
    failpoint("gate.after_lock")
    book = snapshot.of_customers([key], at=now, only=FRAMES)
    failpoint("gate.after_read")
    intended = _intended(act)
    facts = law_facts(book, intended["customer"], ledger=ACTS[act.act][1] != "contact")
    answer = gate(candidates(intended, book, key="ask"), facts, rules=rules, rendered=act.rendered, trace=True).row(
        0, named=True
    )
    override = _override(act, answer, rules, now) if answer["verdict"] != "allow" else None
    goes = answer["verdict"] == "allow" or override is not None
    # The contact that `leave` writes carries this id, so that receipt and contact name each other.
    contact = arrow.fresh_ids(1)[0] if goes and ACTS[act.act][1] == "contact" else None
    ids = keep_rulings(
        [
            Answered(
                *(act.shard, act.creditor_id, act.customer_id, act.act),
                verdict=answer["verdict"],
                rules=answer["rules"],
                not_before=answer["not_before"],
                asked_by=by,
                asked={"purpose": act.purpose, "point": act.point_id, **act.content},
                debts=act.debts,
                contact_id=contact,
                override_id=override.id if override else None,
            )
        ],
        facts,
        rules_digest=rules.fingerprint,
        at=now,
    )
    ruling = Ruling.objects.get(shard=act.shard, id=ids[0])
    failpoint("gate.before_leave")
    return ruling, leave(ruling) if ruling.passed else None


def _intended(act: Act) -> pl.DataFrame:
    row = {
        "ask": 1,
        "customer": act.customer_id,
        "channel": ACTS[act.act][0],
        "action": ACTS[act.act][1],
        "point": act.point_id,
        "purpose": act.purpose,
        "debts": list(act.debts),
        **act.content,
    }
    types = {"ask": pl.Int64, "channel": pl.String, "action": pl.String, "point": pl.Int64, "purpose": pl.String}
    return pl.DataFrame([row], schema={name: types.get(name, TYPES.get(name)) for name in row})


def _override(act: Act, answer: Mapping[str, Any], rules: Rulebook, now: datetime) -> RuleOverride | None:
    """The granted override that covers every rule which held the act; None where there is none, or a rule is law."""
    if act.override_id is None:
        return None
    held = {rule["id"] for rule in answer["rules"] if rule["outcome"] != "pass"}
    found = RuleOverride.objects.filter(
        shard=act.shard, id=act.override_id, customer_id=act.customer_id, act=act.act, granted=True, until_at__gte=now
    ).first()
    covers = found is not None and held <= set(found.rules) and all(may_override(rule, rules) for rule in held)
    used = covers and Ruling.objects.filter(shard=act.shard, override_id=act.override_id).exists()
    return found if covers and not used else None
