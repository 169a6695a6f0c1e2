"""Hears messages: sure rules first, the learned head second, a person where neither is certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from duecourse.core.language.listen.head import Head, head_of, second_rows
from duecourse.core.language.listen.heard import Evidence, Heard
from duecourse.core.language.listen.instances import Encode, instances
from duecourse.core.language.listen.label import FORCED, LEARNED, MUST_NOT_MISS, SCORED, URGENT, Label
from duecourse.core.language.listen.prepared import Prepared, prepared
from duecourse.core.language.listen.tongue import UNDERSTOOD
from duecourse.core.language.listen.wordprints import Floats

SURE = 0.95
_WITH_OUT_OF_OFFICE = frozenset({*MUST_NOT_MISS, Label.OUT_OF_OFFICE, Label.NEW_DETAILS})
"""An automatic reply asks and promises nothing, whatever its words; what must not be missed counts there too."""
_UNSURE = 0.6  # of the threshold: nearer than that, and nothing else heard, a person reads


@cache
def packaged_head(name: str) -> Head:
    """The head that comes with the package: `full` reads sentence vectors, `words` does without."""
    place = files("duecourse.core.language") / "data" / "head.npz"
    with place.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return head_of(arrays, name)


def listen(said: Iterable[tuple[str, str]], *, encode: Encode | None, head: Head | None = None) -> list[Heard]:
    """Pairs of text and channel (email, sms, portal, call_note), heard together, which is quicker than one by one.

    Without `encode` the head reads words only and hears a little less.
    """
    messages = [prepared(text, channel) for text, channel in said]
    if not messages:
        return []
    head = head or packaged_head("full" if encode else "words")
    rows = instances(messages, encode)
    scores = head.scores(rows)
    chances = head.chances(second_rows(messages, rows, scores))
    clause_scores = scores[~rows.whole]
    edges = np.cumsum([0, *(len(message.clauses) for message in messages)])
    return [
        _heard(message, chances[number], clause_scores[edges[number] : edges[number + 1]], head.thresholds)
        for number, message in enumerate(messages)
    ]


def _heard(message: Prepared, chances: Floats, clause_scores: Floats, thresholds: Floats) -> Heard:
    if not message.clauses:
        return Heard((), False, message.tongue, (), {}, bool(message.text.strip()))
    understood = message.tongue in UNDERSTOOD
    danger = SCORED.index(URGENT)
    urgent = URGENT in message.sure or (understood and bool(chances[danger] >= thresholds[danger]))
    confidence = {label: round(float(chance), 3) for label, chance in zip(LEARNED, chances, strict=False)}
    held: set[Label] = set()
    for number, label in enumerate(LEARNED):
        if label in FORCED and label in message.sure:
            confidence[label] = max(confidence[label], SURE)
            held.add(label)
        elif understood and chances[number] >= thresholds[number]:
            held.add(label)
    if urgent:
        held.add(Label.VULNERABILITY)
        confidence[Label.VULNERABILITY] = max(confidence[Label.VULNERABILITY], SURE)
    if Label.OUT_OF_OFFICE in held:
        held &= _WITH_OUT_OF_OFFICE
    labels = tuple(label for label in LEARNED if label in held)
    evidence = tuple(Evidence(label, message.quote(_clause(message, label, clause_scores))) for label in labels)
    unsure = not labels and bool((chances >= _UNSURE * thresholds).any())
    person = urgent or Label.VULNERABILITY in held or not understood or unsure
    return Heard(labels or (Label.OTHER,), urgent, message.tongue, evidence, confidence, person)


def _clause(message: Prepared, label: Label, clause_scores: Sequence[Floats] | Floats) -> int:
    """Where a label was heard: by a rule, or where the head scores highest. Danger is quoted before other harm."""
    danger = message.sure.get(URGENT) if label is Label.VULNERABILITY else None
    sure = danger if danger is not None else message.sure.get(label)
    return sure if sure is not None else int(np.argmax(np.asarray(clause_scores)[:, SCORED.index(label)]))
