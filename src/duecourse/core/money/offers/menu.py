"""The menu: two to four options that fit, for a batch of cases. Pure: equal circumstances give equal menus.

    candidates within the limits → those that can be afforded → the customer's own days or the lightest plan, always
    → then, one at a time, whatever raises the creditor's expected value most, the worth of a customer who stays included

Whoever says that things are hard gets exactly the menu that they would have got, and one option more.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from duecourse.core.facts.schema import conform
from duecourse.core.money.offers.cases import CASES, OPTIONS
from duecourse.core.money.offers.policy import Policy
from duecourse.core.money.offers.ways import FIT, candidates, with_limits
from duecourse.core.money.offers.worth import NOTHING, valued

LEAST, MOST = 2, 3
"""Options for everybody; hardship adds one."""
_FAMILY = {"plan": "plan", "consolidation": "plan"}
LIGHT = 10
"""Per cent of the spare money below which a shorter plan would do."""
_SAME = ["case", "family", "every", "count", "each", "first", "reduced_each"]
PLANS = 2
"""Plans in one menu, at most; of every other way one."""


def menus(cases: pl.DataFrame, policy: Policy, *, role: str, today: date) -> pl.DataFrame:
    """Options by case and place, in the shape of OPTIONS. A case with nothing open has none. Raises WrongFacts."""
    asked = conform(cases, CASES, name="cases").filter(pl.col("open") > 0)
    found = suitable(with_limits(asked, policy, role=role, hardship=False), policy, today=today)
    chosen = _greedy(found)
    hard = asked.filter("hardship")
    more = with_limits(hard, policy, role=role, hardship=True)
    wider = _added(suitable(more, policy, today=today, easing=True), chosen)
    out = pl.concat([chosen, wider], how="diagonal_relaxed").sort("case", "monthly", "last", "rank")
    placed = out.with_columns(place=pl.int_range(1, pl.len() + 1).over("case"))
    return placed.select([pl.col(c).cast(t) for c, t in OPTIONS.items()])


def suitable(limited: pl.DataFrame, policy: Policy, *, today: date, easing: bool = False) -> pl.DataFrame:
    """Candidates; `needless` are those that ask for more than the customer can spare, or are not for this customer.

    Smaller payments for a while, and breathing space, are for those whom no plan fits, and with `easing` for everybody.
    """
    found = valued(candidates(limited, policy, today=today), policy, today=today).with_columns(
        family=pl.when(pl.col("monthly") == 0).then(pl.lit("breathing")).otherwise(pl.col("way").replace(_FAMILY))
    )
    found = found.sort("case", "rank").unique(_SAME, keep="first", maintain_order=True)
    fits = pl.col("burden").is_null() | (pl.col("burden") <= FIT)
    eases = pl.col("family").is_in(["reduction", "breathing"])
    needless = eases & (fits & ~eases).any().over("case") & pl.lit(not easing)
    # A plan that takes years though much more could be spared is light for nobody's good.
    plan = pl.col("family") == "plan"
    long = plan & (pl.col("burden") < LIGHT) & (plan & fits & (pl.col("burden") >= LIGHT)).any().over("case")
    # What does not fit, or is not needed, is kept for menus that would have one option only.
    return found.with_columns(needless=~fits | needless | long.fill_null(False))


def _greedy(found: pl.DataFrame) -> pl.DataFrame:
    """The plan on the firm's own days, or else the lightest; then up to MOST by what each adds; no third that would lower the value."""
    first = found.sort(
        "case", pl.col("every") != "inflows", "needless", pl.col("family") != "plan", "monthly", "rank"
    ).unique("case", keep="first", maintain_order=True)
    chosen = first
    for size in range(LEAST, MOST + 1):
        chosen = pl.concat([chosen, _next(found, chosen, may_lower=size <= LEAST)], how="diagonal_relaxed")
    return chosen


def _next(found: pl.DataFrame, chosen: pl.DataFrame, *, may_lower: bool) -> pl.DataFrame:
    so_far = chosen.group_by("case").agg(
        weights=pl.col("weight").sum() + NOTHING,
        worth=(pl.col("weight") * pl.col("value")).sum() + NOTHING * pl.col("nothing").first(),
    )
    families = chosen.group_by("case", "family").agg(taken=pl.len())
    room = pl.col("taken").fill_null(0) < pl.when(pl.col("family") == "plan").then(PLANS).otherwise(1)
    value = (pl.col("worth") + pl.col("weight") * pl.col("value")) / (pl.col("weights") + pl.col("weight"))
    return (
        found.join(chosen.select("case", "rank"), on=["case", "rank"], how="anti", maintain_order="left")
        .join(families, on=["case", "family"], how="left", maintain_order="left")
        .filter(room)
        .join(so_far, on="case", maintain_order="left")
        .with_columns(gain=value - pl.col("worth") / pl.col("weights"))
        .filter(pl.lit(may_lower) | (~pl.col("needless") & (pl.col("gain") > 0)))
        # A discount for paying early is the creditor's own standing offer: where it may be made, it is.
        .with_columns(
            stands=pl.col("way") == "early_discount",
            asks=pl.when("needless").then(pl.col("monthly")).otherwise(0),
        )
        .sort(
            ["case", "stands", "needless", "asks", "gain", "rank"], descending=[False, True, False, False, True, False]
        )
        .unique("case", keep="first", maintain_order=True)
        .select(found.columns)
    )


def _added(wider: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """One option more for hardship: of a way that the menu lacks where there is one, the lightest that the wider limits give."""
    has = chosen.select("case", "family", known=pl.lit(True)).unique()
    return (
        wider.filter(~pl.col("needless"))
        .join(chosen.select(_SAME), on=_SAME, how="anti", maintain_order="left")
        .join(has, on=["case", "family"], how="left", maintain_order="left")
        .sort("case", pl.col("known").is_not_null(), "monthly", "rank")
        .unique("case", keep="first", maintain_order=True)
        .drop("known")
    )
