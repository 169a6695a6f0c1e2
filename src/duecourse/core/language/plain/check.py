"""`duecourse language check`: one text in, what must change before it may leave."""

from __future__ import annotations

from dataclasses import dataclass

from duecourse.core.language.plain.fault import Fault
from duecourse.core.language.plain.look import look
from duecourse.core.language.plain.suggest import suggestions


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer: it may leave where `ok`. `grade` is a year of school."""

    ok: bool
    faults: tuple[Fault, ...]
    grade: float
    mean_sentence_words: float


def check(text: str, *, channel: str = "email", demand: bool | None = None) -> Checked:
    """Is this text plain, kind, true and whole? `channel`: email, sms, letter or call_script.

    >>> check("You failed to pay £50. Pay at shop.example by 3 June or call us if you need help.").faults[0].kind.value
    'accusatory'
    >>> check("Your bill of £50 is open. Please pay by 3 June at shop.example. Need more time? Just reply.").ok
    True
    """
    looked = look(text, channel=channel, demand=demand)
    faults = () if looked.ok else suggestions(text, looked, channel)
    return Checked(looked.ok, faults, round(looked.grade.grade, 1), round(looked.grade.mean_sentence_words, 1))
