"""Opening hours on hard nights, against a brute-force clock, and the calendars behind them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from duecourse.core.law.calendars import holidays_in, us_legal_holidays
from duecourse.core.law.windows import Doors, Hours, spans
from duecourse.core.law.zones import Clock, known, offsets

ZONES = (
    "America/New_York",
    "America/St_Johns",
    "Europe/London",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "Asia/Kathmandu",
)


@pytest.mark.parametrize("tz", ZONES)
@pytest.mark.parametrize(("start", "end"), [(480, 1260), (60, 150), (0, 1440), (0, 90)])
def test_spans_agree_with_the_wall_clock_minute_by_minute(tz: str, start: int, end: int) -> None:
    rng = random.Random(tz)
    table = list(zip(*spans(Hours.daily(start, end, days=(0, 2, 6)), tz, "", 2026), strict=True))
    for _ in range(1500):
        at = datetime(2026, 1, 2, tzinfo=UTC) + timedelta(minutes=rng.randrange(360 * 1440))
        if rng.random() < 0.5:  # near this zone's own clock changes
            second = rng.choice(offsets(tz, 2026))[0]
            at = datetime.fromtimestamp(second, UTC) + timedelta(minutes=rng.randrange(-300, 300))
        if not datetime(2026, 1, 1, tzinfo=UTC) <= at < datetime(2027, 1, 1, tzinfo=UTC):
            continue
        clock = at.astimezone(ZoneInfo(tz))
        expected = clock.weekday() in (0, 2, 6) and start <= clock.hour * 60 + clock.minute < end
        second = int(at.timestamp())
        assert any(low <= second < high for low, high in table) == expected, at


def test_a_day_without_sunday_in_samoa_has_no_hours_lost() -> None:
    ends = [int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2011, 2012)]
    assert [each.tolist() for each in spans(Hours.daily(0, 1440), "Pacific/Apia", "", 2011)] == [ends[:1], ends[1:]]


def test_doors_give_the_next_opening_common_to_all_places() -> None:
    sets = ((("America/New_York", "US"), ("Pacific/Honolulu", "US")), (("America/New_York", "US"),))
    doors = Doors(Hours.daily(480, 1260), sets, date(2026, 7, 1), date(2026, 7, 31))
    at = pl.Series([datetime(2026, 7, 14, 17, 30, tzinfo=UTC)] * 2, dtype=pl.Datetime("us", "UTC"))
    found = doors.closed(at, pl.Series([0, 1]))
    assert found["closed"].to_list() == [True, False]
    assert found["until"][0] == datetime(2026, 7, 14, 18, tzinfo=UTC)


def test_a_set_without_a_place_is_never_open_and_disturbs_no_other() -> None:
    doors = Doors(Hours.daily(480, 1260), ((), (("Europe/London", "UK"),)), date(2026, 7, 1), date(2026, 7, 31))
    at = pl.Series([datetime(2026, 7, 14, 12, tzinfo=UTC)] * 2, dtype=pl.Datetime("us", "UTC"))
    assert doors.closed(at, pl.Series([0, 1]))["closed"].to_list() == [True, False]


def test_past_its_table_a_door_says_ask_again_there() -> None:
    doors = Doors(Hours.daily(480, 1260), ((("Europe/London", "UK"),),), date(2026, 7, 1), date(2026, 7, 1))
    at = pl.Series([datetime(2026, 7, 1, 22, tzinfo=UTC)], dtype=pl.Datetime("us", "UTC"))
    assert doors.closed(at, pl.Series([0]))["until"][0] == datetime(2026, 7, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "after", "expected"),
    [
        ("2026-11-01T01:30:00", "2026-11-01T00:00Z", "2026-11-01T05:30Z"),  # first pass of the repeated hour
        ("2026-11-01T01:30:00", "2026-11-01T05:30Z", "2026-11-01T06:30Z"),  # second pass
        ("2026-03-08T02:30:00", "2026-03-08T00:00Z", "2026-03-08T07:30Z"),  # the hour that is missing
        ("2026-06-10T08:00:00", "2026-06-10T00:00Z", "2026-06-10T12:00Z"),
    ],
)
def test_wall_time_to_instant(wall: str, after: str, expected: str) -> None:
    clock = Clock(["America/New_York"])
    local = pl.Series([datetime.fromisoformat(wall)], dtype=pl.Datetime("us"))
    later = pl.Series([datetime.fromisoformat(after)], dtype=pl.Datetime("us", "UTC"))
    assert clock.instant(local, pl.Series([0]), after=later)[0] == datetime.fromisoformat(expected)


def test_local_time_of_nothing_is_nothing() -> None:
    clock = Clock(["America/New_York"])
    gone = pl.Series([None, datetime(2026, 6, 10, 12, tzinfo=UTC)], dtype=pl.Datetime("us", "UTC"))
    assert clock.local(gone, pl.Series([0, 0])).to_list() == [None, datetime(2026, 6, 10, 8)]  # noqa: DTZ001
    assert clock.local(gone.head(1), pl.Series([0])).to_list() == [None]


def test_unknown_zones_are_known_to_be_unknown() -> None:
    assert [known(tz) for tz in ("Europe/London", "Europe/Londres", "", "../etc/passwd")] == [True, False, False, False]


def test_holidays_are_those_of_the_persons_own_state() -> None:
    anzac = date(2026, 4, 27)
    assert [anzac in holidays_in(place, 2026) for place in ("AU-WA", "AU-VIC")] == [True, False]
    assert date(2026, 11, 30) in holidays_in("UK-SCT", 2026)
    assert date(2026, 11, 30) not in holidays_in("UK", 2026)
    assert date(2026, 10, 3) in holidays_in("EU-DE", 2026)
    assert holidays_in("XX", 2026) == frozenset()


def test_federal_counting_days_are_the_listed_dates() -> None:
    listed = us_legal_holidays(2026, 2026)
    assert date(2026, 7, 4) in listed
    assert date(2026, 7, 3) not in listed
    assert len(listed) == 11
