"""Interest, fixed sums, day counts, order of allocation: each as a table. And the same rates as the rules of law use."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecourse.core.money.daycount import DayCount, year_part
from duecourse.core.money.kinds import KINDS, legs
from duecourse.core.money.late import Step, fixed_sum, simple, statutory
from duecourse.core.money.order import PARTS, Move, order, parts_open
from duecourse.core.money.rates import statute_of

OWED = 100_000


@pytest.mark.parametrize(
    ("country", "due", "until", "consumer", "minor"),
    [
        ("GB", date(2024, 2, 1), date(2025, 2, 1), False, 13_250),  # 5.25 + 8 holds for life, though the rate fell
        ("GB", date(2024, 7, 1), date(2025, 7, 2), False, 13_250),
        ("GB", date(2024, 12, 31), date(2026, 1, 1), False, 12_750),
        ("GB", date(2024, 2, 1), date(2025, 2, 1), True, 0),
        ("GB", date(2024, 2, 1), date(2024, 2, 2), False, 0),  # the due day itself bears none
        ("GB", date(2026, 8, 1), date(2026, 9, 1), False, 0),  # the rate of 30 June 2026 is not on record
        ("DE", date(2023, 12, 31), date(2024, 7, 1), False, 6_232),  # 12.5 for 182 days
        ("DE", date(2023, 12, 31), date(2025, 1, 1), False, 12_408),  # and 12.25 for 184 more
        ("FR", date(2026, 6, 1), date(2026, 12, 1), False, 806),  # known to the end of June only: 29 days of 10.15
        ("GB", date(2001, 1, 1), date(2002, 1, 1), False, 0),  # before the law
    ],
)
def test_statutory_interest(country: str, due: date, until: date, consumer: bool, minor: int) -> None:
    law = statute_of(country)
    assert law is not None
    assert statutory([Step(due, OWED)], law, due=due, until=until, consumer=consumer).minor == minor


@pytest.mark.parametrize("country", ["BG", "CZ", "DK", "HR", "HU", "PL", "RO", "SE", "IE", "US"])
def test_nothing_is_known_where_the_reference_rate_is_another_or_in_doubt(country: str) -> None:
    assert statute_of(country) is None


def test_part_payments_lower_what_bears_interest() -> None:
    whole = simple([Step(date(2025, 1, 1), OWED)], [Step(date(2025, 1, 1), 1_000)], until=date(2026, 1, 1), count=DayCount.ACT_365)  # fmt: skip
    half = simple(
        [Step(date(2025, 1, 1), OWED), Step(date(2025, 7, 2), 0)],
        [Step(date(2025, 1, 1), 1_000)],
        until=date(2026, 1, 1),
        count=DayCount.ACT_365,
    )
    assert (whole.minor, half.minor) == (10_000, 4_986)


@pytest.mark.parametrize(
    ("minor", "currency", "consumer", "fixed"),
    [(99_999, "GBP", False, 4_000), (100_000, "GBP", False, 7_000), (1_000_000, "GBP", False, 10_000),
     (99_999, "GBP", True, 0), (99_999, "EUR", False, 0), (0, "GBP", False, 0)],
)  # fmt: skip
def test_fixed_sums(minor: int, currency: str, consumer: bool, fixed: int) -> None:
    law = statute_of("GB")
    assert law is not None and fixed_sum(minor, currency, law, consumer=consumer) == fixed


def test_the_statutes_are_those_of_the_rules_of_law() -> None:
    for file, rule, country in (("uk.toml", "UK-LATE-PAYMENT-1998", "GB"), ("eu.toml", "EU-LATE-PAYMENT-2011-7", "FR")):
        law = tomllib.loads((files("duecourse.core.law") / "numbers" / file).read_text())[rule]["versions"][-1]
        ours = statute_of(country)
        assert ours is not None
        assert (law["margin_bp"], law["tiers"], law["from"]) == (
            ours.margin_bp,
            [list(t) for t in ours.fixed],
            ours.since,
        )


@given(first=st.dates(date(2000, 1, 1), date(2040, 1, 1)), more=st.integers(0, 4000))
def test_day_counts_add_up(first: date, more: int) -> None:
    from datetime import timedelta

    last, middle = first + timedelta(days=more), first + timedelta(days=more // 2)
    for how in (DayCount.ACT_365, DayCount.ACT_360):
        assert year_part(first, middle, how) + year_part(middle, last, how) == year_part(first, last, how)
    with pytest.raises(ValueError):
        year_part(last + timedelta(days=1), last, DayCount.ACT_365)


moves = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(1, 10_000)), max_size=12)


@given(moves=moves, within=st.permutations(PARTS))
def test_parts_always_sum_to_the_open_balance(moves: list[tuple[str, int]], within: list[str]) -> None:
    ledger = [Move(date(2026, 1, 1), kind, legs(kind, minor, 1)[0][1]) for kind, minor in moves]
    assert sum(parts_open(ledger, within).values()) == sum(move.minor for move in ledger)


@given(moves=moves)
def test_every_kind_of_entry_balances(moves: list[tuple[str, int]]) -> None:
    for kind, minor in moves:
        assert sum(amount for _, amount, _ in legs(kind, minor, 1)) == 0


@pytest.mark.parametrize(
    ("country", "credit", "wanted", "first"),
    [
        ("GB", False, (), "principal"),
        ("DE", False, (), "fee"),
        ("DE", True, ("interest", "principal", "fee"), "fee"),  # the law binds
        ("DE", False, ("principal", "interest", "fee"), "principal"),
        ("ES", False, (), "interest"),
    ],
)
def test_order_of_allocation(country: str, credit: bool, wanted: tuple[str, ...], first: str) -> None:
    assert order(country, consumer_credit=credit, wanted=wanted).within[0] == first
    with pytest.raises(ValueError):
        order(country, wanted=("principal", "fee"))


def test_a_waived_fee_that_was_paid_pays_for_something_else() -> None:
    day = date(2026, 1, 1)
    ledger = [
        Move(day, "invoice", 1_000),
        Move(day, "fee", 100),
        Move(day, "payment", -100),
        Move(day, "waive_fee", -100),
    ]
    assert parts_open(ledger, ("fee", "interest", "principal")) == {"principal": 900, "interest": 0, "fee": 0}
