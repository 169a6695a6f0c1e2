"""A message made ready for hearing: what the sender says now, in clauses, and what the rules found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duecourse.core.language.listen.clauses import clauses
from duecourse.core.language.listen.label import URGENT
from duecourse.core.language.listen.own_words import own_words
from duecourse.core.language.listen.readable import Readable, readable
from duecourse.core.language.listen.rules import Rule, rules
from duecourse.core.language.listen.tongue import tongue
from duecourse.core.language.sentences import Sentence

_DANGER_READ = 20_000  # letters


@dataclass(frozen=True, slots=True)
class Prepared:
    """By name of a label (or `urgent`): the clause where a rule is sure, how many hints there are, the clauses where the
    label cannot hold."""

    text: str
    channel: str
    read: Readable
    clauses: tuple[Sentence, ...]
    tongue: str
    sure: dict[str, int]
    hints: dict[str, int]
    vetoed: dict[str, frozenset[int]]

    def quote(self, clause: int) -> str:
        """The clause to the letter, as it stands in the text."""
        piece = self.clauses[clause]
        start, end = self.read.whence(piece.start, piece.end)
        return self.text[start:end]


def prepared(text: str, channel: str = "email") -> Prepared:
    """
    >>> said = prepared("Wrong number mate.\\n\\n> Your bill is due.")
    >>> said.quote(said.sure["wrong_person"])
    'Wrong number mate.'
    """
    read = readable(text)
    own = own_words(read.words)
    pieces = tuple(clauses(own))
    sure: dict[str, int] = {}
    hints: dict[str, int] = {}
    vetoed: dict[str, frozenset[int]] = {}
    for rule in rules() if pieces else ():
        barred = frozenset(n for n, piece in enumerate(pieces) if rule.vetoed(piece.words))
        if barred:
            vetoed[rule.name] = barred
        free = [n for n in range(len(pieces)) if n not in barred]
        at = _whole(rule, own, pieces) if rule.whole else _first(rule, pieces, free)
        if at is None and rule.name == URGENT:
            # Danger may be told in two sentences: what keeps somebody alive, and that it will be cut off.
            at = _whole(rule, own[:_DANGER_READ], pieces)
        if at is not None:
            sure[rule.name] = at
        hints[rule.name] = max((rule.hints(pieces[n].words) for n in free), default=0) if rule.hint else 0
    return Prepared(text, channel, read, pieces, tongue(own), sure, hints, vetoed)


def _first(rule: Rule, pieces: Sequence[Sentence], free: Sequence[int]) -> int | None:
    return next((n for n in free if rule.found(pieces[n].words) is not None), None)


def _whole(rule: Rule, own: str, pieces: Sequence[Sentence]) -> int | None:
    at = rule.found(own)
    return None if at is None else max(n for n, piece in enumerate(pieces) if n == 0 or piece.start <= at)
