"""A message that may have been sent already and is due again, since its provider knows it by its key.

Only the very same words go under the same key, and only while the key is known. In every other case it stays in doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from duecourse.records.arrow import keys
from duecourse.records.journal.claim import settle


def leave_in_doubt(
    looked: Sequence[dict[str, Any]], by_id: Mapping[int, Any], *, now: datetime
) -> list[dict[str, Any]]:
    """The rows that the sender goes on with. One in doubt that may not go now is not refused: it may have arrived."""
    kept, doubtful = [], []
    for row in looked:
        claimed = by_id[row["outbox"]]
        known = claimed["key_until"] is not None and now < claimed["key_until"]
        if not claimed["doubt"] or (row["answer"] == "send" and known):
            kept.append(row)
        else:
            why = (
                "the provider no longer knows it by its key"
                if row["answer"] == "send"
                else f"stopped since: {row['why']}"
            )
            doubtful.append((claimed["shard"], row["outbox"], "uncertain", why))
    settle(doubtful, now=now)
    return kept


@dataclass(frozen=True)
class Earlier:
    """What was handed over the first time: its key (Message-ID), its words, and the link in them."""

    key: str
    text: str

    @property
    def link_id(self) -> int:
        return int(self.key.strip("<>").split("@")[0].split(".")[1], 16)


def earlier_texts(outbox: Sequence[tuple[int, int]]) -> dict[int, Earlier]:
    """Outbox id → its newest rendering."""
    if not outbox:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (m.shard, m.outbox_id) m.outbox_id, m.message_id, m.text FROM message m"  # noqa: S608 (numbers)
            f" WHERE (m.shard, m.outbox_id) IN ({keys(outbox)}) ORDER BY m.shard, m.outbox_id, m.id DESC"
        )
        return {outbox_id: Earlier(key, text) for outbox_id, key, text in cursor.fetchall()}
