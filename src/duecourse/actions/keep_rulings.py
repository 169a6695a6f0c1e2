"""Keep what the gate answered when something was about to leave: the receipt of each contact, and of each that did not go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import polars as pl

from duecourse.core.decide.heard import counts, facts_read, places
from duecourse.core.facts.law import LawFacts
from duecourse.records import arrow


@dataclass(frozen=True)
class Answered:
    """One act and its answer. `rules` are those that applied, the binding one first; `asked` says what was asked."""

    shard: int
    creditor_id: int
    customer_id: int
    act: str
    verdict: str
    rules: Sequence[dict[str, Any]]
    not_before: datetime | None
    asked_by: str
    asked: dict[str, Any] = field(default_factory=dict)
    debts: Sequence[int] = ()
    outbox_id: int | None = None
    contact_id: int | None = None
    override_id: int | None = None


def keep_rulings(answers: Sequence[Answered], facts: LawFacts, *, rules_digest: str, at: datetime) -> list[int]:
    """Write the receipts in the running transaction; returns their ids, in order."""
    if not answers:
        return []
    read = facts_read(facts)
    ids = arrow.fresh_ids(len(answers)).to_list()
    rows = []
    for id_, a in zip(ids, answers, strict=True):
        mine = read.get(a.customer_id, {})
        asked = {**a.asked, "debts": list(a.debts), "counts": counts(mine, a.debts, at)}
        rows.append(
            {
                "id": id_,
                "shard": a.shard,
                "creditor_id": a.creditor_id,
                "customer_id": a.customer_id,
                "act": a.act,
                "verdict": a.verdict,
                "passed": a.verdict == "allow" or a.override_id is not None,
                "not_before": a.not_before,
                "asked": _json(asked),
                "rules": _json(a.rules),
                "facts": _json(mine),
                "places": _json(places(mine, at)),
                "outbox_id": a.outbox_id,
                "contact_id": a.contact_id,
                "override_id": a.override_id,
                "asked_by": a.asked_by,
            }
        )
    arrow.copy_into("ruling", pl.DataFrame(rows, schema=_ROW), constants={"rules_digest": rules_digest, "at": at})
    return ids


_ROW = {
    "id": pl.Int64, "shard": pl.Int16, "creditor_id": pl.Int64, "customer_id": pl.Int64, "act": pl.String,
    "verdict": pl.String, "passed": pl.Boolean, "not_before": pl.Datetime("us", "UTC"), "asked": pl.String, "rules": pl.String,
    "facts": pl.String, "places": pl.String, "outbox_id": pl.Int64, "contact_id": pl.Int64, "override_id": pl.Int64,
    "asked_by": pl.String,
}  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, default=_when, separators=(",", ":"), ensure_ascii=False)


def _when(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept in a receipt")
