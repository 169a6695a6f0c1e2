"""Cases: debts that we wrote or spoke about, until they closed."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from duecourse.core.measure.closing import closed_rows
from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import BUY_AGAIN, within


def chased_and_closed(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """debt, customer, currency, due, closed, first_at: closed debts that a chasing contact named, on its closing day at
    the latest."""
    chases = sheet.contacts.filter("chase").select("contact", "at", "day").unique("contact")
    first = (
        sheet.named.join(chases, on="contact")
        .group_by("debt")
        .agg(first_at=pl.col("at").min(), day=pl.col("day").min())
    )
    return (
        closed_rows(sheet, first, as_of)
        .join(first, on="debt")
        .filter(pl.col("day") <= pl.col("closed"))
        .drop("day", "issued")
    )


def resolution_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """debt, customer, currency, closed, contacts, solved_first: cases that closed in the last 90 days.

    Counted are contacts either way, from the first that named the debt to the closing day: those that name it, and
    those that name no debt at all, such as a call or a reply.
    """
    cases = chased_and_closed(sheet, as_of).filter(within("closed", as_of))
    all_contacts = sheet.contacts.select("contact", "customer", "at", "day").unique("contact")
    naming = (
        cases.select("debt")
        .join(sheet.named, on="debt")
        .join(all_contacts, on="contact")
        .select("debt", "contact", "at", "day")
    )
    nameless = all_contacts.join(sheet.named, on="contact", how="anti")
    loose = cases.select("debt", "customer").join(nameless, on="customer").select("debt", "contact", "at", "day")
    counted = (
        pl.concat([naming, loose])
        .join(cases.select("debt", "closed", "first_at"), on="debt")
        .filter((pl.col("at") >= pl.col("first_at")) & (pl.col("day") <= pl.col("closed")))
        .group_by("debt")
        .agg(contacts=pl.col("contact").n_unique())
    )
    return (
        cases.join(counted, on="debt")
        .with_columns(solved_first=pl.col("contacts") == 1)
        .select("debt", "customer", "currency", "closed", "contacts", "solved_first")
    )


def retention_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """customer, currency, closed, worth, bought_again: customers whose overdue case closed 120 to 210 days ago.

    A customer counts once, from the first of those cases. Kept means a new invoice in the 120 days after it closed.
    """
    closed = (
        chased_and_closed(sheet, as_of)
        .filter((pl.col("closed") > pl.col("due")) & within("closed", as_of - timedelta(days=BUY_AGAIN)))
        .group_by("customer", "currency")
        .agg(pl.col("closed").min())
    )
    again = (
        closed.join(sheet.invoices.select("customer", "currency", "issued"), on=["customer", "currency"])
        .filter(
            (pl.col("issued") > pl.col("closed")) & (pl.col("issued") <= pl.col("closed") + pl.duration(days=BUY_AGAIN))
        )
        .select("customer", "currency", bought_again=pl.lit(True))
        .unique()
    )
    worth = sheet.invoices.group_by("customer", "currency").agg(pl.col("worth").max())
    return (
        closed.join(worth, on=["customer", "currency"])
        .join(again, on=["customer", "currency"], how="left")
        .with_columns(pl.col("bought_again").fill_null(False))
    )
