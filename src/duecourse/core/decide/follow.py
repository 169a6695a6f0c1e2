"""Following agreed plans: a word before each instalment, a check-in after the first miss, thanks at the end. Never a chase.

A plan's debts are on hold, so the playbook leaves them alone; what is said about them is decided here, from the ledger.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from duecourse.core.decide.ages import today_by_creditor
from duecourse.core.decide.eligible import blocked_customers
from duecourse.core.facts.book import Book
from duecourse.core.facts.schema import Schema
from duecourse.core.money.plans.progress import GRACE_DAYS

REMIND_DAYS = 3
"""An instalment is mentioned so many days before it is due."""
PERSON_DAYS = 14
"""So long after a check-in that nobody answered, a person looks; nothing ends by itself."""

NOTICES: Final[Schema] = {
    "customer": pl.Int64,
    "shard": pl.Int16,
    "creditor": pl.Int64,
    "arrangement": pl.Int64,
    "number": pl.Int16,  # of the instalment it is about; 0: the whole plan
    "notice": pl.Enum(("remind", "check_in", "person", "review", "lapse", "done")),
    "currency": pl.String,
    "owed": pl.Int64,  # what may be asked for it now, in minor units
    "due": pl.Date,
    "debts": pl.List(pl.Int64),
}


def owed(book: Book) -> pl.DataFrame:
    """Instalments with `owed` (as `core.money.plans.progress` has it, by sets), creditor, shard and today."""
    left = (pl.col("before") + pl.col("minor") - pl.max_horizontal("before", pl.col("paid").clip(lower_bound=0))).clip(
        0, pl.col("minor")
    )
    found = book.instalments.sort("arrangement", "due", "number").with_columns(left=left)
    earlier = pl.col("left").cum_sum().over("arrangement") - pl.col("left")
    room = pl.col("room").clip(lower_bound=0)
    return (
        found.with_columns(owed=pl.min_horizontal("left", (room - earlier).clip(lower_bound=0)))
        .join(book.customers.select("customer", "shard", "creditor"), on="customer")
        .join(today_by_creditor(book), on="creditor")
        .drop("left")
    )


def follow(book: Book) -> pl.DataFrame:
    """Notices of today, in the shape of NOTICES. The same notice comes again each day until it was made: it has one key."""
    stands = owed(book)
    if stands.is_empty():
        return pl.DataFrame(schema=dict(NOTICES))
    quiet = _quiet(book, stands)
    open_now = stands.filter(pl.col("owed") > 0)
    days = (pl.col("due") - pl.col("today")).dt.total_days()
    near = open_now.filter(days.is_between(0, REMIND_DAYS)).with_columns(notice=pl.lit("remind"))
    missed = open_now.filter(days < -GRACE_DAYS).sort("arrangement", "due").unique(
        "arrangement", keep="first", maintain_order=True
    )  # fmt: skip
    # A discount for paying early that was not taken up is no miss: its date has passed, that is all.
    early = pl.col("way") == "early_discount"
    lapse = missed.filter(early).with_columns(notice=pl.lit("lapse"))
    missed = missed.filter(~early)
    check = missed.with_columns(notice=pl.lit("check_in"))
    person = missed.filter((pl.col("today") - pl.col("due")).dt.total_days() > GRACE_DAYS + PERSON_DAYS).with_columns(
        notice=pl.lit("person")
    )
    whole = stands.sort("arrangement", "number").unique("arrangement", keep="first", maintain_order=True)
    left = stands.group_by("arrangement").agg(still=pl.col("owed").sum())
    plans = whole.join(left, on="arrangement").with_columns(number=pl.lit(0, pl.Int16))
    done = plans.filter(pl.col("still") == 0).with_columns(notice=pl.lit("done"))
    review = plans.filter((pl.col("still") > 0) & (pl.col("review") <= pl.col("today"))).with_columns(
        notice=pl.lit("review")
    )
    said = pl.concat([near, check, person], how="diagonal_relaxed").join(quiet, on="arrangement", how="anti")
    out = pl.concat([said, review, lapse, done], how="diagonal_relaxed").sort("arrangement", "number", "notice")
    return out.select([pl.col(c).cast(t) for c, t in NOTICES.items()])


def _quiet(book: Book, stands: pl.DataFrame) -> pl.DataFrame:
    """Arrangements that nothing is said about: a hold of another kind, money under way or waiting, or a promise."""
    aged = stands.select("customer", "today", open="owed", late=pl.lit(0), currency="currency")
    whole = blocked_customers(book, aged).filter(pl.col("why") != "message_waiting")
    by_customer = stands.join(whole, on="customer", how="semi").select("arrangement")
    held = book.holds.filter(pl.col("debt").is_not_null() & (pl.col("kind") != "plan")).select("debt")
    by_debt = stands.select("arrangement", debt="debts").explode("debt").join(held, on="debt", how="semi")
    # Cash that is not matched yet and would cover what is due now counts as paid.
    due = stands.filter(pl.col("due") <= pl.col("today")).group_by("customer", "currency").agg(due=pl.col("owed").sum())
    covered = due.join(book.credits, on=["customer", "currency"]).filter(
        (pl.col("due") > 0) & (pl.col("amount") >= pl.col("due"))
    )
    by_credit = stands.join(covered.select("customer"), on="customer", how="semi").select("arrangement")
    return pl.concat([by_customer, by_debt.select("arrangement"), by_credit]).unique()
