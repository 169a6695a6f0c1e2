"""What a batch of messages needs to be written: addresses, names and the debts they list. Read under the lock."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from duecourse.records.arrow import keys
from duecourse.records.reads.words import published

_PEOPLE = """
SELECT o.id AS outbox, o.shard, o.customer_id AS customer, o.creditor_id AS creditor, o.channel, o.purpose, o.template, o.step,
       o.context, p.value AS recipient, c.name, c.salutation, c.kind AS customer_kind, c.language, c.country,
       k.name AS creditor_name, k.trading_as, k.signed_by, k.phone, k.phone_hours, k.address AS creditor_address,
       k.email AS creditor_email, k.is_agency_client AS agency, k.country AS creditor_country, k.timezone AS creditor_timezone,
       CASE WHEN o.purpose = 'reminder' AND o.channel = 'email' THEN (
         SELECT json_build_object('id', t.id, 'outcome', t.outcome, 'opened_at', t.opened_at)::text FROM ticket t
          WHERE t.shard = o.shard AND t.customer_id = o.customer_id AND t.closed_at IS NOT NULL AND t.told_outbox_id IS NULL
          ORDER BY t.closed_at DESC LIMIT 1) END AS answered,
       CASE WHEN o.purpose = 'receipt' THEN (
         SELECT json_object_agg(currency, total) FROM (
           SELECT d.currency, sum(d.open_minor) AS total FROM debt d
            WHERE d.shard = o.shard AND d.customer_id = o.customer_id AND d.open_minor > 0 GROUP BY d.currency) t) END AS still_open
  FROM outbox o
  JOIN customer c ON c.shard = o.shard AND c.id = o.customer_id
  JOIN creditor k ON k.id = o.creditor_id
  LEFT JOIN contact_point p ON p.shard = o.shard AND p.id = o.contact_point_id
 WHERE (o.shard, o.id) IN ({keys})
"""

_DEBTS = """
SELECT d.shard, d.id AS debt, d.ref, d.description, d.currency, d.open_minor, d.due_date
  FROM debt d WHERE (d.shard, d.id) IN ({keys})
"""


def letters(outbox: Sequence[tuple[int, int]]) -> dict[int, dict[str, Any]]:
    """outbox id → what the message needs to know of its customer and creditor."""
    rows = _rows(_PEOPLE.format(keys=keys(outbox))) if outbox else []
    words = published([row["creditor"] for row in rows]) if rows else {}
    return {
        row["outbox"]: {
            **row,
            "words": words,
            "context": json.loads(row["context"]),
            "still_open": json.loads(row["still_open"] or "{}"),
            "answered": json.loads(row["answered"] or "null"),
        }
        for row in rows
    }


def debts(pairs: Sequence[tuple[int, int]]) -> dict[int, dict[str, Any]]:
    """debt id → reference, description, currency, open amount and due date, as they are now."""
    return {row["debt"]: row for row in _rows(_DEBTS.format(keys=keys(pairs)))} if pairs else {}


def _rows(sql: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [c.name for c in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
