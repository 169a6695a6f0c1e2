"""What a contact, a task and a lost customer cost, by each creditor's own sheet and policy."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from duecourse.core.measure.service import COSTS
from duecourse.core.money.currency import exponent
from duecourse.core.money.offers.policy import packaged, read
from duecourse.records import arrow


@dataclass(frozen=True)
class Prices:
    """Creditor → costs and worth, for two decimals; a creditor that is not here has the product's own."""

    costs: Mapping[int, Mapping[str, int]]
    worth: Mapping[int, int]

    def contacts(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Adds `cost` in the row's currency, from creditor and channel."""
        return _priced(rows, "cost", ("creditor", "channel"), lambda c, channel: self._costs(c).get(channel, 0))

    def tasks(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Adds `sixtieths`: minutes of a task times the price of an hour."""
        return _priced(
            rows, "sixtieths", ("creditor",), lambda c: self._costs(c)["task_minutes"] * self._costs(c)["hour"]
        )

    def invoices(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Adds `worth`: what winning another customer in their place would cost."""
        return _priced(rows, "worth", ("creditor",), lambda c: self.worth.get(c, packaged().worth))

    def _costs(self, creditor: int) -> Mapping[str, int]:
        return self.costs.get(creditor, COSTS)


def prices_of(which: str) -> Prices:
    """Of the creditors for whom the SQL condition `which` on creditor_id holds."""
    sheets = arrow.read(
        f"SELECT DISTINCT ON (creditor_id) creditor_id, costs::text AS costs FROM cost_sheet WHERE {which} ORDER BY creditor_id, id DESC"
    )
    texts = arrow.read(
        f"SELECT DISTINCT ON (creditor_id) creditor_id, text FROM offer_policy WHERE {which} ORDER BY creditor_id, id DESC"
    )
    return Prices(
        {creditor: {**COSTS, **json.loads(costs)} for creditor, costs in sheets.iter_rows()},
        {creditor: _worth(text) for creditor, text in texts.iter_rows()},
    )


@lru_cache(maxsize=256)
def _worth(text: str) -> int:
    return read(text).worth


def _priced(rows: pl.DataFrame, name: str, keys: tuple[str, ...], price: Callable[..., int]) -> pl.DataFrame:
    """A price for each kind of row; `currency` may read `12:GBP`. There are few kinds."""
    kinds = rows.select(*keys, "currency").unique()
    said = [price(*row[:-1]) * 10 ** exponent(str(row[-1]).rpartition(":")[2]) // 100 for row in kinds.iter_rows()]
    return rows.join(kinds.with_columns(pl.Series(name, said, dtype=pl.Int64)), on=[*keys, "currency"], how="left")
