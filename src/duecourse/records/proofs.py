"""What must be true of the whole book, as questions to the database. Each answers with the rows that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connections, transaction

from duecourse.records.sharded import SHARDS

SHOWN = 20
"""Rows shown of each broken truth; more would only hide the others."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A truth, and a query for the rows of one shard (`%(shard)s`) that break it."""

    name: str
    truth: str
    sql: str


@dataclass(frozen=True, slots=True)
class Breach:
    """A row that breaks a truth."""

    proof: str
    shard: int
    row: str


PROOFS = (
    Proof(
        "entries_balance",
        "Every entry has at least two legs and they sum to zero.",
        """SELECT 'entry ' || e.id FROM entry e LEFT JOIN leg l ON l.shard = e.shard AND l.entry_id = e.id
            WHERE e.shard = %(shard)s GROUP BY e.id HAVING count(l.id) < 2 OR sum(l.amount_minor) <> 0""",
    ),
    Proof(
        "legs_have_an_entry",
        "Every leg belongs to an entry of its customer, creditor and currency.",
        """SELECT 'leg ' || l.id FROM leg l LEFT JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
              AND (e.customer_id, e.creditor_id, e.currency) = (l.customer_id, l.creditor_id, l.currency)
            WHERE l.shard = %(shard)s AND e.id IS NULL""",
    ),
    Proof(
        "entries_are_sealed",
        "Every entry is as it was written.",
        "SELECT 'entry ' || e.id FROM entry e WHERE e.shard = %(shard)s AND e.hash <> entry_digest(e)",
    ),
    Proof(
        "legs_are_sealed",
        "Every leg is as it was written.",
        "SELECT 'leg ' || l.id FROM leg l WHERE l.shard = %(shard)s AND l.hash <> leg_digest(l)",
    ),
    Proof(
        "chain_holds",
        "Every block follows the one before it and covers its legs; the head is the last block.",
        """WITH kept AS (
             SELECT b.seq, b.previous, b.hash,
                    lag(b.hash, 1, ''::bytea) OVER w AS before, lag(b.seq, 1, 0) OVER w AS last
               FROM block b WHERE b.shard = %(shard)s WINDOW w AS (ORDER BY b.seq)
           ), covered AS (
             SELECT b.seq, sha256(string_agg(l.hash || e.hash, ''::bytea ORDER BY l.id)) AS content
               FROM block b CROSS JOIN LATERAL unnest(b.leg_ids) AS u(id)
               JOIN leg l ON l.shard = b.shard AND l.id = u.id JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
              WHERE b.shard = %(shard)s GROUP BY b.seq
           )
           SELECT 'block ' || k.seq FROM kept k LEFT JOIN covered c USING (seq)
            WHERE k.seq <> k.last + 1 OR k.previous <> k.before
               OR k.hash IS DISTINCT FROM sha256(k.previous || c.content)
           UNION ALL
           SELECT 'head' FROM chain_head h LEFT JOIN block b ON b.shard = h.shard AND b.seq = h.seq
            WHERE h.shard = %(shard)s AND (h.hash <> coalesce(b.hash, ''::bytea)
                OR h.seq <> coalesce((SELECT max(seq) FROM block WHERE shard = %(shard)s), 0))""",
    ),
    Proof(
        "legs_are_in_the_chain",
        "Every leg is in exactly one block.",
        """SELECT 'leg ' || coalesce(l.id, u.id) FROM (SELECT id FROM leg WHERE shard = %(shard)s) l
             FULL JOIN (SELECT id, count(*) AS times FROM block, unnest(leg_ids) AS id
                         WHERE shard = %(shard)s GROUP BY id) u
               ON u.id = l.id WHERE l.id IS NULL OR u.times IS DISTINCT FROM 1""",
    ),
    Proof(
        "open_balances",
        "What is open of a debt is the sum of its legs, and it is closed exactly when that is zero.",
        """SELECT 'debt ' || d.id FROM debt d LEFT JOIN leg l
               ON l.shard = d.shard AND l.debt_id = d.id AND l.account = 'receivable'
            WHERE d.shard = %(shard)s GROUP BY d.id, d.open_minor, d.closed_date
           HAVING d.open_minor <> coalesce(sum(l.amount_minor), 0)
               OR (count(l.id) > 0 AND (d.closed_date IS NOT NULL) <> (d.open_minor = 0))""",
    ),
    Proof(
        "credits",
        "Money not yet matched is the sum of its legs.",
        """SELECT 'customer ' || coalesce(c.customer_id, l.customer_id)
             FROM (SELECT * FROM credit WHERE shard = %(shard)s) c
             FULL JOIN (SELECT customer_id, currency, -sum(amount_minor) AS amount FROM leg
                         WHERE shard = %(shard)s AND account = 'unmatched' GROUP BY customer_id, currency) l
               ON (l.customer_id, l.currency) = (c.customer_id, c.currency)
            WHERE c.amount_minor IS DISTINCT FROM l.amount""",
    ),
    Proof(
        "sent_was_marked",
        "Nothing was handed over without a durable mark and the exact text beside it.",
        """SELECT 'outbox ' || o.id FROM outbox o
            WHERE o.shard = %(shard)s AND o.state IN ('marked', 'sent', 'uncertain')
              AND (NOT EXISTS (SELECT 1 FROM attempt a WHERE a.shard = o.shard AND a.outbox_id = o.id)
                OR NOT EXISTS (SELECT 1 FROM message m WHERE m.shard = o.shard AND m.outbox_id = o.id))""",
    ),
    Proof(
        "sent_once",
        "No message was accepted twice.",
        """SELECT 'outbox ' || r.outbox_id FROM receipt r
            WHERE r.shard = %(shard)s AND r.kind = 'accepted' GROUP BY r.outbox_id HAVING count(*) > 1""",
    ),
    Proof(
        "tried_again_only_when_not_sent",
        "A message was tried again only after it was certain that nothing had been sent, or while the provider knew its key.",
        """SELECT 'outbox ' || a.outbox_id FROM (SELECT outbox_id, count(*) AS times FROM attempt
             WHERE shard = %(shard)s GROUP BY outbox_id HAVING count(*) > 1) a
            WHERE a.times > 1 + (SELECT count(*) FROM receipt r
                                  WHERE r.shard = %(shard)s AND r.outbox_id = a.outbox_id AND r.kind = 'not_sent')
              + (SELECT count(*) FROM attempt k JOIN attempt f ON f.shard = k.shard AND f.outbox_id = k.outbox_id
                  WHERE k.shard = %(shard)s AND k.outbox_id = a.outbox_id AND k.number > 1
                    AND f.number = k.number - 1 AND k.marked_at < f.key_until_at)""",
    ),
    Proof(
        "refused_uses_no_step",
        "A message that was refused or failed uses up no step.",
        """SELECT 'outbox ' || o.id FROM outbox o JOIN reminder r ON r.shard = o.shard AND r.outbox_id = o.id
            WHERE o.shard = %(shard)s AND o.state IN ('refused', 'failed') AND NOT r.void GROUP BY o.id""",
    ),
)


