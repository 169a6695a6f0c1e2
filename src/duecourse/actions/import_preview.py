"""What an import would do, before it does it: counts and sums per currency, and per customer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from duecourse.actions.import_book import read_book, read_others
from duecourse.actions.import_compare import REFUSALS, compare
from duecourse.actions.import_keep import rows_of
from duecourse.actions.import_rows import customers_of, ordered
from duecourse.core.money.currency import exponent
from duecourse.records.journal.models import ImportFile
from duecourse.records.tenancy import scope

CUSTOMERS_SHOWN = 200


@dataclass(frozen=True)
class Preview:
    """`currencies`: one dict a currency with `new`, `same`, `lower`, `higher`, `kept`, `new_credit`, `refused` (counts),
    `amount_minor`, `open_minor`, `paid_minor` of the new invoices, and `delta_minor` of the changed ones.

    `customers`: the first 200, largest open sum first: `customer_ref`, `customer_name`, `currency`, `new`, `changed`,
    `same`, `open_minor`, `is_new`. `refused`: rows that contradict the book, as in the file of refused rows.
    """

    file: ImportFile
    invoices: int
    new_customers: int
    known_customers: int
    currencies: list[dict[str, Any]]
    customers: list[dict[str, Any]]
    refused: list[dict[str, Any]]

    @property
    def changes_nothing(self) -> bool:
        """True where every row is in the book as it is."""
        return all(c[k] == 0 for c in self.currencies for k in ("new", "lower", "higher", "new_credit", "due_changed"))


def preview(import_id: int, *, creditor: int, home: Path) -> Preview:
    """Compare the file's rows with the book as it stands; changes nothing."""
    with scope([creditor]):
        row = ImportFile.objects.get(id=import_id, creditor_id=creditor)
        rows = ordered(rows_of(row, home), creditor)
        book = read_book(rows, creditor, others=read_others(rows, creditor))
    compared = compare(rows, book)
    known = book.customers.height
    return Preview(
        file=row,
        invoices=rows.height,
        new_customers=customers_of(rows).height - known,
        known_customers=known,
        currencies=_currencies(compared),
        customers=_customers(compared),
        refused=refusals(compared).head(CUSTOMERS_SHOWN).to_dicts(),
    )


def refusals(compared: pl.DataFrame) -> pl.DataFrame:
    """Rows that contradict the book: line, column, cause, found, expected, mend."""
    wrong = compared.filter(pl.col("change").is_in(list(REFUSALS)))
    wrong = wrong.drop("line").explode("lines", empty_as_null=True).rename({"lines": "line"})
    found = [
        {"amount_changed": plain(row["amount_minor"], row["currency"]), "currency_changed": row["currency"]}.get(
            row["change"], row["invoice_ref"]
        )
        for row in wrong.iter_rows(named=True)
    ]
    return wrong.select(
        "line",
        pl.lit("").alias("column"),
        pl.col("change").alias("cause"),
        pl.Series("found", found, dtype=pl.String),
        pl.col("change")
        .replace_strict({k: v[0] for k, v in REFUSALS.items()}, return_dtype=pl.String)
        .alias("expected"),
        pl.col("change").replace_strict({k: v[1] for k, v in REFUSALS.items()}, return_dtype=pl.String).alias("mend"),
    )


def plain(minor: int, currency: str) -> str:
    """An amount in digits, as files have it.

    >>> plain(123450, "EUR"), plain(500, "JPY")
    ('1234.50', '500')
    """
    decimals = exponent(currency)
    return f"{minor / 10**decimals:.{decimals}f}"


def _currencies(compared: pl.DataFrame) -> list[dict[str, Any]]:
    new = pl.col("change") == "new"

    def count(name: str) -> pl.Expr:
        return (pl.col("change") == name).sum().alias(name)

    return (
        compared.group_by("currency")
        .agg(
            *(count(name) for name in ("new", "same", "lower", "higher", "kept", "new_credit")),
            pl.col("due_changed").sum(),
            pl.col("change").is_in(list(REFUSALS)).sum().alias("refused"),
            *(pl.col(c).filter(new).sum() for c in ("amount_minor", "open_minor", "paid_minor")),
            pl.col("delta_minor").filter(pl.col("change").is_in(["lower", "higher"])).sum(),
        )
        .sort("currency")
        .to_dicts()
    )


def _customers(compared: pl.DataFrame) -> list[dict[str, Any]]:
    return (
        compared.group_by("customer_ref", "currency")
        .agg(
            pl.col("customer_name").drop_nulls().first(),
            (pl.col("change").is_in(["new", "new_credit"])).sum().alias("new"),
            (pl.col("change").is_in(["lower", "higher"]) | pl.col("due_changed")).sum().alias("changed"),
            (pl.col("change").is_in(["same", "kept"]) & ~pl.col("due_changed")).sum().alias("same"),
            pl.col("open_minor").filter(pl.col("kind") == "invoice").sum(),
            pl.col("customer_id").is_null().all().alias("is_new"),
        )
        .sort("open_minor", "customer_ref", descending=[True, False])
        .head(CUSTOMERS_SHOWN)
        .to_dicts()
    )
