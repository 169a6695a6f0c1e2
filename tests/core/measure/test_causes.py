"""Causes as a table: what was said, heard and seen of an overdue invoice, then the cause that is told."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from duecourse.core.measure.causes import CAUSES, GROUPS, cause_rows
from duecourse.core.measure.sheet import EVIDENCE, INVOICES, LEGS, Sheet

TODAY = date(2026, 6, 30)
DUE = TODAY - timedelta(days=10)


def _sheet(signs: list[tuple[str, int | None, int, int | None, bool]], habit: tuple[int, ...] = ()) -> Sheet:
    """One open invoice (7), ten days late; `signs`: sign, debt, days ago, ended days ago, fades; `habit`: days late before."""
    day = lambda n: TODAY - timedelta(days=n)  # noqa: E731
    invoices = [(7, 1, "GBP", day(40), DUE, 0)]
    legs = [(1, 1, 7, "receivable", "GBP", day(40), None, 500), (1, 1, None, "sales", "GBP", day(40), None, -500)]
    for n, late in enumerate(habit):
        debt, due = 20 + n, day(200 - n)
        invoices.append((debt, 1, "GBP", due, due, 0))
        legs += [
            (100 + n, 1, debt, "receivable", "GBP", due, None, 500),
            (100 + n, 1, None, "sales", "GBP", due, None, -500),
        ]
        paid = due + timedelta(days=late)
        legs += [
            (300 + n, 1, debt, "receivable", "GBP", paid, None, -500),
            (300 + n, 1, None, "cash", "GBP", paid, None, 500),
        ]
    evidence = [
        (1, debt, sign, day(ago), None if end is None else day(end), fades) for sign, debt, ago, end, fades in signs
    ]
    return Sheet.of(
        invoices=pl.DataFrame(invoices, schema=dict(INVOICES), orient="row"),
        legs=pl.DataFrame(legs, schema=dict(LEGS), orient="row"),
        evidence=pl.DataFrame(evidence, schema=dict(EVIDENCE), orient="row"),
    )


CASES = [
    # what speaks for a cause                                                        the cause
    ([], "unknown"),
    ([("dispute:amount", 7, 5, None, False)], "amount"),
    ([("dispute:amount", 8, 5, None, False)], "unknown"),  # of another invoice
    ([("dispute:amount", 7, 5, 2, False)], "unknown"),  # closed
    ([("dispute:amount", 7, -1, None, False)], "unknown"),  # not yet
    ([("task:wants_talk", None, 5, None, False), ("hold:hardship", None, 3, None, False)], "hardship"),
    ([("heard:already_paid", None, 59, None, True)], "paid_already"),
    ([("heard:already_paid", None, 60, None, True)], "unknown"),  # too long ago
    ([("receipt:bounced", None, 5, None, True), ("promise", None, 9, -4, False)], "promised"),
    ([("task:something_new", None, 5, None, False)], "unknown"),
]


@pytest.mark.parametrize(("signs", "cause"), CASES)
def test_causes_as_a_table(signs: list[tuple[str, int | None, int, int | None, bool]], cause: str) -> None:
    row = cause_rows(_sheet(signs), TODAY).row(0, named=True)
    assert (row["cause"], row["open"], row["late"]) == (cause, 500, 10)


def test_a_habit_speaks_where_nobody_else_does() -> None:
    assert cause_rows(_sheet([], habit=(12, 11, 14)), TODAY)["cause"].to_list() == ["habit"]
    assert cause_rows(_sheet([], habit=(2, 1, 3)), TODAY)["cause"].to_list() == ["unknown"]
    assert cause_rows(_sheet([], habit=(12, 11)), TODAY)["cause"].to_list() == ["unknown"]
    assert cause_rows(_sheet([("dispute:goods", 7, 1, None, False)], habit=(12, 11, 14)), TODAY)["cause"].to_list() == [
        "goods"
    ]


def test_every_cause_has_a_group_and_no_sign_speaks_for_two() -> None:
    assert {cause.group for cause in CAUSES} == set(GROUPS)
    signs = [sign for cause in CAUSES for sign in cause.signs]
    assert len(signs) == len(set(signs))
