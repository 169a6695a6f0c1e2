"""Each rule has three cases of ours: held, just free, plainly free. A rule without them fails here."""

from __future__ import annotations

import pytest

from duecourse.core.law.rules import RULES
from tests.core.law.three import content, people, time
from tests.core.law.three.case import Triple

CASES = (*people.CASES, *time.CASES, *content.CASES)


def test_every_rule_has_three_cases() -> None:
    assert {rule.id for rule in RULES} == {triple.rule for triple in CASES}
    assert len(CASES) == len({triple.rule for triple in CASES})


@pytest.mark.parametrize("triple", CASES, ids=lambda triple: triple.rule)
def test_it_holds_and_lets_go(triple: Triple) -> None:
    held = triple.answers(triple.held)
    assert triple.rule in held["block"] | held["defer"], held
    for change in (triple.edge, triple.free):
        told = triple.answers(change, trace=True)
        assert triple.rule not in told["block"] | told["defer"], (change, told)


def test_on_the_other_side_of_the_edge_the_rule_was_asked_and_kept() -> None:
    """The edge is an edge of the rule, not of its scope: but for rules whose edge is whom they reach."""
    elsewhere = {"SCOPE-UNCOVERED", "SCOPE-NO-LOCATION", "SCOPE-NO-TIME", "HOUSE-SAFE-HARBOUR", "US-MA-WORK"}
    lost = [t.rule for t in CASES if t.rule not in t.answers(t.edge, trace=True)["pass"] and t.rule not in elsewhere]
    assert lost == []
