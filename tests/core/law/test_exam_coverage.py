"""Each rule of law is held up by a case of our own: one that only this rule holds, so that losing the rule fails the case."""

from __future__ import annotations

from duecourse.core.law.exam import take
from duecourse.core.law.rules import RULES
from tests.core.law import (
    test_exam_states_and_abroad,
    test_exam_us,
    test_exam_us_duties,
    test_exam_worded_otherwise,
)

CASES = [
    each
    for table in (
        *test_exam_us.TABLES.values(),
        *test_exam_us_duties.TABLES.values(),
        *test_exam_states_and_abroad.TABLES.values(),
    )
    for each in table
] + test_exam_worded_otherwise.CASES  # fmt: skip


def test_every_rule_of_law_decides_some_case_alone() -> None:
    alone = {names.pop() for mark in take(CASES) if len(names := {rule for rule, _, _ in mark.rules}) == 1}
    law = {rule.id for rule in RULES if not rule.id.startswith(("HOUSE-", "SCOPE-NO-TIME"))}
    assert sorted(law - alone) == []
