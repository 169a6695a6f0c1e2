"""Circumstances as told → the frames that the rules of law read.

>>> from datetime import UTC, datetime
>>> from duecourse.core.facts.book import CIRCUMSTANCES
>>> told = pl.DataFrame({"customer": [7], "row": [1], "kind": ["ceases"], "person": [None], "debt": [None], "point": [None],
...     "data": ['{"kind": "cease_communication"}'], "via": ["letter"], "at": [datetime(2026, 6, 1, tzinfo=UTC)],
...     "until": [None]}, schema=CIRCUMSTANCES)
>>> frames(told)["ceases"].select("customer", "kind").rows()
[(7, 'cease_communication')]
"""

from __future__ import annotations

from typing import Final

import polars as pl

from duecourse.core.facts.law_schemas import SCHEMAS

KINDS: Final = (
    "locations", "preferences", "places", "consents", "suppressions", "points", "number_checks", "creditor_notices",
    "prior_collectors", "representations", "ceases", "validations", "disputes", "bankruptcies", "breathing_spaces", "notices",
    "debts", "persons",
)  # fmt: skip
"""Frames that are recorded by hand or by an import. The others (log, holds, creditors …) have tables of their own."""
_KEYS: Final = {"customer", "person", "debt", "point", "at", "until"}


def columns(kind: str) -> dict[str, pl.DataType]:
    """What `data` of a kind may hold: the frame's columns that are no key. A consent to a place names it as its point."""
    own = {name: type_ for name, type_ in SCHEMAS[kind].items() if name not in _KEYS}
    return {**own, "point": pl.String()} if kind == "consents" else own


def frames(told: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Frame name → rows, for the kinds that occur in `told` (shape CIRCUMSTANCES)."""
    if told.is_empty():
        return {}
    return {str(kind[0]): _frame(str(kind[0]), rows) for kind, rows in told.sort("row").group_by("kind")}


def _frame(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    own = columns(kind)
    raw = pl.Struct({name: pl.String() if type_.is_temporal() else type_ for name, type_ in own.items()})
    read = rows.with_columns(data=pl.col("data").str.json_decode(raw)).with_columns(
        pl.col("data").struct.field(name).alias(f"_{name}") for name in own
    )
    person = "row" if kind == "persons" else "person"
    keys = {
        "customer": pl.col("customer"),
        "person": pl.col(person),
        "debt": pl.col("debt"),
        "point": pl.coalesce(pl.col("point").cast(pl.String), pl.col("_point") if "point" in own else None),
        "at": pl.col("at"),
        "until": pl.col("until"),
    }
    return read.select(
        (keys[name] if name in keys else _typed(pl.col(f"_{name}"), type_)).alias(name)
        for name, type_ in SCHEMAS[kind].items()
    )


def _typed(column: pl.Expr, type_: pl.DataType) -> pl.Expr:
    if type_ == pl.Date:
        return column.str.to_date("%Y-%m-%d")
    if type_.is_temporal():
        return column.str.to_datetime("%Y-%m-%dT%H:%M:%S%z", time_unit="us").dt.convert_time_zone("UTC")
    return column
