"""Where each customer may be: sets of places, the zone that days are counted in, and the jurisdictions that apply."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

import polars as pl

from duecourse.core.facts.law import LawFacts
from duecourse.core.law.places import BIT, UNKNOWN, bits
from duecourse.core.law.rulebook import Rulebook
from duecourse.core.law.windows import Place
from duecourse.core.law.zones import STRIDE, Clock, known


@dataclass(frozen=True)
class Whereabouts:
    """`sets`: each a list of possible (zone, jurisdiction); a candidate's `places` is an index into it. `clock` tells
    the local time of each `zone` index."""

    sets: tuple[tuple[Place, ...], ...]
    clock: Clock


def locate(c: pl.DataFrame, facts: LawFacts, rules: Rulebook) -> tuple[pl.DataFrame, Whereabouts]:
    """`c` with `places` (set index), `zone` (index of the first location's zone) and `where` (bits of places.BIT).

    A customer without a usable location gets the creditor's place for opening hours, and the UNKNOWN bit.
    """
    low, high = c.select(pl.col("t").min().alias("low"), pl.col("known").max().alias("high")).row(0)
    here = facts.locations.filter(
        pl.col("at").is_null() | (pl.col("at") <= high), pl.col("until").is_null() | (pl.col("until") > low)
    ).select("customer", pl.col("tz", "jurisdiction").fill_null("").cast(pl.Categorical))
    placed, sets = _sets(c.select("row", "customer"), *_numbered(here))
    covered = rules["SCOPE-UNCOVERED"].numbers["covered"]
    names: dict[str, int] = {}
    masks, zones = [], []
    for members in sets:
        usable = [place for place in members if known(place[0])]
        masks.append(reduce(or_, (bits(path, covered) | (0 if known(tz) else UNKNOWN) for tz, path in members)))
        zones.append(names.setdefault(usable[0][0], len(names)) if usable else None)
        members[:] = usable
    table = pl.DataFrame(
        {"zone": [*zones, None], "where": [*masks, None]}, schema={"zone": pl.Int64, "where": pl.Int64}
    )
    found = table[placed.fill_null(len(sets))]
    return _with_fallback(c.hstack([placed.alias("places"), found["zone"], found["where"]]), facts, rules, sets, names)


def _numbered(here: pl.DataFrame) -> tuple[pl.DataFrame, list[Place]]:
    """(customer, places): each location by the number of its place, and the places."""
    code = pl.col("tz").to_physical().cast(pl.Int64) * STRIDE + pl.col("jurisdiction").to_physical().cast(pl.Int64)
    coded = here.with_columns(code=code)
    distinct = coded.unique("code", maintain_order=True)
    numbers = distinct.select("code").with_row_index("n")
    located = coded.select(
        "customer", places=pl.col("code").replace_strict(numbers["code"], numbers["n"], return_dtype=pl.Int64)
    )
    return located, distinct.select(pl.col("tz", "jurisdiction").cast(pl.String)).rows()


def _sets(asked: pl.DataFrame, located: pl.DataFrame, places: list[Place]) -> tuple[pl.Series, list[list[Place]]]:
    """The set of each candidate, and the sets: one for each single place, then one for each combination that occurs."""
    sets = [[place] for place in places]
    met = asked.join(located, on="customer", how="left", maintain_order="left_right").select("row", "places")
    if met.height == asked.height:
        return met["places"], sets
    again = met["row"] == met["row"].shift(1)
    several = (again | (met["row"] == met["row"].shift(-1))).fill_null(False)
    first = met.filter(~again.fill_null(False))
    combined = (
        met.filter(several).group_by("row", maintain_order=True).agg(pl.col("places").unique(maintain_order=True))
    )
    combos = combined.select("places").unique(maintain_order=True).with_row_index("n", offset=len(sets))
    sets += [[places[i] for i in members] for members in combos["places"].to_list()]
    of_several = combined.join(combos, on="places").select("row", pl.col("n").cast(pl.Int64))
    chosen = first.join(of_several, on="row", how="left", maintain_order="left")
    return chosen.select(pl.coalesce("n", "places").alias("places"))["places"], sets


def _with_fallback(
    c: pl.DataFrame, facts: LawFacts, rules: Rulebook, sets: list[list[Place]], names: dict[str, int]
) -> tuple[pl.DataFrame, Whereabouts]:
    """Give candidates without a usable place their creditor's, else the house zone."""
    if not c["zone"].null_count():
        return c, Whereabouts(tuple(map(tuple, sets)), Clock(list(names)))
    house = rules["HOUSE-HOURS"].numbers["zone"]
    rows: list[tuple[int | None, int, int]] = []
    for creditor, tz, path in [
        *facts.creditors.select("creditor", "tz", "jurisdiction").iter_rows(),
        (None, house, ""),
    ]:
        zone = tz if tz and known(tz) else house
        sets.append([(zone, path or "")])
        rows.append((creditor, len(sets) - 1, names.setdefault(zone, len(names))))
    spare = pl.DataFrame(
        rows[:-1], schema={"creditor": pl.Int64, "places_c": pl.Int64, "zone_c": pl.Int64}, orient="row"
    ).unique("creditor")
    last = rows[-1]
    lost = pl.col("zone").is_null()
    placed = c.join(spare, on="creditor", how="left", maintain_order="left").with_columns(
        places=pl.when(lost).then(pl.col("places_c").fill_null(last[1])).otherwise("places"),
        zone=pl.when(lost).then(pl.col("zone_c").fill_null(last[2])).otherwise("zone"),
        where=pl.col("where").fill_null(UNKNOWN),
    )
    return placed.drop("places_c", "zone_c"), Whereabouts(tuple(map(tuple, sets)), Clock(list(names)))


def within(place: str) -> pl.Expr:
    """Is the customer linked to this ruled place?"""
    return (pl.col("where") & BIT[place]) != 0
