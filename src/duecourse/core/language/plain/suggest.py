"""Better words for every fault: the smallest change first, a larger one where the smaller does not make the text pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from duecourse.core.language.plain.facts import plain_facts
from duecourse.core.language.plain.fault import Fault, Found, Kind
from duecourse.core.language.plain.lighten import lighter
from duecourse.core.language.plain.look import HARDEST, Looked, look
from duecourse.core.language.plain.mend import mend
from duecourse.core.language.plain.readability import grade_of
from duecourse.core.language.plain.wording import kinder
from duecourse.core.language.sentences import Sentence, sentences

_MISSING = {
    Kind.MISSING_AMOUNT: ("It does not say how much is owed.", "The amount is {{ total }}."),
    Kind.MISSING_DEADLINE: (
        "It does not say by when. A date or a clear time is needed.",
        "Please pay by {{ due_by }}.",
    ),
    Kind.MISSING_WAY_TO_PAY: ("It does not say how to pay.", "You can pay here: {{ pay_url }}"),
    Kind.NO_HELP_OFFER: ("It does not invite an answer.", "If you need more time or have a question, just reply."),
}
_TOO_HARD = (
    "Hard to read: school grade {grade:.0f}, and {limit:.0f} is the limit. Short words and short sentences help."
)
_NOTHING_LEFT = "Please ask us if something is not clear."
_WHOLE_CALL = (
    "Hello, this is {{ creditor.contact }} from {{ creditor.name }}. Please call me on {{ creditor.phone }}. Thank you."
)
_CLOSED = "Dear {{ customer.name }},\n\n"


def suggestions(text: str, looked: Looked, channel: str) -> tuple[Fault, ...]:
    """One fault for each thing seen, with words that make the text pass when they are put in."""
    faults: list[Fault] = []
    for level in (_words, _sentences, _facts_only, _whole):
        faults = level(text, looked, channel)
        if look(mend(text, faults), channel=channel, demand=looked.demand).ok:
            break
    return tuple(faults)


def _words(text: str, looked: Looked, channel: str) -> list[Fault]:
    """Single words where a word will do, sentences where not; hard sentences lightened."""
    return _faults(text, looked, whole_sentences=False, hard=lighter)


def _sentences(text: str, looked: Looked, channel: str) -> list[Fault]:
    return _faults(text, looked, whole_sentences=True, hard=lighter)


def _facts_only(text: str, looked: Looked, channel: str) -> list[Fault]:
    return _faults(text, looked, whole_sentences=True, hard=_bare)


def _whole(text: str, looked: Looked, channel: str) -> list[Fault]:
    """The last resort: the message written anew from its facts, for every fault alike."""
    if channel == "call_script":
        new = _WHOLE_CALL
    else:
        says = plain_facts(text)
        asks = [line for _, line in _MISSING.values()] if looked.demand else []
        new = _CLOSED + " ".join([*says, *asks])
    body = text.strip()
    return [Fault(fault.kind, body, fault.why, new) for fault in _sentences(text, looked, channel)]


def _faults(text: str, looked: Looked, *, whole_sentences: bool, hard: Callable[[str], str]) -> list[Fault]:
    faults = [_fault(text, looked.parts, found, whole_sentences) for found in sorted(looked.found, key=_place)]
    if looked.too_hard:
        gone = {fault.quote for fault in faults}
        faults += _hard(text, looked, hard, gone)
    faults += [Fault(kind, "", *_MISSING[kind]) for kind in looked.missing]
    return faults


def _place(found: Found) -> tuple[int, int]:
    # Whole sentences first: a word inside one is passed over afterwards.
    return (found.instead is not None, found.start)


def _fault(text: str, parts: tuple[Sentence, ...], found: Found, whole_sentences: bool) -> Fault:
    words = text[found.start : found.end]
    part = next((p for p in parts if p.start <= found.start < p.end), None)
    if found.kind is Kind.THIRD_PARTY_DISCLOSURE or part is None or not (whole_sentences or found.instead is None):
        return Fault(found.kind, words, found.why, found.instead if found.instead is not None else kinder(found.kind))
    quote = text[part.start : part.end]
    tone = found.kind if found.instead is None else None
    facts = plain_facts(quote)
    said = ([kinder(tone)] if tone else []) + facts
    return Fault(found.kind, quote, f"“{words}”: {found.why}", " ".join(said) or _NOTHING_LEFT)


def _hard(text: str, looked: Looked, hard: Callable[[str], str], gone: set[str]) -> Iterator[Fault]:
    """The hardest sentences first, until what remains is easy enough."""
    why = _TOO_HARD.format(grade=looked.grade.grade, limit=HARDEST)
    now = {part.start: part.words for part in looked.prose}
    ranked = sorted(looked.prose, key=lambda part: -grade_of([part.words]).grade * len(part.words.split()))
    for part in ranked:
        quote = text[part.start : part.end]
        if quote in gone:
            continue
        new = hard(quote)
        if new == quote:
            continue
        now[part.start] = new
        yield Fault(Kind.TOO_COMPLEX, quote, why, new)
        if grade_of(_split(now.values())).grade <= HARDEST - 0.7:
            return


def _split(texts: Iterable[str]) -> list[str]:
    return [part.words for text in texts for part in sentences(text)]


def _bare(sentence: str) -> str:
    return " ".join(plain_facts(sentence)) or _NOTHING_LEFT
