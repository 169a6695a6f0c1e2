"""Bookings of a batch of imported rows: what each change means in the ledger, and all of them written as two sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import polars as pl

from duecourse.actions.import_book import credit_key
from duecourse.records import arrow

ENTRY = {
    "shard": pl.Int16, "customer_id": pl.Int64, "kind": pl.String, "booked_date": pl.Date, "currency": pl.String,
    "key": pl.String, "memo": pl.String, "debit": pl.String, "credit": pl.String, "debt_id": pl.Int64,
    "amount_minor": pl.Int64,
}  # fmt: skip
"""One booking: `amount_minor` > 0 on account `debit`, its negative on `credit`; `debt_id` belongs to `receivable`."""

_FROM = {"credit_note": "sales", "payment": "cash"}
"""The account that a credit came from, and goes back to where it is taken back."""


def bookings(rows: pl.DataFrame, *, creditor: int, file: int, today: date) -> pl.DataFrame:
    """Every booking that the compared rows need, as in ENTRY.

    An invoice is booked on the day of issue, its payment on the day it was settled. Payments whose day the file does not
    say, and changes since an earlier import, are booked today.
    """
    new = rows.filter(pl.col("change") == "new")
    paid = new.filter(pl.col("paid_minor") > 0)
    invoices = _mass(
        new, "invoice", pl.col("issued_date"), f"import:invoice:{creditor}:", "receivable", "sales", "amount_minor"
    )
    payments = _mass(
        paid,
        "payment",
        pl.col("settled_date").fill_null(today),
        f"import:paid:{creditor}:",
        "cash",
        "receivable",
        "paid_minor",
    )
    moved = rows.filter(pl.col("change").is_in(["lower", "higher", "new_credit"]))
    others = pl.DataFrame(list(_moves(moved, creditor, file, today)), schema=ENTRY, orient="row")
    return pl.concat([invoices, payments, others])


def write(entries: pl.DataFrame, *, creditor: int, now: datetime) -> None:
    """Post the bookings in the running transaction, one statement for the entries and one for their legs."""
    if entries.height == 0:
        return
    entries = entries.sort("shard", maintain_order=True).with_columns(id=arrow.fresh_ids(entries.height))
    constants = {"creditor_id": creditor}
    heads = entries.select("shard", "id", "customer_id", "kind", "booked_date", "currency", "key", "memo")
    arrow.copy_into("entry", heads, constants=constants | {"posted_at": now})
    base = ("shard", "customer_id", "currency", pl.col("id").alias("entry_id"))
    legs = [
        entries.select(
            *base,
            pl.col(side).alias("account"),
            pl.when(pl.col(side) == "receivable").then("debt_id").alias("debt_id"),
            (pl.col("amount_minor") * sign).alias("amount_minor"),
        )
        for side, sign in (("debit", 1), ("credit", -1))
    ]
    both = pl.concat(legs).sort("shard", "entry_id", maintain_order=True)
    arrow.copy_into("leg", both.with_columns(id=arrow.fresh_ids(both.height)), constants=constants)


def _mass(rows: pl.DataFrame, kind: str, day: pl.Expr, key: str, debit: str, credit: str, amount: str) -> pl.DataFrame:
    """The same kind of booking for every row."""
    return rows.select(
        "shard", "customer_id", pl.lit(kind).alias("kind"), day.alias("booked_date"), "currency",
        (pl.lit(key) + pl.col("invoice_ref")).alias("key"), pl.lit("Imported").alias("memo"),
        pl.lit(debit).alias("debit"), pl.lit(credit).alias("credit"), "debt_id", pl.col(amount).alias("amount_minor"),
    )  # fmt: skip


def _moves(rows: pl.DataFrame, creditor: int, file: int, today: date) -> Iterator[dict[str, Any]]:
    """Changes of open amounts and of credits, customer by customer and currency by currency.

    A credit that the other system used up while an invoice fell was applied to that invoice: no money came in.
    """
    groups: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows.iter_rows(named=True):
        groups[row["customer_id"], row["currency"]].append(row)
    for group in groups.values():
        credits = [row for row in group if row["kind"] != "invoice"]
        used_up = [row for row in credits if row["delta_minor"] < 0]
        for row in (row for row in group if row["kind"] == "invoice"):
            yield from _invoice_move(row, used_up, creditor, file, today)
        for row in credits:
            yield from _credit_move(row, creditor, file, today)


def _invoice_move(
    row: dict[str, Any], used_up: list[dict[str, Any]], creditor: int, file: int, today: date
) -> Iterator[dict[str, Any]]:
    delta, ref = row["delta_minor"], row["invoice_ref"]
    for credit in used_up if delta < 0 else []:
        part = min(-delta, -credit["delta_minor"])
        if part > 0:
            key = f"{credit_key(creditor, credit['invoice_ref'])}#{file}:{ref}"
            memo = f"{credit['invoice_ref']} against {ref}"
            yield _entry(row, "applied", today, key, memo, "unmatched", "receivable", part)
            delta, credit["delta_minor"] = delta + part, credit["delta_minor"] + part
    key = f"import:open:{file}:{creditor}:{ref}"
    if delta < 0:
        day = row["settled_date"] or today
        yield _entry(row, "payment", day, key, "Less is open than before", "cash", "receivable", -delta)
    elif delta > 0:
        yield _entry(row, "reversal", today, key, "More is open than before", "receivable", "cash", delta)


def _credit_move(row: dict[str, Any], creditor: int, file: int, today: date) -> Iterator[dict[str, Any]]:
    """What is left of a credit rose or fell by itself: it is booked anew, or was taken back."""
    delta, account = row["delta_minor"], _FROM[row["kind"]]
    key = credit_key(creditor, row["invoice_ref"])
    if row["change"] == "new_credit":
        yield _entry(row, row["kind"], row["issued_date"], key, row["invoice_ref"], account, "unmatched", delta)
    elif delta > 0:
        yield _entry(row, row["kind"], today, f"{key}#{file}", row["invoice_ref"], account, "unmatched", delta)
    elif delta < 0:
        yield _entry(row, "credit_used", today, f"{key}#{file}", row["invoice_ref"], "unmatched", account, -delta)


def _entry(
    row: dict[str, Any], kind: str, day: date, key: str, memo: str, debit: str, credit: str, amount: int
) -> dict[str, Any]:
    return {
        "shard": row["shard"], "customer_id": row["customer_id"], "kind": kind, "booked_date": day,
        "currency": row["currency"], "key": key, "memo": memo, "debit": debit, "credit": credit,
        "debt_id": row["debt_id"], "amount_minor": amount,
    }  # fmt: skip
