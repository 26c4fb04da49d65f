"""Share a town out among zones: even, in one piece each, compact, and much as they are today."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from reports.workload.plane import Floats, Ints
from reports.workload.search import NOBODY, Watch, anneal, descend, restore
from reports.workload.shares import Scales, Shares, Town, Wishes
from reports.workload.starting import compact, mended, middles_of, resized

MOVES_A_UNIT, LEAST_MOVES, MOST_MOVES = 1_600, 60_000, 3_000_000
SCOUTING = 0.4
"""The share of the moves that go into looking which beginnings are worth the rest."""
BEGINNINGS = 6
"""How many compact ones there are, beside those of today."""
FINALISTS = 2
PUSHES, STEEPER = 4, 4.0
"""How often uneven shares are made to cost more, and how much more each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """Who has what today.

    Attributes
    ----------
    zone
        The zone of today in which most of each unit lies, -1 for none.
    kept
        Of each unit and zone of today, shape (units, zones), how much of what counts stays where
        it is when that zone has the unit.
    whole
        The same if everything stayed.
    """

    zone: Ints
    kept: Floats
    whole: Floats


type Unevenness = tuple[float, float]
"""By how much the work is less even than is wished, and then by how much either is that."""
EVEN: Unevenness = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balanced:
    """Shares of the work.

    Attributes
    ----------
    zone
        The zone of each unit.
    of_today
        Which zone of today each goes on from; None of a new one.
    work, driven
        The hours of each zone with driving, and those of driving alone.
    ratio, reported
        The largest share of the work over the smallest, and the same of what the report of hours
        counts.
    cost
        What the search has made small.
    """

    zone: list[int]
    of_today: list[int | None]
    work: list[float]
    driven: list[float]
    ratio: float
    reported: float
    cost: float

    def unevenness(self, wished: float) -> Unevenness:
        """Say how far it is from being as even as is wished: the less the better."""
        return _unevenness(self.ratio, self.reported, wished)


def balance(
    town: Town, places: Floats, *, zones: int, today: Today, wishes: Wishes, seed: int = 0,
    watch: Watch = NOBODY, moves: int | None = None,
) -> Balanced:  # fmt: skip
    """Share a town out.

    Parameters
    ----------
    places
        The middle of each unit, shape (n, 2), in metres.
    zones
        How many: at most as many as there are units.
    moves
        How many moves are thought of; by the size of the town where not given. The same town,
        wishes, seed and moves give the same zones.
    """
    asked = _Asked(town, zones=zones, today=today, wishes=wishes)
    if zones == 1:
        return _told(asked.shares([0] * town.count), today)
    begun = [asked.shares(each) for each in _beginnings(asked, places, seed=seed)]
    asked.measure(begun)
    most = moves or min(max(MOVES_A_UNIT * town.count, LEAST_MOVES), MOST_MOVES)
    scout, last = round(most * SCOUTING / len(begun)), round(most * (1 - SCOUTING) / FINALISTS)
    for at, each in enumerate(begun):
        told = (SCOUTING * at / len(begun), SCOUTING * (at + 1) / len(begun))
        anneal(each, moves=scout, seed=seed + at, watch=watch, told=told)
        descend(each, watch=watch)
    best = sorted(begun, key=Shares.cost)[:FINALISTS]
    for at, each in enumerate(best):
        share = (1 - SCOUTING) / FINALISTS
        told = (SCOUTING + share * at, SCOUTING + share * (at + 1))
        anneal(each, moves=last, seed=seed + at, watch=watch, told=told)
        descend(each, watch=watch)
    found = min(best, key=Shares.cost)
    _push(found, asked, moves=last, seed=seed, watch=watch)
    return _told(found, today)


