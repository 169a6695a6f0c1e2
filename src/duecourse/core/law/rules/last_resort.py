"""The customer is told first: nothing is handed on before a last-resort notice was sent and its date has passed (R67)."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import BLOCK, Docket, findings
from duecourse.core.law.rule import Finder, Numbers, Rule
from duecourse.core.law.rules.frequency import midnight

HANDED_ON = pl.col("action").is_in(["place_for_collection", "sell_debt"])


def not_told(docket: Docket, scope: pl.Expr, _: Numbers) -> pl.DataFrame:
    """Each debt that is handed on needs a notice of its own or of the whole account, and the day after its date."""
    rows = docket.pick(scope, "debts", "zone").explode("debts")
    notices = docket.facts.notices.filter(pl.col("kind") == "last_resort").select(
        "customer", "on", "until", told_at="at", of="debt"
    )
    met = rows.join(notices, on="customer", how="left").filter(
        pl.col("told_at").is_not_null(),
        pl.col("told_at") <= pl.col("known"),
        pl.col("until").is_null() | (pl.col("until") > pl.col("t")),  # one that came back was not sent
        pl.col("of").is_null() | (pl.col("of") == pl.col("debts")).fill_null(False),
        pl.col("on").is_not_null(),
    )
    # The earliest date that was told for a debt counts; the latest of the debts holds the act.
    free = met.group_by("row", "debts").agg(pl.col("on").min())
    told = rows.join(free, on=["row", "debts"], how="left", nulls_equal=True)
    silent = told.filter(pl.col("on").is_null()).unique("row", keep="first")
    waiting = told.filter(~pl.col("row").is_in(silent["row"].implode()))
    waiting = waiting.with_columns(today=docket.local(waiting, "t").dt.date())
    early = waiting.filter(pl.col("today") <= pl.col("on")).sort("row", "on").unique("row", keep="last")
    return pl.concat(
        [
            findings(silent, BLOCK, "Tell the customer first, with a date and a way that is still open."),
            midnight(
                docket, early, pl.col("on").dt.offset_by("1d"), pl.format("The customer has until {}.", pl.col("on"))
            ),
        ]
    )


RULES: tuple[Rule, ...] = (Finder("HOUSE-LAST-RESORT", HANDED_ON, (), not_told),)
