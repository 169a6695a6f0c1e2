"""Sure rules decide by themselves; without them the floor of recall would not hold."""

from __future__ import annotations

import pytest

from duecourse.core.language.listen import hear, listen, prepared
from duecourse.core.language.listen.label import MUST_NOT_MISS, Label
from duecourse.core.language.listen.rules import rules
from tests.core.language.heard_set import messages

SURE = [
    ("sms", "STOP", Label.STOP_CONTACT),
    ("sms", "lose my number", Label.STOP_CONTACT),
    ("email", "Please don't ring me at work.", Label.STOP_CONTACT),
    ("email", "Only write to me from now on.", Label.STOP_CONTACT),
    ("email", "I have appointed a solicitor, please write to her.", Label.ATTORNEY),
    ("email", "StepChange is helping me.", Label.ATTORNEY),
    ("email", "My IVA was approved in May.", Label.INSOLVENCY),
    ("call_note", "cust filed ch 13", Label.INSOLVENCY),
    ("email", "CIRP was admitted by the NCLT.", Label.INSOLVENCY),
    ("sms", "wrong number mate", Label.WRONG_PERSON),
    ("email", "There's nobody here by that name.", Label.WRONG_PERSON),
    ("email", "I am out of the office until Monday.", Label.OUT_OF_OFFICE),
]
NOT_SURE = [
    ("Stop chasing the courier, it is here.", Label.STOP_CONTACT),
    ("We are bankrupt of ideas.", Label.INSOLVENCY),
    ("If this goes on we might go into liquidation.", Label.INSOLVENCY),
    ("Our biggest customer went into administration.", Label.INSOLVENCY),
    ("Our lawyer said it's fine to pay.", Label.ATTORNEY),
    ("If you don't fix it I will get a solicitor.", Label.ATTORNEY),
    ("The wrong number of boxes came.", Label.WRONG_PERSON),
    ("Thanks.\n\n> Reply STOP to opt out. If you are bankrupt, tell us.", Label.STOP_CONTACT),
]


@pytest.mark.parametrize(("channel", "text", "label"), SURE)
def test_sure(channel: str, text: str, label: Label) -> None:
    assert label in prepared.prepared(text, channel).sure


@pytest.mark.parametrize(("text", "label"), NOT_SURE)
def test_not_sure(text: str, label: Label) -> None:
    assert label not in prepared.prepared(text).sure


def test_without_rules_what_must_not_be_missed_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: the floor of test_heard.py falls when the rules are gone."""
    rows = [row for row in messages() if row.labels & frozenset(MUST_NOT_MISS)]

    def recall() -> float:
        heard = listen([(row.text, row.channel) for row in rows], encode=None)
        wanted = [(row.labels & frozenset(MUST_NOT_MISS), one.labels) for row, one in zip(rows, heard, strict=True)]
        return sum(len(want & set(got)) for want, got in wanted) / sum(len(want) for want, _ in wanted)

    with_rules = recall()
    monkeypatch.setattr(prepared, "rules", tuple)
    assert with_rules >= 0.92 > recall() + 0.05


def test_forced_labels_cannot_be_outvoted() -> None:
    """The head is set against everything; a sure rule still speaks."""
    head = hear.packaged_head("words")
    deaf = type(head)(*(getattr(head, field) for field in head.__slots__[:-1]), head.thresholds + 2)
    [heard] = listen([("wrong number mate", "sms")], encode=None, head=deaf)
    assert heard.labels == (Label.WRONG_PERSON,)


def test_no_pattern_takes_long() -> None:
    """Text made to make patterns walk back and forth."""
    mean = ["a " * 3_000, "not " * 2_000, "please do not " * 800, "my our your " * 900, "x" * 9_000, "1 2 " * 2_000]
    for rule in rules():
        for text in mean:
            rule.found(text[:2_000])
            rule.hints(text[:2_000])
