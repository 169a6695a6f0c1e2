"""Why an invoice is overdue, as far as anybody knows: one cause each, from what was said, heard and seen (R05).

The first cause of CAUSES that something speaks for is the one that is told; where nothing does, nobody has said why. What
the customer said stands above what we saw; the habit of paying late stands last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from duecourse.core.measure.balance import open_rows
from duecourse.core.measure.closing import closed_rows
from duecourse.core.measure.sheet import Sheet
from duecourse.core.measure.windows import HEARD


@dataclass(frozen=True)
class Cause:
    """`signs` are what speaks for it: the evidence of the sheet. `group` is one of GROUPS."""

    key: str
    group: str
    name: str
    signs: tuple[str, ...] = ()


GROUPS: Final[Mapping[str, str]] = {
    "ours": "Our own fault",
    "dispute": "Disputed",
    "technical": "Something technical",
    "cannot": "Cannot pay",
    "oversight": "Forgotten or slow",
    "will_not": "Will not pay",
    "unknown": "Not known yet",
}
CAUSES: Final = (
    Cause("insolvent", "cannot", "Insolvent", ("hold:insolvency", "heard:insolvency")),
    Cause("hardship", "cannot", "Hard times", ("hold:hardship", "heard:hardship", "heard:vulnerability", "task:hardship")),
    Cause("wrong_person", "ours", "We wrote to the wrong person", ("hold:wrong_person", "heard:wrong_person", "dispute:not_mine")),
    Cause("no_invoice", "ours", "The invoice never came", ("dispute:no_invoice", "heard:never_received_invoice", "task:no_invoice")),
    Cause("billed_twice", "ours", "Billed twice", ("dispute:twice",)),
    Cause("amount", "dispute", "The amount is disputed", ("dispute:amount",)),
    Cause("goods", "dispute", "Goods or work are disputed", ("dispute:goods",)),
    Cause("paid_already", "technical", "Says that it is paid",
          ("dispute:paid", "heard:already_paid", "task:says_paid", "heard:remittance_info")),
    Cause("payment_failed", "technical", "A payment failed or came back", ("payment:failed", "task:chargeback")),
    Cause("other_dispute", "dispute", "Something else is disputed", ("dispute:other", "hold:dispute", "heard:dispute", "task:dispute")),
    Cause("complaint", "dispute", "Complains about us", ("hold:complaint", "heard:complaint", "hold:ticket")),
    Cause("represented", "dispute", "A lawyer or adviser speaks for them", ("heard:attorney_or_represented",)),
    Cause("plan", "cannot", "Pays in parts, or asks to", ("hold:plan", "heard:request_plan", "task:asks_time")),
    Cause("promised", "oversight", "Has promised to pay", ("promise", "hold:promise", "heard:promise_to_pay")),
    Cause("refuses", "will_not", "Wants no contact", ("heard:stop_contact", "task:opted_out")),
    Cause("unreachable", "ours", "Our messages do not arrive",
          ("receipt:bounced", "task:bad_address", "task:no_contact_point", "task:cannot_write")),
    Cause("wants_talk", "unknown", "Wants to talk", ("task:wants_talk", "heard:callback_request", "heard:question")),
    Cause("away", "oversight", "Away from the desk", ("heard:out_of_office",)),
    Cause("paused", "unknown", "We paused it ourselves", ("hold:pause",)),
    Cause("habit", "oversight", "Usually pays as late as this"),
    Cause("unknown", "unknown", "Nobody has said why"),
)  # fmt: skip
"""The order is that of precedence."""
BY_KEY: Final = {cause.key: cause for cause in CAUSES}
_OWN_HABIT: Final = 3
"""Settled invoices below which there is no habit."""


def cause_rows(sheet: Sheet, as_of: date) -> pl.DataFrame:
    """debt, customer, currency, due, open, late, cause, group: every overdue invoice with one cause."""
    overdue = open_rows(sheet, as_of).filter(pl.col("late") > 0)
    place = {sign: n for n, cause in enumerate(CAUSES) for sign in cause.signs}
    told = sheet.evidence.filter(
        (pl.col("day") <= as_of)
        & (pl.col("until").is_null() | (pl.col("until") > as_of))
        & (pl.col("until").is_not_null() | ~pl.col("fades") | (pl.col("day") > as_of - timedelta(days=HEARD)))
        & pl.col("sign").is_in(list(place))
    ).with_columns(place=pl.col("sign").replace_strict(place, default=len(CAUSES), return_dtype=pl.Int32))
    own = told.filter(pl.col("debt").is_not_null()).group_by("debt").agg(own=pl.col("place").min())
    everything = told.filter(pl.col("debt").is_null()).group_by("customer").agg(whole=pl.col("place").min())
    habit = (
        closed_rows(sheet, sheet.invoices.select("debt"), as_of)
        .group_by("customer")
        .agg(n=pl.len(), habit=(pl.col("closed") - pl.col("due")).dt.total_days().median())
        .filter(pl.col("n") >= _OWN_HABIT)
    )
    slow = pl.when(pl.col("habit") >= pl.col("late")).then(len(CAUSES) - 2).otherwise(len(CAUSES) - 1)
    keys, groups = ({n: getattr(c, name) for n, c in enumerate(CAUSES)} for name in ("key", "group"))
    return (
        overdue.join(own, on="debt", how="left")
        .join(everything, on="customer", how="left")
        .join(habit, on="customer", how="left")
        .with_columns(place=pl.min_horizontal("own", "whole", slow))
        .select(
            "debt", "customer", "currency", "due", "open", "late",
            cause=pl.col("place").replace_strict(keys, return_dtype=pl.String),
            group=pl.col("place").replace_strict(groups, return_dtype=pl.String),
        )
    )  # fmt: skip
