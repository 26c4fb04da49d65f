"""Answer driving times and routes over a built street dataset, inside this process.

`matrix` holds Python's global lock while it computes (about half a second for each million pairs):
never call it in a process that serves web pages.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import osrm
from numpy.typing import NDArray
from shapely import LineString

from geo.by_street import SNAP_LIMIT_M
from geo.streets.dataset import StreetsDataset
from geo.streets.errors import NoRouteError, StreetsError
from geo.streets.travel import Leg, Matrix, Places, Step
from geo.streets.turns import instruction

PAIRS_AT_ONCE = 1_000_000
"""Pairs asked in one call: it bounds memory and how long Python's global lock is held."""
NO_LIMIT = -1


@dataclass(frozen=True)
class Block:
    """Some rows of a matrix; `snap_metres` and `off_streets` are of all its places."""

    rows: NDArray[np.intp]
    seconds: NDArray[np.float64]
    snap_metres: NDArray[np.float64]
    off_streets: NDArray[np.bool_]


class Streets:
    """The streets of a town, open for questions.

    Parameters
    ----------
    dataset
        A dataset built by `geo.streets.dataset`.
    snap_limit_m
        A place farther than this from every street counts as unreachable.

    Raises
    ------
    StreetsError
        When the dataset's files cannot be opened.
    """

    def __init__(self, dataset: StreetsDataset, *, snap_limit_m: float = SNAP_LIMIT_M) -> None:
        self._snap_limit_m = snap_limit_m
        try:
            self._engine = osrm.OSRM(
                storage_config=str(dataset.base),
                algorithm="CH",
                use_shared_memory=False,
                max_locations_distance_table=NO_LIMIT,
                max_locations_viaroute=NO_LIMIT,
            )
        except RuntimeError as error:
            msg = (
                f"The street dataset in {dataset.base.parent} cannot be opened ({error}). "
                "Import the streets again with 'lotline import streets FILE'."
            )
            raise StreetsError(msg) from error

    def matrix(self, places: Places) -> Matrix:
        """Return driving times between all pairs of places.

        Turn costs and one-way streets are in the figures. A stop may be left in either
        direction, as in `route`, so both agree to the tenth of a second.

        Parameters
        ----------
        places
            Shape (n, 2): longitude and latitude, EPSG:4326.

        Returns
        -------
        Matrix
            Infinite to and from a place farther than the snap limit from every street.
        """
        count = len(places)
        return join_blocks((self.block(places, part) for part in row_blocks(count)), count=count)

    def block(self, places: Places, part: range) -> Block:
        """Return some rows of the matrix over places, for whoever joins them.

        Parameters
        ----------
        places
            Shape (n, 2): longitude and latitude, EPSG:4326.
        part
            Which in `drive_order` are driven from; all are driven to.
        """
        order = drive_order(places)
        answer = self._table(places[order], part)
        snap_metres = np.empty(len(places))
        snap_metres[order] = [place["distance"] for place in answer["destinations"]]
        rows = order[part.start : part.stop]
        off_streets = snap_metres > self._snap_limit_m
        seconds = _to_array(answer["durations"], count=len(rows), order=order)
        seconds[off_streets[rows]] = np.inf
        seconds[:, off_streets] = np.inf
        return Block(rows, seconds, snap_metres, off_streets)

    def route(self, places: Places) -> tuple[Leg, ...]:
        """Return the drive through places in their order, along the streets.

        Parameters
        ----------
        places
            Shape (n, 2), n >= 2: longitude and latitude, EPSG:4326.

        Returns
        -------
        tuple of Leg
            n - 1 legs, each ending with its arrival instruction.

        Raises
        ------
        NoRouteError
            When no way leads through the places, or one is too far from every street.
        """
        answer = self._ask(
            self._engine.Route,
            osrm.RouteParameters(
                coordinates=_coordinates(places),
                steps=True,
                geometries="geojson",
                overview="false",
                # With the default a driver may not turn round at a stop, and the times would
                # differ from the matrix the plan was made with.
                continue_straight=False,
            ),
        )
        far = [place["distance"] for place in answer["waypoints"]]
        if max(far) > self._snap_limit_m:
            lon, lat = places[int(np.argmax(far))]
            msg = (
                f"The place at {lon:.5f}, {lat:.5f} is {max(far):,.0f} m from the nearest street; "
                f"at most {self._snap_limit_m:,.0f} m was expected. Check its coordinates."
            )
            raise NoRouteError(msg)
        return tuple(_leg(leg) for leg in answer["routes"][0]["legs"])

    def _table(self, places: Places, rows: range) -> Any:
        return self._ask(
            self._engine.Table,
            osrm.TableParameters(
                coordinates=_coordinates(places),
                sources=list(rows),
                annotations=["duration"],
                generate_hints=False,
            ),
        )

    def _ask(self, service: Callable[[Any], Any], question: Any) -> Any:
        try:
            return service(question)
        except RuntimeError as error:
            msg = f"The street engine found no way ({error}). Check the places' coordinates."
            raise NoRouteError(msg) from error


