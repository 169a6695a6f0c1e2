"""The plain tables: a query each, over a range of shards and the creditors that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from duecourse.records import arrow

RULE: Final = pl.Struct(
    {"id": pl.String, "citation": pl.String, "version": pl.String, "outcome": pl.String, "detail": pl.String}
)
REASONS: Final = pl.Struct(
    {
        "why": pl.String, "segment": pl.String, "settled": pl.Int64, "habit": pl.Float64, "open_debts": pl.Int64,
        "overdue_debts": pl.Int64, "oldest": pl.Int64, "step": pl.Int64, "next_in": pl.Int64, "placed": pl.Boolean,
        "moved": pl.Int64,
    }
)  # fmt: skip
_NAMED = """
  JOIN customer c ON c.shard = x.shard AND c.id = x.customer_id
  JOIN creditor k ON k.id = x.creditor_id"""
_WHO = "k.name AS creditor, c.ref AS customer"


@dataclass(frozen=True)
class Table:
    """`sql` has {where} for the rows wanted, of a table that it calls x; `order` makes the file the same every time.

    `nested` names columns that hold JSON, and what is in them.
    """

    sql: str
    order: str = "x.shard, x.id"
    debts_at_once: int = 100_000
    nested: Mapping[str, pl.DataType] = field(default_factory=dict)

    def read(self, first: int, last: int, creditors: Sequence[int] | None) -> pl.DataFrame:
        own = (
            "" if creditors is None else f" AND x.creditor_id IN ({','.join(str(int(c)) for c in creditors) or 'NULL'})"
        )
        where = f"x.shard BETWEEN {int(first)} AND {int(last)}{own}"
        frame = arrow.read(f"{self.sql.format(where=where, named=_NAMED, who=_WHO)} ORDER BY {self.order}")
        return frame.with_columns(pl.col(name).str.json_decode(kind) for name, kind in self.nested.items())


TABLES: Final[dict[str, Table]] = {
    "customers": Table("""
        SELECT x.id, k.name AS creditor, x.ref, x.name, x.kind, x.salutation, x.language, x.country, x.region,
               x.timezone, x.address, x.created_at
          FROM customer x JOIN creditor k ON k.id = x.creditor_id WHERE {where}"""),
    "contact_points": Table("""
        SELECT x.id, {who}, x.kind, x.value, x.person, x.role, x.rank::int AS rank, x.created_at, x.ended_at, x.ended_why
          FROM contact_point x {named} WHERE {where}"""),
    "consents": Table("""
        SELECT x.id, {who}, x.channel, x.address, x.given, x.scope, x.source, x.said_by, x.at
          FROM consent x {named} WHERE {where}"""),
    "debts": Table("""
        SELECT x.id, {who}, x.ref, x.kind, x.description, x.purchase_order, x.issued_date, x.due_date, x.currency,
               x.amount_minor AS amount, x.open_minor AS open, x.round::int AS round, x.closed_date, x.created_at
          FROM debt x {named} WHERE {where}"""),
    "postings": Table("""
        SELECT x.id AS leg, x.entry_id AS entry, e.key, {who}, e.kind, e.booked_date, e.posted_at, x.account,
               x.debt_id AS debt, d.ref AS invoice, x.currency, x.amount_minor AS amount, e.memo,
               encode(x.hash, 'hex') AS hash
          FROM leg x JOIN entry e ON e.shard = x.shard AND e.id = x.entry_id
          LEFT JOIN debt d ON d.shard = x.shard AND d.id = x.debt_id {named} WHERE {where}"""),
    "payments": Table("""
        SELECT x.id, {who}, x.gateway, x.gateway_ref, x.key, x.currency, x.amount_minor AS amount, x.state,
               x.debts::text AS debts, x.created_at, x.updated_at
          FROM payment x {named} WHERE {where}""", nested={"debts": pl.List(pl.Int64)}),
    "plans": Table("""
        SELECT x.id, {who}, x.kind, x.version::int AS version, x.replaces_id AS replaces, x.currency, x.total_minor AS amount,
               (x.terms->>'forgiven_minor')::bigint AS let_go, x.needs_approval, x.proposed_by, x.channel, x.at AS proposed_at,
               c1.said_by AS customer_said, c1.at AS customer_agreed_at, c2.said_by AS creditor_said, c2.at AS creditor_agreed_at,
               CASE WHEN c1.at IS NOT NULL AND c2.at IS NOT NULL THEN greatest(c1.at, c2.at) END AS agreed_at,
               coalesce(e.outcome, CASE WHEN c1.at IS NOT NULL AND c2.at IS NOT NULL THEN 'agreed' ELSE 'proposed' END) AS state,
               e.why AS ended_why, e.at AS ended_at, x.terms::text AS terms
          FROM arrangement x
          LEFT JOIN agreement c1 ON c1.shard = x.shard AND c1.arrangement_id = x.id AND c1.side = 'customer'
          LEFT JOIN agreement c2 ON c2.shard = x.shard AND c2.arrangement_id = x.id AND c2.side = 'creditor'
          LEFT JOIN arrangement_end e ON e.shard = x.shard AND e.arrangement_id = x.id {named} WHERE {where}"""),
    "instalments": Table("""
        SELECT x.id, {who}, x.arrangement_id AS plan, x.number::int AS number, x.due_date, a.currency, x.amount_minor AS amount
          FROM instalment x JOIN arrangement a ON a.shard = x.shard AND a.id = x.arrangement_id {named} WHERE {where}"""),
    "promises": Table("""
        SELECT x.id, {who}, x.currency, x.amount_minor AS amount, x.by_date, x.channel, x.taken_by, x.made_at
          FROM promise x {named} WHERE {where}"""),
    "disputes": Table("""
        SELECT x.id, {who}, d.ref AS invoice, d.currency, x.reason, x.words, x.form, x.received_date, x.opened_by, x.opened_at,
               x.answer_by, x.owner, x.outcome, x.adjusted_minor AS adjusted, d.open_minor AS open, x.answer, x.closed_by, x.closed_at
          FROM dispute x LEFT JOIN debt d ON d.shard = x.shard AND d.id = x.debt_id {named} WHERE {where}"""),
    "approvals": Table("""
        SELECT x.id, {who}, x.act, x.subject_id AS subject, x.currency, x.amount_minor AS amount, x.reason, x.asked_by, x.asked_at,
               x.decided_by, x.decided_at, x.granted
          FROM approval x {named} WHERE {where}"""),
    "holds": Table("""
        SELECT x.id, {who}, x.debt_id AS debt, x.kind, x.reason, x.placed_by, x.from_at, x.until_at, x.review_date,
               x.lifted_by, x.lifted_why
          FROM hold x {named} WHERE {where}"""),
    "tasks": Table("""
        SELECT x.id, {who}, x.kind, x.title, x.detail, x.owner, x.opened_at, x.due_at, x.closed_at, x.closed_by, x.outcome
          FROM task x {named} WHERE {where}"""),
    "notes": Table("""
        SELECT x.id, {who}, x.author, x.text, x.at FROM note x {named} WHERE {where}"""),
    "decisions": Table("""
        SELECT x.id, x.run_id AS run, r.as_of, r.playbook, {who}, x.verdict, x.step, x.channel, x.segment, x.not_before,
               x.reasons::text AS reasons, x.rules::text AS rules
          FROM decision x JOIN run r ON r.id = x.run_id {named} WHERE {where}""",
        nested={"reasons": REASONS, "rules": pl.List(RULE)}),
    "messages": Table("""
        SELECT x.id, x.outbox_id AS contact_id, {who}, o.channel, o.purpose, o.state, x.recipient, x.subject, x.text, x.html,
               x.template_version, x.content_hash, x.message_id, x.rendered_at
          FROM message x JOIN outbox o ON o.shard = x.shard AND o.id = x.outbox_id {named} WHERE {where}""",
        debts_at_once=5_000),
}  # fmt: skip
