"""Pack the proof for a customer or a time: what was done, by which rules, on what was known."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from duecourse.actions.explain import NotFound
from duecourse.records.evidence.gather import Pack, gather
from duecourse.records.evidence.rows import customers
from duecourse.records.sharded import SHARDS
from duecourse.records.tenancy import Scope, scope, set_scope


def pack(
    *, at: datetime, runs: Path, version: str, ref: str | None = None, key: tuple[int, int] | None = None,
    period: tuple[datetime, datetime] | None = None, creditors: Scope = "all",
) -> Pack:  # fmt: skip
    """The pack of one customer (reference `ref`, or `key` shard and id) or of all that `creditors` lets see.

    Raises NotFound, also where two creditors use the same reference.
    """
    with scope(creditors):
        wanted = customers(*((key[0], key[0]) if key else (0, SHARDS - 1)))
        wanted = [who for who in wanted if ref in (None, who["ref"]) and key in (None, (who["shard"], who["id"]))]
        if (ref or key) and len(wanted) != 1:
            several = f"More than one creditor has a customer {ref}: name the creditor with --creditor."
            raise NotFound(several if wanted else f"There is no customer {ref or key}.")
        made = gather(wanted, period=period, at=at, runs=runs, version=version)
        set_scope(creditors)  # the days' frames were read for all creditors
        return made
