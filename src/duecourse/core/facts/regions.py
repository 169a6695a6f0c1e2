"""From postcodes and states to where the law and the clock are. A place that spans two answers gives both.

>>> state_of_zip("10001"), state_of_zip("96701"), state_of_zip("00000")
('NY', 'HI', '')
>>> nations_of("EH1"), nations_of("TD15"), nations_of("LS1")
(('Scotland',), ('England', 'Scotland'), ())
"""

from __future__ import annotations

import re
from typing import Final

# USPS Labeling List L002: the first three digits of a ZIP code, as inclusive ranges. Military and empty ranges are left out.
_ZIPS: Final = (
    "MA 010-027 055-055 RI 028-029 NH 030-038 ME 039-049 VT 050-054 056-059 CT 060-069 NJ 070-089 NY 005-005 100-149 "
    "PA 150-196 DE 197-199 DC 200-200 202-205 569-569 VA 201-201 220-246 MD 206-219 WV 247-268 NC 270-289 SC 290-299 "
    "GA 300-319 398-399 FL 320-339 341-349 AL 350-369 TN 370-385 MS 386-397 KY 400-427 OH 430-459 IN 460-479 MI 480-499 "
    "IA 500-528 WI 530-549 MN 550-567 SD 570-577 ND 580-588 MT 590-599 IL 600-629 MO 630-658 KS 660-679 NE 680-693 "
    "LA 700-714 AR 716-729 OK 730-732 734-749 TX 733-733 750-799 885-885 CO 800-816 WY 820-831 ID 832-838 UT 840-847 "
    "AZ 850-865 NM 870-884 NV 889-898 CA 900-908 910-961 HI 967-968 OR 970-979 WA 980-994 AK 995-999"
)


def _by_prefix() -> dict[str, str]:
    found, state = {}, ""
    for word in _ZIPS.split():
        if word.isalpha():
            state = word
            continue
        first, last = word.split("-")
        found.update({f"{n:03d}": state for n in range(int(first), int(last) + 1)})
    return found


_STATE_BY_PREFIX: Final = _by_prefix()
STATES: Final = frozenset(_STATE_BY_PREFIX.values())

# IANA time zone database, northamerica and australasia: every zone in which people of the state live.
_EAST, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)
_STATE_ZONES: Final = {
    **dict.fromkeys("CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV".split(), (_EAST,)),
    **dict.fromkeys("AL AR IA IL LA MN MO MS OK WI".split(), (_CENTRAL,)),
    **dict.fromkeys("CO MT NM UT WY".split(), (_MOUNTAIN,)),
    **dict.fromkeys("CA WA".split(), (_PACIFIC,)),
    **dict.fromkeys("KS ND NE SD TX".split(), (_CENTRAL, _MOUNTAIN)),
    **dict.fromkeys("FL KY TN".split(), (_EAST, _CENTRAL)),
    "IN": ("America/Indiana/Indianapolis", _CENTRAL),
    "MI": ("America/Detroit", _CENTRAL),
    "ID": (_MOUNTAIN, _PACIFIC),
    "OR": (_PACIFIC, _MOUNTAIN),
    "NV": (_PACIFIC, _MOUNTAIN),
    "AZ": ("America/Phoenix", _MOUNTAIN),  # the Navajo Nation keeps daylight-saving time
    "AK": ("America/Anchorage", "America/Adak"),
    "HI": ("Pacific/Honolulu",),
}
_AU_ZONES: Final = {
    "NSW": ("Australia/Sydney", "Australia/Broken_Hill"),
    "ACT": ("Australia/Sydney",),
    "VIC": ("Australia/Melbourne",),
    "TAS": ("Australia/Hobart",),
    "QLD": ("Australia/Brisbane",),
    "SA": ("Australia/Adelaide",),
    "NT": ("Australia/Darwin",),
    "WA": ("Australia/Perth", "Australia/Eucla"),
}
_COUNTRY_ZONES: Final = {
    "GB": "Europe/London", "IE": "Europe/Dublin", "DE": "Europe/Berlin", "FR": "Europe/Paris", "NL": "Europe/Amsterdam",
    "BE": "Europe/Brussels", "LU": "Europe/Luxembourg", "AT": "Europe/Vienna", "CH": "Europe/Zurich", "IT": "Europe/Rome",
    "ES": "Europe/Madrid Atlantic/Canary", "PT": "Europe/Lisbon Atlantic/Azores", "DK": "Europe/Copenhagen",
    "SE": "Europe/Stockholm", "NO": "Europe/Oslo", "FI": "Europe/Helsinki", "EE": "Europe/Tallinn", "LV": "Europe/Riga",
    "LT": "Europe/Vilnius", "PL": "Europe/Warsaw", "CZ": "Europe/Prague", "SK": "Europe/Bratislava", "HU": "Europe/Budapest",
    "SI": "Europe/Ljubljana", "HR": "Europe/Zagreb", "RO": "Europe/Bucharest", "BG": "Europe/Sofia", "GR": "Europe/Athens",
    "CY": "Asia/Nicosia", "MT": "Europe/Malta", "NZ": "Pacific/Auckland",
}  # fmt: skip

# Royal Mail postcode areas that lie in Scotland; TD runs on both sides of the border: Berwick is TD15.
_SCOTTISH: Final = frozenset("AB DD DG EH FK G HS IV KA KW KY ML PA PH ZE".split())


def state_of_zip(zip_code: str) -> str:
    """The state of a five-digit ZIP code; empty where it is none of the fifty states or D.C."""
    if zip_code == "06390":  # Fishers Island, New York, gets its post by way of Connecticut
        return "NY"
    return _STATE_BY_PREFIX.get(zip_code[:3], "") if re.fullmatch(r"[0-9]{5}", zip_code) else ""


def nations_of(outward: str) -> tuple[str, ...]:
    """Nations with a law of their own that a British outward code may lie in; none where it says no more than Britain."""
    found = re.match(r"[A-Z]+", outward)
    area = found.group() if found else ""
    if area == "TD":
        return ("England", "Scotland")
    if area in _SCOTTISH:
        return ("Scotland",)
    return ("Northern Ireland",) if area == "BT" else ()


def zones_of(country: str, region: str) -> tuple[str, ...]:
    """Every zone that a place of this country (and state) may keep; none where we cannot tell."""
    if country == "US":
        return _STATE_ZONES.get(region, ())
    if country == "AU":
        every = tuple(dict.fromkeys(zone for zones in _AU_ZONES.values() for zone in zones))
        return _AU_ZONES.get(region, every)
    return tuple(_COUNTRY_ZONES.get(country, "").split())
