"""One reply: a person who writes or rings may be answered once, through the same medium.

12 CFR 1006 Supp. I, comments 6(b)(1)-2 and 6(b)(2)-1; 12 CFR 1006.14(h)(2)(ii); SI 2020/1311 reg 11(2)(b).
"""

from __future__ import annotations

import polars as pl

from duecourse.core.facts.law import LawFacts
from duecourse.core.facts.law_candidates import MEDIUM


def with_replies(c: pl.DataFrame, facts: LawFacts) -> pl.DataFrame:
    """Add `reply` (this act is the one answer to the person's last message in the medium) and `asked_at` (when that
    came)."""
    c = c.with_columns(
        reply=pl.col("channel") == "inbound_call_response", asked_at=pl.lit(None, dtype=pl.Datetime("us", "UTC"))
    )
    log = facts.log
    if log.is_empty():
        return c
    media = pl.col("channel").replace_strict(list(MEDIUM), list(MEDIUM.values()), default=None, return_dtype=pl.String)
    words = log.filter(pl.col("by_us").fill_null(True)).select(
        "customer", "at", "direction", "asks_reply", "person", medium=media
    )
    inbound = words.filter(pl.col("direction") == "in")
    if inbound.is_empty():
        return c
    asked = c.select("row", "customer", "known", "in_response_to", "person", medium=pl.col("medium").cast(pl.String))
    heard = asked.join(inbound.drop("direction"), on=["customer", "medium"], suffix="_in").filter(
        pl.col("at") <= pl.col("known"), _same_person("person_in")
    )
    if heard.is_empty():
        return c
    last = heard.sort("at").group_by("row").last()
    sent = last.rename({"at": "asked_at"}).join(
        words.filter(pl.col("direction") == "out").select("customer", "medium", "at", person_out="person"),
        on=["customer", "medium"],
    )
    used = sent.filter(pl.col("at") > pl.col("asked_at"), pl.col("at") <= pl.col("known"), _same_person("person_out"))[
        "row"
    ].unique()
    fresh = last.filter(
        ~pl.col("row").is_in(used.implode()),
        pl.col("in_response_to").is_not_null() | pl.col("asks_reply").fill_null(False),
    )
    return (
        c.drop("asked_at")
        .join(fresh.select("row", asked_at="at", fresh=pl.lit(True)), on="row", how="left", maintain_order="left")
        .with_columns(reply=pl.col("reply") | pl.col("fresh").fill_null(False))
        .drop("fresh")
    )


def _same_person(other: str) -> pl.Expr:
    return pl.col("person").is_null() | pl.col(other).is_null() | (pl.col("person") == pl.col(other))
