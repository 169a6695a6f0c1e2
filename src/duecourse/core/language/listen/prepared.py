"""A message made ready for hearing: what the sender says now, in clauses, and what the rules found in them."""

from __future__ import annotations

from dataclasses import dataclass

from duecourse.core.language.listen.clauses import clauses
from duecourse.core.language.listen.own_words import own_words
from duecourse.core.language.listen.readable import Readable, readable
from duecourse.core.language.listen.rules import rules
from duecourse.core.language.listen.tongue import tongue
from duecourse.core.language.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Prepared:
    """`sure` and `hints` by name of a label (or `urgent`): the clause where a rule is sure; how many hints there are."""

    text: str
    channel: str
    read: Readable
    clauses: tuple[Sentence, ...]
    tongue: str
    sure: dict[str, int]
    hints: dict[str, int]

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
    for rule in rules() if pieces else ():
        if rule.whole:
            at = rule.found(own)
            if at is not None:
                sure[rule.name] = max(n for n, piece in enumerate(pieces) if n == 0 or piece.start <= at)
        else:
            hit = next((n for n, piece in enumerate(pieces) if rule.found(piece.words) is not None), None)
            if hit is not None:
                sure[rule.name] = hit
        hints[rule.name] = max((rule.hints(piece.words) for piece in pieces), default=0) if rule.hint else 0
    return Prepared(text, channel, read, pieces, tongue(own), sure, hints)
