"""May this customer be contacted now, and by what? The same gate as the sender's, for the rows of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl
from django.core.cache import cache

from duecourse.core.decide.permits import candidates, law_facts
from duecourse.core.law.gate import gate
from duecourse.core.law.rulebook import Rulebook
from duecourse.records import snapshot
from duecourse.records.reads.row_facts import RowFacts

CHANNELS = ("phone", "email")
FRAMES = ("creditors", "customers", "debts", "contacts", "points", "opt_outs", "holds", "circumstances")
"""What the gate reads of a book."""
KEPT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Allowed:
    """A channel that the customer has an address for. Where it is not allowed, the rule that binds and when it lifts."""

    channel: str
    allowed: bool
    rule: str = ""
    citation: str = ""
    until: datetime | None = None


def allowed(facts: Iterable[RowFacts], *, at: datetime) -> dict[int, tuple[Allowed, ...]]:
    """customer id → channels, in the order of CHANNELS; a channel without an address is left out.

    An answer is kept for KEPT while nothing that the gate reads of the customer has changed. It is for the eye: whatever
    is sent asks the gate again under the customer's lock.
    """
    keys = {f"allowed:{hash(f.state)}:{at.timestamp() // KEPT.total_seconds():.0f}": f for f in facts}
    found = {keys[key].id: channels for key, channels in cache.get_many(keys).items()}
    missing = [f for f in keys.values() if f.id not in found]
    if missing:
        asked = _ask(sorted({(f.shard, f.id) for f in missing}), at)
        fresh = {f.id: asked.get(f.id, ()) for f in missing}
        cache.set_many({key: fresh[f.id] for key, f in keys.items() if f.id in fresh}, timeout=KEPT.total_seconds())
        found |= fresh
    return found


def _ask(pairs: Sequence[tuple[int, int]], at: datetime) -> dict[int, tuple[Allowed, ...]]:
    book = snapshot.of_customers(pairs, at=at, only=FRAMES)
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