_IN_USE = """SELECT s FROM generate_series(0, %(last)s) AS s WHERE EXISTS (SELECT 1 FROM entry WHERE shard = s)
  OR EXISTS (SELECT 1 FROM leg WHERE shard = s) OR EXISTS (SELECT 1 FROM debt WHERE shard = s)
  OR EXISTS (SELECT 1 FROM block WHERE shard = s) OR EXISTS (SELECT 1 FROM credit WHERE shard = s)
  OR EXISTS (SELECT 1 FROM outbox WHERE shard = s) OR EXISTS (SELECT 1 FROM attempt WHERE shard = s)
  OR EXISTS (SELECT 1 FROM receipt WHERE shard = s) OR EXISTS (SELECT 1 FROM chain_head WHERE shard = s AND seq > 0)"""


def shards_in_use() -> list[int]:
    """Shards with anything to prove."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_IN_USE, {"last": SHARDS - 1})
        return [row[0] for row in cursor.fetchall()]


def breaches(shards: Iterable[int], step: Callable[[int], None] = lambda _: None) -> Iterator[Breach]:
    """Every breach, shard by shard; `step(1)` is called after each. Reads as the owner, who sees all rows."""
    for shard in shards:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            # One moment for all questions of a shard: a payment posted in between is in all answers or in none.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for proof in PROOFS:
                cursor.execute(proof.sql, {"shard": shard})
                for (row,) in cursor.fetchmany(SHOWN):
                    yield Breach(proof.name, shard, row)
        step(1)
