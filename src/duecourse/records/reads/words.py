"""Words of a creditor: what is published, what was written, and cases to show them with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from duecourse.records.parties.models import Creditor
from duecourse.records.wording.models import WordsVersion


@dataclass(frozen=True, slots=True)
class Published:
    """The version that messages are written with now."""

    creditor_id: int
    name: str
    language: str
    version_id: int
    number: int
    source: str
    published_by: str
    published_at: datetime


_NEWEST = """
SELECT p.creditor_id, p.name, p.language, v.id, v.number, v.source, p.published_by, p.published_at
  FROM (SELECT DISTINCT ON (creditor_id, name, language) * FROM words_publication
         WHERE creditor_id = ANY(%s) ORDER BY creditor_id, name, language, id DESC) p
  JOIN words_version v ON v.id = p.version_id
"""


def published(creditors: Sequence[int]) -> dict[tuple[int, str, str], Published]:
    """(creditor, name, language) → the version in force; the library's own words are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [sorted(set(creditors))])
        return {(row[0], row[1], row[2]): Published(*row) for row in cursor.fetchall()}


def versions(creditor_id: int, name: str, language: str) -> list[WordsVersion]:
    """What was written, newest first."""
    found = WordsVersion.objects.filter(creditor_id=creditor_id, name=name, language=language)
    return list(found.order_by("-number")[:20])


def creditors() -> list[tuple[int, str]]:
    """Creditors in scope, by name."""
    return [(c.id, str(c)) for c in Creditor.objects.order_by("name")[:200]]


def cases(creditor_id: int, *, limit: int = 3) -> list[tuple[tuple[int, int], list[int]]]:
    """((shard, outbox id), debts) of the newest messages about debts: real people to show words with."""
    sql = (
        "SELECT o.shard, o.id, o.context FROM outbox o WHERE o.creditor_id = %s AND o.purpose = 'reminder'"
        " ORDER BY o.changed_at DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [creditor_id, limit])
        rows: list[Any] = cursor.fetchall()
    return [((shard, id_), _debts(context)) for shard, id_, context in rows]


def _debts(context: Any) -> list[int]:
    told = json.loads(context) if isinstance(context, str) else context
    return [int(debt) for debt in told.get("debts", [])]
