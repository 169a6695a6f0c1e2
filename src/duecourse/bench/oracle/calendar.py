"""Public holidays worked out by hand for the places of `worlds`, 2026 to 2028.

Sources: 5 U.S.C. 6103 and the states' own statutes; Banking and Financial Dealings Act 1971 and the proclamations of 2026;
Organisation of Working Time Act 1997 (Ireland), second schedule; the public-holiday acts of the Australian states;
the laws on public holidays that all German Länder share.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

MON, TUE, THU, FRI, SAT, SUN = 0, 1, 3, 4, 5, 6
YEARS = (2025, 2026, 2027, 2028, 2029)
QUEENS_WA = {
    2025: date(2025, 9, 29),
    2026: date(2026, 9, 28),
    2027: date(2027, 9, 27),
    2028: date(2028, 9, 25),
    2029: date(2029, 9, 24),
}
SHOW_QLD = {
    2025: date(2025, 8, 13),
    2026: date(2026, 8, 12),
    2027: date(2027, 8, 11),
    2028: date(2028, 8, 16),
    2029: date(2029, 8, 15),
}
DIWALI = {
    2025: None,
    2026: date(2026, 11, 8),
    2027: date(2027, 10, 29),
    2028: date(2028, 10, 17),
    2029: date(2029, 11, 5),
}


def nth(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month; n = -1 the last.

    >>> nth(2026, 11, THU, 4), nth(2026, 5, MON, -1)
    (datetime.date(2026, 11, 26), datetime.date(2026, 5, 25))
    """
    if n < 0:
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus.

    >>> easter(2026), easter(2027), easter(2028)
    (datetime.date(2026, 4, 5), datetime.date(2027, 3, 28), datetime.date(2028, 4, 16))
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    return date(year, month, (h + weekday - 7 * m + 33 * month + 19) % 32)


def beside(day: date) -> date:
    """The weekday on which a federal holiday of a weekend is observed."""
    return day - timedelta(days=1) if day.weekday() == SAT else day + timedelta(days=1) if day.weekday() == SUN else day


