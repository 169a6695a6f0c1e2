"""One timeline of a customer, newest first: talk, money, service, decisions. Every source is limited before they are joined."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

TALK, MONEY, CARE, WAYS, CHOICE = "talk", "money", "service", "ways", "decisions"

# Each source: kind, at, id, detail as JSON. The same shape, so that one statement reads them all.
_SOURCES = {
    MONEY: """
      SELECT 'entry:' || e.kind, (e.booked_date + time '12:00') AT TIME ZONE %(zone)s, e.id,
             jsonb_build_object('currency', e.currency, 'memo', e.memo,
               'amount', (SELECT sum(abs(l.amount_minor)) / 2 FROM leg l WHERE l.shard = e.shard AND l.entry_id = e.id),
               'refs', (SELECT jsonb_agg(DISTINCT d.ref) FROM leg l JOIN debt d ON d.shard = l.shard AND d.id = l.debt_id
                         WHERE l.shard = e.shard AND l.entry_id = e.id))
        FROM entry e WHERE e.shard = %(shard)s AND e.customer_id = %(customer)s
         AND (e.booked_date + time '12:00') AT TIME ZONE %(zone)s <= %(before)s ORDER BY e.booked_date DESC, e.id DESC LIMIT %(limit)s
      ;
      SELECT 'payment:' || p.state, p.updated_at, p.id,
             jsonb_build_object('currency', p.currency, 'amount', p.amount_minor, 'gateway', p.gateway)
        FROM payment p WHERE p.shard = %(shard)s AND p.customer_id = %(customer)s AND p.updated_at <= %(before)s
         AND p.state IN ('failed', 'pending') ORDER BY p.updated_at DESC, p.id DESC LIMIT %(limit)s
      ;
      SELECT 'promise', p.made_at, p.id, jsonb_build_object('currency', p.currency, 'amount', p.amount_minor,
             'by', p.by_date, 'channel', p.channel, 'who', p.taken_by)
        FROM promise p WHERE p.shard = %(shard)s AND p.customer_id = %(customer)s AND p.made_at <= %(before)s
       ORDER BY p.made_at DESC, p.id DESC LIMIT %(limit)s""",
    TALK: """
      SELECT 'contact:' || c.direction, c.at, c.id, jsonb_build_object('channel', c.channel, 'purpose', c.purpose,
             'outcome', coalesce((SELECT w.outcome FROM contact_outcome w WHERE w.shard = c.shard AND w.customer_id = c.customer_id
               AND w.contact_id = c.id ORDER BY w.id DESC LIMIT 1), c.outcome), 'team', c.team, 'summary', c.summary,
             'outbox', c.outbox_id, 'state', o.state, 'step', o.step, 'subject', (SELECT m.subject FROM message m
             WHERE m.shard = c.shard AND m.outbox_id = c.outbox_id ORDER BY m.id DESC LIMIT 1))
        FROM contact c LEFT JOIN outbox o ON o.shard = c.shard AND o.id = c.outbox_id
       WHERE c.shard = %(shard)s AND c.customer_id = %(customer)s AND c.at <= %(before)s AND c.outcome <> 'heard'
       ORDER BY c.at DESC, c.id DESC LIMIT %(limit)s
      ;
      SELECT CASE WHEN f.ends_id IS NULL THEN 'fact:told' ELSE 'fact:ended' END, f.recorded_at, f.id,
             jsonb_build_object('kind', f.kind, 'words', f.words, 'said_by', f.said_by, 'who', f.recorded_by)
        FROM circumstance f WHERE f.shard = %(shard)s AND f.customer_id = %(customer)s AND f.recorded_at <= %(before)s
       ORDER BY f.recorded_at DESC, f.id DESC LIMIT %(limit)s
      ;
      SELECT 'inbound', a.at, i.id, jsonb_build_object('shard', i.shard, 'channel', i.channel, 'labels', i.labels,
             'text', left(i.text, 2000), 'secret', i.sealed IS NOT NULL, 'handled_by', i.handled_by)
        FROM inbound_about a JOIN inbound i ON i.shard = a.inbound_shard AND i.id = a.inbound_id
       WHERE a.shard = %(shard)s AND a.customer_id = %(customer)s AND a.at <= %(before)s AND a.ended_at IS NULL
         AND NOT (i.channel IN ('portal', 'call_note') AND i.sealed IS NULL AND i.answer_by IS NULL)
       ORDER BY a.at DESC, a.id DESC LIMIT %(limit)s
      ;
      SELECT 'note', n.at, n.id, jsonb_build_object('who', n.author, 'text', n.text)
        FROM note n WHERE n.shard = %(shard)s AND n.customer_id = %(customer)s AND n.at <= %(before)s AND n.sealed IS NULL
       ORDER BY n.at DESC, n.id DESC LIMIT %(limit)s
      ;
      SELECT CASE WHEN c.given THEN 'consent:given' ELSE 'consent:withdrawn' END, c.at, c.id,
             jsonb_build_object('channel', c.channel, 'source', c.source)
        FROM consent c WHERE c.shard = %(shard)s AND c.customer_id = %(customer)s AND c.at <= %(before)s
       ORDER BY c.at DESC, c.id DESC LIMIT %(limit)s""",
    CARE: """
      SELECT 'hold', h.from_at, h.id, jsonb_build_object('kind', h.kind, 'reason', h.reason, 'who', h.placed_by,
             'until', h.until_at, 'lifted_by', h.lifted_by)
        FROM hold h WHERE h.shard = %(shard)s AND h.customer_id = %(customer)s AND h.from_at <= %(before)s
       ORDER BY h.from_at DESC, h.id DESC LIMIT %(limit)s
      ;
      SELECT 'ticket', coalesce(k.closed_at, k.opened_at), k.id, jsonb_build_object('kind', k.kind, 'system', k.system,
             'closed_by', k.closed_by, 'outcome', k.outcome)
        FROM ticket k WHERE k.shard = %(shard)s AND k.customer_id = %(customer)s AND k.opened_at <= %(before)s
       ORDER BY k.opened_at DESC, k.id DESC LIMIT %(limit)s
      ;
      SELECT 'task', t.opened_at, t.id, jsonb_build_object('title', t.title, 'detail', t.detail, 'closed', t.closed_at,
             'closed_by', t.closed_by, 'outcome', t.outcome)
        FROM task t WHERE t.shard = %(shard)s AND t.customer_id = %(customer)s AND t.opened_at <= %(before)s
       ORDER BY t.opened_at DESC, t.id DESC LIMIT %(limit)s""",
    WAYS: """
      SELECT CASE WHEN e.id IS NULL THEN 'arrangement:agreed' ELSE 'arrangement:' || e.outcome END, coalesce(e.at, u.from_at), a.id,
             jsonb_build_object('kind', a.kind, 'version', a.version, 'currency', a.currency, 'amount', a.total_minor,
               'who', a.proposed_by, 'why', e.why)
        FROM arrangement a
        JOIN (SELECT shard, arrangement_id, min(from_at) AS from_at FROM arrangement_debt
               WHERE shard = %(shard)s AND customer_id = %(customer)s GROUP BY shard, arrangement_id) u
          ON u.shard = a.shard AND u.arrangement_id = a.id
        LEFT JOIN arrangement_end e ON e.shard = a.shard AND e.arrangement_id = a.id
       WHERE a.shard = %(shard)s AND a.customer_id = %(customer)s AND coalesce(e.at, u.from_at) <= %(before)s
       ORDER BY 2 DESC, a.id DESC LIMIT %(limit)s
      ;
      SELECT CASE WHEN x.closed_at IS NULL THEN 'dispute:open' ELSE 'dispute:' || x.outcome END,
             coalesce(x.closed_at, x.opened_at), x.id,
             jsonb_build_object('reason', x.reason, 'words', x.words, 'answer', x.answer,
               'who', coalesce(nullif(x.closed_by, ''), x.opened_by),
               'answer_by', x.answer_by)
        FROM dispute x WHERE x.shard = %(shard)s AND x.customer_id = %(customer)s AND coalesce(x.closed_at, x.opened_at) <= %(before)s
       ORDER BY 2 DESC, x.id DESC LIMIT %(limit)s""",
    CHOICE: """
      SELECT 'decision', r.decided_at, d.id, jsonb_build_object('verdict', d.verdict, 'step', d.step, 'channel', d.channel,
             'segment', d.segment, 'not_before', d.not_before, 'reasons', d.reasons, 'rules', d.rules, 'run', d.run_id,
             'playbook', r.playbook, 'state', o.state, 'refused', o.why,
             'digest', (SELECT digest FROM run_part p WHERE p.run_id = d.run_id AND d.shard BETWEEN p.first_shard AND p.last_shard))
        FROM decision d JOIN run r ON r.id = d.run_id
        LEFT JOIN LATERAL (SELECT state, why FROM outbox o
             WHERE o.shard = d.shard AND o.customer_id = d.customer_id AND o.decision_id = d.id LIMIT 1) o ON true
       WHERE d.shard = %(shard)s AND d.customer_id = %(customer)s AND r.decided_at <= %(before)s
       ORDER BY d.id DESC LIMIT %(limit)s
      ;
      SELECT CASE WHEN g.passed THEN 'ruling:passed' ELSE 'ruling:held' END, g.at, g.id, jsonb_build_object('act', g.act,
             'rule', (SELECT x->>'id' FROM jsonb_array_elements(g.rules) x LIMIT 1), 'who', g.asked_by)
        FROM ruling g WHERE g.shard = %(shard)s AND g.customer_id = %(customer)s AND g.at <= %(before)s AND g.outbox_id IS NULL
       ORDER BY g.id DESC LIMIT %(limit)s""",
}


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` is a source, with its state after a colon; `detail` what only that kind has."""

    kind: str
    at: datetime
    id: int
    detail: dict[str, Any]


def timeline(
    shard: int, customer_id: int, *, zone: str, before: datetime, show: str = "", limit: int = 30
) -> tuple[Event, ...]:
    """The newest events at or before an instant; `show` is one of TALK, MONEY, CARE, WAYS, CHOICE, or empty for all."""
    chosen = [_SOURCES[show]] if show in _SOURCES else list(_SOURCES.values())
    parts = [f"({part})" for source in chosen for part in source.split(";\n")]
    sql = " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, at, id, detail::text FROM ({sql}) AS t(kind, at, id, detail)"
            " ORDER BY at DESC, id DESC LIMIT %(limit)s",
            {"shard": shard, "customer": customer_id, "zone": zone, "before": before, "limit": limit},
        )
        return tuple(Event(kind, at, id_, json.loads(detail)) for kind, at, id_, detail in cursor.fetchall())
