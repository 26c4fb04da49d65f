"""Drive days that are drawn from the visits made, so that zones are held against each other.

A day is drawn for the whole town and driven twice, in the zones of today and in those proposed: the
same visits from the same start, each officer's in an order that is short.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.streets.estimate import CrowFlight
from geo.streets.travel import Travel
from reports.workload.plane import Floats, Ints

HOUR = 3600.0
PLACES = 2_000
"""About so many places are driven to, in as many days as that takes, within bounds."""
FEWEST_DAYS, MOST_DAYS = 8, 60
MOST_A_DAY = 900
"""More places are not drawn for one day: the time between all pairs is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """What is driven in zones on an average day that was drawn.

    Attributes
    ----------
    minutes
        A day, of each zone.
    days
        How many days were drawn.
    estimated
        By straight lines, for no streets are loaded.
    """

    minutes: Sequence[float]
    days: int
    estimated: bool

    @property
    def all(self) -> float:
        """Minutes a day, of all zones."""
        return sum(self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """The visits of a town, of which days are drawn.

    Attributes
    ----------
    places
        Longitude and latitude (EPSG:4326) of each place, shape (n, 2).
    times
        How often each was visited.
    parcel
        The parcel of each.
    a_day
        How many visits a day has, on the average.
    start
        Where days start and end; None where nobody has said.
    """

    places: Floats
    times: Floats
    parcel: Ints
    a_day: float
    start: tuple[float, float] | None


def drive(
    visited: Visited, zones: Sequence[Ints], travel: Travel, *, count: int, seed: int
) -> list[Driven]:  # fmt: skip
    """Drive the same days in each of some ways to part a town.

    Parameters
    ----------
    zones
        Of each way, the zone of each parcel.
    travel
        What knows how long drives take. The street engine holds Python's lock while it answers:
        never ask it in a process that serves pages.
    count
        How many zones there are at most.
    seed
        Which days are drawn.
    """
    dice = np.random.default_rng(seed)
    many = min(round(max(visited.a_day, 1)), MOST_A_DAY, int(visited.times.sum()))
    days = int(np.clip(PLACES // max(many, 1), FEWEST_DAYS, MOST_DAYS)) if many else 0
    took = np.zeros((len(zones), count))
    likely = visited.times / max(visited.times.sum(), 1.0)
    estimated = False
    for _ in range(days):
        drawn = np.unique(dice.choice(len(likely), size=many, p=likely))
        seconds, by_lines = _seconds(visited, drawn, travel)
        estimated = estimated or by_lines
        for way, zone in enumerate(zones):
            of = zone[visited.parcel[drawn]]
            for each in np.unique(of[of >= 0]).tolist():
                took[way, each] += _toured(seconds, np.flatnonzero(of == each), visited.start)
    return [
        Driven(minutes=(each / 60 / max(days, 1)).tolist(), days=days, estimated=estimated)
        for each in took
    ]


def _seconds(visited: Visited, drawn: Ints, travel: Travel) -> tuple[Floats, bool]:
    """Return the seconds between places, the start last; straight lines where no way is known."""
    places = visited.places[drawn]
    if visited.start is not None:
        places = np.vstack([places, [visited.start]])
    found = travel.matrix(places)
    seconds = found.seconds
    if not np.isfinite(seconds).all():
        seconds = np.where(np.isfinite(seconds), seconds, CrowFlight().matrix(places).seconds)
    return seconds, found.estimated


def _toured(seconds: Floats, stops: Ints, start: tuple[float, float] | None) -> float:
    """Return the seconds of a short round through some stops, from the start where there is one."""
    chosen = stops if start is None else np.append(len(seconds) - 1, stops)
    if len(chosen) <= 1:
        return 0.0
    return _shortened(seconds[np.ix_(chosen, chosen)].tolist())


def _shortened(seconds: list[list[float]]) -> float:
    """Return the length of a round: places are put in where that is cheapest, then moved."""
    tour = [0]
    for place in sorted(range(1, len(seconds)), key=lambda at: -seconds[0][at]):
        tour.insert(_cheapest(seconds, tour, place)[1], place)
    for _ in range(len(tour)):
        if not _improved(seconds, tour):
            break
    return sum(seconds[tour[at - 1]][tour[at]] for at in range(len(tour)))


def _improved(seconds: list[list[float]], tour: list[int]) -> bool:
    better = False
    for place in list(tour)[1:]:
        at = tour.index(place)
        before, after = tour[at - 1], tour[(at + 1) % len(tour)]
        saved = seconds[before][place] + seconds[place][after] - seconds[before][after]
        tour.pop(at)
        added, to = _cheapest(seconds, tour, place)
        if added < saved - 1e-6:
            better = True
            tour.insert(to, place)
        else:
            tour.insert(at, place)
    return better


def _cheapest(seconds: list[list[float]], tour: list[int], place: int) -> tuple[float, int]:
    """Return what a place adds where it adds least, and where in the round that is."""
    ways = (
        (seconds[here][place] + seconds[place][there] - seconds[here][there], at + 1)
        for at, (here, there) in enumerate(zip(tour, [*tour[1:], tour[0]], strict=True))
    )
    return min(ways)
