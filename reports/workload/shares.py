"""Hold who has which unit, and what that costs, so that a move is weighed at once.

The cost is a sum of parts that are about one each where zones are as they are wished: driving over
the driving of the beginning, borders between zones over those of as many discs, what goes to
another officer over all that could, and how far zones are from an even share of the work.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports.workload.borders import OUTSIDE
from reports.workload.travel import Pace

NOBODYS = -1
STEEP = 60.0
"""What a zone costs at first for each share squared by which it is beyond the band."""
GENTLE = 1.0
"""The same within it: of two ways as good otherwise the more even one."""
MARGIN = 0.85
"""How much of the band that is allowed is used, so that nothing lies at its edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What is shared out: units by position, from 0.

    Attributes
    ----------
    hours, visits, east, north, square
        Of each unit: hours of work without driving, visits, and the sums of `Pace.hours`.
    beside
        The units that lie beside each, by which a zone hangs together.
    borders
        The metres of border with each other unit, also with those that are only met at a corner,
        and with bare ground, which has the numbers after those of the units; of it as well.
    around
        What is met around each, in order: of each stretch the unit on its other side, or bare
        ground, or `OUTSIDE`, or those only touched where one stretch ends.
    at_edge
        Which units and which bare ground lie at the edge of the town.
    area
        Square metres of all units.
    pace
        What driving depends on.
    reported
        Of each unit the hours that the report of hours counts, in which zones are to be as even;
        empty where there are none.
    """

    hours: Sequence[float]
    visits: Sequence[float]
    east: Sequence[float]
    north: Sequence[float]
    square: Sequence[float]
    beside: Sequence[Sequence[int]]
    borders: Sequence[Mapping[int, float]]
    around: Sequence[Sequence[Sequence[tuple[int, ...]]]]
    at_edge: Sequence[bool]
    area: float
    pace: Pace
    reported: Sequence[float] = ()

    @property
    def count(self) -> int:
        """How many units there are."""
        return len(self.hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How much each part of the cost counts.

    Attributes
    ----------
    ratio
        The largest share over the smallest, at the most.
    driving, shape, keeping
        What driving, borders and keeping what is today's count for.
    """

    ratio: float = 1.1
    driving: float = 1.0
    shape: float = 1.0
    keeping: float = 1.0

    @property
    def band(self) -> float:
        """How far a share may be from an even one: both ends of it are in the ratio."""
        return MARGIN * (self.ratio - 1) / (self.ratio + 1)


@dataclass(slots=True, kw_only=True)
class Scales:
    """What each part of the cost is measured by; what is steep may grow until shares are even.

    `reported` is an even share of what the report of hours counts, 0 where that is nothing.
    """

    work: float
    driving: float
    border: float
    moved: float
    steep: float = STEEP
    reported: float = 0.0
    steep_reported: float = STEEP


@dataclass(slots=True)
class Sums:
    """The sums over the units of a zone, and the hours driven in it."""

    hours: float = 0.0
    reported: float = 0.0
    visits: float = 0.0
    east: float = 0.0
    north: float = 0.0
    square: float = 0.0
    units: int = 0
    driven: float = field(default=0.0)


