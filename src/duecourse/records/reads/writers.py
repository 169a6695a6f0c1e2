"""Who wrote: by the message that it answers, by a reference in its words, by its address. In every book at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

MOST = 5
"""More customers than these at one address are no answer: a person decides."""
_REFERENCE = re.compile(r"\b[A-Z0-9][A-Z0-9/_.-]{3,23}\b", re.IGNORECASE)
MOST_REFERENCES = 40


@dataclass(frozen=True, slots=True)
class Writer:
    """A customer that a message is about; `how` we know; `outbox_id` the message of ours that it answers."""

    shard: int
    customer_id: int
    creditor_id: int
    how: str
    outbox_id: int | None = None


def by_thread(message_ids: Sequence[str]) -> list[Writer]:
    """Of messages of ours that are named in References and In-Reply-To, the newest of each customer."""
    return _writers(
        "SELECT DISTINCT ON (shard, customer_id) shard, customer_id, creditor_id, 'thread', outbox_id FROM message"
        " WHERE message_id = ANY(%s) ORDER BY shard, customer_id, id DESC",
        list(message_ids),
    )


def by_reference(words: str, *, among: Sequence[Writer] = (), creditor_id: int = 0) -> list[Writer]:
    """Of invoice numbers and customer numbers in the words. Only where the address is known (`among`), or, for a book
    that the mail was sent to, where exactly one customer answers to it."""
    found = {re.sub(r"[^A-Z0-9]", "", w.upper()) for w in _REFERENCE.findall(words) if re.search(r"\d", w)}
    bare = sorted(found)[:MOST_REFERENCES]
    if not bare or not (among or creditor_id):
        return []
    where = "creditor_id = ANY(%s)"
    of = sorted({w.creditor_id for w in among} or {creditor_id})
    sql = " UNION ".join(
        f"SELECT shard, {column}, creditor_id, 'reference', NULL::bigint FROM {table} WHERE {where}"
        " AND upper(regexp_replace(ref, '[^[:alnum:]]', '', 'g')) = ANY(%s)"
        for table, column in (("debt", "customer_id"), ("customer", "id"))
    )
    rows = _writers(sql, of, bare, of, bare)
    known = {(w.shard, w.customer_id) for w in among}
    mine = [row for row in rows if (row.shard, row.customer_id) in known]
    return mine if among else rows if len(rows) == 1 else []


def by_email(address: str) -> list[Writer]:
    """Of customers with this address, those where it is in use first."""
    return _by_point("p.kind = 'email' AND lower(p.value) = lower(%s)", address)


def by_number(e164: str) -> list[Writer]:
    """Of customers with this number, however it is written there."""
    return _by_point("p.kind = 'phone' AND number_end(p.value) = number_end(%s)", e164)


def creditor_of_address(address: str) -> int:
    """The creditor that a mail was sent to; 0 where it is none's. One creditor alone gets all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM creditor WHERE lower(email) = lower(%s) OR (SELECT count(*) FROM creditor) = 1 LIMIT 2",
            [address],
        )
        found = cursor.fetchall()
    return found[0][0] if len(found) == 1 else 0


def _by_point(where: str, value: str) -> list[Writer]:
    found = _writers(
        "SELECT shard, customer_id, creditor_id, 'address', NULL::bigint FROM ("
        "  SELECT p.shard, p.customer_id, p.creditor_id, bool_or(p.ended_at IS NULL) AS used FROM contact_point p"
        f"   WHERE {where} GROUP BY 1, 2, 3) f ORDER BY used DESC, shard, customer_id LIMIT {MOST + 1}",
        value,
    )
    return found if len(found) <= MOST else []


def _writers(sql: str, *values: object) -> list[Writer]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return [
            Writer(shard, customer, creditor, how, outbox)
            for shard, customer, creditor, how, outbox in cursor.fetchall()
        ]
