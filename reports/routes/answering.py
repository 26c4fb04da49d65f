"""Answer, in a process of its own, how an officer who is on the road gets through the day.

The question and the answer are JSON on the standard streams: the street engine and the search
hold Python's global lock, so no process that serves pages may ask them itself.
"""

import json
import sys
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from geo.errors import LotlineError
from geo.streets.travel import Leg, Matrix, Travel
from reports.routes.packed import pack
from reports.routes.plan import Drive
from reports.routes.replan import Anew
from reports.routes.rest import Rest, as_it_is, changes_told, plan_rest
from reports.routes.search import Effort
from reports.routes.under_way import UnderWay
from reports.routes.written import leg_to_json, plan_to_json

HOW = Anew(effort=Effort(iterations=1_500))
"""For one officer's rest of a day: a second at the most."""


def main() -> None:
    """Read a question, and write its answer or what is wrong with it."""
    asked = json.load(sys.stdin)
    try:
        told = KINDS[asked["kind"]](asked, _travel(asked["streets"]))
    except LotlineError as error:
        told = {"problem": str(error)}
    json.dump(told, sys.stdout)


def way(asked: Mapping[str, Any], travel: Travel) -> dict[str, Any]:
    """Drive through some places in their order, and measure them.

    Parameters
    ----------
    asked
        ``places``: longitude and latitude of each.
    travel
        The town's streets, or the straight-line estimate.

    Returns
    -------
    dict
        ``legs`` (None where they are estimated), ``drives`` and ``estimated``.
    """
    places = np.array(asked["places"], dtype=np.float64)
    matrix = travel.matrix(places)
    legs = None if matrix.estimated else [_leg(each) for each in travel.route(places)]
    return {"legs": legs, "drives": drives_told(matrix), "estimated": matrix.estimated}


def rest(asked: Mapping[str, Any], travel: Travel) -> dict[str, Any]:
    """Plan the rest of one officer's day.

    Parameters
    ----------
    asked
        ``day``: what `UnderWay.told` has written.
    travel
        The town's streets, or the straight-line estimate.

    Returns
    -------
    dict
        ``before``: as `as_it_is` tells it; ``plan`` as JSON, and what it was ``measured`` with,
        packed; ``added``: seconds by the urgent stop.
    """
    day = UnderWay.read(asked["day"])
    (officer,) = day.held
    before = as_it_is(day, travel, officer=officer)
    told = plan_rest(day, travel, how=HOW)
    added = {each.stop_id: each.added_seconds for each in told.inserted}
    return {"before": before, **_planned(day, told), "added": added}


def rest_of_town(asked: Mapping[str, Any], travel: Travel) -> dict[str, Any]:
    """Plan the rest of the day of one officer or of several.

    Parameters
    ----------
    asked
        ``day``: what `UnderWay.told` has written.
    travel
        The town's streets, or the straight-line estimate.

    Returns
    -------
    dict
        ``plan`` and ``measured`` as `rest` has them; ``changes`` as `changes_told` tells them.
    """
    day = UnderWay.read(asked["day"])
    told = plan_rest(day, travel, how=HOW)
    return {**_planned(day, told), "changes": changes_told(day, told)}


def _planned(day: UnderWay, told: Rest) -> dict[str, Any]:
    made = told.made
    return {
        "plan": plan_to_json(made.plan, problem=day.problem, names=day.names),
        "measured": b64encode(pack(made.matrix, made.rows)).decode(),
    }


KINDS = {"way": way, "rest": rest, "rest_of_town": rest_of_town}


def drives_told(matrix: Matrix) -> list[list[int | None]]:
    """Put driving times in whole seconds; None where there is no way."""
    return [
        [round(each) if np.isfinite(each) else None for each in row]
        for row in matrix.seconds.tolist()
    ]


def _leg(leg: Leg) -> dict[str, Any]:
    return leg_to_json(Drive(round(leg.seconds), round(leg.metres), leg.line, leg.steps))


def _travel(folder: str) -> Travel:
    from geo.streets.at_hand import travel_by  # noqa: PLC0415 - the engine only where asked

    return travel_by(Path(folder))[0]


if __name__ == "__main__":
    main()
