"""Whom we leave alone, and why. The first reason that holds is the one that is told."""

from __future__ import annotations

import polars as pl

from duecourse.core.decide.doubt import doubts
from duecourse.core.decide.playbook import Playbook
from duecourse.core.facts.book import Book

PROMISE_GRACE_DAYS = 1


def blocked_customers(book: Book, aged: pl.DataFrame) -> pl.DataFrame:
    """customer, why: one row for each customer who is left alone as a whole, whatever the playbook says.

    `why` is a code: payment_pending, credit_covers, message_waiting, promised, facts_in_doubt, or hold:KIND.
    """
    unsure = doubts(book).select("customer", why=pl.lit("facts_in_doubt"), order=pl.lit(0))
    paying = book.pending.filter(pl.col("kind") == "payment").select("customer", why=pl.lit("payment_pending"), order=1)
    waiting = book.pending.filter(pl.col("kind") == "message").select(
        "customer", why=pl.lit("message_waiting"), order=5
    )
    held = book.holds.filter(pl.col("debt").is_null()).select(
        "customer", why=pl.lit("hold:") + pl.col("kind"), order=pl.lit(2)
    )
    promised = (
        book.promises.join(aged.select("customer", "today").unique("customer"), on="customer")
        .filter(pl.col("today") <= pl.col("by") + pl.duration(days=PROMISE_GRACE_DAYS))
        .select("customer", why=pl.lit("promised"), order=pl.lit(3))
    )
    # Money that arrived and is not matched yet is as good as paid until a person has looked.
    overdue = (
        aged.filter((pl.col("open") > 0) & (pl.col("late") > 0))
        .group_by("customer", "currency")
        .agg(pl.col("open").sum())
    )
    covered = (
        book.credits.filter(pl.col("amount") > 0)
        .join(overdue, on=["customer", "currency"])
        .filter(pl.col("amount") >= pl.col("open"))
        .select("customer", why=pl.lit("credit_covers"), order=pl.lit(4))
    )
    reasons = pl.concat(
        [f.with_columns(pl.col("order").cast(pl.Int8)) for f in (unsure, paying, held, promised, covered, waiting)]
    )
    return reasons.sort("customer", "order", "why").unique("customer", keep="first", maintain_order=True).drop("order")


def held_debts(book: Book) -> pl.DataFrame:
    """debt, held: the kind of hold on single debts; the rest of the customer's debts may still be talked about."""
    return (
        book.holds.filter(pl.col("debt").is_not_null())
        .sort("debt", "kind")
        .unique("debt", keep="first", maintain_order=True)
        .select("debt", held="kind")
    )


def wrote_lately(book: Book, aged: pl.DataFrame, *, playbook: Playbook) -> pl.DataFrame:
    """customer, lately: those whom we reminded within the playbook's quiet days, whichever debts that was about."""
    ours = book.contacts.filter((pl.col("direction") == "out") & (pl.col("purpose") == "reminder"))
    if playbook.quiet_days == 0 or ours.height == 0:
        return pl.DataFrame(schema={"customer": pl.Int64, "lately": pl.Boolean})
    return (
        ours.join(aged.select("customer", "today").unique("customer"), on="customer")
        .filter(pl.col("at").dt.date() + pl.duration(days=playbook.quiet_days) > pl.col("today"))
        .select("customer", lately=pl.lit(True))
        .unique("customer")
    )
