"""Read places, shifts and times of day that the commands of routes are given."""

from __future__ import annotations

import math
import re

import click

MINUTES_A_DAY = 24 * 60


def read_place(text: str) -> tuple[float, float]:
    """Read longitude and latitude from "-71.11,42.37"."""
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        lon = lat = math.nan
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - the globe
        msg = f"{text!r} is no place: give longitude,latitude as in -71.11,42.37"
        raise click.BadParameter(msg)
    return lon, lat


def read_shift(text: str) -> tuple[int, int]:
    """Read the seconds after midnight of both ends from "08:00-16:30"."""
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)-(\d{1,2}):([0-5]\d)", text)
    numbers = [int(part) for part in found.groups()] if found else [0, 0, 0, 0]
    start, end = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if not start < end <= MINUTES_A_DAY:
        msg = f"{text!r} is no shift: give its start and end as in 08:00-16:30"
        raise click.BadParameter(msg)
    return start * 60, end * 60


def read_time(text: str) -> int:
    """Read the seconds after midnight from "13:40"."""
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)", text)
    hour, minute = (int(part) for part in found.groups()) if found else (24, 0)
    if hour >= 24:  # noqa: PLR2004 - hours of a day
        msg = f"{text!r} is no time of day: give it as in 13:40"
        raise click.BadParameter(msg)
    return hour * 3600 + minute * 60
