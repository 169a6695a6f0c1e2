"""Contacts, and contacts that were refused, in the shape of FORMATS: one row each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from duecourse.core.law.places import jurisdiction
from duecourse.records import arrow
from duecourse.records.exports.last_word import with_last_word
from duecourse.records.exports.refused import refused
from duecourse.records.exports.tables import RULE

INSTANT: Final = pl.Datetime("us", "UTC")
CONTACT: Final = pl.Schema(
    {
        "contact_id": pl.String,
        "run_id": pl.Int64,
        "customer": pl.String,
        "person": pl.String,
        "debts": pl.List(pl.Int64),
        "creditor": pl.String,
        "jurisdiction": pl.List(pl.String),
        "channel": pl.String,
        "direction": pl.String,
        "purpose": pl.String,
        "planned_at": INSTANT,
        "attempted_at": INSTANT,
        "delivered_at": INSTANT,
        "outcome": pl.String,
        "decision": pl.String,
        "not_before": INSTANT,
        "why": pl.String,
        "rules": pl.List(RULE),
        "template": pl.String,
        "template_version": pl.String,
        "locations": pl.List(pl.Struct({"tz": pl.String})),
        "content_hash": pl.String,
    }
)
"""`person` is whom it was for. `delivered_at` is set where the other side said so; a server that only took it did not."""


def contacts(first: int, last: int, *, creditors: Sequence[int] | None, runs: Path) -> pl.DataFrame:
    """Messages of the outbox, contacts without one (calls, replies), and contacts that a day refused."""
    own = (
        "" if creditors is None else f" AND {{t}}.creditor_id IN ({','.join(str(int(c)) for c in creditors) or 'NULL'})"
    )
    where = f"{{t}}.shard BETWEEN {int(first)} AND {int(last)}{own}".format
    whom = _whom(where(t="c"))
    parts = [
        _messages(where(t="o"), f"shard BETWEEN {int(first)} AND {int(last)}"),
        _spoken(where(t="x")),
        refused(first, last, runs),
    ]
    rows = pl.concat([p for p in parts if p.height], how="diagonal_relaxed") if any(p.height for p in parts) else None
    if rows is None:
        return pl.DataFrame(schema=CONTACT)
    # A customer of another creditor has no row in `whom`, so what a run refused them is left out here.
    joined = rows.join(whom, on="customer_id").with_columns(
        person=pl.when(pl.col("person").fill_null("") == "").then("name").otherwise("person")
    )
    missing = [pl.lit(None, kind).alias(name) for name, kind in CONTACT.items() if name not in joined.columns]
    full = joined.with_columns(missing).with_columns(pl.col("debts", "rules").fill_null([]))
    return full.select([pl.col(c).cast(t) for c, t in CONTACT.items()]).sort(
        "customer", "planned_at", "contact_id", nulls_last=True
    )


def _whom(where: str) -> pl.DataFrame:
    """customer_id, customer (reference), name, creditor, jurisdiction, locations."""
    frame = arrow.read(f"""
        SELECT c.id AS customer_id, c.ref AS customer, c.name, k.name AS creditor, c.region, c.address,
               coalesce(nullif(c.country, ''), k.country) AS country, coalesce(nullif(c.timezone, ''), k.timezone) AS tz
          FROM customer c JOIN creditor k ON k.id = c.creditor_id WHERE {where}""")
    # Few places, many customers: each place is worked out once.
    places = frame.select("country", "region").unique()
    found = [jurisdiction(country, region) for country, region in places.iter_rows()]
    return (
        frame.join(places.with_columns(where=pl.Series(found, dtype=pl.String)), on=["country", "region"])
        .with_columns(jurisdiction=pl.concat_list("where"), locations=pl.concat_list(pl.struct("tz")))
        .select("customer_id", "customer", "name", "creditor", "jurisdiction", "locations")
    )


def _messages(where: str, shards: str) -> pl.DataFrame:
    # The range is said again inside: PostgreSQL does not carry it into a grouped subquery.
    frame = arrow.read(f"""
        SELECT o.id::text AS contact_id, o.run_id, o.customer_id, p.person, (o.context->'debts')::text AS debts, o.channel,
               'out' AS direction, o.purpose, o.created_at AS planned_at, a.attempted_at, r.delivered_at,
               coalesce(r.kind, o.state) AS outcome,
               CASE WHEN o.state = 'refused' THEN 'block'
                    WHEN o.state = 'due' AND o.due_at > o.created_at THEN 'defer' ELSE 'allow' END AS decision,
               CASE WHEN o.state = 'due' THEN o.due_at ELSE d.not_before END AS not_before,
               CASE WHEN o.state IN ('refused', 'due') THEN o.why ELSE '' END AS why, o.changed_at,
               coalesce(d.rules, '[]')::text AS rules, o.template, m.template_version, m.content_hash
          FROM outbox o
          LEFT JOIN contact_point p ON p.shard = o.shard AND p.id = o.contact_point_id
          LEFT JOIN decision d ON d.shard = o.shard AND d.id = o.decision_id
          LEFT JOIN (SELECT shard, outbox_id, min(marked_at) AS attempted_at FROM attempt WHERE {shards} GROUP BY 1, 2) a
            ON a.shard = o.shard AND a.outbox_id = o.id
          LEFT JOIN (SELECT shard, outbox_id, (array_agg(kind ORDER BY at DESC, id DESC))[1] AS kind,
                            max(at) FILTER (WHERE kind = 'delivered') AS delivered_at FROM receipt WHERE {shards} GROUP BY 1, 2) r
            ON r.shard = o.shard AND r.outbox_id = o.id
          LEFT JOIN (SELECT DISTINCT ON (shard, outbox_id) shard, outbox_id, template_version, content_hash
                       FROM message WHERE {shards} ORDER BY shard, outbox_id, id DESC) m
            ON m.shard = o.shard AND m.outbox_id = o.id
         WHERE {where}""")
    decoded = frame.with_columns(
        pl.col("debts").str.json_decode(pl.List(pl.Int64)), pl.col("rules").str.json_decode(pl.List(RULE))
    )
    return with_last_word(decoded).drop("changed_at")


def _spoken(where: str) -> pl.DataFrame:
    """Calls and replies: they took place, and the frequency rules counted them."""
    return arrow.read(f"""
        SELECT x.id::text AS contact_id, x.customer_id, x.channel, x.direction, x.purpose, x.at AS attempted_at,
               coalesce((SELECT w.outcome FROM contact_outcome w WHERE w.shard = x.shard AND w.customer_id = x.customer_id
                          AND w.contact_id = x.id ORDER BY w.id DESC LIMIT 1), x.outcome) AS outcome,
               'allow' AS decision FROM contact x WHERE {where} AND x.outbox_id IS NULL""")
