"""Exports with one row a line of an invoice: rows of one invoice are joined, what they repeat is counted once."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from duecourse.connectors.importers.invoices.currencies import exponents
from duecourse.connectors.importers.invoices.fields import DATES, MONEY
from duecourse.connectors.importers.invoices.mapping import Mapping
from duecourse.connectors.importers.invoices.refusals import Refusals
from duecourse.connectors.importers.invoices.values import TEXTS

_TOTALS = ("amount", "net_amount", "tax_amount", "open_amount", "paid_amount", "credited_amount")
_FOUND = ("email_found", "country_found", "open_found", "paid_found")
# What makes two rows with one number the same invoice, whatever else they say.
_SAME = ("customer_ref", "customer_name", "issued_date", "due_date", "settled_date", "currency", *_TOTALS)


def has_lines(mapping: Mapping) -> bool:
    """True where rows are lines of invoices: there is an amount per line."""
    return mapping.column("line_amount") is not None or mapping.column("unit_amount") is not None


def continue_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """A row without number and customer, but with a line amount, goes on with the invoice above it."""
    going_on = pl.col("invoice_ref").is_null() & pl.col("customer_name").is_null() & pl.col("customer_ref").is_null()
    return frame.with_columns(pl.when(going_on).then(pl.col("invoice_ref").forward_fill()).otherwise(pl.col("invoice_ref")).alias("invoice_ref"))


def line_totals(frame: pl.DataFrame, mapping: Mapping, *, tax_included: bool) -> pl.DataFrame:
    """Add `line_total` in minor units: the line's amount, with its tax on top unless that is inside already.

    Without a line amount it is quantity times unit price less discount, rounded half away from zero once a line.
    """
    if mapping.column("line_amount") is None and mapping.column("unit_amount") is not None:
        frame = frame.with_columns(pl.Series("line_amount", list(map(_product, *_inputs(frame))), dtype=pl.Int64))
    inside = pl.col("tax_included").str.to_lowercase().is_in(["x", "y", "yes", "true", "1", "inclusive"]).fill_null(False) | pl.lit(tax_included)
    tax = pl.when(inside).then(0).otherwise(pl.col("line_tax").fill_null(0) + pl.col("freight_tax").fill_null(0))
    return frame.with_columns(line_total=pl.col("line_amount") + tax, line_freight=pl.col("freight").fill_null(0))


def _inputs(frame: pl.DataFrame) -> tuple[list[str | None], ...]:
    return tuple(frame[name].to_list() for name in ("unit_amount", "quantity", "discount_percent", "currency"))


def _product(unit: str | None, quantity: str | None, discount: str | None, currency: str | None) -> int | None:
    if unit is None or currency not in exponents():
        return None
    total = Decimal(unit) * Decimal(quantity or 1) * (100 - Decimal(discount or 0)) / 100
    return int((total * 10 ** exponents()[currency]).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def join_rows(frame: pl.DataFrame, mapping: Mapping, refusals: Refusals) -> tuple[pl.DataFrame, int]:
    """One row an invoice number: `line` is the first of its lines, `lines` all of them. Also the count of rows that said the same again.

    An invoice of which any row is refused is refused whole: part of its lines would be part of its money. Two rows that
    give one number different contents are both refused, for nobody can say which is right.
    """
    column = mapping.column("invoice_ref") or ""
    refusals.add(
        frame, pl.col("invoice_ref").is_null(), column=column, cause="no_number", found=pl.lit("nothing"),
        expected="an invoice number", mend="Fill in the number; without it the invoice cannot be found again.",
    )  # fmt: skip
    bad = refusals.lines()
    frame = frame.with_columns(bad=pl.col("line").is_in(bad.implode()))
    named = frame.filter(pl.col("invoice_ref").is_not_null())
    lines = has_lines(mapping)
    summed = [c for c in ("line_total", "line_freight") if c in named.columns]
    firsts = [c for c in (*TEXTS, *DATES, *MONEY, "currency", *_FOUND) if c in named.columns and c not in ("invoice_ref", "unit_amount")]
    joined = named.group_by("invoice_ref", maintain_order=True).agg(
        pl.col("line").alias("lines"),
        pl.col("bad").any(),
        *(pl.col(c).drop_nulls().first() for c in firsts),
        *(pl.col(c).sum().alias(c) for c in summed if c == "line_total"),
        *(pl.col(c).max().alias(c) for c in summed if c == "line_freight"),
        *(pl.col(c).drop_nulls().n_unique().alias(f"n_{c}") for c in _SAME),
    )
    joined = joined.with_columns(line=pl.col("lines").list.first())
    differs = pl.any_horizontal([pl.col(f"n_{c}") > 1 for c in _SAME])
    which = pl.coalesce([pl.when(pl.col(f"n_{c}") > 1).then(pl.lit(mapping.column(c) or c)) for c in _SAME])
    twice = joined.filter(differs).with_columns(which=which)
    refusals.add(
        twice.explode("lines", empty_as_null=True).with_columns(line=pl.col("lines")), pl.lit(True), column=column, cause="number_twice", found=pl.col("invoice_ref"),
        expected=pl.format("one invoice with this number; {} differs between its rows", pl.col("which")),
        mend="Keep one of the rows, or give each invoice its own number.",
    )  # fmt: skip
    sibling = joined.filter(pl.col("bad") & (pl.col("lines").list.len() > 1)).explode("lines", empty_as_null=True).with_columns(line=pl.col("lines"))
    refusals.add(
        sibling.filter(~pl.col("line").is_in(bad.implode())), pl.lit(True), column=column, cause="other_row", found=pl.col("invoice_ref"),
        expected="all rows of the invoice to be readable", mend="Mend the other row of this invoice that is listed here, and import both.",
    )  # fmt: skip
    kept = joined.filter(~pl.col("bad") & ~differs).drop([f"n_{c}" for c in _SAME], "bad")
    repeats = 0 if lines else int((kept["lines"].list.len() - 1).sum())
    return kept, repeats
