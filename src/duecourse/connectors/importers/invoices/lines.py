"""Exports with one row a line of an invoice: which rows go together, and what each line adds."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from duecourse.connectors.importers.invoices.currencies import exponents
from duecourse.connectors.importers.invoices.mapping import Mapping

_YES = ("x", "y", "yes", "true", "1", "inclusive")


def has_lines(mapping: Mapping) -> bool:
    """True where rows are lines of invoices: there is an amount per line."""
    return mapping.column("line_amount") is not None or mapping.column("unit_amount") is not None


def continue_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """A row without number and customer goes on with the invoice above it; rows of an invoice share its currency."""
    number = pl.col("invoice_ref")
    going_on = number.is_null() & pl.col("customer_name").is_null() & pl.col("customer_ref").is_null()
    frame = frame.with_columns(pl.when(going_on).then(number.forward_fill()).otherwise(number).alias("invoice_ref"))
    of_invoice = pl.col("currency").drop_nulls().first().over("invoice_ref")
    return frame.with_columns(pl.when(number.is_not_null()).then(pl.coalesce("currency", of_invoice)).alias("currency"))


def line_totals(frame: pl.DataFrame, mapping: Mapping, *, tax_included: bool) -> pl.DataFrame:
    """Add `line_total` in minor units: the line's amount, with its tax on top unless that is inside already.

    Without a line amount it is quantity times unit price less discount, rounded half away from zero once a line.
    Freight is said once an invoice and repeated on its rows: `line_freight`.
    """
    if mapping.column("line_amount") is None:
        frame = frame.with_columns(pl.Series("line_amount", list(map(_product, *_inputs(frame))), dtype=pl.Int64))
    inside = pl.col("tax_included").str.to_lowercase().is_in(_YES).fill_null(False) | pl.lit(tax_included)
    tax, freight_tax = (pl.when(inside).then(0).otherwise(pl.col(c).fill_null(0)) for c in ("line_tax", "freight_tax"))
    return frame.with_columns(
        line_total=pl.col("line_amount") + tax,
        line_freight=pl.col("freight").fill_null(0) + freight_tax,
    )


def _inputs(frame: pl.DataFrame) -> tuple[list[str | None], ...]:
    return tuple(frame[name].to_list() for name in ("unit_amount", "quantity", "discount_percent", "currency"))


def _product(unit: str | None, quantity: str | None, discount: str | None, currency: str | None) -> int | None:
    """Minor units of one line.

    >>> _product("33.335", "3", "10", "GBP")
    9000
    """
    if unit is None or currency not in exponents():
        return None
    total = Decimal(unit) * Decimal(quantity or 1) * (100 - Decimal(discount or 0)) / 100
    return int((total * 10 ** exponents()[currency]).quantize(Decimal(1), rounding=ROUND_HALF_UP))
