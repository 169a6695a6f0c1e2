"""Outgoing words: bad texts are refused, good ones pass, suggestions make a refused text pass."""

from __future__ import annotations

import doctest
from functools import cache

import pytest

from duecourse.core.language.plain import Kind, check, mend
from duecourse.core.language.plain import check as check_module
from duecourse.core.language.plain.fault import MISSING, Fault
from tests.core.language.check_set import Row, rows

ROWS = rows()
BAD = [row for row in ROWS if row.kinds]
GOOD = [row for row in ROWS if not row.kinds]


@cache
def _faults(row: Row) -> tuple[Fault, ...]:
    return check(row.text, channel=row.channel, demand=row.demand).faults


def _kinds(row: Row) -> set[str]:
    return {fault.kind.value for fault in _faults(row)}


def test_the_set_is_large_and_every_kind_is_in_it() -> None:
    assert len(BAD) >= 100 and len(GOOD) >= 50
    assert {kind for row in BAD for kind in row.kinds} == {kind.value for kind in Kind}


def test_bad_texts_are_refused() -> None:
    missed = [row.text for row in BAD if not _kinds(row)]
    assert len(missed) <= 0.05 * len(BAD), missed


def test_good_texts_pass() -> None:
    refused = [(row.text, _kinds(row)) for row in GOOD if _kinds(row)]
    assert len(refused) <= 0.05 * len(GOOD), refused


def test_the_kind_is_named() -> None:
    wrong = [(row.text, row.kinds, _kinds(row)) for row in BAD if not row.kinds & _kinds(row)]
    assert len(wrong) <= 0.05 * len(BAD), wrong


def test_suggestions_make_refused_texts_pass() -> None:
    left = []
    for row in BAD:
        mended = mend(row.text, _faults(row))
        if not check(mended, channel=row.channel, demand=row.demand).ok:
            left.append((row.text, mended))
    assert len(left) <= 0.1 * len(BAD), left


def test_quotes_are_in_the_text_to_the_letter() -> None:
    for row in BAD:
        for fault in _faults(row):
            assert fault.quote in row.text and bool(fault.quote) != (fault.kind in MISSING)
            # "hereby" has no better word than none.
            assert fault.why and (fault.suggestion or fault.kind is Kind.JARGON)


@pytest.mark.parametrize(
    ("text", "channel", "demand", "kinds"),
    [
        ("Failure to comply will result in court action.", "email", False, {"false_legal_threat"}),
        ("We would rather settle this without going to court.", "email", False, {"false_legal_threat"}),
        ("Please pay your bill soon.", "email", True, {k.value for k in MISSING}),
        ("Please pay your bill soon.", "call_script", True, set()),
        ("Please pay your bill soon.", "email", False, set()),
        ("Reply STOP to end these texts. The VAT and PDF are attached.", "sms", False, set()),
        ("PAY NOW or else. This is your LAST CHANCE!!!", "sms", False, {"aggressive_caps"}),
        ("", "email", False, set()),
    ],
)
def test_single_cases(text: str, channel: str, demand: bool, kinds: set[str]) -> None:
    found = {fault.kind.value for fault in check(text, channel=channel, demand=demand).faults}
    assert found == kinds if not kinds else kinds <= found, found


def test_typographic_quotes_are_seen_and_quoted_as_they_stand() -> None:
    faults = check("You haven’t bothered to pay, and we know where you live.", demand=False).faults
    assert faults and all(fault.quote in "You haven’t bothered to pay, and we know where you live." for fault in faults)


def test_whether_it_asks_for_money_is_judged_from_the_text() -> None:
    assert {f.kind for f in check("Please pay your overdue bill now.").faults} >= {Kind.MISSING_AMOUNT}
    assert check("Thank you for your payment. We wish you a good week.").ok


def test_the_grade_rises_with_long_words_and_sentences() -> None:
    easy = check("Please call us. We can help you.", demand=False)
    hard = check(
        "Notwithstanding previous correspondence regarding outstanding contractual obligations, immediate remittance of "
        "the aforementioned consideration is unconditionally necessitated.",
        demand=False,
    )
    assert easy.grade < 5 < 12 < hard.grade and easy.mean_sentence_words < hard.mean_sentence_words
    assert not hard.ok


def test_a_huge_text_is_checked_in_time() -> None:
    assert check("Please pay. " * 20_000, demand=False).mean_sentence_words == 2.0


def test_the_examples_run() -> None:
    import sys

    assert doctest.testmod(sys.modules[check_module.__module__]).failed == 0
