"""Words of messages: a new version is written by one person and published by another, and only where nothing is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Max

from duecourse.connectors.channels.publishable import Fault, faults
from duecourse.connectors.channels.words_file import BadTemplate, names, packaged, read
from duecourse.core.law.statements import LANGUAGES
from duecourse.records.wording.models import WordsPublication, WordsVersion


class MayNotPublish(ValueError):
    """Nothing was done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the staff."""

    id: int
    name: str


def wrong_with(name: str, language: str, source: str) -> list[Fault]:
    """Everything that keeps this text from being published; an unreadable one says where."""
    return list(_judged(name, language, source))


@lru_cache(maxsize=512)
def _judged(name: str, language: str, source: str) -> tuple[Fault, ...]:
    try:
        return tuple(faults(read(name, language, source)))
    except BadTemplate as error:
        return (Fault("", str(error)),)


def write_version(
    creditor_id: int, name: str, language: str, source: str, *, why: str, by: Person, now: datetime
) -> WordsVersion:
    """Keep a version; it may still have faults. The same text as the newest version is that version.

    Raises MayNotPublish where there is no such message or nothing is said of why.
    """
    if name not in names() or language not in LANGUAGES:
        raise MayNotPublish("There is no such message.")
    source = source.replace("\r\n", "\n").strip() + "\n"
    if not why.strip():
        raise MayNotPublish("Say what you changed and why. Whoever publishes it reads that.")
    mine = WordsVersion.objects.filter(creditor_id=creditor_id, name=name, language=language)
    newest = mine.order_by("-number").first()
    digest = sha256(source.encode()).hexdigest()
    if newest is not None and newest.sha256 == digest:
        return newest
    number = (mine.aggregate(most=Max("number"))["most"] or 0) + 1
    try:
        with transaction.atomic():
            return WordsVersion.objects.create(
                creditor_id=creditor_id, name=name, language=language, number=number, source=source, sha256=digest,
                why=why.strip(), written_by_id=by.id, written_by=by.name, written_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise MayNotPublish("Somebody else wrote a version just now. Look at it, then try again.") from None


def publish(creditor_id: int, version_id: int, *, by: Person, now: datetime) -> WordsPublication:
    """From now on messages are written with this version. Raises MayNotPublish.

    The database refuses a publication by the writer too.
    """
    version = WordsVersion.objects.filter(creditor_id=creditor_id, id=version_id).first()
    if version is None:
        raise MayNotPublish("There is no such version.")
    if version.written_by_id == by.id:
        raise MayNotPublish("You wrote this version. Somebody else has to read and publish it.")
    wrong = wrong_with(version.name, version.language, version.source)
    if wrong:
        raise MayNotPublish(f"It cannot be published: {wrong[0].why}")
    return WordsPublication.objects.create(
        creditor_id=creditor_id, name=version.name, language=version.language, version_id=version.id, published_by_id=by.id,
        published_by=by.name, published_at=now,
    )  # fmt: skip


def back_to_library(creditor_id: int, name: str, language: str, *, by: Person, now: datetime) -> WordsPublication:
    """From now on the library's own words are used. Raises MayNotPublish where there are none."""
    try:
        packaged(name, language)
    except BadTemplate:
        raise MayNotPublish("There is no such message.") from None
    return WordsPublication.objects.create(
        creditor_id=creditor_id, name=name, language=language, version_id=None, published_by_id=by.id, published_by=by.name,
        published_at=now,
    )  # fmt: skip
