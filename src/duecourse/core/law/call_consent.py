"""Consent to be rung: such calls are not counted, for at most seven days. 12 CFR 1006.14(b)(3)(i), comments -1 to
-3."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import Docket, bound

DAYS = 7  # the day of receipt is the first


def _given(docket: Docket) -> pl.DataFrame:
    return docket.facts.consents.filter(pl.col("kind") == "call", pl.col("given_to") == "collector").drop(
        "kind", "given_to", "compliant", "start_minute", "end_minute"
    )


def call_open(docket: Docket, scope: pl.Expr, *, ahead: bool = False) -> pl.DataFrame:
    """Rows in scope that a live consent covers now; with `ahead`, rows (row, opens) for which it will cover a later
    day.

    A conversation after the consent ends it; so does withdrawal (`until`); so does the end of a shorter scope
    (`on_on`).
    """
    given = _given(docket)
    rows = docket.pick(scope, "zone", "person", "debts")
    if given.is_empty() or rows.is_empty():
        return pl.DataFrame(schema={"row": pl.UInt32, "opens": pl.Datetime("us", "UTC")})
    met = bound(rows.join(given, on="customer", suffix="_f"), ["person"], given.columns).filter(
        pl.col("at").is_not_null()
    )
    met = _unspent(docket, met, pl.col("known"))
    met = met.with_columns(
        today=docket.local(met, "t").dt.date(), given_on=docket.local(met, "at").dt.date()
    ).with_columns(last=pl.min_horizontal(pl.col("given_on").dt.offset_by(f"{DAYS - 1}d"), pl.col("on_on")))
    start = pl.coalesce("on_on", "given_on")
    if not ahead:
        return met.filter((start <= pl.col("today")) & (pl.col("today") <= pl.col("last"))).select("row").unique()
    later = met.filter((start > pl.col("today")) & (start <= pl.col("last"))).with_columns(
        day=start.cast(pl.Datetime("us"))
    )
    return later.with_columns(opens=docket.instant(later, "day")).group_by("row").agg(pl.col("opens").min())


def uncounted(docket: Docket, met: pl.DataFrame) -> pl.DataFrame:
    """Logged calls `met` (row, customer, at, day, debt_l …) without those placed under a live consent."""
    given = _given(docket)
    if given.is_empty() or met.is_empty():
        return met
    calls = met.select("row", "customer", "contact", "zone", "known", "debt_l", "day", call_at="at")
    under = calls.join(given.rename({"at": "given_at"}), on="customer").filter(
        pl.col("given_at") <= pl.col("call_at"),
        pl.col("until").is_null() | (pl.col("until") > pl.col("call_at")),
        pl.col("debt").is_null() | pl.col("debt_l").is_null() | (pl.col("debt") == pl.col("debt_l")),
    )
    if under.is_empty():
        return met
    under = under.with_columns(given_on=docket.local(under, "given_at").dt.date())
    under = under.filter(
        pl.col("day") <= pl.col("given_on").dt.offset_by(f"{DAYS - 1}d"),
        pl.col("on_on").is_null() | (pl.col("on_on") == pl.col("day")),
    )
    free = _unspent(docket, under.rename({"given_at": "at"}), pl.col("call_at")).select("row", "contact").unique()
    return met.join(free, on=["row", "contact"], how="anti")


def _unspent(docket: Docket, met: pl.DataFrame, upto: pl.Expr) -> pl.DataFrame:
    """Consents `met` (row, customer, at) that no conversation has ended between their giving and `upto`."""
    talks = docket.facts.log.filter(pl.col("conversation").fill_null(False)).select(
        "customer", talk_at="at", talk_debt="debt"
    )
    if talks.is_empty() or met.is_empty():
        return met
    named = pl.col("debt").is_null() | pl.col("talk_debt").is_null() | (pl.col("debt") == pl.col("talk_debt"))
    numbered = met.with_row_index("_n")
    spent = (
        numbered.join(talks, on="customer")
        .filter(named, pl.col("talk_at") > pl.col("at"), pl.col("talk_at") < upto)["_n"]
        .unique()
    )
    return numbered.filter(~pl.col("_n").is_in(spent.implode())).drop("_n")
