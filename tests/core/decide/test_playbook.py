"""Playbooks as text: what they may say, what is refused in words, and what the newer words do."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

from duecourse.core.decide.decide import decide
from duecourse.core.decide.explain import headline
from duecourse.core.decide.playbook import BadPlaybook, all_packaged, packaged, read
from tests.core.decide.test_decide import AT, RULES, book

TWO = packaged("polite@2")
LATE = (10, 10, 12)  # usually ten days past due


def row(facts):
    return decide(facts, playbook=TWO, rules=RULES).row(0, named=True)


def wrote(days: int) -> pl.DataFrame:
    return pl.DataFrame(
        {"customer": [1], "channel": ["email"], "direction": ["out"], "purpose": ["reminder"],
         "at": [AT - timedelta(days=days)]}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "verdict", "why"),
    [
        # five days after the usual day, which is ten days past due
        (dict(late=(14,), settled=LATE), "nothing", "step_done"),
        (dict(late=(15,), settled=LATE), "contact", "step_reached"),
        # a later habit than fifteen days is not waited for
        (dict(late=(19,), settled=(40, 40, 40)), "nothing", "step_done"),
        (dict(late=(20,), settled=(40, 40, 40)), "contact", "step_reached"),
        # who pays early is not written to earlier
        (dict(late=(8,), settled=(-9, -9, -9)), "nothing", "step_done"),
        (dict(late=(9,), settled=(-9, -9, -9)), "contact", "step_reached"),
        # quiet days: the second invoice waits for the next message
        (dict(late=(8,), contacts=wrote(5)), "wait", "wrote_lately"),
        (dict(late=(8,), contacts=wrote(6)), "contact", "step_reached"),
    ],
)
def test_usual_day_and_quiet_days(facts, verdict, why):
    found = row(book(**facts))
    assert (found["verdict"], found["why"]) == (verdict, why)
    assert headline(why) != why


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (dict(late=(-4,)), None),
        (dict(late=(-3,)), "pre_due"),
        (dict(late=(0,)), "pre_due"),
        (dict(late=(1,)), None),  # an invoice that came in late: nobody is told after the day that it is coming
        (dict(late=(-3,), done=(1,)), None),
        (dict(late=(-3,), settled=LATE), None),  # known: by habit and forecast
        # a large one counts from the due date before it, from the usual day after it
        (dict(late=(-6,), settled=LATE, amounts={0: 2_000_000}), None),
        (dict(late=(-5,), settled=LATE, amounts={0: 2_000_000}), "pre_due"),
        (dict(late=(5,), settled=LATE, amounts={0: 2_000_000}), None),
        (dict(late=(14,), settled=LATE, amounts={0: 2_000_000}), "day7"),
    ],
)
def test_a_note_before_the_due_date_to_whom_we_do_not_know_or_who_owes_much(facts, step):
    four = packaged("polite@4")
    found = decide(book(**facts), playbook=four, rules=RULES).row(0, named=True)
    assert found["verdict"] == ("contact" if step else "nothing")
    assert not step or four.steps[found["step"] - 1] == step


def test_a_reply_of_theirs_or_a_receipt_is_no_reminder():
    for other in (dict(direction="in"), dict(purpose="receipt")):
        facts = book(late=(8,), contacts=wrote(1).with_columns(**{k: pl.lit(v) for k, v in other.items()}))
        assert row(facts)["why"] != "wrote_lately"


def test_every_packaged_playbook_has_a_label_of_its_own_and_the_same_places():
    books = all_packaged()
    assert len({b.label for b in books}) == len(books) >= 3
    assert {b.steps for b in books} == {packaged("polite@1").steps}
    assert packaged("polite").version == max(b.version for b in books if b.name == "polite")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("steps = [", "steps = [["), "not TOML"),
        (('counted_from = "usual_day"', 'counted_from = "birthday"'), "counted_from"),
        (("quiet_days = 6", 'quiet_days = "soon"'), "wrong kind"),
        (("day7 = 9", "day8 = 9"), "not in steps"),
        (("day7 = 9", "day7 = 0.04"), "nothing goes out hourly"),
        (("day7 = 9", "day7 = 99"), "later than the one before"),
        (("large = 1000000\n", ""), "large is missing"),
    ],
)
def test_a_broken_playbook_is_refused_in_words(change, says):
    assert change[0] in TWO.text
    with pytest.raises(BadPlaybook, match=says):
        read(TWO.text.replace(*change))


@pytest.mark.parametrize("label", ["rude", "polite@9", "polite@x", ""])
def test_a_playbook_that_is_not_there_names_those_that_are(label):
    with pytest.raises(BadPlaybook, match="polite@1"):
        packaged(label)
