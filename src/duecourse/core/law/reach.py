"""Whom a rule reaches: kinds of customers (place, person or business, creditor or agency) put before each rule's own scope."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product

import polars as pl

from duecourse.core.facts.law import LawFacts
from duecourse.core.facts.law_candidates import ACTIONS
from duecourse.core.law.candidates import prepare
from duecourse.core.law.docket import INSTANT, Docket
from duecourse.core.law.rulebook import Rulebook
from duecourse.core.law.rules import RULES

CHANNELS = ("email", "sms", "phone_call", "voicemail", "letter", "postcard", "visit", "social", "portal")
PURPOSES = (None, "validation_notice", "ask_for_consent", "send_verification")
RARE = {"safe_harbour": True, "technology": "autodialed_call", "marketing": True, "address_kind": "work_landline"}


def reached(kinds: pl.DataFrame, rules: Rulebook, names: Collection[str]) -> dict[str, list[int]]:
    """Rule id → the kinds that some act toward them would bring under it.

    kinds: kind Int64, tz, jurisdiction, business Boolean, agency Boolean; one row each.
    """
    acts = [("contact", *each) for each in product(CHANNELS, ("consumer", "third_party"), PURPOSES, (False, True))]
    acts += [(action, "records", "consumer", None, False) for action in ACTIONS[1:]]
    every = pl.DataFrame(acts, schema=["action", "channel", "recipient", "purpose", "rare"], orient="row")
    asked = kinds.join(every, how="cross").with_row_index("candidate")
    rare = [pl.when("rare").then(pl.lit(value)).alias(name) for name, value in RARE.items()]
    party = pl.when("agency").then(pl.lit("third_party")).otherwise(pl.lit("first_party"))
    noon = pl.lit(rules.as_of).cast(pl.Datetime("us")).dt.replace_time_zone("UTC").cast(INSTANT)
    frame = asked.select(
        pl.col("candidate").cast(pl.Int64), "action", "channel", "recipient", "purpose", "business", *rare,
        customer="kind", collector=party, at=noon,
    )  # fmt: skip
    facts = LawFacts(locations=kinds.select("tz", "jurisdiction", customer="kind"))
    docket = Docket.open(prepare(frame, promises=True), facts, rules, rendered=False, trace=False)
    found: dict[str, set[int]] = {name: set() for name in names}
    for rule in RULES:
        if rule.id in found and rule.id in rules:
            found[rule.id] |= set(docket.c.filter(rule.scope)["customer"].unique().to_list())
    return {name: sorted(mine) for name, mine in found.items()}
