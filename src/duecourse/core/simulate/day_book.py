"""The world as the decision may know it: a production Book of some customers. Latent traits stay behind."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

import numpy as np
import polars as pl

from duecourse.core.facts.book import SCHEMAS, Book
from duecourse.core.facts.schema import empty
from duecourse.core.simulate.people import CREDITOR, NEVER, US_HOMES, Flags, Whole
from duecourse.core.simulate.whole import whole
from duecourse.core.simulate.world import CHANNELS, World

HISTORY_DAYS: Final = 365
CONTACT_DAYS: Final = 31
CREDITORS: Final = pl.DataFrame(
    {"creditor": [CREDITOR], "timezone": ["Europe/London"], "country": ["GB"], "agency": [False], "fresh_at": [None]},
    schema_overrides={"fresh_at": pl.Datetime("us", "UTC")},
)
CURRENCY: Final = "GBP"
POINTS_EACH: Final = 10
"""A point's id is the customer's times this, plus the place of its channel."""


def book_of(world: World, chosen: Flags, *, hour: time, messages: bool = True) -> Book:
    """The facts of the chosen customers at an hour of the day; `messages` says whether waiting ones are told."""
    who = np.flatnonzero(chosen)
    ids = world.people.id[who]
    wanted = pl.Series(ids).implode()
    at = world.at(hour)
    frames = {
        "creditors": CREDITORS,
        "customers": _customers(world, who),
        "debts": _debts(world, chosen),
        "reminded": _reminded(world, chosen),
        "contacts": world.contacts.filter(
            pl.col("customer").is_in(wanted), pl.col("at") >= at - timedelta(days=CONTACT_DAYS)
        ),
        "points": pl.concat([_points(world, who, channel) for channel in CHANNELS]).sort("point", "customer"),
        "opt_outs": pl.concat([_opt_outs(world, who, channel) for channel in CHANNELS]),
        "holds": _holds(world, wanted),
        "promises": _promises(world, chosen),
        "credits": empty(SCHEMAS["credits"]),
        "pending": world.waiting.filter(pl.lit(messages), pl.col("customer").is_in(wanted)).select(
            "customer", kind=pl.lit("message")
        ),
    }
    return Book.of(at, **{name: whole(frame, SCHEMAS[name]) for name, frame in frames.items()})


def _customers(world: World, who: Whole) -> pl.DataFrame:
    p = world.people
    in_us = p.home[who] >= 0
    regions, zones = (np.array(["", *(home[k] for home in US_HOMES)], dtype=object) for k in (0, 1))
    return pl.DataFrame(
        {
            "customer": p.id[who],
            "shard": p.id[who] % 256,
            "person": p.person[who],
            "country": np.where(in_us, "US", "GB").astype(object),
            "region": regions[p.home[who] + 1],
            "timezone": zones[p.home[who] + 1],
        },
        schema_overrides={"country": pl.String, "region": pl.String, "timezone": pl.String},
    ).with_columns(creditor=pl.lit(CREDITOR))


def _debts(world: World, chosen: Flags) -> pl.DataFrame:
    b, day = world.bills, world.day
    seen = np.flatnonzero(
        chosen[b.who] & (b.issued <= day) & ((b.open > 0) | ((b.closed >= day - HISTORY_DAYS) & (b.closed <= day)))
    )
    first = pl.lit(world.start)
    return (
        pl.DataFrame(
            {
                "debt": b.id[seen],
                "customer": world.people.id[b.who[seen]],
                "open": b.open[seen],
                "due": b.due[seen],
                "round": b.round[seen],
                "closed": b.closed[seen],
            }
        )
        .with_columns(
            currency=pl.lit(CURRENCY),
            due=first + pl.duration(days=pl.col("due")),
            closed=pl.when(pl.col("open") == 0).then(first + pl.duration(days=pl.col("closed").clip(upper_bound=day))),
        )
        .sort("debt", "customer")
    )


def _reminded(world: World, chosen: Flags) -> pl.DataFrame:
    b = world.bills
    had = np.flatnonzero(chosen[b.who] & (world.step_done > 0) & (b.open > 0))
    return pl.DataFrame({"debt": b.id[had], "round": b.round[had], "step": world.step_done[had]})


def _points(world: World, who: Whole, channel: str) -> pl.DataFrame:
    ids = world.people.id[who[world.usable[channel][who]]]
    return pl.DataFrame({"point": ids * POINTS_EACH + CHANNELS.index(channel), "customer": ids}).with_columns(
        kind=pl.lit(channel), rank=pl.lit(1)
    )


def _opt_outs(world: World, who: Whole, channel: str) -> pl.DataFrame:
    ids = world.people.id[who[world.opted_out[channel][who]]]
    return pl.DataFrame({"customer": ids}).with_columns(channel=pl.lit(channel), point=pl.lit(None, pl.Int64))


def _holds(world: World, wanted: pl.Series) -> pl.DataFrame:
    until = pl.lit(world.start) + pl.duration(days=pl.col("until_day"))
    return world.holds.filter(pl.col("customer").is_in(wanted), pl.col("until_day") > world.day).select(
        "customer",
        "debt",
        "kind",
        until=pl.when(pl.col("until_day") < NEVER).then(until.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")),
    )


def _promises(world: World, chosen: Flags) -> pl.DataFrame:
    b = world.bills
    made = np.flatnonzero(chosen[b.who] & (world.promised_by < NEVER) & (world.promised_by >= world.day - 3))
    return pl.DataFrame(
        {
            "customer": world.people.id[b.who[made]],
            "amount": b.amount[made],
            "by": world.promised_by[made],
        }
    ).with_columns(currency=pl.lit(CURRENCY), by=pl.lit(world.start) + pl.duration(days=pl.col("by")))
