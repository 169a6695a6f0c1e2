"""A person may ask to be contacted at an hour that is otherwise closed: 12 CFR 1006.6(b)(4)(i)."""

from __future__ import annotations

import polars as pl

from duecourse.core.law.docket import Docket, bound


def consented(docket: Docket, shut: pl.DataFrame) -> pl.DataFrame:
    """`shut` (rows with `until`) without those that a valid time consent opens; `until` brought forward to the next
    consented start.

    Valid: given directly to the collector, in a contact that was itself permitted, and not withdrawn.
    """
    given = docket.facts.consents.filter(
        pl.col("kind") == "time", pl.col("given_to") == "collector", pl.col("compliant").fill_null(True)
    )
    if given.is_empty() or shut.is_empty():
        return shut
    keys = [name for name in ("person", "debts") if name in shut.columns]
    met = (
        shut.select("row", "customer", "t", "known", "zone", *keys)
        .unique("row")
        .join(given.drop("kind", "point", "given_to", "compliant"), on="customer", suffix="_f")
    )
    met = bound(
        met,
        ["person"] if "person_f" in met.columns and "person" in keys else [],
        given.columns if "debts" in keys else ["at", "until"],
    )
    if met.is_empty():
        return shut
    met = met.with_columns(wall=docket.local(met, "t")).with_columns(
        minute=pl.col("wall").dt.hour().cast(pl.Int64) * 60 + pl.col("wall").dt.minute(), day=pl.col("wall").dt.date()
    )
    start, end = pl.col("start_minute").fill_null(0), pl.col("end_minute").fill_null(1440)
    today = pl.col("on_on").is_null() | (pl.col("on_on") == pl.col("day"))
    now = met.filter(today & (start <= pl.col("minute")) & (pl.col("minute") < end))["row"].unique()
    day = pl.coalesce(
        "on_on", pl.when(pl.col("minute") < start).then(pl.col("day")).otherwise(pl.col("day").dt.offset_by("1d"))
    )
    coming = met.with_columns(opens=day.cast(pl.Datetime("us")) + pl.duration(minutes=start))
    coming = coming.with_columns(next=docket.instant(coming, "opens")).filter(pl.col("next") > pl.col("t"))
    sooner = coming.group_by("row").agg(pl.col("next").min())
    return (
        shut.filter(~pl.col("row").is_in(now.implode()))
        .join(sooner, on="row", how="left")
        .with_columns(until=pl.min_horizontal("until", "next"))
        .drop("next")
    )