class Shares:
    """Who has which unit.

    Parameters
    ----------
    zone
        The zone of each unit.
    stays
        Of each unit, what it costs that each zone has it instead of who has it today.
    """

    def __init__(
        self, town: Town, zone: Sequence[int], *, zones: int, wishes: Wishes, scales: Scales,
        stays: Sequence[Sequence[float]],
    ) -> None:  # fmt: skip
        self.town, self.wishes, self.scales, self.stays = town, wishes, scales, stays
        self.zone = [*zone, *[NOBODYS] * (len(town.borders) - town.count)]
        self._reported = town.reported or [0.0] * town.count
        self.sums = [Sums() for _ in range(zones)]
        for unit, at in enumerate(zone):
            self._add(self.sums[at], unit, 1.0)
        for each in self.sums:
            each.driven = self._driven(each)

    @property
    def of_units(self) -> list[int]:
        """The zone of each unit."""
        return self.zone[: self.town.count]

    @property
    def zones(self) -> int:
        """How many zones there are."""
        return len(self.sums)

    def work(self) -> list[float]:
        """Return the hours of each zone, driving among them."""
        return [each.hours + each.driven for each in self.sums]

    def ratio(self) -> float:
        """Return the largest share over the smallest; infinite where one has none."""
        return _ratio(self.work())

    def reported_ratio(self) -> float:
        """Return the same of what the report of hours counts; 1 where that is nothing."""
        return _ratio([each.reported for each in self.sums]) if self.scales.reported else 1.0

    def cost(self) -> float:
        """Return what it all costs."""
        zone, count = self.of_units, self.town.count
        cut = sum(
            metres
            for unit, at in enumerate(zone)
            for other, metres in self.town.borders[unit].items()
            if unit < other < count and zone[other] != at
        )
        moved = sum(self.stays[unit][at] for unit, at in enumerate(zone))
        driven = sum(each.driven for each in self.sums)
        uneven = sum(self._uneven(each.hours + each.driven, each.reported) for each in self.sums)
        return self._weighed(driven, cut, moved) + uneven

    def weigh(self, unit: int, to: int) -> float:
        """Return by how much it costs more that another zone has a unit."""
        town, here, zone = self.town, self.zone[unit], self.zone
        old, new = self.sums[here], self.sums[to]
        hours, reported = town.hours[unit], self._reported[unit]
        left, more = self._after(old, unit, -1.0), self._after(new, unit, 1.0)
        cut = 0.0
        for other, metres in town.borders[unit].items():
            at = zone[other]
            if at == here:
                cut += metres
            elif at == to:
                cut -= metres
        stays = self.stays[unit]
        part = self._weighed(left + more - old.driven - new.driven, cut, stays[to] - stays[here])
        return (
            part
            + self._uneven(old.hours - hours + left, old.reported - reported)
            - self._uneven(old.hours + old.driven, old.reported)
            + self._uneven(new.hours + hours + more, new.reported + reported)
            - self._uneven(new.hours + new.driven, new.reported)
        )  # fmt: skip

    def move(self, unit: int, to: int) -> None:
        """Give a unit to another zone."""
        here = self.sums[self.zone[unit]]
        self._add(here, unit, -1.0)
        here.driven = self._driven(here)
        self._add(self.sums[to], unit, 1.0)
        self.sums[to].driven = self._driven(self.sums[to])
        self.zone[unit] = to

    def may_move(self, unit: int, to: int) -> bool:
        """Say whether both zones stay in one piece, and neither encloses another."""
        return self._is_met_once(unit, to) and self._holds_without(unit)

    def _holds_without(self, unit: int) -> bool:
        """Say whether the zone of a unit stays in one piece without it, and keeps something."""
        zone, beside = self.zone, self.town.beside
        here = zone[unit]
        near = [each for each in beside[unit] if zone[each] == here]
        if len(near) <= 1:
            return bool(near)
        wanted = set(near[1:])
        seen = {unit, near[0]}
        waiting = [near[0]]
        while waiting:
            for each in beside[waiting.pop()]:
                if each not in seen and zone[each] == here:
                    seen.add(each)
                    wanted.discard(each)
                    if not wanted:
                        return True
                    waiting.append(each)
        return False

    def _is_met_once(self, unit: int, to: int) -> bool:
        """Say whether a zone lies around a unit in one stretch, so that both enclose nothing."""
        zone = self.zone
        stretches = 0
        for ring in self.town.around[unit]:
            before = self._is_of(ring[-1], to, zone)
            if before and all(self._is_of(each, to, zone) for each in ring):
                stretches += 1
                continue
            for each in ring:
                now = self._is_of(each, to, zone)
                stretches += now and not before
                before = now
        return stretches == 1

    def _is_of(self, there: tuple[int, ...], to: int, zone: Sequence[int]) -> bool:
        return all(each != OUTSIDE and zone[each] == to for each in there)

    def _weighed(self, driven: float, cut: float, moved: float) -> float:
        wishes, scales = self.wishes, self.scales
        return (
            wishes.driving * driven / scales.driving
            + wishes.shape * cut / scales.border
            + wishes.keeping * moved / scales.moved
        )

    def _uneven(self, work: float, reported: float) -> float:
        scales, band = self.scales, self.wishes.band
        share = abs(work / scales.work - 1)
        beyond = share - band
        found = GENTLE * share * share + (scales.steep * beyond * beyond if beyond > 0 else 0.0)
        if scales.reported:
            beyond = abs(reported / scales.reported - 1) - band
            found += scales.steep_reported * beyond * beyond if beyond > 0 else 0.0
        return found

    def _after(self, sums: Sums, unit: int, sign: float) -> float:
        town = self.town
        return town.pace.hours(
            sums.visits + sign * town.visits[unit], sums.east + sign * town.east[unit],
            sums.north + sign * town.north[unit], sums.square + sign * town.square[unit],
        )  # fmt: skip

    def _driven(self, sums: Sums) -> float:
        return self.town.pace.hours(sums.visits, sums.east, sums.north, sums.square)

    def _add(self, sums: Sums, unit: int, sign: float) -> None:
        town = self.town
        sums.hours += sign * town.hours[unit]
        sums.reported += sign * self._reported[unit]
        sums.visits += sign * town.visits[unit]
        sums.east += sign * town.east[unit]
        sums.north += sign * town.north[unit]
        sums.square += sign * town.square[unit]
        sums.units += int(sign)


def _ratio(shares: Sequence[float]) -> float:
    return max(shares) / min(shares) if min(shares) > 0 else math.inf
