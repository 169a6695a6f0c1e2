"""Where a customer may be: every sign that the book has, each as a zone and a jurisdiction. All of them count together.

>>> places("US", "", "11201", "", "America/New_York", "US")
(('America/New_York', 'US-NY-NYC'),)
>>> places("GB", "", "EH3", "", "Europe/London", "GB")
(('Europe/London', 'UK-SCT'),)
>>> places("US", "", "", "", "America/New_York", "US")
(('America/New_York', ''),)
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import polars as pl

from duecourse.core.facts.book import Book
from duecourse.core.facts.regions import STATES, nations_of, state_of_zip, zones_of
from duecourse.core.law.places import NYC, jurisdiction

_SIGN: Final = ["country", "region", "area", "timezone", "home", "home_country"]
_FOUND: Final = pl.List(pl.Struct({"tz": pl.String, "jurisdiction": pl.String}))


def locations(book: Book, mine: pl.DataFrame) -> pl.DataFrame:
    """customer, source, tz, jurisdiction: from the address we hold, and from each postal address to write to.

    `mine` are customers with their creditor's `home` zone and `home_country`.
    """
    mine = mine.with_columns(pl.col("area").fill_null(""))
    signs = mine.select("customer", *_SIGN, source=pl.lit("residential_address"))
    letters = book.points.filter(pl.col("area") != "")
    if letters.height:
        sent = mine.drop("area").join(letters.select("customer", "area"), on="customer", how="inner")
        signs = pl.concat([signs, sent.select("customer", *_SIGN, source=pl.lit("mailing_address"))])
    known = signs.select(_SIGN).unique(maintain_order=True)
    found = [[{"tz": z, "jurisdiction": j} for z, j in places(*row)] for row in known.iter_rows()]
    return (
        signs.join(
            known.with_columns(found=pl.Series(found, dtype=_FOUND)), on=_SIGN, how="left", maintain_order="left"
        )
        .explode("found")
        .select("customer", "source", pl.col("found").struct.field("tz", "jurisdiction"))
    )


@lru_cache(maxsize=65_536)
def places(
    country: str, region: str, area: str, timezone: str, home: str, home_country: str
) -> tuple[tuple[str, str], ...]:
    """(zone, jurisdiction) of every place that these signs allow, the likeliest first.

    An empty zone or jurisdiction says that none can be told, which the gate holds for a person. `area` is an outward
    code or a ZIP code; `home` and `home_country` are the creditor's, believed only where the customer's are silent.
    """
    country = country or home_country
    regions = _regions(country, region, area)
    found = []
    for each in regions:
        laws = _laws(country, each, area)
        kept = zones_of(country, each.upper()) or ((home,) if country == home_country else ())
        # A stated zone is believed; where it does not fit the state it joins the state's own, and all of them count.
        zones = (timezone,) if timezone in kept or (timezone and not kept) else ((timezone,) if timezone else ()) + kept
        found += [(zone, law) for law in laws for zone in zones or ("",)]
    return tuple(dict.fromkeys(found))


def _regions(country: str, region: str, area: str) -> tuple[str, ...]:
    if country == "GB":
        return (region,) if jurisdiction("GB", region) != "UK" else nations_of(area) or ("",)
    if country == "US":
        told = region.strip().upper()
        posted = state_of_zip(area)
        # An address in one state and a record that says another: both may be right.
        return tuple(dict.fromkeys(state for state in (told, posted) if state in STATES)) or ("",)
    return (region.strip().upper(),)


def _laws(country: str, region: str, area: str) -> tuple[str, ...]:
    if country == "US" and not region:
        return ("",)  # federal law alone would be the laxest reading
    if country == "US" and region == "NY" and not area:
        return ("US-NY-NYC",)  # it may be in the city, whose rules come on top of the state's
    law = jurisdiction(country, region, area if area.startswith(NYC) else "")
    return (law,)
