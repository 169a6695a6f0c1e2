"""Rows → facts: the one reader the core is fed by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import polars as pl

from duecourse.core.facts.book import Book
from duecourse.records import arrow

HISTORY_DAYS = 365
CONTACT_DAYS = 31


def of_shards(first: int, last: int, *, at: datetime, only: Collection[str] = ()) -> Book:
    """The book of the shards `first` to `last` (inclusive) as it is now, for a decision at `at`; `only` as in `of_customers`."""
    within = f"shard BETWEEN {int(first)} AND {int(last)}"
    return _read(lambda table, column: f"{table}.{within}", at, f"reminder.{within}", f"p.{within}", only)


def of_customers(pairs: Sequence[tuple[int, int]], *, at: datetime, only: Collection[str] = ()) -> Book:
    """The book of single customers, given as (shard, id); `only` names the frames that are wanted, the rest stay empty."""
    chosen = arrow.keys(pairs)
    # Reminders are found by their debts, which have an index by customer: one more on reminders would slow every day.
    reminded = (
        f"(reminder.shard, reminder.debt_id) IN (SELECT shard, id FROM debt WHERE (shard, customer_id) IN ({chosen}))"
    )
    return _read(lambda table, column: f"({table}.shard, {table}.{column}) IN ({chosen})", at, reminded, "true", only)


def _read(where, at: datetime, reminded: str, near: str, only: Collection[str] = ()) -> Book:  # type: ignore[no-untyped-def]
    stamp = f"'{at.isoformat()}'::timestamptz"
    days = lambda n: f"'{(at - timedelta(days=n)).isoformat()}'::timestamptz"  # noqa: E731
    date = f"'{(at - timedelta(days=HISTORY_DAYS)).date().isoformat()}'::date"
    recent = f"'{(at - timedelta(days=3)).date().isoformat()}'::date"
    sql = {
        "creditors": """
            SELECT id AS creditor, timezone, country, is_agency_client AS agency,
                   (SELECT max(finished_at) FROM import_file f WHERE f.creditor_id = creditor.id AND f.state = 'done') AS fresh_at
              FROM creditor ORDER BY id""",
        "customers": f"""
            SELECT id AS customer, shard, creditor_id AS creditor, kind = 'person' AS person, country, region, postal_area AS area,
                   timezone
              FROM customer WHERE {where("customer", "id")}""",
        "debts": f"""
            SELECT id AS debt, customer_id AS customer, currency, open_minor AS open, due_date AS due, round,
                   closed_date AS closed
              FROM debt WHERE {where("debt", "customer_id")} AND (closed_date IS NULL OR closed_date >= {date})""",
        "reminded": f"""
            SELECT debt_id AS debt, round, step FROM reminder WHERE {reminded} AND NOT void""",
        "contacts": f"""
            SELECT c.customer_id AS customer, c.channel, c.direction, c.purpose, c.at, c.id AS contact, c.contact_point_id AS point,
                   o.person_id AS person, coalesce(o.outcome, c.outcome) AS outcome, o.conversation, c.debts, o.discussed
              FROM contact c
              LEFT JOIN (SELECT DISTINCT ON (shard, contact_id) shard, contact_id, person_id, outcome, conversation, discussed
                           FROM contact_outcome WHERE {where("contact_outcome", "customer_id")}
                          ORDER BY shard, contact_id, id DESC) o ON o.shard = c.shard AND o.contact_id = c.id
             WHERE {where("c", "customer_id")} AND c.at >= {days(CONTACT_DAYS)}""",
        "points": f"""
            SELECT id AS point, customer_id AS customer, kind, rank, postal_area AS area, line
              FROM contact_point WHERE {where("contact_point", "customer_id")} AND ended_at IS NULL""",
        "opt_outs": f"""
            SELECT said.customer_id AS customer, said.channel, p.id AS point
              FROM (SELECT DISTINCT ON (shard, customer_id, channel, address) shard, customer_id, channel, address, given
                      FROM consent WHERE {where("consent", "customer_id")} ORDER BY shard, customer_id, channel, address, id DESC) said
              LEFT JOIN contact_point p ON p.shard = said.shard AND p.customer_id = said.customer_id
                   AND p.kind = replace(said.channel, 'sms', 'phone') AND p.value = said.address AND p.ended_at IS NULL AND {near}
             WHERE NOT said.given AND (said.address = '' OR p.id IS NOT NULL)""",
        "holds": f"""
            SELECT customer_id AS customer, debt_id AS debt, kind, until_at AS until
              FROM hold WHERE {where("hold", "customer_id")} AND from_at <= {stamp} AND (until_at IS NULL OR until_at > {stamp})""",
        "promises": f"""
            SELECT customer_id AS customer, currency, amount_minor AS amount, by_date AS by
              FROM promise WHERE {where("promise", "customer_id")} AND by_date >= {recent}""",
        "credits": f"""
            SELECT customer_id AS customer, currency, amount_minor AS amount
              FROM credit WHERE {where("credit", "customer_id")} AND amount_minor <> 0""",
        "pending": f"""
            SELECT customer_id AS customer, 'payment' AS kind FROM payment
             WHERE {where("payment", "customer_id")}
               AND (state = 'pending' AND updated_at > {days(3)} OR state = 'new' AND updated_at > {stamp} - interval '30 minutes')
            UNION
            SELECT customer_id, 'message' FROM outbox
             WHERE {where("outbox", "customer_id")} AND purpose = 'reminder' AND state IN ('due', 'marked', 'uncertain')""",
        # A fact with its ending; and what the consents say, which have a table of their own: the next word on the same channel
        # and address ends the one before.
        "circumstances": f"""
            SELECT c.customer_id AS customer, c.id AS row, c.kind, c.person_id AS person, c.debt_id AS debt,
                   c.contact_point_id AS point, c.data::text AS data, c.source AS via, c.at, least(c.until_at, e.at) AS until
              FROM circumstance c
              LEFT JOIN circumstance e ON e.shard = c.shard AND e.ends_id = c.id AND {where("e", "customer_id")}
             WHERE {where("c", "customer_id")} AND c.ends_id IS NULL
            UNION ALL
            SELECT s.customer_id, s.id, 'consents', NULL, NULL, p.id, jsonb_build_object('kind', s.channel, 'given_to',
                   CASE WHEN s.source = 'import' THEN 'creditor' ELSE 'collector' END)::text, s.source, s.at, s.next_at
              FROM (SELECT *, lead(at) OVER (PARTITION BY shard, customer_id, channel, address ORDER BY id) AS next_at
                      FROM consent WHERE {where("consent", "customer_id")}) s
              LEFT JOIN contact_point p ON p.shard = s.shard AND p.customer_id = s.customer_id
                   AND p.kind = replace(s.channel, 'sms', 'phone') AND p.value = s.address AND {where("p", "customer_id")}
             WHERE s.given AND s.channel IN ('email', 'sms') AND (s.address = '' OR p.id IS NOT NULL)""",
        # Money only counts as paid: what was credited or waived since makes less room instead.
        "instalments": f"""
            SELECT i.customer_id AS customer, i.arrangement_id AS arrangement, i.number, a.kind AS way, a.currency, i.due_date AS due,
                   i.amount_minor AS minor,
                   (sum(i.amount_minor) OVER (PARTITION BY i.shard, i.arrangement_id ORDER BY i.number) - i.amount_minor)::bigint
                     AS before,
                   under.paid, under.open - coalesce((a.terms->>'forgiven_minor')::bigint, 0) AS room, under.debts,
                   a.terms->>'collect' = 'automatic' AS automatic, (a.terms->>'review_date')::date AS review
              FROM (SELECT u.shard, u.arrangement_id, array_agg(u.debt_id ORDER BY u.debt_id) AS debts,
                           sum(d.open_minor)::bigint AS open, sum(coalesce(came.minor, 0))::bigint AS paid
                      FROM arrangement_debt u JOIN debt d ON d.shard = u.shard AND d.id = u.debt_id
                      LEFT JOIN LATERAL (
                        SELECT -sum(l.amount_minor) AS minor FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
                         WHERE l.shard = u.shard AND l.debt_id = u.debt_id AND l.account = 'receivable' AND e.posted_at >= u.from_at
                           AND EXISTS (SELECT 1 FROM leg c WHERE c.shard = e.shard AND c.entry_id = e.id
                                          AND c.account IN ('cash', 'unmatched'))) came ON true
                     WHERE {where("u", "customer_id")} AND u.until_at IS NULL GROUP BY u.shard, u.arrangement_id) under
              JOIN arrangement a ON a.shard = under.shard AND a.id = under.arrangement_id
              JOIN instalment i ON i.shard = a.shard AND i.arrangement_id = a.id""",
        # A chance below a half moves nothing (core.decide.playbook), and what was foreseen three days ago is stale.
        "expected": f"""
            SELECT customer_id AS customer, late_chance AS late, pays_alone_chance AS alone
              FROM outlook WHERE {where("outlook", "customer_id")} AND as_of >= {recent}
               AND (late_chance >= 0.5 OR pays_alone_chance >= 0.5)""",
        "placed": f"""
            SELECT customer_id AS customer, segment FROM segment_choice
             WHERE {where("segment_choice", "customer_id")} AND from_at <= {stamp} AND (until_at IS NULL OR until_at > {stamp})""",
    }  # fmt: skip
    return Book.of(
        at, **{name: _normal(name, arrow.read(text)) for name, text in sql.items() if not only or name in only}
    )


_KEYS = {
    "creditors": 1, "customers": 1, "debts": 1, "points": 1, "contacts": ["customer", "contact"],
    "circumstances": ["customer", "row", "point"], "instalments": 3,
}  # fmt: skip
"""Columns that tell the rows of a frame apart: names, or how many of the first. All columns where it is not said."""


def _normal(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """One order whatever the plan was, so that the same rows give the same bits."""
    key = _KEYS.get(name, len(frame.columns))
    return frame.sort(frame.columns[:key] if isinstance(key, int) else key)
