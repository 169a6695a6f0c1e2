"""From a file to invoices: every row is taken, refused with its mend, or left out with a note. Nothing vanishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from duecourse.connectors.importers.guard import STANDARD, Caps
from duecourse.connectors.importers.invoices.conventions import (
    UNKNOWN,
    Conventions,
    Decided,
    decide_day_first,
    decide_decimal_comma,
)
from duecourse.connectors.importers.invoices.currencies import exponents
from duecourse.connectors.importers.invoices.furniture import clear_furniture
from duecourse.connectors.importers.invoices.invoices_of import (
    add_customer,
    add_dates,
    add_kind_and_status,
    add_money,
    no_debt,
)
from duecourse.connectors.importers.invoices.join import join_rows, refuse_rest
from duecourse.connectors.importers.invoices.lines import has_lines, line_totals
from duecourse.connectors.importers.invoices.mapping import Mapping, map_columns
from duecourse.connectors.importers.invoices.notes import LEFT_OUT, Note, left_out
from duecourse.connectors.importers.invoices.question import Question
from duecourse.connectors.importers.invoices.questions import needed_columns, open_questions
from duecourse.connectors.importers.invoices.refusals import SCHEMA as REFUSED
from duecourse.connectors.importers.invoices.refusals import Refusals
from duecourse.connectors.importers.invoices.remarks import remarks
from duecourse.connectors.importers.invoices.sniff import Sniffed, look
from duecourse.connectors.importers.invoices.table import Broken, Table
from duecourse.connectors.importers.invoices.values import read_values
from duecourse.connectors.importers.source import Source

ROWS: dict[str, pl.DataType | type[pl.DataType]] = {
    "line": pl.UInt32,
    "lines": pl.List(pl.UInt32),
    "customer_ref": pl.String,
    "customer_name": pl.String,
    "customer_kind": pl.String,
    "email": pl.String,
    "phone": pl.String,
    "address": pl.String,
    "city": pl.String,
    "region": pl.String,
    "postal_code": pl.String,
    "country": pl.String,
    "language": pl.String,
    "timezone": pl.String,
    "invoice_ref": pl.String,
    "kind": pl.String,
    "description": pl.String,
    "purchase_order": pl.String,
    "status": pl.String,
    "issued_date": pl.Date,
    "due_date": pl.Date,
    "terms_days": pl.Int32,
    "settled_date": pl.Date,
    "currency": pl.String,
    "amount_minor": pl.Int64,
    "open_minor": pl.Int64,
    "paid_minor": pl.Int64,
}


@dataclass(frozen=True)
class Recalled:
    """What is kept of earlier files with the same columns: corrections to the mapping, and conventions."""

    mapping: dict[str, str] = field(default_factory=dict)
    conventions: Conventions = UNKNOWN


@dataclass(frozen=True)
class Parsed:
    """`rows` as in ROWS, one an invoice, money in minor units without sign; `refused` as in refusals.SCHEMA.

    `left_out`: line and reason. Every line of the file is in one of the three. Where `questions` are open
    all are empty. `table` keeps the texts as they stood, for the file of refused rows.
    """

    rows: pl.DataFrame
    refused: pl.DataFrame
    left_out: pl.DataFrame
    notes: tuple[Note, ...]
    questions: tuple[Question, ...]
    sniffed: Sniffed
    mapping: Mapping
    conventions: Conventions
    why: dict[str, str]
    table: Table = field(repr=False)


def parse(
    source: Source,
    *,
    currency: str | None = None,
    conventions: Conventions = UNKNOWN,
    mapping: dict[str, str] | None = None,
    default_terms: int | None = None,
    caps: Caps = STANDARD,
    recall: Callable[[str], Recalled] = lambda shape: Recalled(),
) -> Parsed:
    """Read a file of invoices. `conventions` are given and count; `currency` is that of rows which name none.

    `recall` says what is kept of earlier files of this shape: it counts where the file itself leaves a question open.

    Raises Unreadable where the file as a whole cannot be taken, and ValueError for a currency that does not exist.
    """
    sniffed, table = look(source, caps=caps, encoding=conventions.encoding)
    kept = recall(sniffed.shape)
    if sniffed.questions and kept.conventions.encoding:
        sniffed, table = look(source, caps=caps, encoding=kept.conventions.encoding)
    currency = conventions.currency or kept.conventions.currency or currency
    if currency is not None and currency not in exponents():
        raise ValueError(f"There is no currency {currency}.")
    # The columns of an earlier file may have been written with other capitals or signs.
    before = {column: name for column, name in kept.mapping.items() if column in table.headers}
    mapped = map_columns(table, before | (mapping or {}))
    table, mapped, furniture = clear_furniture(table, mapped)
    needed_columns(mapped)
    order = _decided(conventions.day_first, decide_day_first(table, mapped), kept.conventions.day_first)
    decimal = _decided(conventions.decimal_comma, decide_decimal_comma(table, mapped), kept.conventions.decimal_comma)
    tax = conventions.tax_included if conventions.tax_included is not None else kept.conventions.tax_included
    settled = Conventions(order.value, decimal.value, tax, sniffed.encoding or None, currency)
    asked = open_questions(
        sniffed, table, mapped, settled, given_encoding=conventions.encoding, decided=(order, decimal)
    )
    why = {"day_first": order.why, "decimal_comma": decimal.why}
    if asked:
        nothing = (pl.DataFrame(schema=schema) for schema in (ROWS, REFUSED, LEFT_OUT))
        return Parsed(*nothing, (), asked, sniffed, mapped, settled, why, table)
    refusals = Refusals()
    refusals.add_broken(table.broken)
    frame = read_values(
        table,
        mapped,
        day_first=bool(order.value),
        decimal_comma=bool(decimal.value),
        currency=currency,
        refusals=refusals,
    )
    rows, left = _invoices(frame, mapped, table.broken, bool(tax), default_terms, refusals)
    left = pl.concat([furniture, *left]).sort("line")
    notes = [*(Note("sheet", text) for text in table.notes), *left_out(left), *remarks(rows, mapped)]
    return Parsed(_finish(rows), refusals.frame(), left, tuple(notes), (), sniffed, mapped, settled, why, table)


def _decided(given: bool | None, decided: Decided, kept: bool | None) -> Decided:
    """Given before proven before kept. Rows that contradict what was given are refused one by one."""
    if given is not None:
        return Decided(given, "It was given.")
    if decided.question is not None and kept is not None:
        return Decided(kept, "It was so in earlier files with these columns.")
    return decided


def _invoices(
    frame: pl.DataFrame,
    mapping: Mapping,
    broken: tuple[Broken, ...],
    tax_included: bool,
    default_terms: int | None,
    refusals: Refusals,
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Invoices with all their columns, and the rows that were left out on purpose."""
    lines = has_lines(mapping)
    left: list[pl.DataFrame] = []

    def leave(rows: pl.DataFrame, reason: pl.Expr) -> pl.DataFrame:
        picked = rows.with_columns(reason=reason).filter(pl.col("reason").is_not_null())
        listed = picked.drop("line").explode("lines").rename({"lines": "line"}) if "lines" in picked.columns else picked
        left.append(listed.select(pl.col("line").cast(pl.UInt32), "reason"))
        return rows.join(picked.select("line"), on="line", how="anti", maintain_order="left")

    frame = add_kind_and_status(frame)
    if lines:
        frame = line_totals(frame, mapping, tax_included=tax_included)
    else:
        bad = refusals.lines()
        frame = leave(frame, pl.when(~pl.col("line").is_in(bad.implode())).then(no_debt()))
    frame, again = join_rows(frame, mapping, [b.line for b in broken], refusals)
    left.append(again)
    frame = leave(frame, no_debt())
    frame = add_customer(frame, mapping, refusals)
    frame = add_dates(frame, mapping, default_terms, refusals)
    frame = add_money(frame, mapping, refusals)
    refuse_rest(frame, mapping, refusals)
    bad = refusals.lines()
    frame = frame.filter(~pl.col("line").is_in(bad.implode()))
    return leave(frame, pl.when(pl.col("amount_minor") == 0).then(pl.lit("zero"))), left


def _finish(frame: pl.DataFrame) -> pl.DataFrame:
    lines = pl.concat_list("address_1", "address_2", "address_3", "address_4").list.drop_nulls().list.join("\n")
    town = pl.concat_str(["postal_code", "city"], separator=" ", ignore_nulls=True)
    address = (
        pl.concat_list(pl.when(lines != "").then(lines), pl.when(town != "").then(town), "region")
        .list.drop_nulls()
        .list.join("\n")
    )
    frame = frame.with_columns(
        address=pl.when(address != "").then(address),
        language=pl.col("language").str.to_lowercase().str.slice(0, 2),
        status=pl.coalesce("state", pl.lit(None, pl.String)),
    )
    return frame.select(pl.col(name).cast(dtype) for name, dtype in ROWS.items())
