"""The frames of the sheet beyond money and contacts: instalments, tasks, waits, complaints, arms of trials, what was told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from duecourse.core.decide.arms import NEW, NOW
from duecourse.core.facts.lot import lot
from duecourse.core.measure.sheet import ARMS, SCHEMAS
from duecourse.records import arrow
from duecourse.records.reads.worklist import WAITING_KINDS

KINDS = ", ".join(f"'{kind}'" for kind in WAITING_KINDS)


def beyond(
    first: int, last: int, *, as_of: date, where: str, since: str, whose: Callable[[str], str]
) -> dict[str, pl.DataFrame]:
    """Frames by name for the shards `first` to `last`; `where` and `since` as `records.measures.sheet` has them."""
    day = "({0} AT TIME ZONE k.timezone)::date".format
    sql = {
        "instalments": f"""
            SELECT i.id AS instalment, i.customer_id AS customer, {whose("i")}a.currency AS currency, i.arrangement_id AS arrangement,
                   i.due_date AS due, e.ended,
                   sum(i.amount_minor) OVER (PARTITION BY i.shard, i.arrangement_id ORDER BY i.number)::bigint AS owed
              FROM (SELECT * FROM instalment WHERE {where}) i
              JOIN (SELECT * FROM arrangement WHERE {where}) a ON a.shard = i.shard AND a.id = i.arrangement_id
              LEFT JOIN (SELECT n.shard, n.arrangement_id, {day("n.at")} AS ended
                           FROM arrangement_end n JOIN creditor k ON k.id = n.creditor_id WHERE n.outcome IN ('replaced', 'stopped')) e
                ON e.shard = i.shard AND e.arrangement_id = i.arrangement_id
             WHERE EXISTS (SELECT 1 FROM arrangement_debt u WHERE u.shard = i.shard AND u.arrangement_id = i.arrangement_id)""",
        "under": f"""
            SELECT u.arrangement_id AS arrangement, u.debt_id AS debt, {day("u.from_at")} AS since
              FROM (SELECT * FROM arrangement_debt WHERE {where}) u JOIN creditor k ON k.id = u.creditor_id""",
        "tasks": f"""
            SELECT t.id AS task, t.customer_id AS customer, {whose("t")}k.currency AS currency, t.creditor_id AS creditor, t.kind,
                   {day("t.closed_at")} AS closed, t.closed_by AS by
              FROM (SELECT * FROM task WHERE {where} AND closed_at >= {since}) t JOIN creditor k ON k.id = t.creditor_id""",
        "waits": f"""
            SELECT t.id AS wait, t.customer_id AS customer, {whose("t")}k.currency AS currency, {day("t.closed_at")} AS day,
                   floor(extract(epoch FROM t.closed_at - t.opened_at) / 60)::bigint AS minutes
              FROM (SELECT * FROM task WHERE {where} AND closed_at >= {since} AND kind IN ({KINDS})
                       AND closed_by NOT IN ('', 'duecourse')) t
              JOIN creditor k ON k.id = t.creditor_id
             UNION ALL
            SELECT m.id, NULL, {whose("m")}k.currency, {day("m.taken_at")},
                   floor(extract(epoch FROM m.taken_at - m.received_at) / 60)::bigint
              FROM (SELECT * FROM inbound WHERE {where} AND taken_at >= {since}) m JOIN creditor k ON k.id = m.creditor_id""",
        "complaints": f"""
            SELECT x.id AS complaint, x.customer_id AS customer, {whose("x")}k.currency AS currency, {day("x.at")} AS day
              FROM (SELECT id, customer_id, creditor_id, from_at AS at FROM hold h WHERE {where} AND kind = 'complaint'
                       AND from_at >= {since} AND NOT EXISTS (
                         SELECT 1 FROM ticket t WHERE t.shard = h.shard AND t.hold_id = h.id AND t.kind = 'complaint')
                    UNION ALL SELECT id, customer_id, creditor_id, opened_at FROM ticket
                     WHERE {where} AND kind = 'complaint' AND opened_at >= {since}
                    UNION ALL SELECT id, customer_id, creditor_id, at FROM receipt
                     WHERE {where} AND kind = 'complained' AND at >= {since}) x
              JOIN creditor k ON k.id = x.creditor_id""",
        "evidence": f"""
            SELECT customer_id AS customer, debt_id AS debt, 'hold:' || kind AS sign, from_at::date AS day, until_at::date AS until,
                   false AS fades FROM hold WHERE {where}
            UNION ALL SELECT customer_id, debt_id, 'dispute:' || reason, opened_at::date, closed_at::date, false
              FROM dispute WHERE {where}
            UNION ALL SELECT customer_id, NULL, 'task:' || kind, opened_at::date, closed_at::date, false FROM task WHERE {where}
            UNION ALL SELECT customer_id, NULL, 'promise', made_at::date, by_date + 2, false FROM promise WHERE {where}
            UNION ALL SELECT customer_id, NULL, 'receipt:' || kind, at::date, NULL, true FROM receipt
             WHERE {where} AND kind = 'bounced' AND at >= {since}
            UNION ALL SELECT customer_id, NULL, 'payment:' || state, updated_at::date, NULL, true FROM payment
             WHERE {where} AND state = 'failed'
            UNION ALL SELECT a.customer_id, NULL, 'heard:' || said.label, m.received_at::date, NULL, true
              FROM (SELECT * FROM inbound_about WHERE {where} AND ended_at IS NULL) a
              JOIN inbound m ON m.shard = a.inbound_shard AND m.id = a.inbound_id AND m.received_at >= {since}
             CROSS JOIN unnest(m.labels) AS said(label)""",
        # Of a whole creditor, so it stands with the first shards only: parts add up.
        "told": f"""
            SELECT {whose("r")}r.currency AS currency, r.week, sum(r.expected_minor)::bigint AS expected
              FROM receipts_told r
             WHERE {where.replace(f"shard BETWEEN {first} AND {last}", "true" if first == 0 else "false")}
               AND r.told_on = r.week AND extract(isodow FROM r.week) = 1 AND r.week >= {since} GROUP BY 1, 2""",
    }  # fmt: skip
    frames = {name: arrow.read(text) for name, text in sql.items()}
    frames["arms"] = _arms(where, as_of, whose)
    # A frame without a row has columns of no type.
    return {
        name: frame.cast({c: t for c, t in SCHEMAS[name].items() if c in frame.columns})
        for name, frame in frames.items()
    }  # type: ignore[arg-type]


def _arms(where: str, as_of: date, whose: Callable[[str], str]) -> pl.DataFrame:
    """Customers of every trial by lot that began by then, with the arm that their id draws."""
    trials = arrow.read(
        "SELECT t.id, t.salt, t.share, t.started_at::date AS since, e.at::date AS until FROM trial t"
        f" LEFT JOIN trial_end e ON e.trial_id = t.id WHERE t.mode = 'lot' AND t.started_at::date <= '{as_of}'::date ORDER BY t.id"
    )
    if trials.height == 0:
        return pl.DataFrame(schema=dict(ARMS))
    people = arrow.read(
        f"SELECT c.id AS customer, {whose('c')}k.currency AS currency FROM (SELECT * FROM customer WHERE {where}) c"
        " JOIN creditor k ON k.id = c.creditor_id"
    )
    parts = []
    for trial, salt, share, since, until in trials.iter_rows():
        new = pl.Series(lot(people["customer"].to_numpy(), salt) < share)
        parts.append(
            people.with_columns(
                trial=pl.lit(trial), arm=pl.when(new).then(pl.lit(NEW)).otherwise(pl.lit(NOW)), since=pl.lit(since), until=pl.lit(until),
            )
        )  # fmt: skip
    return pl.concat(parts).select(pl.col(c).cast(t) for c, t in ARMS.items())
