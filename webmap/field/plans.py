"""Read a route plan that was made for today, where there is one; none is made here.

Planning holds the process for a second and more, so the command line does it and leaves a file.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan as its file says it: numbers of cases in order, and the drives between them."""

    order: Sequence[str] = ()
    legs: Sequence[dict[str, Any]] = ()


def planned(home: Path, *, on: date, zones: Sequence[str]) -> Planned:
    """Return the plan of a day for one of some zones; an empty one where there is none to read.

    Parameters
    ----------
    home
        LOTLINE_HOME, where ``lotline routes plan`` leaves its plans.
    zones
        The codes of an officer's zones.
    """
    for code in zones:
        path = home / "plans" / f"{on}-{code}" / "plan.geojson"
        try:
            features = json.loads(path.read_text(encoding="utf-8"))["features"]
            return Planned(_order(features), _legs(features))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError) as error:
            current_app.logger.warning("The plan %s cannot be read: %s", path, error)
    return Planned()


def _order(features: list[dict[str, Any]]) -> list[str]:
    stops = [each["properties"] for each in features if each["properties"]["role"] == "stop"]
    stops.sort(key=lambda each: each["order"])
    return [number for each in stops for number in each["cases"]]


def _legs(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    legs = [each for each in features if each["properties"]["role"] == "leg"]
    legs.sort(key=lambda each: each["properties"]["order"])
    return [
        {
            "line": each["geometry"]["coordinates"],
            "seconds": each["properties"]["seconds"],
            "metres": each["properties"]["metres"],
        }
        for each in legs
    ]
