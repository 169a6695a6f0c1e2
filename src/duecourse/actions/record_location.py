"""Write down where a customer may be: from a country, a state and a postcode to the clocks and the laws that may hold there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from duecourse.actions.record_circumstance import Told, record_circumstance
from duecourse.core.decide.whereabouts import places
from duecourse.core.law.telling import Untold
from duecourse.records.law.models import Circumstance


def record_location(
    told: Told, *, country: str, region: str, postcode: str, zone: str, now: datetime
) -> list[Circumstance]:
    """One fact for each place that the words allow: all of them count. Raises Untold where they say too little."""
    country = country.strip().upper()
    if len(country) != 2 or not country.isalpha():
        raise Untold("Write the country in two letters, such as GB or US.")
    area = postcode.strip().upper().split(" ")[0]
    found = places(country, region.strip(), area, zone.strip(), "", "")
    if any(not law for _, law in found):
        raise Untold("Say the state, or a full postcode: its rules depend on it.")
    if any(not tz for tz, _ in found):
        raise Untold("Say the time zone, such as Pacific/Auckland: we do not know it for this place.")
    return [
        record_circumstance(
            replace(told, kind="locations", data={"source": "told", "tz": tz, "jurisdiction": law}), now=now
        )
        for tz, law in found
    ]
