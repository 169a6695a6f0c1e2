"""What a pack holds of each customer, as plain rows. Names, addresses and words that people wrote stay out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from duecourse.core.law.calendars import holidays_in
from duecourse.core.law.places import jurisdiction
from duecourse.records import arrow

FREE_TEXT = frozenset({"told", "reason", "text", "value", "name", "point", "words", "grounds", "person"})
"""Columns of recorded facts that may hold a person's words, name or address."""
Row = dict[str, Any]
Span = tuple[datetime, datetime, datetime]
"""First instant of the period, first instant after it, and first instant of what is carried along for counting."""


def _rows(sql: str, values: Mapping[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def stamp(at: datetime | None) -> str | None:
    """An instant in UTC, to the microsecond."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00") if at else None


def customers(first: int, last: int) -> list[Row]:
    """Everybody in scope, in a range of shards: the creditor's own reference, zone and place."""
    return _rows(
        """SELECT c.shard, c.id, c.ref, c.kind = 'person' AS person, k.is_agency_client AS agency, c.region,
                  coalesce(nullif(c.country, ''), k.country) AS country, coalesce(nullif(c.timezone, ''), k.timezone) AS zone
             FROM customer c JOIN creditor k ON k.id = c.creditor_id
            WHERE c.shard BETWEEN %(first)s AND %(last)s ORDER BY c.shard, c.id""",
        {"first": first, "last": last},
    )


def of_customer(who: Row, span: Span) -> Iterator[Row]:
    """The rows of one customer that the period touches, oldest kinds first."""
    ask = {"shard": who["shard"], "id": who["id"], "from": span[0], "to": span[1], "before": span[2]}
    place = jurisdiction(who["country"], who["region"])
    days = sorted(day for year in range(span[2].year, span[1].year + 1) for day in holidays_in(place, year))
    yield {"row": "customer", "key": who["id"], "ref": who["ref"], "person": who["person"], "agency": who["agency"],
           "zone": who["zone"], "places": [place], "holidays": [day.isoformat() for day in days]}  # fmt: skip
    for name, read in (("consent", _consents), ("hold", _holds), ("fact", _facts), ("contact", _contacts),
                       ("refusal", _refusals), ("message", _messages), ("receipt", _receipts), ("ruling", _rulings)):  # fmt: skip
        for row in read(ask):
            yield {"row": name, "customer": who["id"], **row}


def _consents(ask: Row) -> Iterator[Row]:
    for r in _rows(
        """SELECT x.id, x.channel, x.given, x.scope, x.source, x.at, x.address,
                  (SELECT max(p.id) FROM contact_point p WHERE p.shard = x.shard AND p.customer_id = x.customer_id
                      AND p.kind = x.channel AND p.value = x.address) AS point
             FROM consent x WHERE x.shard = %(shard)s AND x.customer_id = %(id)s AND x.at < %(to)s ORDER BY x.id""",
        ask,
    ):
        address = "" if not r["address"] else f"p{r['point'] or 0}"
        yield {"id": r["id"], "channel": r["channel"], "given": r["given"], "scope": r["scope"], "source": r["source"],
               "at": stamp(r["at"]), "address": address}  # fmt: skip


def _holds(ask: Row) -> Iterator[Row]:
    for r in _rows(
        """SELECT id, kind, debt_id, from_at, until_at FROM hold WHERE shard = %(shard)s AND customer_id = %(id)s
              AND from_at < %(to)s AND (until_at IS NULL OR until_at > %(before)s) ORDER BY id""",
        ask,
    ):
        yield {
            "id": r["id"],
            "kind": r["kind"],
            "debt": r["debt_id"],
            "from": stamp(r["from_at"]),
            "until": stamp(r["until_at"]),
        }


def _facts(ask: Row) -> Iterator[Row]:
    for r in _rows(
        """SELECT x.id, x.kind, x.debt_id, x.data::text AS data, x.source, x.at, coalesce(e.at, x.until_at) AS until
             FROM circumstance x LEFT JOIN circumstance e ON e.shard = x.shard AND e.ends_id = x.id
            WHERE x.shard = %(shard)s AND x.customer_id = %(id)s AND x.ends_id IS NULL AND x.at < %(to)s ORDER BY x.id""",
        ask,
    ):
        data = {key: value for key, value in json.loads(r["data"]).items() if key not in FREE_TEXT}
        yield {"id": r["id"], "kind": r["kind"], "debt": r["debt_id"], "data": data, "source": r["source"],
               "at": stamp(r["at"]), "until": stamp(r["until"])}  # fmt: skip


def _contacts(ask: Row) -> Iterator[Row]:
    for r in _rows(
        """SELECT x.id, x.channel, x.direction, x.purpose, x.at, x.debts, x.team, x.outbox_id, x.contact_point_id,
                  coalesce((SELECT o.outcome FROM contact_outcome o WHERE o.shard = x.shard AND o.customer_id = x.customer_id
                             AND o.contact_id = x.id ORDER BY o.id DESC LIMIT 1), x.outcome) AS outcome
             FROM contact x WHERE x.shard = %(shard)s AND x.customer_id = %(id)s AND x.at >= %(before)s AND x.at < %(to)s
            ORDER BY x.at, x.id""",
        ask,
    ):
        yield {"id": r["id"], "channel": r["channel"], "direction": r["direction"], "purpose": r["purpose"], "at": stamp(r["at"]),
               "outcome": r["outcome"], "debts": r["debts"] or [], "team": r["team"], "message": r["outbox_id"],
               "address": f"p{r['contact_point_id']}" if r["contact_point_id"] else "", "before": r["at"] < ask["from"]}  # fmt: skip


def _refusals(ask: Row) -> Iterator[Row]:
    for r in _rows(
        """SELECT o.id, o.channel, o.purpose, o.state, o.why, o.due_at, o.changed_at, coalesce(d.rules, '[]')::text AS rules
             FROM outbox o LEFT JOIN decision d ON d.shard = o.shard AND d.id = o.decision_id
            WHERE o.shard = %(shard)s AND o.customer_id = %(id)s AND o.changed_at >= %(from)s AND o.changed_at < %(to)s
              AND (o.state = 'refused' OR (o.state = 'due' AND o.due_at > o.created_at)) ORDER BY o.id""",
        ask,
    ):
        waits = r["state"] == "due"
        yield {"id": r["id"], "channel": r["channel"], "purpose": r["purpose"], "verdict": "defer" if waits else "block",
               "why": r["why"], "rules": json.loads(r["rules"]), "not_before": stamp(r["due_at"]) if waits else None,
               "at": stamp(r["changed_at"])}  # fmt: skip


def _messages(ask: Row) -> Iterator[Row]:
    for r in _rows(
        """SELECT outbox_id, content_hash, template_version, rendered_at FROM message WHERE shard = %(shard)s
              AND customer_id = %(id)s AND rendered_at >= %(from)s AND rendered_at < %(to)s ORDER BY id""",
        ask,
    ):
        yield {"message": r["outbox_id"], "content_hash": r["content_hash"], "template_version": r["template_version"],
               "at": stamp(r["rendered_at"])}  # fmt: skip


def _receipts(ask: Row) -> Iterator[Row]:
    for r in _rows(
        """SELECT outbox_id, kind, at FROM receipt WHERE shard = %(shard)s AND customer_id = %(id)s
              AND at >= %(from)s AND at < %(to)s ORDER BY id""",
        ask,
    ):
        yield {"message": r["outbox_id"], "kind": r["kind"], "at": stamp(r["at"])}


def _rulings(ask: Row) -> Iterator[Row]:
    for r in _rows(
        """SELECT r.id, r.act, r.verdict, r.passed, r.not_before, r.rules::text AS rules, r.places::text AS places, r.rules_digest,
                  r.outbox_id, r.contact_id, r.at, coalesce(o.rules, '{}') AS aside
             FROM ruling r LEFT JOIN rule_override o ON o.shard = r.shard AND o.id = r.override_id AND o.granted
            WHERE r.shard = %(shard)s AND r.customer_id = %(id)s AND r.at >= %(from)s AND r.at < %(to)s ORDER BY r.id""",
        ask,
    ):
        yield {"id": r["id"], "act": r["act"], "verdict": r["verdict"], "passed": r["passed"], "not_before": stamp(r["not_before"]),
               "rules": json.loads(r["rules"]), "places": json.loads(r["places"]), "rules_digest": r["rules_digest"],
               "message": r["outbox_id"], "contact": r["contact_id"], "at": stamp(r["at"]), "set_aside": list(r["aside"])}  # fmt: skip


def money(pairs: Sequence[tuple[int, int]], span: Span) -> Iterator[Row]:
    """Entries and legs of these customers, and the blocks of their shards from the first that holds one of them."""
    for shard in sorted({shard for shard, _ in pairs}):
        ask = {"shard": shard, "ids": [id for s, id in pairs if s == shard], "to": span[1]}
        entries = _rows(
            """SELECT id, creditor_id, customer_id, kind, to_char(booked_date, 'YYYY-MM-DD') AS booked_date,
                      (extract(epoch FROM posted_at) * 1000000)::bigint AS posted_us, currency, key, memo, encode(hash, 'hex') AS hash
                 FROM entry WHERE shard = %(shard)s AND customer_id = ANY(%(ids)s) AND posted_at < %(to)s ORDER BY id""",
            ask,
        )
        legs = _rows(
            """SELECT id, creditor_id, customer_id, entry_id, account, debt_id, currency, amount_minor, encode(hash, 'hex') AS hash
                 FROM leg WHERE shard = %(shard)s AND customer_id = ANY(%(ids)s) AND entry_id = ANY(%(entries)s) ORDER BY id""",
            {**ask, "entries": [e["id"] for e in entries]},
        )
        yield from ({"row": "entry", "shard": shard, **e} for e in entries)
        yield from ({"row": "leg", "shard": shard, **leg} for leg in legs)
        yield from _blocks(shard, [leg["id"] for leg in legs])


def _blocks(shard: int, legs: list[int]) -> Iterator[Row]:
    """Links of the chain. Of other customers' legs only hashes are told, and of blocks without ours one hash in all.

    A chain runs through all creditors of a shard, so the hashes are read beside the running scope; nothing else is.
    """
    if not legs:
        return
    ours = f"b.leg_ids && ARRAY[{','.join(str(int(leg)) for leg in legs)}]::bigint[]"
    read = arrow.read(f"""
        SELECT b.seq, encode(b.previous, 'hex') AS previous, encode(b.hash, 'hex') AS hash, {ours} AS mine, x.legs, x.content
          FROM block b CROSS JOIN LATERAL (
            SELECT json_agg(json_build_array(l.id, encode(l.hash, 'hex'), encode(e.hash, 'hex')) ORDER BY l.id)::text AS legs,
                   encode(sha256(string_agg(l.hash || e.hash, ''::bytea ORDER BY l.id)), 'hex') AS content
              FROM leg l JOIN entry e ON e.shard = l.shard AND e.id = l.entry_id
             WHERE l.shard = {int(shard)} AND l.id = ANY(b.leg_ids)) x
         WHERE b.shard = {int(shard)} AND b.seq >= (SELECT min(b.seq) FROM block b WHERE b.shard = {int(shard)} AND {ours})
         ORDER BY b.seq""")
    for r in read.iter_rows(named=True):
        yield {"row": "block", "shard": shard, "seq": r["seq"], "previous": r["previous"], "hash": r["hash"],
               "legs": json.loads(r["legs"]) if r["mine"] else None, "content": None if r["mine"] else r["content"]}  # fmt: skip