def _push(found: Shares, asked: "_Asked", *, moves: int, seed: int, watch: Watch) -> None:
    """Make uneven shares cost ever more until they are as even as is wished, or nothing helps.

    The work comes first: what the report of hours counts gives way where they cannot both be even.
    """
    for again in range(PUSHES):
        before, kept = asked.unevenness(found), found.of_units
        if before == EVEN or not watch.tell("Evening out", 1.0):
            return
        asked.push(work=before[0] > 0)
        anneal(found, moves=moves // 2, seed=seed + again, watch=watch, told=(1.0, 1.0))
        descend(found, watch=watch)
        if asked.unevenness(found) > before:
            restore(found, kept)


class _Asked:
    """What is shared out, and how each way to do it is measured."""

    def __init__(self, town: Town, *, zones: int, today: Today, wishes: Wishes) -> None:
        self.town, self.zones, self.today, self.wishes = town, zones, today, wishes
        self.work = _work(town)
        self._scales = Scales(
            work=1.0, driving=1.0, border=max(math.sqrt(math.pi * town.area * zones), 1.0),
            moved=max(float(today.whole.sum()), 1e-9), reported=sum(town.reported) / zones,
        )  # fmt: skip

    def shares(self, zone: Sequence[int]) -> Shares:
        """Return shares to search on from."""
        lost = np.column_stack([
            self.today.whole if at is None else self.today.whole - self.today.kept[:, at]
            for at in _labels(zone, self.zones, self.today)
        ])  # fmt: skip
        return Shares(
            self.town, zone, zones=self.zones, wishes=self.wishes, scales=self._scales,
            stays=lost.tolist(),
        )  # fmt: skip

    def push(self, *, work: bool) -> None:
        """Make uneven shares of the work cost more, or else of what the report of hours counts."""
        if work:
            self._scales.steep *= STEEPER
        else:
            self._scales.steep_reported *= STEEPER

    def unevenness(self, shares: Shares) -> Unevenness:
        """Say how far shares are from being as even as is wished."""
        return _unevenness(shares.ratio(), shares.reported_ratio(), self.wishes.ratio)

    def measure(self, begun: Sequence[Shares]) -> None:
        """Measure driving and work by what they are at the beginnings."""
        driven = min(sum(each.driven for each in one.sums) for one in begun)
        self._scales.driving = max(driven, 1e-9)
        self._scales.work = max((sum(self.town.hours) + driven) / self.zones, 1e-9)


def _unevenness(ratio: float, reported: float, wished: float) -> Unevenness:
    return max(ratio - wished, 0.0), max(ratio - wished, reported - wished, 0.0)


def _work(town: Town) -> Floats:
    """Return about how many hours each unit is, with driving by the town's own average."""
    hours, visits = np.array(town.hours), np.array(town.visits)
    driven = town.pace.hours(visits.sum(), sum(town.east), sum(town.north), sum(town.square))
    each = driven / visits.sum() if visits.sum() > 0 else 0.0
    return np.asarray(hours + visits * each)


def _beginnings(asked: _Asked, places: Floats, *, seed: int) -> list[list[int]]:
    town, zones, work = asked.town, asked.zones, asked.work
    found = [compact(places, work, zones=zones, seed=seed + at) for at in range(BEGINNINGS)]
    there = asked.today.zone.copy()
    if (there >= 0).any():
        there[there < 0] = int(there.max())
        there = resized(there, places, work, town, zones=zones)
        middles = middles_of(there, places, work)
        found += [there, compact(places, work, zones=zones, seed=seed, middles=middles)]
    return [mended(each.tolist(), work.tolist(), town, zones=zones) for each in found]


def _labels(zone: Sequence[int], zones: int, today: Today) -> list[int | None]:
    """Say which zone of today each goes on from, so that most stays where it is."""
    kept = np.zeros((zones, today.kept.shape[1]))
    np.add.at(kept, np.array(zone), today.kept)
    found: list[int | None] = [None] * zones
    for at, label in zip(*linear_sum_assignment(-kept), strict=True):
        found[int(at)] = int(label)
    return found


def _told(shares: Shares, today: Today) -> Balanced:
    return Balanced(
        zone=shares.of_units, of_today=_labels(shares.of_units, shares.zones, today),
        work=shares.work(), driven=[each.driven for each in shares.sums], ratio=shares.ratio(),
        reported=shares.reported_ratio(), cost=shares.cost(),
    )  # fmt: skip
