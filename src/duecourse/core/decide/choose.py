"""The channel and address for each candidate: the customer's first usable point on a channel of the playbook."""

from __future__ import annotations

import polars as pl

from duecourse.core.decide.playbook import Playbook
from duecourse.core.facts.book import Book


def points(book: Book, customers: pl.Series, *, playbook: Playbook) -> pl.DataFrame:
    """customer, channel, point, opted_out: the best point per customer; no row where there is none at all.

    An address that was opted out is skipped; `opted_out` says that every one of them was.
    """
    order = {channel: i for i, channel in enumerate(playbook.channels)}
    mine = (
        book.points.filter(pl.col("customer").is_in(customers.implode()) & pl.col("kind").is_in(list(order)))
        .with_columns(channel=pl.col("kind"), order=pl.col("kind").replace_strict(order, return_dtype=pl.Int8))
        .drop("kind")
    )
    if book.opt_outs.height:
        whole = book.opt_outs.filter(pl.col("point").is_null()).select("customer", "channel", out_channel=pl.lit(True))
        one = book.opt_outs.filter(pl.col("point").is_not_null()).select("point", "channel", out_point=pl.lit(True))
        mine = (
            mine.join(whole.unique(), on=["customer", "channel"], how="left")
            .join(one.unique(), on=["point", "channel"], how="left")
            .with_columns(opted_out=pl.col("out_channel").fill_null(False) | pl.col("out_point").fill_null(False))
        )
    else:
        mine = mine.with_columns(opted_out=pl.lit(False))
    return (
        mine.sort("customer", "opted_out", "order", "rank", "point")
        .unique("customer", keep="first", maintain_order=True)
        .select("customer", "channel", "point", "opted_out")
    )
