"""Public holidays by jurisdiction, and the business days that some rules count in.

>>> from datetime import date
>>> date(2026, 4, 3) in holidays_in("AU-WA", 2026), date(2026, 4, 4) in holidays_in("AU-WA", 2026)
(True, False)
>>> date(2026, 4, 4) in holidays_in("AU-NSW", 2026)
True
"""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays as calendar

COUNTRY = {"UK": "GB"}
REGION = {"GB": {"ENG": "ENG", "SCT": "SCT", "WLS": "WLS", "NIR": "NIR", "": "ENG"}, "US": {"NY-NYC": "NY"}}


@cache
def holidays_in(jurisdiction: str, year: int) -> frozenset[date]:
    """Public holidays, substitute days included, of the country and of the person's own state. An unknown country has none.

    A national day that a state does not keep, or moves, is a holiday there too: it protects the customer.
    """
    country, _, region = jurisdiction.removeprefix("EU-").partition("-")
    country = COUNTRY.get(country, country)
    region = REGION.get(country, {}).get(region, region)
    return _days(country, "", year) | _days(country, region, year)


@cache
def _days(country: str, region: str, year: int) -> frozenset[date]:
    try:
        return frozenset(calendar.country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        return frozenset()


@cache
def us_legal_holidays(first_year: int, last_year: int) -> tuple[date, ...]:
    """The dates that 5 U.S.C. 6103(a) lists. Observed Fridays and Mondays come from 6103(b) and are not among them."""
    return tuple(sorted(calendar.country_holidays("US", years=range(first_year, last_year + 1), observed=False)))
