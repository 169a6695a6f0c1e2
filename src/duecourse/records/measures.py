"""Rows → the sheet that core.measure counts from: by ADBC, a range of shards at a time, so that memory is bounded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import polars as pl

from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.tally import Tally, add, tally
from duecourse.core.measure.windows import HISTORY
from duecourse.records import arrow
from duecourse.records.insight.beyond import beyond
from duecourse.records.insight.prices import prices_of
from duecourse.records.sharded import SHARDS

DEBTS_AT_ONCE = 200_000
"""Debts read into memory together; about 300 MB with their legs and contacts."""


def ranges(creditors: Sequence[int] | None = None, *, at_once: int = DEBTS_AT_ONCE) -> list[tuple[int, int]]:
    """Ranges of shards (inclusive) that hold at most about `at_once` debts each. `creditors` None means all."""
    count = arrow.read(f"SELECT count(*) AS n FROM debt WHERE {_of(creditors)}").item()
    parts = 1
    while parts < SHARDS and count > parts * at_once:
        parts *= 2
    step = SHARDS // parts
    return [(first, first + step - 1) for first in range(0, SHARDS, step)]


def sheet(
    first: int, last: int, *, as_of: date, creditors: Sequence[int] | None = None, by_creditor: bool = False
) -> Sheet:
    """The sheet of the customers in shards `first` to `last`, enough for figures up to a year before `as_of`.

    With `by_creditor` a currency reads `12:GBP`, creditor first, so that each creditor's book is counted by itself.
    """
    where = f"shard BETWEEN {int(first)} AND {int(last)} AND {_of(creditors)}"
    since = f"'{as_of - timedelta(days=HISTORY)}'::date"
    # A receipt or a service message asks for nothing; a message that failed for good reached nobody.
    contacts = f"""
        SELECT c.*, o.context->'debts' AS planned
          FROM (SELECT * FROM contact WHERE {where} AND at >= {since} AND purpose NOT IN ('receipt', 'service')) c
          LEFT JOIN (SELECT shard, id, state, context FROM outbox WHERE {where}) o
            ON o.shard = c.shard AND o.id = c.outbox_id
         WHERE o.state IS DISTINCT FROM 'failed'"""
    whose = "{0}.creditor_id || ':' || ".format if by_creditor else "".format
    sql = {
        "invoices": f"""
            SELECT id AS debt, customer_id AS customer, {whose("debt")}currency AS currency, issued_date AS issued,
                   due_date AS due, creditor_id AS creditor
              FROM debt WHERE {where}""",
        "legs": f"""
            SELECT l.entry_id AS entry, l.customer_id AS customer, l.debt_id AS debt, l.account,
                   {whose("l")}l.currency AS currency, e.booked_date AS booked, e.posted_at AS posted,
                   l.amount_minor AS amount
              FROM (SELECT * FROM leg WHERE {where}
                       AND account IN ('receivable', 'sales', 'writeoff', 'cash', 'unmatched')) l
              JOIN (SELECT * FROM entry WHERE {where}) e ON e.shard = l.shard AND e.id = l.entry_id""",
        "contacts": f"""
            SELECT c.id AS contact, c.customer_id AS customer, {whose("c")}k.currency AS currency, c.at, c.channel,
                   c.creditor_id AS creditor,
                   (c.at AT TIME ZONE k.timezone)::date AS day, c.direction = 'out' AND c.purpose <> 'reply' AS chase
              FROM ({contacts}) c JOIN creditor k ON k.id = c.creditor_id""",
        "named": f"""
            SELECT DISTINCT c.id AS contact, debt
              FROM ({contacts}) c
             CROSS JOIN unnest(coalesce(c.debts, ARRAY(SELECT jsonb_array_elements_text(c.planned)::bigint))) AS debt""",
        "promises": f"""
            SELECT p.id AS promise, p.customer_id AS customer, {whose("p")}p.currency AS currency,
                   p.amount_minor AS amount, (p.made_at AT TIME ZONE k.timezone)::date AS made, p.by_date AS by
              FROM (SELECT * FROM promise WHERE {where} AND by_date >= {since}) p
              JOIN creditor k ON k.id = p.creditor_id""",
    }  # fmt: skip
    frames = {name: arrow.read(text) for name, text in sql.items()}
    frames["contacts"] = _in_each_currency(frames["contacts"], frames["named"], frames["invoices"])
    frames |= beyond(first, last, as_of=as_of, where=where, since=since, whose=whose)
    prices = prices_of(_of(creditors))
    frames["contacts"] = prices.contacts(frames["contacts"])
    frames["tasks"] = prices.tasks(frames["tasks"])
    frames["invoices"] = prices.invoices(frames["invoices"])
    return Sheet.of(**frames)


def count(
    *,
    as_of: date,
    creditors: Sequence[int] | None = None,
    parts: Sequence[tuple[int, int]] | None = None,
    step: Callable[[int], None] = lambda _: None,
) -> Tally:
    """The tally of the whole book at the close of `as_of`; `step(1)` after each of `parts`, which `ranges` gives."""
    found: list[Tally] = []
    for first, last in ranges(creditors) if parts is None else parts:
        found.append(tally(sheet(first, last, as_of=as_of, creditors=creditors), as_of))
        step(1)
    return add(found)


def _in_each_currency(contacts: pl.DataFrame, named: pl.DataFrame, invoices: pl.DataFrame) -> pl.DataFrame:
    """A contact once for each currency of the debts that it names; in the creditor's own where it names none."""
    spoken = named.join(invoices, on="debt").select("contact", spoken="currency").unique()
    return contacts.join(spoken, on="contact", how="left").with_columns(currency=pl.coalesce("spoken", "currency"))


def _of(creditors: Sequence[int] | None) -> str:
    if creditors is None:
        return "true"
    return f"creditor_id IN ({','.join(str(int(c)) for c in creditors) or 'NULL'})"