def drive_order(places: Places) -> NDArray[np.intp]:
    """Order places so that near ones follow each other, up and down strips of the town.

    Their searches meet the same crossings in turn, so the engine takes a sixth less time than
    for the same places in any order.

    Parameters
    ----------
    places
        Shape (n, 2): longitude and latitude, EPSG:4326.
    """
    count = max(1, len(places))
    rank = places[:, 1].argsort().argsort()
    strip = rank * math.isqrt(count // 2 + 1) // count
    return np.lexsort((np.where(strip % 2, -places[:, 0], places[:, 0]), strip))


def row_blocks(count: int, *, at_least: int = 1) -> list[range]:
    """Divide the rows of a matrix over `count` places into blocks of a bounded size."""
    height = max(1, min(PAIRS_AT_ONCE // max(1, count), -(-count // at_least)))
    return [range(start, min(start + height, count)) for start in range(0, count, height)]


def join_blocks(blocks: Iterable[Block], *, count: int) -> Matrix:
    """Put the blocks of a matrix over `count` places together, each as it comes."""
    seconds, snap_metres = np.empty((count, count)), np.empty(count)
    off_streets = np.empty(count, dtype=bool)
    for block in blocks:
        seconds[block.rows] = block.seconds
        snap_metres, off_streets = block.snap_metres, block.off_streets
    return Matrix(seconds, snap_metres, off_streets, estimated=False)


def _coordinates(places: Places) -> list[tuple[float, float]]:
    return [(float(lon), float(lat)) for lon, lat in places]


def _to_array(rows: Any, *, count: int, order: NDArray[np.intp]) -> NDArray[np.float64]:
    """Copy OSRM's rows, their columns put back from `order`; its null, for no way, is infinity."""
    values = np.empty((count, len(order)))
    for place, row in enumerate(rows):
        # A whole row at a time: strung together, each figure would take half as long again.
        values[place, order] = np.fromiter(row, np.float64, len(order))
    values[np.isnan(values)] = np.inf
    return values


def _leg(leg: Any) -> Leg:
    steps = list(leg["steps"])
    return Leg(
        seconds=leg["duration"],
        metres=leg["distance"],
        line=_line(steps),
        steps=tuple(map(_step, steps)),
    )


def _step(step: Any) -> Step:
    maneuver = _dictionary(step["maneuver"])
    lon, lat = (float(part) for part in maneuver["location"])
    return Step(
        text=instruction(maneuver, street=step["name"]),
        seconds=step["duration"],
        metres=step["distance"],
        kind=maneuver["type"],
        turn=maneuver.get("modifier", ""),
        street=step["name"],
        exit=int(maneuver.get("exit") or 0),
        bearing=int(maneuver.get("bearing_after") or 0),
        lon=lon,
        lat=lat,
    )


def _dictionary(value: Any) -> dict[str, Any]:
    return {key: value[key] for key in value}


def _line(steps: list[Any]) -> LineString:
    """Join the steps' lines; each begins where the one before it ended."""
    points = [tuple(point) for step in steps for point in step["geometry"]["coordinates"]]
    distinct = [points[0]]
    distinct += [here for here, before in zip(points[1:], points, strict=False) if here != before]
    # Two stops taken to the same spot: a line needs two points all the same.
    return LineString(distinct if len(distinct) > 1 else distinct * 2)
