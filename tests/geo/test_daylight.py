from datetime import date
from zoneinfo import ZoneInfo

import pytest

from geo.daylight import daylight

BOSTON = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("day", "lon", "lat", "rise", "sets"),
    [
        (date(2026, 6, 21), -71.11, 42.37, "05:07", "20:25"),
        (date(2026, 12, 21), -71.11, 42.37, "07:10", "16:15"),
        (date(2026, 3, 20), -71.11, 42.37, "06:48", "18:56"),
        (date(2026, 12, 21), -80.19, 25.76, "07:03", "17:35"),
    ],
    ids=["Cambridge in June", "Cambridge in December", "Cambridge in March", "Miami in December"],
)
def test_the_sun_rises_and_sets_as_the_almanac_says(
    day: date, lon: float, lat: float, rise: str, sets: str
) -> None:
    told = daylight(day, lon=lon, lat=lat, zone=BOSTON)
    assert told == (pytest.approx(_seconds(rise), abs=120), pytest.approx(_seconds(sets), abs=120))


def test_a_day_on_which_the_clock_is_put_forward_is_told_by_the_new_time() -> None:
    before = daylight(date(2026, 3, 7), lon=-71.11, lat=42.37, zone=BOSTON)
    after = daylight(date(2026, 3, 8), lon=-71.11, lat=42.37, zone=BOSTON)
    assert after[0] - before[0] == pytest.approx(3600, abs=180)


def test_where_the_sun_does_not_set_or_rise_the_day_is_whole_or_none() -> None:
    oslo = ZoneInfo("Europe/Oslo")
    assert daylight(date(2026, 6, 21), lon=18.96, lat=69.65, zone=oslo) == (0, 86_400)
    assert daylight(date(2026, 12, 21), lon=18.96, lat=69.65, zone=oslo) == (43_200, 43_200)


def _seconds(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60
