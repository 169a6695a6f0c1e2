"""Looks at a text and says what is wrong and where; better words are chosen afterwards, in suggest.py."""

from __future__ import annotations

from dataclasses import dataclass

from duecourse.core.language.plain.demand import asks_for_money, deadlines, has_amount, has_way_to_pay, offers_help
from duecourse.core.language.plain.disclosure import disclosure
from duecourse.core.language.plain.fault import Found, Kind
from duecourse.core.language.plain.prose import LINK, prose
from duecourse.core.language.plain.readability import Grade, grade_of
from duecourse.core.language.plain.shouting import shouting
from duecourse.core.language.plain.wording import jargon_faults, wording_faults
from duecourse.core.language.sentences import Sentence, sentences

HARDEST = 9.0
"""The highest grade that passes: a reader of fourteen."""
_STRAIGHT = str.maketrans("’‘`´“”‑\u00a0", "''''\"\"- ")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen: faults with places, kinds that miss something, the grade, and the parts of the text."""

    found: tuple[Found, ...]
    missing: tuple[Kind, ...]
    too_hard: bool
    grade: Grade
    parts: tuple[Sentence, ...]
    prose: tuple[Sentence, ...]
    demand: bool

    @property
    def ok(self) -> bool:
        return not (self.found or self.missing or self.too_hard)


def look(text: str, *, channel: str = "email", demand: bool | None = None) -> Looked:
    """See FORMATS.md for the kinds. `demand` None: judged from the text."""
    straight = text.translate(_STRAIGHT)
    parts = sentences(straight)
    read = prose(straight)
    asked = asks_for_money(straight) if demand is None else demand
    grade = grade_of([part.words for part in read])
    unlinked = LINK.sub(lambda link: " " * len(link.group()), straight)
    found = [
        *wording_faults(straight, parts),
        *jargon_faults(unlinked),
        *shouting(unlinked),
        *disclosure(straight, parts, channel),
    ]
    missing = _missing(straight) if asked and channel != "call_script" else ()
    hard = grade.grade > HARDEST
    return Looked(tuple(found), missing, hard, grade, tuple(parts), tuple(read), asked)


def _missing(text: str) -> tuple[Kind, ...]:
    present = {
        Kind.MISSING_AMOUNT: has_amount(text),
        Kind.MISSING_DEADLINE: bool(deadlines(text)),
        Kind.MISSING_WAY_TO_PAY: has_way_to_pay(text),
        Kind.NO_HELP_OFFER: offers_help(text),
    }
    return tuple(kind for kind, there in present.items() if not there)
