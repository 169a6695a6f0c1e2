"""What the gate promises whatever the rules: order, protection, readable refusals, receipts."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

from duecourse.core.facts.law import SCHEMAS
from duecourse.core.law import gate as module
from duecourse.core.law.docket import BLOCK, findings
from duecourse.core.law.gate import ANSWER, CandidateError, FactError, LawFacts, gate
from duecourse.core.law.hearing import bench
from duecourse.core.law.rule import Finder
from duecourse.core.law.rules import RULES as EVERY
from tests.core.law.world import RULES, WEDNESDAY, ask, binding, facts, when


def batch(count: int) -> tuple[pl.DataFrame, LawFacts]:
    """Candidates in an order of their own, some held."""
    customers = [(n * 7) % count for n in range(count)]
    asked = pl.DataFrame({"candidate": range(count), "customer": customers, "channel": ["email"] * count}).with_columns(
        at=pl.lit(WEDNESDAY), business=pl.lit(True)
    )
    places = pl.DataFrame({"customer": range(count), "tz": ["Europe/London"] * count, "jurisdiction": ["UK"] * count})
    held = pl.DataFrame({"customer": range(0, count, 3), "kind": ["hold"] * len(range(0, count, 3))})
    return asked, LawFacts(locations=places, holds=held)


def test_one_row_per_candidate_in_the_order_given() -> None:
    asked, known = batch(50)
    answers = gate(asked, known, rules=RULES)
    assert answers.schema == ANSWER
    assert answers["candidate"].to_list() == asked["candidate"].to_list()
    expected = ["block" if customer % 3 == 0 else "allow" for customer in asked["customer"]]
    assert answers["verdict"].to_list() == expected
    assert [len(rules) for rules in answers["rules"]] == [verdict == "block" for verdict in expected]


def test_slices_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, known = batch(50)
    whole = gate(asked, known, rules=RULES)
    monkeypatch.setattr(module, "SLICE", 7)
    assert gate(asked, known, rules=RULES).equals(whole)


def test_the_way_for_many_answers_as_the_way_for_few() -> None:
    asked, known = batch(3001)
    many = gate(asked, known, rules=RULES)
    few = pl.concat(gate(part, known, rules=RULES) for part in asked.iter_slices(500))
    assert many.equals(few)


def test_no_candidates_no_answers() -> None:
    asked, known = batch(3)
    assert gate(asked.head(0), known, rules=RULES).equals(pl.DataFrame(schema=ANSWER))


def test_block_beats_defer_and_law_beats_policy() -> None:
    known = facts(suppressions={"medium": ["sms"]}, preferences={"start_minute": [0], "end_minute": [720]})
    answer = ask(known=known, channel="sms", business=False)
    assert answer["verdict"] == "block"
    assert answer["not_before"] is None
    assert [(rule["id"], rule["outcome"]) for rule in answer["rules"]] == [
        ("UK-CONC-7.9", "block"), ("HOUSE-OPTOUT", "block"), ("UK-CONC-7.9", "defer"), ("HOUSE-PREFERENCE", "defer"),
    ]  # fmt: skip
    assert answer["rules"][0]["citation"] == "CONC 7.9.4R"
    assert answer["rules"][0]["label"] == "law"


def test_union_of_all_linked_jurisdictions() -> None:
    linked = facts(
        None, locations={"customer": [1, 1], "tz": ["America/New_York"] * 2, "jurisdiction": ["US-OH", "US-MA"]}
    )
    texts = [WEDNESDAY - timedelta(days=n) for n in (1, 2)]
    log = pl.DataFrame(
        {"customer": [1, 1], "at": texts, "channel": ["sms"] * 2, "direction": ["out"] * 2, "contact": [1, 2]}
    )
    both = LawFacts(locations=linked.locations, log=log)
    at = when("2026-06-10T12:00:00-04:00")
    assert binding(ask(at, both, channel="sms", business=False, house=False)) == "US-MA-2IN7"
    ohio = LawFacts(locations=linked.locations.filter(pl.col("jurisdiction") == "US-OH"), log=log)
    assert ask(at, ohio, channel="sms", business=False, house=False)["verdict"] == "allow"


def test_facts_from_the_future_are_not_known() -> None:
    known = facts(suppressions={"medium": ["email"], "at": [WEDNESDAY + timedelta(days=1)]})
    assert ask(known=known)["verdict"] == "allow"
    assert ask(WEDNESDAY + timedelta(days=1), known)["verdict"] == "block"


def test_facts_out_of_order_read_the_same() -> None:
    at = [WEDNESDAY - timedelta(hours=n) for n in (1, 30, 2)]
    log = {"at": at, "contact": [1, 2, 3], "channel": ["email"] * 3, "direction": ["out"] * 3}
    turned = {name: values[::-1] for name, values in log.items()}
    assert ask(known=facts(log=log)) == ask(known=facts(log=turned))


def test_contradictory_consents_read_the_cautious_way() -> None:
    ended = {
        "kind": ["time"],
        "given_to": ["collector"],
        "start_minute": [0],
        "end_minute": [1440],
        "until": [WEDNESDAY],
    }
    given = ended | {"until": [None]}
    night = when("2026-06-10T23:00:00-04:00")
    us = ("America/New_York", "US-OH")
    act = {"channel": "phone_call", "business": False, "collector": "third_party", "house": False}
    assert ask(night, facts(us, consents=ended), **act)["verdict"] == "defer"
    assert ask(night, facts(us, consents=given), **act)["verdict"] == "allow"


def test_final_content_must_carry_what_the_law_asks_for() -> None:
    us = facts(("America/New_York", "US-OH"), consents={"kind": ["email"], "given_to": ["collector"]})
    noon = when("2026-06-10T12:00:00-04:00")
    act = {"business": False, "collector": "third_party", "house": False}
    assert ask(noon, us, **act)["verdict"] == "allow"
    assert {rule["id"] for rule in ask(noon, us, rendered=True, **act)["rules"]} == {
        "US-REGF-6e-OPTOUT-NOTICE",
        "US-REGF-18e-DISCLOSURE",
    }
    said = {"optout_notice": "Reply STOP to stop emails to this address.", "says_attempt_to_collect": True}
    assert ask(noon, us, rendered=True, **act, **said)["verdict"] == "allow"


def test_a_trace_names_the_rules_that_were_kept() -> None:
    answer = ask(trace=True)
    assert answer["verdict"] == "allow"
    assert {"HOUSE-HOURS", "HOUSE-BUDGET", "HOUSE-HOLD"} <= {rule["id"] for rule in answer["rules"]}
    assert {rule["outcome"] for rule in answer["rules"]} == {"pass"}


def test_nothing_ever_permitted_goes_to_a_person() -> None:
    never = facts(preferences={"start_minute": [0], "end_minute": [1440]})
    answer = ask(known=never)
    assert (answer["verdict"], binding(answer)) == ("block", "SCOPE-NO-TIME")


def test_rules_without_facts_are_not_called() -> None:
    asked, known = batch(50)
    finders = [rule for _, _, rule, _ in bench(RULES, True).finders]
    idle = [rule for rule in finders if rule.facts and not {"locations", "holds", "creditors"} & set(rule.facts)]
    assert len(idle) > 60

    def never(*_: object) -> pl.DataFrame:
        raise AssertionError("called without facts")

    kept = [(rule, rule.find) for rule in idle]
    try:
        for rule in idle:
            object.__setattr__(rule, "find", never)
        gate(asked, known, rules=RULES)
    finally:
        for rule, find in kept:
            object.__setattr__(rule, "find", find)


def test_every_finder_names_frames_that_exist() -> None:
    named = {name for rule in EVERY if isinstance(rule, Finder) for name in rule.facts}
    assert named <= set(SCHEMAS)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda asked: asked.drop("customer"), "lack the column 'customer'"),
        (lambda asked: asked.with_columns(at=pl.lit(None, dtype=pl.Datetime("us", "UTC"))), "'at' has an empty cell"),
        (lambda asked: asked.with_columns(pl.col("at").dt.replace_time_zone(None)), "must be aware instants"),
        (lambda asked: asked.with_columns(candidate=pl.lit(1)), "repeats an id"),
        (lambda asked: asked.with_columns(channel=pl.lit("pigeon")), "Unknown channel 'pigeon'"),
        (lambda asked: asked.with_columns(mood=pl.lit("good")), "Unknown candidate column 'mood'"),
        (lambda asked: asked.with_columns(recipient=pl.lit("cat")), "unknown word"),
    ],
)
def test_unreadable_candidates_are_refused_with_the_mend(spoil: object, fault: str) -> None:
    asked, known = batch(3)
    with pytest.raises(CandidateError, match=fault):
        gate(spoil(asked), known, rules=RULES)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("frame", "fault"),
    [
        ({"customer": [1], "colour": ["red"]}, "unknown column 'colour'"),
        ({"kind": ["hold"]}, "lacks its key column 'customer'"),
        ({"customer": ["one"], "kind": ["hold"]}, "wrong type"),
    ],
)
def test_unreadable_facts_are_refused_with_the_mend(frame: dict[str, object], fault: str) -> None:
    with pytest.raises(FactError, match=fault):
        LawFacts(holds=pl.DataFrame(frame))


def test_findings_are_told_of_rows_that_lie_in_pieces() -> None:
    """Polars dies on formatting a column whose first piece is empty; joins and filters leave such columns behind."""
    pieces = pl.concat(
        [pl.DataFrame({"row": [n], "t": [str(n)]}, schema={"row": pl.UInt32, "t": pl.String}) for n in range(3)],
        rechunk=False,
    )
    rows = pieces.filter(pl.Series([False, True, True])).with_columns(k=pl.Series([1, 2]))
    assert rows["t"].n_chunks() > 1
    assert findings(rows, BLOCK, pl.format("{}: {}", "k", "t"))["detail"].to_list() == ["1: 1", "2: 2"]
