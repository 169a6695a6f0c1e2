"""The event log of a simulated world: what happened, to whom, on which day. Its hash says whether two runs are one."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from duecourse.core.decide.digest import digest
from duecourse.core.facts.schema import Schema

KINDS: Final = (
    "contact", "call", "bounce", "payment", "credit", "promise", "promise_broken", "plan", "plan_broken", "dispute",
    "sent_again", "complaint", "opt_out", "address_found", "refused", "deferred", "task",
)  # fmt: skip
EVENTS: Final[Schema] = {
    "day": pl.Int32,
    "customer": pl.Int64,
    "debt": pl.Int64,  # null: the customer as a whole
    "kind": pl.Enum(KINDS),
    "amount": pl.Int64,  # minor units; null where there is none
    "what": pl.String,  # rule, step or channel; null where there is none
}
Array = npt.NDArray[np.int64]


class Log:
    """Collects events, a set at a time."""

    def __init__(self) -> None:
        self._parts: list[pl.DataFrame] = []

    def add(
        self,
        day: int,
        kind: str,
        customers: Array,
        *,
        debts: Array | None = None,
        amounts: Array | None = None,
        what: pl.Series | str | None = None,
    ) -> None:
        """One event a place of `customers`."""
        if customers.size == 0:
            return
        said = what if isinstance(what, pl.Series) else pl.lit(what)
        n = customers.size
        none = pl.Series([None], dtype=pl.Int64).new_from_index(0, n)
        self._parts.append(
            pl.DataFrame(
                {
                    "customer": customers,
                    "debt": none if debts is None else debts,
                    "amount": none if amounts is None else amounts,
                }
            )
            .with_columns(pl.lit(day).alias("day"), pl.lit(kind).alias("kind"), said.alias("what"))
            .select([pl.col(c).cast(t) for c, t in EVENTS.items()])
        )

    def frame(self) -> pl.DataFrame:
        """All events, by day and in the order in which they happened."""
        return pl.concat(self._parts) if self._parts else pl.DataFrame(schema=dict(EVENTS))

    def hash(self) -> str:
        """SHA-256 of every event by value."""
        return digest(self.frame())
