"""P12: instalments sum to the balance, the last one shrinks, nothing is over-collected, and no payment loses or makes money."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duecourse.core.money.currency import exponent
from duecourse.core.money.plans.dates import Every, dates
from duecourse.core.money.plans.progress import Due, How, progress
from duecourse.core.money.plans.split import by_amount, reduced_first, split

CASES = int(os.environ.get("DUECOURSE_PLAN_CASES", "1500"))
quick = settings(max_examples=CASES, deadline=None)
CURRENCIES = ("JPY", "GBP", "KWD")
totals = st.builds(
    lambda currency, major: max(1, major * 10 ** exponent(currency) // 7),
    st.sampled_from(CURRENCIES),
    st.integers(1, 10_000_000),
)
days = st.dates(date(2023, 1, 1), date(2032, 12, 31)) | st.sampled_from(
    [date(2024, 2, 29), date(2026, 1, 31), date(2028, 2, 29), date(2026, 12, 31)]
)


@quick
@given(total=totals, parts=st.integers(1, 120))
def test_a_split_sums_and_the_last_is_the_smallest(total: int, parts: int) -> None:
    made = split(total, parts)
    assert sum(made) == total and len(made) <= parts
    assert min(made) > 0 and made[-1] == min(made) and len(set(made[:-1])) <= 1


@quick
@given(total=totals, small=st.integers(1, 10_000), months=st.integers(0, 12), then=st.integers(1, 10_000_000))
def test_a_reduction_covers_the_same_sum(total: int, small: int, months: int, then: int) -> None:
    small, then = max(small, total // 500), max(then, total // 200)
    made = reduced_first(total, small, months, then)
    assert sum(made) == total and min(made) > 0


@quick
@given(first=days, every=st.sampled_from(list(Every)[1:]), count=st.integers(1, 60), payday=st.integers(1, 31))
def test_dates_rise_and_keep_their_anchor(first: date, every: Every, count: int, payday: int) -> None:
    made = dates(first, every, count, payday=payday)
    assert len(made) == count and list(made) == sorted(set(made)) and made[0] >= first
    if every is Every.MONTH:
        assert all(day.day == first.day or (day + timedelta(days=1)).day == 1 for day in made)
        assert [(d.year * 12 + d.month) - (made[0].year * 12 + made[0].month) for d in made] == list(range(count))
    if every is Every.PAYDAY:
        assert all(day.weekday() < 5 and day >= first for day in made)


def collect(total: int, plan: list[Due], payments: list[tuple[int, int]], *, cap: bool = True) -> tuple[int, int, int]:
    """Live a plan: each payment is of so many per cent of what is asked just then, and may come twice or be taken back.

    Returns what came, what is open, and what was ever asked for beyond what was open. `cap` False is the canary.
    """
    paid, over = 0, 0
    for turn, (per_cent, what) in enumerate(payments):
        open_now = total - paid
        on = plan[min(turn, len(plan) - 1)].due_date + timedelta(days=per_cent % 9 - 4)
        stands = progress(plan, paid_minor=paid, open_minor=open_now if cap else total, today=on)
        asked = sum(one.left_minor for one in stands.instalments if one.how is not How.COMING) or stands.left_minor
        over = max(over, stands.left_minor - open_now)
        assert stands.left_minor + paid - stands.beyond_minor == total or not cap
        came = min(asked * per_cent // 100, open_now) if cap else asked * per_cent // 100
        paid += came * (2 if what == 1 and 2 * came <= open_now else 1)  # the same transfer made twice by mistake
        paid -= paid // 3 if what == 2 else 0  # a bank takes some back
    return paid, total - paid, over


@quick
@given(total=totals, parts=st.integers(1, 24), first=days,
       payments=st.lists(st.tuples(st.integers(0, 130), st.integers(0, 3)), max_size=30))  # fmt: skip
def test_early_late_double_and_returned_payments_conserve_money(total, parts, first, payments) -> None:
    amounts = split(total, parts)
    plan = [Due(i + 1, day, minor) for i, (day, minor) in enumerate(
        zip(dates(first, Every.MONTH, len(amounts)), amounts, strict=True))]  # fmt: skip
    paid, left, over = collect(total, plan, payments)
    assert paid + left == total and left >= 0 and over <= 0
    end = progress(plan, paid_minor=paid, open_minor=left, today=plan[-1].due_date + timedelta(days=30))
    assert end.left_minor == left and end.kept == (left == 0)
    assert sum(one.left_minor for one in end.missed) == left


@quick
@given(total=st.integers(2, 10**9), parts=st.integers(2, 24), credit=st.integers(1, 10**9), paid=st.integers(0, 10**9))
def test_a_credit_note_shrinks_the_end_and_never_asks_for_more_than_is_open(total, parts, credit, paid) -> None:
    plan = [Due(i + 1, date(2026, 1, 1) + timedelta(days=30 * i), minor) for i, minor in enumerate(split(total, parts))]
    paid = min(paid, total)
    open_now = max(0, total - paid - credit)
    found = progress(plan, paid_minor=paid, open_minor=open_now, today=date(2026, 1, 1))
    assert found.left_minor == open_now
    lefts = [one.left_minor for one in found.instalments]
    asked = [i for i, left in enumerate(lefts) if left]
    assert asked == list(range(asked[0], asked[-1] + 1)) if asked else open_now == 0
    assert all(
        lefts[i] == found.instalments[i].minor for i in asked[1:-1]
    )  # only the first and the last may be smaller


def test_canary_without_the_cap_more_is_asked_than_is_open() -> None:
    plan = [Due(1, date(2026, 1, 1), 60), Due(2, date(2026, 2, 1), 40)]
    assert progress(plan, paid_minor=0, open_minor=70, today=date(2026, 1, 1)).left_minor == 70
    assert (
        progress(plan, paid_minor=0, open_minor=10**9, today=date(2026, 1, 1)).left_minor > 70
    )  # the cap is what holds it


@pytest.mark.parametrize(
    ("wrong"), [(0, 3), (10, 0), (-5, 2)], ids=["nothing to pay", "no instalments", "a balance below zero"]
)
def test_what_cannot_be_split_is_refused(wrong: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        split(*wrong)
    with pytest.raises(ValueError):
        by_amount(*wrong)
