"""The channel and address for each candidate: the customer's first usable point on a channel that the step names."""

from __future__ import annotations

import polars as pl

from duecourse.core.decide.playbook import Playbook
from duecourse.core.facts.book import Book
from duecourse.core.facts.circumstances import frames

_NO_TEXTS = ("fixed", "bad")


def points(book: Book, reaching: pl.DataFrame, *, playbook: Playbook) -> pl.DataFrame:
    """customer, channel, point, opted_out: the best point per customer; no row where there is none at all.

    `reaching`: customer, and the step that is due (its place). An address that was opted out is skipped; `opted_out` says
    that every one of them was. A phone takes texts where its owner agreed to them and it is no landline.
    """
    order = _order(playbook)
    mine = (
        book.points.join(reaching, on="customer")
        .with_columns(channel=pl.col("kind").replace({"phone": "sms"}), step=pl.col("step").cast(pl.Int16))
        .join(order, on=["step", "channel"])
        .drop("kind", "step")
    )
    if "sms" in order["channel"]:
        mine = _with_leave(mine, book)
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


def _order(playbook: Playbook) -> pl.DataFrame:
    """step, channel, order: what each step tries first."""
    rows = [
        (playbook.place(step), channel, place)
        for step in playbook.steps
        for place, channel in enumerate(playbook.step_channels.get(step, playbook.channels))
    ]
    return pl.DataFrame(rows, schema={"step": pl.Int16, "channel": pl.String, "order": pl.Int8}, orient="row")


def _with_leave(mine: pl.DataFrame, book: Book) -> pl.DataFrame:
    """Without phones that no text may go to: nobody agreed, or a landline."""
    told = frames(book.circumstances.filter(pl.col("kind") == "consents")).get("consents")
    text = pl.col("channel") == "sms"
    if told is None:
        return mine.filter(~text)
    agreed = told.filter(pl.col("kind") == "sms", pl.col("until").is_null() | (pl.col("until") > book.at))
    anywhere = agreed.filter(pl.col("point").is_null()).select("customer", any_agreed=pl.lit(True)).unique()
    here = agreed.select("customer", pl.col("point").cast(pl.Int64, strict=False), agreed=pl.lit(True)).unique()
    return (
        mine.join(anywhere, on="customer", how="left")
        .join(here.drop_nulls("point"), on=["customer", "point"], how="left")
        .filter(
            ~text
            | (
                (pl.col("agreed").fill_null(False) | pl.col("any_agreed").fill_null(False))
                & ~pl.col("line").fill_null("").is_in(_NO_TEXTS)
            )
        )
        .drop("agreed", "any_agreed")
    )
