"""Find shares to begin with: those of today, or compact ones of about the same work each."""

from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np

from reports.workload.plane import Floats, Ints
from reports.workload.shares import NOBODYS, Town

MOVES_OF_MIDDLES, MOVES_OF_WEIGHTS = 12, 40
FIRST_STEP, FASTER, SLOWER = 0.1, 1.2, 0.5
"""How far weights go at first, in the spread of the places; by as much more while a zone has too
much work or too little again, and less once that has turned."""
MOST_MENDS = 12


def compact(
    places: Floats, work: Floats, *, zones: int, seed: int, middles: Floats | None = None
) -> Ints:
    """Share out places by a power diagram whose cells have about the same work.

    Between the moves of the middles (Lloyd's method) the weight of each is set so that its work
    comes to an even share, as can always be done (Aurenhammer, Hoffmann and Aronov 1998).

    Parameters
    ----------
    places
        Shape (n, 2), in metres.
    work
        Of each.
    middles
        Where zones are to be, shape (zones, 2); drawn by the seed where not given.
    """
    rounds = 1
    if middles is None:
        middles = _spread(places, work, zones, np.random.default_rng(seed))
        rounds = MOVES_OF_MIDDLES
    weights = np.zeros(zones)
    zone = np.zeros(len(places), dtype=np.int64)
    for _ in range(rounds):
        away = ((places[:, None] - middles[None]) ** 2).sum(axis=2)
        zone, weights = _evened(away, work, weights)
        for each in np.unique(zone).tolist():
            inside = zone == each
            middles[each] = np.average(places[inside], axis=0, weights=work[inside])
    return zone


def _evened(away: Floats, work: Floats, weights: Floats) -> tuple[Ints, Floats]:
    """Set weights so that each middle has about an even share; gives the evenest found."""
    zones = away.shape[1]
    even = work.sum() / zones
    step = np.full(zones, FIRST_STEP * float(np.median(away)))
    before = np.zeros(zones)
    best, found = np.inf, (np.argmin(away, axis=1), weights)
    for _ in range(MOVES_OF_WEIGHTS):
        zone = np.argmin(away + weights, axis=1)
        beyond = np.bincount(zone, weights=work, minlength=zones) / even - 1
        if (worst := float(np.abs(beyond).max())) < best:
            best, found = worst, (zone, weights.copy())
        step *= np.where(beyond * before < 0, SLOWER, FASTER)
        before = beyond
        weights = weights + step * np.clip(beyond, -1, 1)
    return found


def _spread(places: Floats, work: Floats, zones: int, dice: np.random.Generator) -> Floats:
    """Draw middles far from each other, likelier where there is more work (k-means++)."""
    likely = work / work.sum()
    chosen = [places[dice.choice(len(places), p=likely)]]
    for _ in range(zones - 1):
        away = ((places[:, None] - np.array(chosen)[None]) ** 2).sum(axis=2).min(axis=1)
        weighed = away * work
        total = weighed.sum()
        odds = weighed / total if total > 0 else likely
        chosen.append(places[dice.choice(len(places), p=odds)])
    return np.array(chosen)


def middles_of(zone: Ints, places: Floats, work: Floats) -> Floats:
    """Return the middle of the work of each zone, shape (zones, 2); every zone has a unit."""
    load = np.bincount(zone, weights=work)
    return np.column_stack([np.bincount(zone, weights=work * part) / load for part in places.T])


def resized(zone: Ints, places: Floats, work: Floats, town: Town, *, zones: int) -> Ints:
    """Make more or fewer zones of those of today: the heaviest are halved, the lightest joined."""
    zone = np.unique(zone, return_inverse=True)[1].astype(np.int64)
    while (count := int(zone.max()) + 1) < zones:
        load = np.bincount(zone, weights=work)
        many = np.bincount(zone)
        heaviest = int(np.argmax(np.where(many > 1, load, -1.0)))
        inside = np.flatnonzero(zone == heaviest)
        zone[inside[compact(places[inside], work[inside], zones=2, seed=0) == 1]] = count
        if int(zone.max()) + 1 == count:
            zone[inside[-1]] = count
    while int(zone.max()) + 1 > zones:
        zone = _without_lightest(zone, work, town)
    return zone


def _without_lightest(zone: Ints, work: Floats, town: Town) -> Ints:
    load = np.bincount(zone, weights=work)
    lightest = int(np.argmin(load))
    border: dict[int, float] = {}
    for unit in np.flatnonzero(zone == lightest).tolist():
        for other, metres in town.borders[unit].items():
            if other < town.count and (at := int(zone[other])) != lightest:
                border[at] = border.get(at, 0.0) + metres
    # Without a neighbour it goes to any: `mended` gives its units to whoever lies beside them.
    into = min(border, key=lambda at: load[at]) if border else int(np.argsort(load)[1])
    joined = np.where(zone == lightest, into, zone)
    return np.unique(joined, return_inverse=True)[1].astype(np.int64)


