"""Jurisdictions: how they are written, which rules they bring, and which are covered.

A jurisdiction is a path: "US-NY-NYC" brings the rules of US, of US-NY and of US-NY-NYC. A person linked to several
gets the union.

>>> parts("US-NY-NYC")
('US', 'US-NY', 'US-NY-NYC')
>>> jurisdiction("US", "NY", "11201"), jurisdiction("GB", "Scotland"), jurisdiction("DE", ""), jurisdiction("NZ", "")
('US-NY-NYC', 'UK-SCT', 'EU-DE', 'NZ')
"""

from __future__ import annotations

from collections.abc import Iterable

# Places with rules of their own; the position is the bit in a docket's `where`.
RULED = (
    "US",
    "US-MA",
    "US-WA",
    "US-DC",
    "US-NY",
    "US-NY-NYC",
    "US-NV",
    "US-CA",
    "UK",
    "UK-SCT",
    "UK-NIR",
    "AU",
    "EU",
    "EU-DE",
    "EU-IE",
)
BIT = {place: 1 << position for position, place in enumerate(RULED)}
UNCOVERED = 1 << len(RULED)
UNKNOWN = 1 << (len(RULED) + 1)

EU = frozenset("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split())
NATIONS = {
    "scotland": "SCT",
    "sct": "SCT",
    "northern ireland": "NIR",
    "nir": "NIR",
    "wales": "WLS",
    "wls": "WLS",
    "england": "ENG",
    "eng": "ENG",
}
NYC = ("100", "101", "102", "103", "104", "11004", "11005", "111", "112", "113", "114", "116")


def parts(path: str) -> tuple[str, ...]:
    """A jurisdiction and all that contain it, widest first."""
    words = path.split("-")
    return tuple("-".join(words[: n + 1]) for n in range(len(words)))


def jurisdiction(country: str, region: str = "", postcode: str = "") -> str:
    """The path for an ISO country, its region (state code or nation name) and postcode. Unknown regions give the
    country alone."""
    country, region = country.upper(), region.strip()
    if country in ("GB", "UK"):
        nation = NATIONS.get(region.lower(), "")
        return f"UK-{nation}" if nation else "UK"
    region = region.upper() if region.isalnum() and len(region) <= 3 else ""
    if country == "US" and region == "NY" and postcode.startswith(NYC):
        return "US-NY-NYC"
    head = f"EU-{country}" if country in EU else country
    return f"{head}-{region}" if region else head


def bits(path: str, covered: Iterable[str]) -> int:
    """Which ruled places a jurisdiction belongs to; UNCOVERED where none of `covered` contains it, UNKNOWN where
    there is none."""
    if not path:
        return UNKNOWN
    found = parts(path)
    mask = sum(BIT[part] for part in found if part in BIT)
    return mask if set(found) & set(covered) else mask | UNCOVERED
