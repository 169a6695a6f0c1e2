"""The decision as a table: one row a case, the facts, then the verdict, its reason and the step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from duecourse.core.decide.decide import DECISIONS, decide
from duecourse.core.decide.digest import digest
from duecourse.core.decide.playbook import BadPlaybook, packaged, read
from duecourse.core.facts.book import Book
from duecourse.core.facts.schema import WrongFacts
from duecourse.core.law.gate import Rulebook

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TODAY = AT.date()
RULES = Rulebook.load(as_of=TODAY)
PLAYBOOK = packaged("polite@1")


def book(*, late=(8,), amounts=None, settled=(), done=(), **frames) -> Book:
    """One customer, number 1, who owes invoices due `late` days ago; `done` is the last step reminded, per debt."""
    debts = [
        (i + 1, 1, "GBP", (amounts or {}).get(i, 10_000), TODAY - timedelta(days=d), 1, None)
        for i, d in enumerate(late)
    ]
    debts += [
        (50 + i, 1, "GBP", 0, TODAY - timedelta(days=200 + i), 1, TODAY - timedelta(days=200 + i - d))
        for i, d in enumerate(settled)
    ]
    names = ["debt", "customer", "currency", "open", "due", "round", "closed"]
    base = {
        "creditors": pl.DataFrame(
            {"creditor": [9], "timezone": ["Europe/London"], "country": ["GB"], "agency": [False], "fresh_at": [None]}
        ),
        "customers": pl.DataFrame(
            {
                "customer": [1],
                "shard": [0],
                "creditor": [9],
                "person": [False],
                "country": ["GB"],
                "region": [""],
                "timezone": [""],
            }
        ),
        "debts": pl.DataFrame(debts, schema=names, orient="row", infer_schema_length=None),
        "points": pl.DataFrame({"point": [7], "customer": [1], "kind": ["email"], "rank": [1]}),
        "reminded": pl.DataFrame(
            {"debt": [i + 1 for i in range(len(done))], "round": [1] * len(done), "step": list(done)},
            schema={"debt": pl.Int64, "round": pl.Int16, "step": pl.Int16},
        ),
    }
    return Book.of(AT, **{**base, **frames})


def decision(facts: Book) -> dict:
    return decide(facts, playbook=PLAYBOOK, rules=RULES).row(0, named=True)


def hold(kind="dispute", debt=None):
    return pl.DataFrame({"customer": [1], "debt": [debt], "kind": [kind], "until": [None]})


def contacts(*ages_days):
    return pl.DataFrame(
        {"customer": [1] * len(ages_days), "channel": ["email"] * len(ages_days), "direction": ["out"] * len(ages_days),
         "purpose": ["reminder"] * len(ages_days), "at": [AT - timedelta(days=d) for d in ages_days]}
    )  # fmt: skip


GOOD, LATE = (0, 1, 2), (9, 10, 12)
CASES = [
    # facts                                                       verdict    why                 step
    (dict(late=()), "nothing", "nothing_open", None),
    (dict(late=(-30,)), "nothing", "not_due", None),
    (dict(late=(-3,)), "contact", "step_reached", "pre_due"),
    (dict(late=(-4,)), "nothing", "not_due", None),
    (dict(late=(0,), settled=LATE), "contact", "step_reached", "due"),
    (dict(late=(0,), settled=GOOD), "nothing", "not_due", None),
    (dict(late=(6,), settled=GOOD), "nothing", "step_done", None),
    (dict(late=(7,), settled=GOOD), "contact", "step_reached", "day7"),
    (dict(late=(8,)), "contact", "step_reached", "day7"),
    (dict(late=(8,), done=(3,)), "nothing", "step_done", None),
    (dict(late=(25,), done=(2,)), "contact", "step_reached", "day21"),  # missed days: the latest step only
    (dict(late=(36,), done=(6,)), "nothing", "step_done", None),
    (dict(late=(37,), done=(6,)), "task", "sequence_finished", None),
    (dict(late=(8,), amounts={0: 499}), "nothing", "too_small", None),
    (dict(late=(8,), amounts={0: 500}), "contact", "step_reached", "day7"),
    (dict(late=(8, 2), done=(3, 0)), "contact", "step_reached", "due"),  # one debt's state does not silence the other
    (dict(late=(8,), holds=hold()), "wait", "hold:dispute", None),
    (dict(late=(8,), holds=hold("hardship")), "wait", "hold:hardship", None),
    (dict(late=(8,), holds=hold(debt=1)), "wait", "hold:debts", None),
    (dict(late=(8, 9), holds=hold(debt=1)), "contact", "step_reached", "day7"),
    (dict(late=(8,), pending=pl.DataFrame({"customer": [1], "kind": ["payment"]})), "wait", "payment_pending", None),
    (dict(late=(8,), pending=pl.DataFrame({"customer": [1], "kind": ["message"]})), "wait", "message_waiting", None),
    (dict(late=(8,), credits=pl.DataFrame({"customer": [1], "currency": ["GBP"], "amount": [10_000]})), "wait", "credit_covers", None),
    (dict(late=(8,), credits=pl.DataFrame({"customer": [1], "currency": ["GBP"], "amount": [9_999]})), "contact", "step_reached", "day7"),
    (dict(late=(8,), credits=pl.DataFrame({"customer": [1], "currency": ["EUR"], "amount": [10_000]})), "contact", "step_reached", "day7"),
    (
        dict(late=(8,), promises=pl.DataFrame({"customer": [1], "currency": ["GBP"], "amount": [1], "by": [TODAY - timedelta(days=1)]})),
        "wait", "promised", None,
    ),
    (
        dict(late=(8,), promises=pl.DataFrame({"customer": [1], "currency": ["GBP"], "amount": [1], "by": [TODAY - timedelta(days=2)]})),
        "contact", "step_reached", "day7",
    ),
    (dict(late=(8,), points=pl.DataFrame(schema={"point": pl.Int64, "customer": pl.Int64, "kind": pl.String, "rank": pl.Int16})),
     "task", "no_contact_point", "day7"),
    (dict(late=(8,), opt_outs=pl.DataFrame({"customer": [1], "channel": ["email"], "point": [7]})), "task", "opted_out", "day7"),
    (dict(late=(8,), opt_outs=pl.DataFrame({"customer": [1], "channel": ["sms"], "point": [None]})), "contact", "step_reached", "day7"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "verdict", "why", "step"), CASES)
def test_the_decision_table(facts, verdict, why, step):
    row = decision(book(**facts))
    assert (row["verdict"], row["why"]) == (verdict, why)
    if step:
        assert PLAYBOOK.steps[row["step"] - 1] == step


def test_a_contact_lists_every_open_free_debt_and_says_which_are_new():
    row = decision(book(late=(8, 15, -20), done=(0, 4)))
    assert row["debts"] == [2, 1] and row["at_step"] == [0, 3]


def test_the_contact_budget_defers_and_the_step_is_not_used_up():
    row = decision(book(late=(8,), contacts=contacts(1, 2)))
    assert row["verdict"] == "contact" and row["not_before"] > AT
    assert row["rules"][0]["id"] == "HOUSE-BUDGET"


def test_no_contact_at_night_or_on_a_sunday():
    for at in (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), datetime(2026, 11, 22, 10, 0, tzinfo=UTC)):
        facts = book(late=(8,))
        moved = Book(**{**{f: getattr(facts, f) for f in facts.frames()}, "at": at})
        row = decision(moved)
        assert row["not_before"].astimezone(UTC).hour == 8 and row["not_before"] > at


def test_segments_are_read_from_habit_and_size():
    assert decision(book(late=(8,), settled=GOOD))["segment"] == "good_payer"
    assert decision(book(late=(8,), settled=LATE))["segment"] == "usually_late"
    assert decision(book(late=(8,), settled=(1, 2)))["segment"] == "new"
    assert decision(book(late=(8,), settled=GOOD, amounts={0: 1_000_000}))["segment"] == "large"


def test_every_customer_gets_a_decision_and_the_same_facts_give_the_same_bits():
    facts = book(late=(8, 30, -2), settled=LATE)
    one, two = (decide(facts, playbook=PLAYBOOK, rules=RULES) for _ in range(2))
    assert one.height == facts.customers.height and list(one.schema) == list(DECISIONS)
    assert digest(one) == digest(two)
    assert digest(one) != digest(one.with_columns(oldest=pl.col("oldest") + 1))


def test_a_book_without_customers_is_decided_too():
    assert decide(Book.of(AT), playbook=PLAYBOOK, rules=RULES).height == 0


def test_facts_of_the_wrong_shape_are_refused_by_name():
    with pytest.raises(WrongFacts, match="debts: column open is missing"):
        Book.of(AT, debts=pl.DataFrame({"debt": [1], "customer": [1], "currency": ["GBP"]}))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("steps = [", "steps = "), "not TOML"),
        (('name = "polite"\n', ""), "name is missing"),
        (("day7 = 7, day14 = 14, day21 = 21, day30 = 30 }", "day7 = 7, day15 = 14 }"), "names day15"),
        (("day7 = 7, day14 = 14", "day7 = 14, day14 = 7"), "must open later"),
    ],
)
def test_a_bad_playbook_says_where(change, says):
    with pytest.raises(BadPlaybook, match=says):
        read(PLAYBOOK.text.replace(*change, 1))
