"""Contacts that ask for money, and those that should not have: the money was there already."""

from __future__ import annotations

from datetime import date

import polars as pl

from duecourse.core.measure.sales import months_before
from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import CONTACT_MONTHS, within


def contact_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """contact, customer, currency, at, day: contacts of the last 90 days that asked for money."""
    return sheet.contacts.filter(pl.col("chase") & within("day", as_of)).drop("chase")


def monthly_contacts(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """currency, month (its first day), amount: how many contacts asked for money, the running month up to `as_of`."""
    first = months_before(as_of, CONTACT_MONTHS - 1)
    return (
        sheet.contacts.filter(pl.col("chase") & pl.col("day").is_between(first, as_of))
        .group_by("currency", month=pl.col("day").dt.month_start())
        .agg(amount=pl.len())
    )


def false_chase_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """contact, customer, currency, at, day, false: of those contacts, the ones that name a debt in the currency.

    False where a named debt stood at zero: by entries that we had posted by then, or by money that was booked on an
    earlier day and that we learned of later. The second kind is our fault too.
    """
    named = (
        contact_rows(sheet, as_of)
        .join(sheet.named, on="contact")
        .join(sheet.invoices.select("debt", debt_currency="currency"), on="debt")
        .filter(pl.col("currency") == pl.col("debt_currency"))
        .drop("debt_currency")
    )
    settled = (
        named.select("contact", "debt", "at", "day")
        .join(sheet.moves.select("debt", "booked", "posted", "amount"), on="debt")
        .filter((pl.col("posted") <= pl.col("at")) | (pl.col("booked") < pl.col("day")))
        .group_by("contact", "debt")
        .agg(pl.col("amount").sum())
        .filter(pl.col("amount") <= 0)
        .select("contact", "debt", settled=pl.lit(True))
    )
    return (
        named.join(settled, on=["contact", "debt"], how="left")
        .group_by("contact", "customer", "currency", "at", "day")
        .agg(false=pl.col("settled").fill_null(False).any())
    )
