"""Thirty messy inputs for each kind of field: read as they were meant, or refused; never read as something else."""

from __future__ import annotations

from datetime import date

import pytest

from duecourse.interfaces.forgiving.amounts import amount
from duecourse.interfaces.forgiving.codes import bare
from duecourse.interfaces.forgiving.days import day

TODAY = date(2026, 11, 24)  # a Tuesday

AMOUNTS = {
    "150": 15000, "150.00": 15000, "150.5": 15050, " 150 ": 15000, "£150": 15000, "£ 150": 15000, "150£": 15000, "GBP 150": 15000,
    "150 gbp": 15000, "1,284.60": 128460, "1284.60": 128460, "1 284,60": 128460, "1.284,60": 128460, "1’284.60": 128460,
    "£1,284": 128400, "1.284": 128400, "1,284": 128400, "12,345,678.90": 1234567890, "150 pounds": 15000, "150 quid please": 15000,
    "about 150": 15000, "a hundred": 10000, "one hundred and fifty": 15000, "about a hundred": 10000, "fifty": 5000,
    "twenty-five pounds": 2500, "two thousand": 200000, "1.5k": 150000, "2k": 200000, "0.50": 50, "０５０": 5000,
}  # fmt: skip
NOT_AMOUNTS = [
    "",
    "  ",
    "soon",
    "all of it",
    "-5",
    "0",
    "0.001",
    "1.234.5",
    "1,28,4",
    "12 monkeys",
    "ten ten",
    "£",
    "1e9",
    "NaN",
    "1/2",
]
DAYS = {
    "18 December": (12, 18), "18 december 2026": (12, 18), "18th December": (12, 18), "December 18": (12, 18), "dec 18": (12, 18),
    "18 dec": (12, 18), "18-12": (12, 18), "18/12": (12, 18), "18.12.": None, "18.12": (12, 18), "18/12/26": (12, 18),
    "18/12/2026": (12, 18), "18-12-2026": (12, 18), "18.12.2026": (12, 18), "18 12 2026": (12, 18), "2026-12-18": (12, 18),
    "2026/12/18": (12, 18), "12/18": (12, 18), "Friday 18 December": (12, 18), "on the 18th of December": (12, 18),
    "tomorrow": (11, 25), "today": (11, 24), "friday": (11, 27), "Fri": (11, 27), "next friday": (11, 27), "tuesday": (12, 1),
    "in two weeks": (12, 8), "in 10 days": (12, 4), "next week": (12, 1), "end of the month": (11, 30), "month end": (11, 30),
}  # fmt: skip
CODES = ["LS2 7EW", "ls27ew", " LS2  7EW ", "ls2-7ew", "Ls2.7Ew", "ＬＳ２ ７ＥＷ", "ls2 7ew\n"]


@pytest.mark.parametrize("said", AMOUNTS)
def test_an_amount_is_read_as_it_was_meant(said: str) -> None:
    assert amount(said, "GBP") == AMOUNTS[said]


@pytest.mark.parametrize("said", NOT_AMOUNTS)
def test_what_is_no_amount_is_refused(said: str) -> None:
    assert amount(said, "GBP") is None


def test_decimals_are_the_currency_s_own() -> None:
    assert amount("1,284", "JPY") == 1284
    assert amount("12.5", "JPY") is None
    assert amount("1.284", "KWD") == 1284
    assert amount("1,284.500", "KWD") == 1284500


@pytest.mark.parametrize("said", DAYS)
def test_a_day_is_read_as_it_was_meant(said: str) -> None:
    wanted = DAYS[said]
    assert day(said, TODAY) == (date(2026, *wanted) if wanted else None)


@pytest.mark.parametrize(
    "said", ["", "when I can", "31/11", "1/1/2020", "yesterday", "32 december", "0/0", "99", "2026-13-01"]
)
def test_what_is_no_day_to_come_is_refused(said: str) -> None:
    assert day(said, TODAY) is None


def test_the_order_of_day_and_month_is_the_reader_s() -> None:
    assert day("5/12", TODAY) == date(2026, 12, 5)
    assert day("12/5", TODAY, day_first=False) == date(2026, 12, 5)
    assert day("3 feb", TODAY) == date(2027, 2, 3)  # without a year it is the next one


@pytest.mark.parametrize("said", CODES)
def test_a_code_is_read_without_what_people_add(said: str) -> None:
    assert bare(said) == "LS27EW"
