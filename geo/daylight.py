"""Compute when the sun rises and sets at a place, for work that needs daylight.

The equations are those of NOAA's solar calculator (gml.noaa.gov/grad/solcalc), after J. Meeus,
*Astronomical Algorithms*: good to about a minute between 60 degrees south and north.
"""

import math
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZENITH_DEGREES = 90.833
"""Of the sun's middle when its upper edge is on the horizon, bent up by the air."""
DAY_SECONDS = 24 * 60 * 60


def daylight(day: date, *, lon: float, lat: float, zone: ZoneInfo) -> tuple[int, int]:
    """Return sunrise and sunset in seconds after local midnight.

    Parameters
    ----------
    day
        The day, in the town's calendar.
    lon, lat
        Longitude and latitude in degrees, EPSG:4326.
    zone
        The town's time zone.

    Returns
    -------
    tuple of int
        (0, 86400) where the sun does not set, (43200, 43200) where it does not rise.
    """
    midnight = datetime.combine(day, time(), zone)
    declination, equation = _sun(midnight.astimezone(UTC) + timedelta(hours=12))
    height = math.cos(math.radians(ZENITH_DEGREES)) / (
        math.cos(math.radians(lat)) * math.cos(declination)
    ) - math.tan(math.radians(lat)) * math.tan(declination)
    if height > 1:
        return DAY_SECONDS // 2, DAY_SECONDS // 2
    if height < -1:
        return 0, DAY_SECONDS
    half = math.degrees(math.acos(height)) * 4
    noon = 720 - 4 * lon - equation  # minutes after midnight UTC
    utc = datetime.combine(day, time(), UTC)
    rise, sets = (utc + timedelta(minutes=noon + sign * half) for sign in (-1, 1))
    # Told by the clock on the wall, which may be put forward or back on that very day.
    return _clock(rise.astimezone(zone), day), _clock(sets.astimezone(zone), day)


def _sun(moment: datetime) -> tuple[float, float]:
    """Return the sun's declination in radians and the equation of time in minutes."""
    century = (moment.timestamp() / DAY_SECONDS + 2_440_587.5 - 2_451_545) / 36_525
    mean_long = math.radians((280.46646 + century * (36_000.76983 + century * 0.0003032)) % 360)
    anomaly = math.radians(357.52911 + century * (35_999.05029 - 0.0001537 * century))
    eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century)
    centre = (
        math.sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century))
        + math.sin(2 * anomaly) * (0.019993 - 0.000101 * century)
        + math.sin(3 * anomaly) * 0.000289
    )
    node = math.radians(125.04 - 1934.136 * century)
    apparent = mean_long + math.radians(centre - 0.00569 - 0.00478 * math.sin(node))
    tilt = math.radians(23.439291 - 0.0130042 * century + 0.00256 * math.cos(node))
    declination = math.asin(math.sin(tilt) * math.sin(apparent))
    y = math.tan(tilt / 2) ** 2
    equation = (
        y * math.sin(2 * mean_long)
        - 2 * eccentricity * math.sin(anomaly)
        + 4 * eccentricity * y * math.sin(anomaly) * math.cos(2 * mean_long)
        - 0.5 * y * y * math.sin(4 * mean_long)
        - 1.25 * eccentricity * eccentricity * math.sin(2 * anomaly)
    )
    return declination, 4 * math.degrees(equation)


def _clock(moment: datetime, day: date) -> int:
    days = (moment.date() - day).days
    return days * DAY_SECONDS + moment.hour * 3600 + moment.minute * 60 + moment.second
