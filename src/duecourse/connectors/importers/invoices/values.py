"""Cells become values: texts, dates, currencies and money by row, with a refusal for each that cannot be read."""

from __future__ import annotations

import polars as pl

from duecourse.connectors.importers.invoices.countries import country_codes
from duecourse.connectors.importers.invoices.currencies import SIGNS, exponents
from duecourse.connectors.importers.invoices.dates import read_dates
from duecourse.connectors.importers.invoices.fields import DATES, FIELDS, MONEY
from duecourse.connectors.importers.invoices.lines import continue_rows, has_lines
from duecourse.connectors.importers.invoices.mapping import Mapping
from duecourse.connectors.importers.invoices.money import is_negative, read_decimal, sign_currency, to_minor
from duecourse.connectors.importers.invoices.refusals import Refusals
from duecourse.connectors.importers.invoices.table import Table
from duecourse.connectors.importers.invoices.texts import clean, first_email

_DATE_MEND = "Write the date as 2026-01-31 (year, month, day)."


def read_values(
    table: Table, mapping: Mapping, *, day_first: bool, decimal_comma: bool, currency: str | None, refusals: Refusals
) -> pl.DataFrame:
    """One row a row of the table: `line`, every text field, dates, `currency`, and signed `<field>` money in minor units.

    Fields without a column are null. `quantity`, `unit_amount` and `discount_percent` stay decimal text. Rows that are
    refused stay in the frame; who goes on asks `refusals.lines()`.
    """
    columns = mapping.fields()
    raw = table.cells.select(
        table.lines.alias("line"),
        *(
            clean(pl.col(columns[f.name])).alias(f.name) if f.name in columns else pl.lit(None, pl.String).alias(f.name)
            for f in FIELDS
        ),
        *(table.is_native(columns[f]).alias(f"{f}_native") for f in (*DATES, *MONEY) if f in columns),
    )
    frame = (continue_rows(raw) if has_lines(mapping) else raw).with_columns(
        email=first_email(pl.col("email")),
        country=pl.col("country")
        .str.to_lowercase()
        .replace_strict(country_codes(), default=None, return_dtype=pl.String),
        email_found=pl.col("email"),
        country_found=pl.col("country"),
        open_found=pl.col("open_amount"),
        paid_found=pl.col("paid_amount"),
    )
    frame = _dates(frame, columns, day_first, refusals)
    frame = _currency(frame, mapping, columns, currency, refusals)
    return _money(frame, columns, decimal_comma, refusals)


def _dates(frame: pl.DataFrame, columns: dict[str, str], day_first: bool, refusals: Refusals) -> pl.DataFrame:
    """Each different text is read once: a file of a hundred thousand rows has a few hundred days in it."""
    shape = "a date such as 31/01/2026" if day_first else "a date such as 01/31/2026"
    for name in DATES:
        if name not in columns:
            frame = frame.with_columns(pl.lit(None, pl.Date).alias(name))
            continue
        days = frame.select(pl.col(name).unique()).with_columns(day=read_dates(pl.col(name), day_first=day_first))
        frame = frame.join(days, on=name, how="left", nulls_equal=True, maintain_order="left")
        wrong = pl.col(name).is_not_null() & pl.col("day").is_null()
        if name == "settled_date":
            wrong &= pl.col(name).str.contains(r"[1-9]")
        refusals.add(
            frame, wrong, column=columns[name], cause="date", found=pl.col(name), expected=shape, mend=_DATE_MEND
        )
        frame = frame.with_columns(pl.col("day").alias(name)).drop("day")
    return frame