def mended(zone: Iterable[int], work: Sequence[float], town: Town, *, zones: int) -> list[int]:
    """Return shares like some, each in one piece, none empty, and none around another."""
    found = [int(each) for each in zone]
    for _ in range(MOST_MENDS):
        _keep_largest_parts(found, work, town, zones)
        _fill_empty(found, work, town, zones)
        _grow(found, town)
        shut = enclosed_by(found, town, zones=zones)
        if not shut:
            break
        for around, within in shut.items():
            _open_up(found, town, around, within)
    else:
        _keep_largest_parts(found, work, town, zones)
        _fill_empty(found, work, town, zones)
        _grow(found, town)
    return found


def parts_of(units: Sequence[int], town: Town) -> list[list[int]]:
    """Part some units into those that lie beside each other."""
    left = set(units)
    parts = []
    for first in units:
        if first not in left:
            continue
        left.discard(first)
        part, waiting = [first], [first]
        while waiting:
            for each in town.beside[waiting.pop()]:
                if each in left:
                    left.discard(each)
                    part.append(each)
                    waiting.append(each)
        parts.append(part)
    return parts


def enclosed_by(zone: Sequence[int], town: Town, *, zones: int) -> dict[int, set[int]]:
    """Return which zones lie all around which others; each zone has to be in one piece."""
    bare = len(town.borders) - town.count
    named = [*zone[: town.count], *range(zones, zones + bare)]
    beside: list[set[int]] = [set() for _ in range(zones + bare)]
    at_edge = {at for unit, at in enumerate(named) if town.at_edge[unit]}
    for unit, at in enumerate(named):
        beside[at].update(named[other] for other in town.borders[unit])
    found: dict[int, set[int]] = {}
    for around in range(zones):
        seen = at_edge - {around}
        waiting = list(seen)
        while waiting:
            new = beside[waiting.pop()] - seen - {around}
            seen |= new
            waiting += new
        if within := set(range(zones)) - seen - {around}:
            found[around] = within
    return found


def _keep_largest_parts(zone: list[int], work: Sequence[float], town: Town, zones: int) -> None:
    of: list[list[int]] = [[] for _ in range(zones)]
    for unit, at in enumerate(zone):
        if at != NOBODYS:
            of[at].append(unit)
    for units in of:
        parts = parts_of(units, town)
        parts.sort(key=lambda part: (-sum(work[unit] for unit in part), part[0]))
        for part in parts[1:]:
            for unit in part:
                zone[unit] = NOBODYS


def _fill_empty(zone: list[int], work: Sequence[float], town: Town, zones: int) -> None:
    """Give each zone without a unit one of the zone with most work, at its edge."""
    for empty in sorted(set(range(zones)) - set(zone)):
        load = [0.0] * zones
        many = [0] * zones
        for unit, at in enumerate(zone):
            if at != NOBODYS:
                load[at] += work[unit]
                many[at] += 1
        orphan = next((unit for unit, at in enumerate(zone) if at == NOBODYS), None)
        if orphan is not None:
            zone[orphan] = empty
            continue
        donor = max((at for at in range(zones) if many[at] > 1), key=lambda at: (load[at], -at))
        units = [unit for unit, at in enumerate(zone) if at == donor]
        whole = len(parts_of(units, town))
        for unit in units:
            if len(parts_of([each for each in units if each != unit], town)) <= whole:
                zone[unit] = empty
                break


def _grow(zone: list[int], town: Town) -> None:
    """Give what nobody has to whoever has most of the border around it, again and again."""
    waiting = deque(unit for unit, at in enumerate(zone) if at == NOBODYS)
    idle = 0
    while waiting and idle <= len(waiting):
        unit = waiting.popleft()
        border: dict[int, float] = {}
        for other in town.beside[unit]:
            if zone[other] != NOBODYS:
                metres = town.borders[unit].get(other, 0.0)
                border[zone[other]] = border.get(zone[other], 0.0) + metres
        if border:
            zone[unit] = max(sorted(border), key=border.__getitem__)
            idle = 0
        else:
            waiting.append(unit)
            idle += 1


def _open_up(zone: list[int], town: Town, around: int, within: set[int]) -> None:
    """Give zones that another lies all around a way out through it."""
    inside = [unit for unit, at in enumerate(zone) if at in within]
    shut = set(inside)
    came: dict[int, int] = {unit: unit for unit in inside}
    waiting = deque(inside)
    while waiting:
        here = waiting.popleft()
        for each in sorted(town.borders[here]):
            if each in came:
                continue
            came[each] = here
            if each >= town.count or zone[each] != around or town.at_edge[each]:
                _give_way(zone, came, each, shut, around)
                return
            waiting.append(each)


def _give_way(zone: list[int], came: dict[int, int], end: int, shut: set[int], around: int) -> None:
    way = [end] if end < len(zone) and zone[end] == around else []
    at = came[end]
    while at not in shut:
        way.append(at)
        at = came[at]
    for unit in way:
        zone[unit] = zone[at]
