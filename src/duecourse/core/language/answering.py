"""What follows from what a customer wrote: at once a hold and a task, at times a stop; the rest is proposed to a person.

Policy, one row a label. What binds money or ends an address for good is proposed, never done by a machine; what protects
the customer is done at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from duecourse.core.language.listen.label import Label


@dataclass(frozen=True, slots=True)
class Effect:
    """`hold` and its `days` (None: until a person lifts it); `task` and its title; `within`: a person looks by then.

    `act` is proposed to that person; `trained`: only people trained for it read the words.
    """

    task: str
    title: str
    within: timedelta
    hold: str = "pause"
    days: int | None = 7
    act: str = "answer"
    trained: bool = False


def _hours(n: float) -> timedelta:
    return timedelta(hours=n)


URGENT: Final = Effect(
    "vulnerable", "Life or danger may be at stake: trained staff, now", _hours(0.25), "hardship", None, "care", True
)
EFFECTS: Final[dict[Label, Effect]] = {
    Label.VULNERABILITY: Effect("vulnerable", "Sensitive: trained staff only", _hours(4), "hardship", None, "care", True),
    Label.HARDSHIP: Effect("hardship", "Says things are hard: trained staff only", _hours(8), "hardship", None, "care", True),
    Label.STOP_CONTACT: Effect("stop", "Asked us to stop: see how far, and confirm", _hours(24), "pause", None, "stop"),
    Label.WRONG_PERSON: Effect("wrong_person", "Wrong person: find out how to reach the customer", _hours(24), "wrong_person", None, "find"),
    Label.INSOLVENCY: Effect("insolvency", "Speaks of insolvency: check the register", _hours(24), "insolvency", None, "insolvency"),
    Label.ATTORNEY: Effect("represented", "Somebody acts for them: write to that person only", _hours(24), "pause", None, "represented"),
    Label.DISPUTE: Effect("dispute", "Something is wrong: check it and answer", _hours(24), "dispute", None, "dispute"),
    Label.COMPLAINT: Effect("complaint", "A complaint about us: answer it", _hours(24), "complaint", None, "complaint"),
    Label.ALREADY_PAID: Effect("says_paid", "Says it was paid: look for the money", _hours(24), days=10, act="find_money"),
    Label.PROMISE: Effect("promise_draft", "Wrote when they will pay: confirm the promise", _hours(24), act="promise"),
    Label.PLAN: Effect("asks_time", "Asks for time or parts: offer ways", _hours(24), days=14, act="offer"),
    Label.NEVER_RECEIVED: Effect("no_invoice", "Never got the invoice: send it again and restart the clock", _hours(24), days=14, act="resend"),
    Label.REMITTANCE: Effect("remittance", "Says what a payment is for: match it", _hours(24), act="find_money"),
    Label.NEW_DETAILS: Effect("new_details", "Has a new address or number: write it down", _hours(24), act="address"),
    Label.CALLBACK: Effect("wants_talk", "Would like a call: ring them", _hours(8), act="call"),
    Label.QUESTION: Effect("reply", "Asks a question: answer it", _hours(24)),
    Label.OTHER: Effect("reply", "Wrote to us: read it", _hours(24), days=3, act="thanks"),
}  # fmt: skip
"""Every label but the automatic reply, which waits for nobody."""
NOTED: Final = frozenset(
    {Label.VULNERABILITY, Label.HARDSHIP, Label.INSOLVENCY, Label.ATTORNEY, Label.STOP_CONTACT, Label.COMPLAINT}
)
"""What a note of our own people sets off too; the rest they have done themselves while they wrote it."""
SEALED: Final = frozenset({Label.VULNERABILITY, Label.HARDSHIP})
"""Words that only trained people read, kept encrypted."""


def effects(labels: Sequence[Label], *, urgent: bool, unsure: bool = False, noted: bool = False) -> tuple[Effect, ...]:
    """What follows, the most pressing first; nothing for an automatic reply and for a note that says nothing of the kind.

    >>> [e.task for e in effects([Label.PROMISE, Label.HARDSHIP], urgent=False)]
    ['hardship', 'promise_draft']
    >>> effects([Label.OUT_OF_OFFICE], urgent=False)
    ()
    >>> [e.within for e in effects([Label.VULNERABILITY], urgent=True)]
    [datetime.timedelta(seconds=900)]
    """
    said = [label for label in labels if label in EFFECTS and (not noted or label in NOTED)]
    found = [EFFECTS[label] for label in Label if label in said]
    if urgent:
        found = [URGENT, *(effect for effect in found if effect.task != URGENT.task)]
    if unsure and not found and not noted:
        found = [EFFECTS[Label.OTHER]]
    return tuple(found)


def sealed(labels: Iterable[str], *, urgent: bool) -> bool:
    """Whether the words are for trained people only."""
    return urgent or any(label in SEALED for label in labels)


def answer_within(found: Sequence[Effect]) -> timedelta | None:
    """The service level of a message; None where nobody waits for an answer."""
    return min((effect.within for effect in found), default=None)
