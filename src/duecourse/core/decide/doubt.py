"""Facts that cannot all be true. Nothing is guessed from them: a person looks first.

A fact dated after the instant it is read at, an ending that comes before its beginning, or a consent that was given and
withdrawn at the same instant.
"""

from __future__ import annotations

import polars as pl

from duecourse.core.facts.book import Book

FUTURE = "A contact or fact is dated ahead of now"
BOTH = "The same consent is given and refused at one moment"


def doubts(book: Book) -> pl.DataFrame:
    """customer, doubt: one row for each customer with facts that contradict each other."""
    told = book.circumstances
    found = [
        frame.filter(pl.col("at") > book.at).select("customer", doubt=pl.lit(FUTURE)) for frame in (book.contacts, told)
    ]
    if told.height:
        said = told.filter(pl.col("kind") == "consents")
        what = [
            "customer",
            "at",
            pl.col("data").str.json_path_match("$.kind").alias("what"),
            pl.col("point").fill_null(0),
        ]
        given = said.filter(pl.col("until").is_null() | (pl.col("until") > pl.col("at"))).select(what)
        refused = said.filter(pl.col("until") <= pl.col("at")).select(what)
        stopped = told.filter(pl.col("kind") == "suppressions").select(
            "customer",
            "at",
            pl.col("data").str.json_path_match("$.medium").alias("what"),
            pl.col("point").fill_null(0),
        )
        against = pl.concat([refused, stopped])
        both = given.join(against, on=["customer", "at", "what", "point"], how="semi")
        found.append(both.select("customer", doubt=pl.lit(BOTH)))
    return pl.concat(found).unique("customer", keep="first", maintain_order=True)
