"""The rule that spoke at the last look before a send: the plan did not know it yet."""

from __future__ import annotations

from datetime import date

import polars as pl

from duecourse.core.decide.explain import headline
from duecourse.core.law.rulebook import Rulebook
from duecourse.records.exports.tables import RULE

HOUSE = "House rule"


def with_last_word(messages: pl.DataFrame) -> pl.DataFrame:
    """`rules` with one more where `why` says that the last look refused or deferred the message.

    Needs `why`, `decision`, `changed_at` and `rules`. Without a law behind it the rule is the house's own.
    """
    spoke = messages.select("why", "decision", day=pl.col("changed_at").dt.date()).filter(pl.col("why") != "").unique()
    if spoke.is_empty():
        return messages
    said = [
        {"why": why, "decision": decision, "day": day, "last": _rule(why, decision, day)}
        for why, decision, day in spoke.iter_rows()
    ]
    words = pl.DataFrame(said, schema={"why": pl.String, "decision": pl.String, "day": pl.Date, "last": RULE})
    return (
        messages.with_columns(day=pl.col("changed_at").dt.date())
        .join(words, on=["why", "decision", "day"], how="left", maintain_order="left")
        .with_columns(
            rules=pl.when(pl.col("last").is_not_null())
            .then(pl.concat_list("rules", pl.concat_list("last")))
            .otherwise("rules")
        )
        .drop("day", "last")
    )


def _rule(why: str, decision: str, day: date) -> dict[str, str]:
    name = why.removeprefix("rule:")
    text = Rulebook.load(day).texts.get(name)
    return {
        "id": name,
        "citation": text.citation if text else HOUSE,
        "version": text.version if text else "",
        "outcome": decision,
        "detail": headline(why),
    }