def monday(day: date) -> date:
    """Saturday and Sunday make the next Monday a holiday."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SAT else day


def _federal(y: int) -> set[date]:
    fixed = [date(y, 1, 1), date(y, 6, 19), date(y, 7, 4), date(y, 11, 11), date(y, 12, 25)]
    moving = [
        nth(y, 1, MON, 3),
        nth(y, 2, MON, 3),
        nth(y, 5, MON, -1),
        nth(y, 9, MON, 1),
        nth(y, 10, MON, 2),
        nth(y, 11, THU, 4),
    ]
    return {*fixed, *map(beside, [*fixed, date(y + 1, 1, 1)]), *moving} - {
        d for d in [beside(date(y, 1, 1))] if d.year < y
    }


def _state(y: int, state: str) -> set[date]:
    after = nth(y, 11, THU, 4) + timedelta(days=1)
    election = nth(y, 11, MON, 1) + timedelta(days=1)
    extra: dict[str, list[date | None]] = {
        "MA": [nth(y, 4, MON, 3)],
        "WA": [after],
        "DC": [date(y, 4, 16), beside(date(y, 4, 16)), date(y, 1, 20) if y % 4 == 1 else None],
        "NY": [date(y, 2, 12), beside(date(y, 2, 12)), date(y, 2, 15), election],
        "CA": [date(y, 3, 31), beside(date(y, 3, 31)), after, date(y, 2, 15), DIWALI[y]],
        "HI": [date(y, 3, 26), beside(date(y, 3, 26)), date(y, 6, 11), beside(date(y, 6, 11)), nth(y, 8, FRI, 3),
               election if y % 2 == 0 else None],
    }  # fmt: skip
    return {day for day in extra.get(state, []) if day}


def _britain(y: int, nation: str) -> set[date]:
    sunday = easter(y)
    christmas, boxing = date(y, 12, 25), date(y, 12, 26)
    days = {sunday - timedelta(days=2), nth(y, 5, MON, 1), nth(y, 5, MON, -1), date(y, 1, 1), christmas, boxing}
    days |= {monday(christmas), monday(boxing)}
    if christmas.weekday() in (SAT, SUN):  # both are made up for on Monday and Tuesday
        days |= {date(y, 12, 27), date(y, 12, 28)} | ({date(y, 12, 27)} if christmas.weekday() == SUN else set())
    if nation == "SCT":
        days |= {date(y, 1, 2), nth(y, 8, MON, 1), date(y, 11, 30), monday(date(y, 11, 30))}
        new = date(y, 1, 1)
        days |= {new + timedelta(days=n) for n in (2, 3)} if new.weekday() == SAT else set()
        days |= {date(y, 1, 3)} if new.weekday() == SUN else {date(y, 1, 4)} if new.weekday() == FRI else set()
        return days | ({date(2026, 6, 15)} if y == 2026 else set())  # the men's football team was at the World Cup
    return days | {sunday + timedelta(days=1), nth(y, 8, MON, -1), monday(date(y, 1, 1))}


def _australia(y: int, state: str) -> set[date]:
    sunday, anzac, christmas, boxing = easter(y), date(y, 4, 25), date(y, 12, 25), date(y, 12, 26)
    days = {date(y, 1, 1), monday(date(y, 1, 1)), monday(date(y, 1, 26)), anzac, christmas, boxing}
    days |= {sunday - timedelta(days=2), sunday, sunday + timedelta(days=1)}
    if christmas.weekday() in (FRI, SAT, SUN):
        days |= {date(y, 12, 28)} | ({date(y, 12, 27)} if christmas.weekday() != FRI else set())
    easter_saturday = sunday - timedelta(days=1)
    if state == "NSW":
        # Anzac Day on a weekend brings a Monday in 2026 and 2027.
        days |= {easter_saturday, nth(y, 6, MON, 2), nth(y, 10, MON, 1)} | (
            {monday(anzac)} if y in (2026, 2027) else set()
        )
    if state == "QLD":
        days |= {easter_saturday, nth(y, 5, MON, 1), nth(y, 10, MON, 1), SHOW_QLD[y]}
        days |= {monday(anzac)} if anzac.weekday() == SUN else set()
    if state == "WA":
        days |= {nth(y, 3, MON, 1), nth(y, 6, MON, 1), QUEENS_WA[y], monday(anzac)}
    if state == "SA":
        days |= {easter_saturday, nth(y, 3, MON, 2), nth(y, 6, MON, 2), nth(y, 10, MON, 1)}
    return days


def _germany(y: int) -> set[date]:
    sunday = easter(y)
    moving = [sunday + timedelta(days=n) for n in (-2, 1, 39, 50)]
    return {date(y, 1, 1), date(y, 5, 1), date(y, 10, 3), date(y, 12, 25), date(y, 12, 26), *moving}


def _ireland(y: int) -> set[date]:
    brigid = date(y, 2, 1) if date(y, 2, 1).weekday() == FRI else nth(y, 2, MON, 1)
    mondays = [
        nth(y, 5, MON, 1),
        nth(y, 6, MON, 1),
        nth(y, 8, MON, 1),
        nth(y, 10, MON, -1),
        easter(y) + timedelta(days=1),
    ]
    return {date(y, 1, 1), brigid, date(y, 3, 17), date(y, 12, 25), date(y, 12, 26), *mondays}


@cache
def holidays(jurisdiction: str) -> frozenset[date]:
    """Public holidays of a place."""
    head, _, rest = jurisdiction.partition("-")
    region = rest.partition("-")[0]
    found: set[date] = set()
    for y in YEARS:
        if head == "US":
            found |= _federal(y) | _state(y, region)
        elif head == "UK":
            found |= _britain(y, region)
        elif head == "AU":
            found |= _australia(y, region)
        elif region == "DE":
            found |= _germany(y)
        elif region == "IE":
            found |= _ireland(y)
    return frozenset(found)
