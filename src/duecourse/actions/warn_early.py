"""Early warnings become tasks: few, once each, the most money at risk first, and gone when they are no longer true."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import polars as pl
from django.db import connection

KIND: Final = "early_warning"
AHEAD: Final = timedelta(days=21)
"""Days before the due date in which a warning opens a task; farther off it only shows on the customer's page."""
A_DAY: Final = 25
"""Tasks that a creditor's book opens a day, at most."""
AT_ONCE: Final = 100
"""Open ones at a time, at most: more than that nobody reads."""
GUESS: Final = 0.5
"""The chance of being late where a sign was seen but no chance can be told."""


def warn(candidates: pl.DataFrame, *, creditor: int, now: datetime) -> int:
    """Open tasks for invoices with a warning, in the running transaction; returns how many.

    `candidates`: debt, shard, customer, currency, open, due, p_late, warnings (sentences). A customer who has such a task
    open, is on hold, or promised to pay gets no other.
    """
    worth = pl.col("open") / pl.col("open").median().over("currency") * pl.col("p_late").fill_null(GUESS)
    first = (
        candidates.filter(pl.col("due") - AHEAD <= now.date())
        .with_columns(worth=worth)
        .sort(["worth", "debt"], descending=[True, False])
        .unique("customer", keep="first", maintain_order=True)
    )
    if first.height == 0:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN,
            {
                "shards": first["shard"].to_list(), "customers": first["customer"].to_list(), "debts": first["debt"].to_list(),
                "words": [" ".join(words) for words in first["warnings"].to_list()], "creditor": creditor, "kind": KIND,
                "now": now, "a_day": A_DAY, "at_once": AT_ONCE,
            },
        )  # fmt: skip
        return int(cursor.rowcount)


_OPEN = """
INSERT INTO task (shard, creditor_id, customer_id, kind, title, detail, key, due_at, owner, opened_at, closed_by, outcome)
SELECT v.shard, %(creditor)s, v.customer, %(kind)s, 'May be paid late: a friendly word now may help',
       'Invoice ' || d.ref || ', due ' || to_char(d.due_date, 'FMDD FMMonth') || '. ' || v.words, %(kind)s || ':' || v.debt,
       d.due_date::timestamptz, '', %(now)s, '', ''
  FROM unnest(%(shards)s::smallint[], %(customers)s::bigint[], %(debts)s::bigint[], %(words)s::text[]) WITH ORDINALITY
       AS v(shard, customer, debt, words, place)
  JOIN debt d ON d.shard = v.shard AND d.id = v.debt AND d.open_minor > 0
 WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.shard = v.shard AND t.customer_id = v.customer AND t.kind = %(kind)s
                      AND (t.closed_at IS NULL OR t.key = %(kind)s || ':' || v.debt))
   AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.shard = v.shard AND h.customer_id = v.customer AND h.from_at <= %(now)s
                      AND (h.until_at IS NULL OR h.until_at > %(now)s) AND (h.debt_id IS NULL OR h.debt_id = v.debt))
   AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.shard = v.shard AND p.customer_id = v.customer
                      AND p.by_date >= %(now)s::date)
 ORDER BY v.place
 LIMIT greatest(0, least(
   %(a_day)s - (SELECT count(*) FROM task WHERE creditor_id = %(creditor)s AND kind = %(kind)s AND opened_at::date = %(now)s::date),
   %(at_once)s - (SELECT count(*) FROM task WHERE creditor_id = %(creditor)s AND kind = %(kind)s AND closed_at IS NULL)))
ON CONFLICT (shard, customer_id, key) DO NOTHING
"""


_CLOSE = """
UPDATE task t
   SET closed_at = %(now)s, closed_by = 'duecourse', outcome = CASE WHEN d.closed_date IS NOT NULL THEN 'paid' ELSE 'fell due' END
  FROM debt d
 WHERE t.kind = %(kind)s AND t.closed_at IS NULL AND d.shard = t.shard AND t.key = %(kind)s || ':' || d.id
"""


def close_stale(creditor: int, *, today: date, now: datetime) -> int:
    """Close warnings that came true or turned out wrong: the invoice was paid, or its due date has passed."""
    with connection.cursor() as cursor:
        cursor.execute(
            _CLOSE + "AND t.creditor_id = %(creditor)s AND (d.closed_date IS NOT NULL OR d.due_date < %(today)s)",
            {"creditor": creditor, "kind": KIND, "today": today, "now": now},
        )
        return int(cursor.rowcount)


def close_paid(shard: int, customer: int, *, now: datetime) -> int:
    """Close a customer's warnings whose invoice was just paid: nobody is asked to write to who has paid."""
    with connection.cursor() as cursor:
        cursor.execute(
            _CLOSE + "AND t.shard = %(shard)s AND t.customer_id = %(customer)s AND d.closed_date IS NOT NULL",
            {"shard": shard, "customer": customer, "kind": KIND, "now": now},
        )
        return int(cursor.rowcount)
