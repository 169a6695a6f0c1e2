"""Where each customer may be: sets of places, the zone that days are counted in, and the jurisdictions that apply."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from duecourse.core.facts.law import LawFacts
from duecourse.core.law.places import BIT, UNKNOWN, bits
from duecourse.core.law.rulebook import Rulebook
from duecourse.core.law.windows import Place
from duecourse.core.law.zones import known


@dataclass(frozen=True)
class Whereabouts:
    """`sets`: each a list of possible (zone, jurisdiction); a candidate's `places` is an index into it. `zones`: names by `zone` index."""

    sets: list[list[Place]]
    zones: list[str]


def locate(c: pl.DataFrame, facts: LawFacts, rules: Rulebook) -> tuple[pl.DataFrame, Whereabouts]:
    """`c` with `places` (set index), `zone` (index of the first location's zone) and `where` (bits of places.BIT).

    A customer without a usable location gets the creditor's place for opening hours, and the UNKNOWN bit.
    """
    span = c.select(pl.col("t").min().alias("low"), pl.col("known").max().alias("high")).row(0) if c.height else (None, None)
    here = facts.locations.filter(
        pl.col("at").is_null() | (pl.col("at") <= span[1]), pl.col("until").is_null() | (pl.col("until") > span[0])
    ).select("customer", tz=pl.col("tz").fill_null(""), jurisdiction=pl.col("jurisdiction").fill_null(""))
    places = here.select("tz", "jurisdiction").unique(maintain_order=True).rows()
    mine = pl.DataFrame(
        {"tz": [p[0] for p in places], "jurisdiction": [p[1] for p in places], "place": list(range(len(places)))},
        schema={"tz": pl.String, "jurisdiction": pl.String, "place": pl.Int64},
    )
    grouped = _sets(here.join(mine, on=["tz", "jurisdiction"], how="left", maintain_order="left"))
    combos = grouped.select("members").unique(maintain_order=True)
    sets: list[list[Place]] = [[places[i] for i in members] for members in combos["members"].to_list()]
    covered = rules["SCOPE-UNCOVERED"].numbers["covered"]
    masks, zones = [], []
    names: dict[str, int] = {}
    for members in sets:
        usable = [place for place in members if known(place[0])]
        mask = 0
        for tz, path in members:
            mask |= bits(path, covered) | (0 if known(tz) else UNKNOWN)
        masks.append(mask)
        zones.append(names.setdefault(usable[0][0], len(names)) if usable else -1)
        members[:] = usable
    table = pl.DataFrame(
        {"members": combos["members"], "places": list(range(len(sets))), "zone": zones, "where": masks},
        schema={"members": pl.List(pl.Int64), "places": pl.Int64, "zone": pl.Int64, "where": pl.Int64},
    )
    per_customer = grouped.join(table, on="members").select("customer", "places", "zone", "where")
    return _with_fallback(c.join(per_customer, on="customer", how="left", maintain_order="left"), facts, rules, sets, names)


def _sets(placed: pl.DataFrame) -> pl.DataFrame:
    """(customer, members): the distinct places of each customer, first-named first."""
    if placed["customer"].n_unique() == placed.height:
        return placed.select("customer", members=pl.concat_list("place"))
    return placed.group_by("customer").agg(members=pl.col("place").unique(maintain_order=True))


def _with_fallback(
    c: pl.DataFrame, facts: LawFacts, rules: Rulebook, sets: list[list[Place]], names: dict[str, int]
) -> tuple[pl.DataFrame, Whereabouts]:
    """Give candidates without a usable place their creditor's, else the house zone."""
    house = rules["HOUSE-HOURS"].numbers["zone"]
    rows: list[tuple[int | None, int, int]] = []
    for creditor, tz, path in [*facts.creditors.select("creditor", "tz", "jurisdiction").iter_rows(), (None, house, "")]:
        zone = tz if tz and known(tz) else house
        sets.append([(zone, path or "")])
        rows.append((creditor, len(sets) - 1, names.setdefault(zone, len(names))))
    spare = pl.DataFrame(rows[:-1], schema={"creditor": pl.Int64, "places_c": pl.Int64, "zone_c": pl.Int64}, orient="row").unique("creditor")
    last = rows[-1]
    lost = pl.col("zone").is_null() | (pl.col("zone") < 0)
    if not c.select(lost.any()).item():
        return c, Whereabouts(sets, list(names))
    placed = c.join(spare, on="creditor", how="left", maintain_order="left").with_columns(
        places=pl.when(lost).then(pl.col("places_c").fill_null(last[1])).otherwise("places"),
        zone=pl.when(lost).then(pl.col("zone_c").fill_null(last[2])).otherwise("zone"),
        where=pl.col("where").fill_null(UNKNOWN),
    )
    return placed.drop("places_c", "zone_c"), Whereabouts(sets, list(names))


def within(place: str) -> pl.Expr:
    """Is the customer linked to this ruled place?"""
    return (pl.col("where") & BIT[place]) != 0