def _currency(
    frame: pl.DataFrame, mapping: Mapping, columns: dict[str, str], default: str | None, refusals: Refusals
) -> pl.DataFrame:
    """Column before header before default; a sign beside the amount speaks where those are silent."""
    codes = {code: code for code in exponents()} | SIGNS
    said = pl.col("currency")
    read = pl.coalesce(
        said.str.to_uppercase().replace_strict(codes, default=None, return_dtype=pl.String),
        said.replace_strict(codes, default=None, return_dtype=pl.String),
    )
    vague = said.is_in(["$", "¥", "kr"])
    header = next(
        (
            mapping.currencies[columns[f]]
            for f in ("amount", "open_amount", "line_amount")
            if columns.get(f) in mapping.currencies
        ),
        None,
    )
    beside = pl.coalesce(
        [sign_currency(pl.col(f)) for f in ("amount", "open_amount", "line_amount") if f in columns]
        or [pl.lit(None, pl.String)]
    )
    refusals.add(
        frame,
        said.is_not_null() & read.is_null() & ~vague,
        column=columns.get("currency", ""),
        cause="currency",
        found=said,
        expected="a currency code such as EUR",
        mend="Write the three letters of the currency.",
    )
    frame = frame.with_columns(
        beside=beside,
        silent=said.is_null() | vague,
        defaulted=(said.is_null() | vague) & pl.lit(header is None) & beside.is_null(),
        currency=pl.when(said.is_not_null() & ~vague)
        .then(read)
        .otherwise(pl.coalesce(pl.lit(header, pl.String), beside, pl.lit(default, pl.String))),
    )
    amount = columns.get("amount") or columns.get("open_amount") or columns.get("line_amount") or ""
    refusals.add(
        frame,
        pl.col("beside") != pl.col("currency"),
        column=amount,
        cause="currency",
        found=pl.col("beside"),
        expected=pl.format("the row's currency, {}", pl.col("currency").fill_null("none")),
        mend="Correct the currency or the sign beside the amount.",
    )
    refusals.add(
        frame,
        pl.col("currency").is_null() & pl.col("silent"),
        column=columns.get("currency", ""),
        cause="currency",
        found=pl.lit("nothing"),
        expected="a currency",
        mend="Add a currency column, or give the currency with --currency.",
    )
    return frame


def _money(frame: pl.DataFrame, columns: dict[str, str], decimal_comma: bool, refusals: Refusals) -> pl.DataFrame:
    shape = "an amount such as 1.234,50" if decimal_comma else "an amount such as 1,234.50"
    for name in (*MONEY, "quantity", "discount_percent"):
        if name not in columns:
            continue
        text, native = pl.col(name), pl.col(f"{name}_native") if f"{name}_native" in frame.columns else pl.lit(False)
        number = (
            pl.when(native)
            .then(read_decimal(text, decimal_comma=False))
            .otherwise(read_decimal(text, decimal_comma=decimal_comma))
        )
        frame = frame.with_columns(number.alias("number"))
        refusals.add(
            frame,
            text.is_not_null() & pl.col("number").is_null(),
            column=columns[name],
            cause="amount",
            found=text,
            expected=shape,
            mend="Write the amount in digits, with one mark before the decimals.",
        )
        sign = pl.when(is_negative(text)).then(-1).otherwise(1)
        if name in ("unit_amount", "quantity", "discount_percent"):
            frame = frame.with_columns(
                pl.when(is_negative(text)).then("-" + pl.col("number")).otherwise(pl.col("number")).alias(name)
            )
            continue
        minor = to_minor(pl.col("number"), pl.col("currency"))
        frame = frame.with_columns((minor * sign).alias("minor"))
        refusals.add(
            frame,
            pl.col("number").is_not_null() & pl.col("currency").is_not_null() & pl.col("minor").is_null(),
            column=columns[name],
            cause="decimals",
            found=text,
            expected=pl.format(
                "at most {} decimals in {}",
                pl.col("currency").replace_strict(exponents(), default=None, return_dtype=pl.Int32),
                pl.col("currency"),
            ),
            mend="Correct the amount or the currency.",
        )
        frame = frame.with_columns(pl.col("minor").alias(name))
    for name in MONEY:
        if name not in columns and name != "unit_amount":
            frame = frame.with_columns(pl.lit(None, pl.Int64).alias(name))
    return frame.drop("number", "minor", strict=False)
