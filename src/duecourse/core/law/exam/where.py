"""Locations of a case → zone and jurisdiction. Every place that an address or a number points to counts."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import geocoder

from duecourse.core.law.exam.dossier import Dossier
from duecourse.core.law.places import jurisdiction, parts

CASE = {"US-FED": "US", "US-NYC": "US-NY-NYC"}
STATE_ZIP = re.compile(r"\b([A-Z]{2})(?: (\d{5}))?\s*$")
AU_STATE = re.compile(r"\b(NSW|VIC|QLD|WA|SA|TAS|ACT|NT)\b")
STATES = {
    "Massachusetts": "MA",
    "Washington": "WA",
    "New York": "NY",
    "Nevada": "NV",
    "California": "CA",
    "Washington D.C.": "DC",
    "District of Columbia": "DC",
}
NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")


def locations(dossier: Dossier) -> None:
    """One facts row per location. A statement of where somebody is for now gives a zone, not another law."""
    base = CASE.get(dossier.case["jurisdiction"], dossier.case["jurisdiction"])
    found = []
    for place in dossier.case["given"]["person"]["locations"]:
        stated = place.get("source") == "consumer_statement"
        path = base.split("-NY-NYC")[0] if stated else _path(place.get("source", ""), place.get("value", ""), base)
        found.append(path)
        dossier.add("locations", source=place.get("source"), tz=place["tz"], jurisdiction=path)
    linked = {part for path in found for part in parts(path)}
    if found and base not in linked:
        dossier.rows["locations"][0]["jurisdiction"] = base


def _path(source: str, value: str, base: str) -> str:
    country = base.split("-")[0]
    if "area_code" in source:
        return _of_number(value) or country
    if country == "US":
        match = STATE_ZIP.search(value)
        return jurisdiction("US", match[1], match[2] or "") if match else "US"
    if country == "AU":
        match = AU_STATE.search(value)
        return jurisdiction("AU", match[1] if match else "")
    if country == "UK":
        return jurisdiction("UK", next((nation for nation in NATIONS if nation in value), ""))
    return base


def _of_number(value: str) -> str | None:
    """The state of a North American area code."""
    digits = re.sub(r"\D", "", value.split("(")[0])
    if len(digits) != 4 or digits[0] != "1":
        return None
    place = geocoder.description_for_number(phonenumbers.parse(f"+{digits}5550100"), "en")
    name = place.rpartition(", ")[2] or place
    return jurisdiction("US", STATES.get(name, name))
