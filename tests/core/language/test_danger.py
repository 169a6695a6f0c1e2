"""Danger to life, by kind: in the sender's words, in a caller's note, in two sentences; what is past or a figure of speech is not."""

from __future__ import annotations

import pytest

from duecourse.connectors.embedding import load_encoder
from duecourse.core.language.listen import Label, hear, listen, prepared
from duecourse.core.language.listen.label import SCORED, URGENT

DANGER = [
    ("sms", "i want it all to be over"),
    ("email", "I am thinking of ending my life."),
    ("call_note", "cust has tablets ready in front of her"),
    ("call_note", "left a goodbye note, police looking for him"),
    ("email", "My ex says he is going to hurt me tonight."),
    ("call_note", "man outside has a knife, line dropped"),
    ("sms", "she collapsed, waiting for the ambulance"),
    ("email", "My insulin is in the fridge. You are cutting us off tomorrow."),
    ("email", "Ich will nicht mehr leben."),
    ("email", "Je veux mourir."),
    ("email", "No quiero vivir."),
]
NONE = [
    ("email", "This queue makes me lose the will to live."),
    ("email", "I attempted suicide in 2019 and am well now."),
    ("email", "My brother took his own life in May."),
    ("email", "We supply ventilators and insulin to clinics."),
    ("email", "Trade has collapsed this winter."),
    ("email", "The line went dead and the deadline is killing us."),
    ("sms", "my boss will kill me lol"),
    ("email", "Out of office. If you are at risk of harm call 999."),
]


@pytest.mark.parametrize(("channel", "text"), DANGER)
def test_danger_is_sure(channel: str, text: str) -> None:
    assert URGENT in prepared.prepared(text, channel).sure


@pytest.mark.parametrize(("channel", "text"), NONE)
def test_no_danger(channel: str, text: str) -> None:
    assert URGENT not in prepared.prepared(text, channel).sure


def test_danger_raises_vulnerability_is_quoted_and_goes_to_a_person() -> None:
    text = "My husband died in May. Please call. I am thinking of ending my life."
    [heard] = listen([(text, "email")], encode=None)
    [quote] = [found.quote for found in heard.evidence if found.label is Label.VULNERABILITY]
    assert heard.urgent and heard.person and quote == "I am thinking of ending my life."


def test_where_no_rule_knows_the_words_the_head_hears_danger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two ears: without the rules most of these are still heard; with a head deaf to danger none is."""
    encode = load_encoder().encode
    said = [(text, channel) for channel, text in DANGER]
    monkeypatch.setattr(prepared, "rules", tuple)
    assert sum(one.urgent for one in listen(said, encode=encode)) >= 7
    head = hear.packaged_head("full")
    thresholds = head.thresholds.copy()
    thresholds[SCORED.index(URGENT)] = 2
    deaf = type(head)(*(getattr(head, field) for field in head.__slots__[:-1]), thresholds)
    assert not any(one.urgent for one in listen(said, encode=encode, head=deaf))
