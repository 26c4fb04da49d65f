"""Learn from drives that were made how long they take by the hour, and say what it rests on.

A drive is known of where an officer said when one stop was left and when the next was come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.visiting.learning import Source
from cases.visiting.settings import DRIVES, MINUTE, SETTINGS, Settings

ENOUGH = 30
"""Fewer drives at a part of the day say nothing of the next."""
LOOKS_BACK = timedelta(days=180)
MOST_PLANS = 200
"""The latest of them: their drives are many, and older ones tell of other streets."""
SHORTEST, LONGEST = 30, 180 * MINUTE
"""In seconds; what is beyond is a stamp that was forgotten or made too late, not a drive."""
PAUSE = 5 * MINUTE
"""By so much more than its drive a plan has a pause between two stops."""
BY_THE_STREETS = 100
_LEARNED = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long drives take that begin at a part of the day.

    Attributes
    ----------
    percent
        Of what the streets alone say.
    drives
        How many are known, whatever the figure comes from.
    learned
        Their median in percent, within bounds; None where they are fewer than `ENOUGH`.
    """

    percent: int
    source: Source
    drives: int = 0
    learned: int | None = None


def paces(
    connection: sa.Connection, settings: Settings, *, on: date, zone: tzinfo
) -> Mapping[str, Pace]:
    """Tell by the setting's name how long drives take: as was set, else as learned, else as is.

    Drives are left out of which the plan had lunch on the way, that were made in another order
    than planned, or that took less or more than any drive does. Those of plans whose drives were
    not measured along the streets teach nothing.

    Parameters
    ----------
    on
        The last day that is looked at, in the town's calendar.
    zone
        The town's time zone, by whose hours a drive begins.
    """
    asked = {
        "since": on - LOOKS_BACK, "on": on, "most": MOST_PLANS, "zone": str(zone), "pause": PAUSE,
        "shortest": SHORTEST, "longest": LONGEST, "names": list(DRIVES),
        "firsts": [first for first, _ in DRIVES.values()],
        "lasts": [last for _, last in DRIVES.values()],
    }  # fmt: skip
    learned = {row.name: row for row in connection.execute(sa.text(_LEARNED), asked)}
    return {name: _pace(name, learned.get(name), settings) for name in DRIVES}


def _pace(name: str, row: Any, settings: Settings) -> Pace:
    drives = int(row.drives) if row else 0
    median = None
    if drives >= ENOUGH:
        median = min(max(round(row.percent), SETTINGS[name].least), SETTINGS[name].most)
    said = settings.said.get(name)
    if said is not None:
        return Pace(percent=said, source=Source.SET, drives=drives, learned=median)
    if median is not None:
        return Pace(percent=median, source=Source.LEARNED, drives=drives, learned=median)
    return Pace(percent=BY_THE_STREETS, source=Source.USUAL, drives=drives)
