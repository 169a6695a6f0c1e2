"""Inbound messages: what must not be missed is heard, traps are seen through, quotes are to the letter, answers repeat.

The floors lie a little below the figures published in docs/language.md.
"""

from __future__ import annotations

import pytest

from duecourse.connectors.embedding import load_encoder
from duecourse.core.language.listen import Heard, Label, listen
from duecourse.core.language.listen.label import LEARNED, MUST_NOT_MISS
from duecourse.core.language.listen.measure import Scores, scores
from duecourse.core.language.listen.training import training
from tests.core.language.heard_set import blind, messages

ROWS = messages()
BLIND = blind()
FLOOR_MACRO, FLOOR_LABEL, FLOOR_RECALL, FLOOR_TRAPS, FLOOR_WORDS = 0.875, 0.79, 0.97, 0.8, 0.8
FLOOR_BLIND, FLOOR_DANGER, FLOOR_ALARMS = 0.81, 0.85, 0.7


@pytest.fixture(scope="module")
def heard() -> list[Heard]:
    return listen([(row.text, row.channel) for row in ROWS], encode=load_encoder().encode)


@pytest.fixture(scope="module")
def figures(heard: list[Heard]) -> Scores:
    return scores(ROWS, heard)


def test_the_set_is_large_apart_and_has_every_label() -> None:
    assert len(ROWS) >= 600 and sum(row.trap for row in ROWS) >= 100
    assert {label for row in ROWS for label in row.labels} == set(LEARNED)
    learned = {row.text.casefold() for row in training()}
    shared = [row.text for row in (*ROWS, *BLIND) if row.text.casefold() in learned and len(row.text.split()) > 3]
    assert shared == []


def test_labels_are_heard(figures: Scores) -> None:
    assert figures.macro_f1 >= FLOOR_MACRO
    assert all(score.f1 >= FLOOR_LABEL for score in figures.by_label), figures.by_label


def test_what_must_not_be_missed_is_heard(figures: Scores) -> None:
    recall = {score.name: score.recall or 0 for score in figures.by_label}
    assert all(recall[label] >= FLOOR_RECALL for label in MUST_NOT_MISS), recall


def test_danger_to_life_is_heard_in_sets_whose_errors_nobody_read() -> None:
    heard = listen([(row.text, row.channel) for row in BLIND], encode=load_encoder().encode)
    found = scores(BLIND, heard)
    assert found.urgent.held >= 45 and (found.urgent.recall or 0) >= FLOOR_DANGER
    assert (found.urgent.precision or 0) >= FLOOR_ALARMS and found.macro_f1 >= FLOOR_BLIND


def test_traps_are_seen_through(figures: Scores) -> None:
    assert figures.traps_right is not None and figures.traps_right >= FLOOR_TRAPS


def test_without_the_model_it_hears_a_little_less() -> None:
    words_only = scores(ROWS[::2], listen([(row.text, row.channel) for row in ROWS[::2]], encode=None))
    assert words_only.macro_f1 >= FLOOR_WORDS


def test_quotes_are_in_the_text_to_the_letter(heard: list[Heard]) -> None:
    for row, one in zip(ROWS, heard, strict=True):
        named = [found.label for found in one.evidence]
        assert named == [label for label in one.labels if label is not Label.OTHER]
        assert all(found.quote and found.quote in row.text for found in one.evidence)
        assert all(0 <= chance <= 1 for chance in one.confidence.values())


def test_one_by_one_is_heard_as_together(heard: list[Heard]) -> None:
    encode = load_encoder().encode
    for row, one in list(zip(ROWS, heard, strict=True))[::80]:
        [alone] = listen([(row.text, row.channel)], encode=encode)
        assert (alone.labels, alone.evidence) == (one.labels, one.evidence)


def test_urgent_is_always_vulnerable_and_for_a_person() -> None:
    said = [row for row in training() if row.urgent]
    heard = listen([(row.text, row.channel) for row in said], encode=None)
    assert len(said) >= 5 and all(one.urgent for one in heard)
    assert all(Label.VULNERABILITY in one.labels and one.person for one in heard)
