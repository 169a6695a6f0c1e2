"""House rules as a table: facts and act, then verdict, first instant and binding rule. All are labelled policy."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from duecourse.core.law.gate import LawFacts
from tests.core.law.world import RULES, WEDNESDAY, ask, binding, facts, when

LONDON_NIGHT = when("2026-06-10T21:30:00+01:00")


def contacts(*at: datetime, **more: Any) -> LawFacts:
    rows = {
        "at": list(at),
        "contact": list(range(len(at))),
        "channel": ["email"] * len(at),
        "direction": ["out"] * len(at),
    }
    return facts(log=rows | {name: [value] * len(at) for name, value in more.items()})


MONDAY, TUESDAY = WEDNESDAY - timedelta(days=2), WEDNESDAY - timedelta(days=1)
OPEN_HOLD = facts(holds={"kind": ["hold"], "reason": ["asked for time"]})
DEBT_HOLD = facts(holds={"kind": ["hold"], "debt": [5]})
ENDING_HOLD = facts(holds={"kind": ["hold"], "until": [when("2026-06-12T09:30:00+01:00")]})
COMPLAINT = facts(holds={"kind": ["complaint"]})
FRESH = {"creditor": [3], "tz": ["Europe/London"], "jurisdiction": ["UK"]}


def ledger(hours: int) -> LawFacts:
    import polars as pl

    return LawFacts(creditors=pl.DataFrame(FRESH | {"fresh_at": [WEDNESDAY - timedelta(hours=hours)]}))


ROWS: list[tuple[str, dict[str, Any], str, str | None, str | None]] = [
    ("office hours", {}, "allow", None, None),
    ("a business at night", {"at": LONDON_NIGHT}, "defer", "2026-06-11T08:00:00+01:00", "HOUSE-HOURS"),
    ("a business on Saturday", {"at": when("2026-06-13T10:00:00+01:00")}, "defer", "2026-06-15T08:00:00+01:00", "HOUSE-HOURS"),
    ("a person on Saturday", {"at": when("2026-06-13T10:00:00+01:00"), "business": False}, "allow", None, None),
    ("a person on Sunday", {"at": when("2026-06-14T10:00:00+01:00"), "business": False}, "defer", "2026-06-15T09:00:00+01:00", "HOUSE-HOURS"),
    ("Good Friday to the Tuesday after Easter", {"at": when("2026-04-03T10:00:00+01:00")}, "defer", "2026-04-07T08:00:00+01:00", "HOUSE-HOURS"),
    ("a letter rings nobody", {"at": LONDON_NIGHT, "channel": "letter"}, "allow", None, None),
    ("a receipt is awaited", {"at": LONDON_NIGHT, "purpose": "payment_receipt"}, "allow", None, None),
    ("one contact this week", {"known": contacts(MONDAY)}, "allow", None, None),
    ("two contacts this week", {"known": contacts(MONDAY, TUESDAY)}, "defer", "2026-06-15T08:00:00+01:00", "HOUSE-BUDGET"),
    ("two a week ago", {"known": contacts(MONDAY - timedelta(days=5), TUESDAY - timedelta(days=6))}, "allow", None, None),
    ("two rows of one contact", {"known": contacts(MONDAY, MONDAY, contact=4)}, "allow", None, None),
    ("letters are not in the budget", {"known": contacts(MONDAY, TUESDAY, channel="letter")}, "allow", None, None),
    ("receipts do not use it up", {"known": contacts(MONDAY, TUESDAY, purpose="payment_receipt")}, "allow", None, None),
    ("answers do not use it up", {"known": contacts(MONDAY, TUESDAY, reply=True)}, "allow", None, None),
    ("other teams do", {"known": contacts(MONDAY, TUESDAY, purpose="service")}, "defer", "2026-06-15T08:00:00+01:00", "HOUSE-BUDGET"),
    ("their own messages do not", {"known": contacts(MONDAY, TUESDAY, direction="in")}, "allow", None, None),
    ("on hold", {"known": OPEN_HOLD}, "block", None, "HOUSE-HOLD"),
    ("another debt on hold", {"known": DEBT_HOLD, "debts": [4]}, "allow", None, None),
    ("this debt on hold", {"known": DEBT_HOLD, "debts": [4, 5]}, "block", None, "HOUSE-HOLD"),
    ("a hold that ends", {"known": ENDING_HOLD}, "defer", "2026-06-12T09:30:00+01:00", "HOUSE-HOLD"),
    ("a receipt despite the hold", {"known": OPEN_HOLD, "purpose": "payment_receipt"}, "allow", None, None),
    ("open complaint", {"known": COMPLAINT}, "block", None, "HOUSE-COMPLAINT"),
    ("about the complaint", {"known": COMPLAINT, "purpose": "service"}, "allow", None, None),
    ("ledger three days old", {"known": ledger(72), "creditor": 3}, "allow", None, None),
    ("ledger an hour older", {"known": ledger(73), "creditor": 3}, "block", None, "HOUSE-STALE"),
    ("opted out of email", {"known": facts(suppressions={"medium": ["email"]})}, "block", None, "HOUSE-OPTOUT"),
    ("opted out of text", {"known": facts(suppressions={"medium": ["sms"]})}, "allow", None, None),
    ("opted out later", {"known": facts(suppressions={"medium": ["email"], "at": [WEDNESDAY + timedelta(minutes=1)]})}, "allow", None, None),
    ("opted in again", {"known": facts(suppressions={"medium": ["email"], "until": [WEDNESDAY]})}, "allow", None, None),
    ("mornings ruled out", {"known": facts(preferences={"start_minute": [0], "end_minute": [720]})}, "defer", "2026-06-10T12:00:00+01:00", "HOUSE-PREFERENCE"),
    ("lawyer of a firm", {"known": facts(representations={"kind": ["attorney"]})}, "block", None, "HOUSE-REPRESENTED"),
    ("insolvent firm", {"known": facts(bankruptcies={"kind": ["filed"]})}, "block", None, "HOUSE-INSOLVENCY"),
    ("disputed invoice", {"known": facts(disputes={"debt": [5], "kind": ["dispute"]}), "debts": [5]}, "block", None, "HOUSE-DISPUTE"),
    ("asked in writing to stop", {"known": facts(ceases={"debt": [5]}), "debts": [5]}, "block", None, "HOUSE-CEASE"),
    ("a threat", {"obscene": True}, "block", None, "HOUSE-WORDING"),
    ("a suit nobody approved", {"claims": ["will_sue"], "action_intended": False}, "block", None, "HOUSE-WORDING"),
    ("a firm in a place without rules", {"known": facts(("Pacific/Auckland", "NZ")), "at": when("2026-06-10T10:00:00+12:00")}, "allow", None, None),
    ("a person there", {"known": facts(("Pacific/Auckland", "NZ")), "business": False, "at": when("2026-06-10T10:00:00+12:00")}, "block", None, "SCOPE-UNCOVERED"),
    ("a firm of unknown place: the creditor's hours", {"known": LawFacts(), "at": when("2026-06-10T07:00:00+00:00")}, "defer", "2026-06-10T08:00:00+00:00", "HOUSE-HOURS"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "verdict", "until", "rule"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_house_rules(act: dict[str, Any], verdict: str, until: str | None, rule: str | None) -> None:
    answer = ask(**act)
    assert (answer["verdict"], binding(answer)) == (verdict, rule)
    assert answer["not_before"] == (when(until) if until else None)


def test_house_rules_are_labelled_policy_and_can_be_left_out() -> None:
    known = facts(holds={"kind": ["hold"]}, preferences={"start_minute": [0], "end_minute": [720]})
    assert {rule["label"] for rule in ask(known=known)["rules"]} == {"policy"}
    assert ask(known=known, house=False)["verdict"] == "allow"


def test_the_house_keeps_the_procedures_for_messages_and_says_that_this_is_policy() -> None:
    at = when("2026-06-10T12:00:00-04:00")
    us = ("America/New_York", "US-OH")
    act = {"business": False, "collector": "third_party"}
    agreed = {"kind": ["email"], "given_to": ["collector"], "at": [at - timedelta(days=3)]}
    held = ask(at, facts(us), **act)
    assert (held["verdict"], binding(held), held["rules"][0]["label"]) == ("block", "HOUSE-SAFE-HARBOUR", "policy")
    assert binding(ask(at, facts(us), **act | {"channel": "sms"})) == "HOUSE-SAFE-HARBOUR"
    assert ask(at, facts(us, consents=agreed), **act)["verdict"] == "allow"
    assert ask(at, facts(us), safe_harbour=False, **act)["verdict"] == "allow"
    assert binding(ask(at, facts(us), safe_harbour=True, house=False, **act)) == "US-REGF-6d4-EMAIL"


def test_the_house_leaves_limited_voicemails_only() -> None:
    at = when("2026-06-10T12:00:00-04:00")
    act = {"business": False, "collector": "third_party", "channel": "voicemail"}
    known = facts(("America/New_York", "US-OH"))
    more = "This is Robin Smith from ABC Inc. about your account. Please call me at 1-800-555-1212."
    bare = "This is Robin Smith from ABC Inc. Please call me at 1-800-555-1212."
    assert binding(ask(at, known, text=more, **act)) == "HOUSE-LCM"
    assert ask(at, known, text=bare, **act)["verdict"] == "allow"


def test_a_brand_may_set_its_own_budget() -> None:
    once = RULES.with_numbers("HOUSE-BUDGET", max=1)
    answer = ask(known=contacts(MONDAY), rules=once)
    assert (answer["verdict"], answer["rules"][0]["version"]) == ("defer", "2000-01-01+own")


def test_house_channels_fit_the_calls_too() -> None:
    called = contacts(WEDNESDAY - timedelta(hours=2), channel="phone_call")
    answer = ask(known=called, channel="phone_call")
    assert (answer["verdict"], binding(answer), answer["not_before"]) == (
        "defer",
        "HOUSE-CALL-PACE",
        when("2026-06-11T08:00:00+01:00"),
    )
