"""How words would read to real customers: the newest reminders of the creditor, written again with them; nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duecourse.actions.write_letter import data_for
from duecourse.connectors.channels.letter_text import BadTemplate, Message
from duecourse.connectors.channels.sample_data import samples
from duecourse.connectors.channels.words_file import read
from duecourse.records.reads import mailing
from duecourse.records.reads.words import cases

NOWHERE = "p/preview/"
"""Stands for the customer's own address, which a preview must not hold."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One case: who reads it, and the mail, text and call guide."""

    who: str
    subject: str
    mail: str
    sms: str
    call: tuple[str, ...]


def readings(
    creditor_id: int, name: str, language: str, source: str, *, base_url: str, now: datetime
) -> Sequence[Reading]:
    """Real cases first, then a made-up one that has every field. Raises BadTemplate where nothing can be written."""
    message = Message(read(name, language, source))
    made_up = samples(language)[0]
    found: list[Reading] = []
    picked = cases(creditor_id)
    letters = mailing.letters([key for key, _ in picked])
    debts = mailing.debts([(key[0], debt) for key, ids in picked for debt in ids])
    for (_, outbox), ids in picked:
        letter = {**letters[outbox], "language": language, "purpose": "reminder"}
        named = [debts[debt] for debt in ids if debt in debts]
        if not named:
            continue
        own = data_for(letter, named, link=f"{base_url}/{NOWHERE}", now=now)
        found.append(_read(message, {**made_up, **own}, own["customer"]["name"]))
    return [*found, _read(message, made_up, "A made-up customer")]


def _read(message: Message, data: Mapping[str, Any], who: str) -> Reading:
    mail = message.render(data)
    return Reading(who, mail.subject, mail.text, message.sms(data), message.call(data))


__all__ = ["BadTemplate", "Reading", "readings"]
