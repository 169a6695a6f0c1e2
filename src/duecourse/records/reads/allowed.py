"""May this customer be contacted now, and by what? The same gate as the sender's, for the rows of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from duecourse.core.decide.permits import candidates, law_facts
from duecourse.core.law.gate import gate
from duecourse.core.law.rulebook import Rulebook
from duecourse.records import snapshot

CHANNELS = ("phone", "email")


@dataclass(frozen=True, slots=True)
class Allowed:
    """A channel that the customer has an address for. Where it is not allowed, the rule that binds and when it lifts."""

    channel: str
    allowed: bool
    rule: str = ""
    citation: str = ""
    until: datetime | None = None


def allowed(pairs: Sequence[tuple[int, int]], *, at: datetime) -> dict[int, tuple[Allowed, ...]]:
    """customer id → channels, in the order of CHANNELS; a channel without an address is left out."""
    if not pairs:
        return {}
    book = snapshot.of_customers(sorted(set(pairs)), at=at)
    debts = book.debts.filter(pl.col("open") > 0).group_by("customer").agg(debts="debt")
    asked = (
        book.points.filter(pl.col("kind").is_in(CHANNELS))
        .sort("customer", "kind", "rank", "point")
        .unique(["customer", "kind"], keep="first", maintain_order=True)
        .rename({"kind": "channel"})
        .join(debts, on="customer", how="left")
        .with_columns(pl.col("debts").fill_null([]))
        .with_row_index("ask")
        .with_columns(pl.col("ask").cast(pl.Int64))
    )
    if asked.is_empty():
        return {}
    answers = gate(
        candidates(asked, book, key="ask"), law_facts(book, asked["customer"]), rules=Rulebook.load(as_of=at.date())
    )
    found: dict[int, list[Allowed]] = {}
    told = asked.select("ask", "customer", "channel").join(answers.rename({"candidate": "ask"}), on="ask")
    for row in sorted(told.to_dicts(), key=lambda r: CHANNELS.index(r["channel"])):
        rule = (row["rules"] or [{}])[0]
        found.setdefault(row["customer"], []).append(
            Allowed(
                row["channel"],
                row["verdict"] == "allow",
                rule.get("id", "") if row["verdict"] != "allow" else "",
                rule.get("citation", "") if row["verdict"] != "allow" else "",
                row["not_before"],
            )
        )
    return {customer: tuple(channels) for customer, channels in found.items()}
