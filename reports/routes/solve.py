"""Find good days for a whole problem: part it, let officers meet, search, and share fairly."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from reports.routes.apart import Part, by_officer, is_heavy
from reports.routes.beginning import begin
from reports.routes.dealing import deal
from reports.routes.encode import encode
from reports.routes.ground import Ground, Orders
from reports.routes.meeting import meet
from reports.routes.parallel import Task, search_all
from reports.routes.search import NOBODY, Effort, Watch

if TYPE_CHECKING:
    from datetime import date

SCOUTING = 0.25
"""Share of the effort spent to see where a day would pass a visit by two, or who gets how much."""
TOGETHER = 0.6
"""Share of the effort spent on all officers together where each then searches alone."""


def solve(
    ground: Ground,
    *,
    effort: Effort,
    seed: int = 0,
    watch: Watch = NOBODY,
    cores: int | None = None,
    start: Orders | None = None,
) -> tuple[Ground, Orders]:
    """Find which stops each shift visits, and in which order.

    Parameters
    ----------
    ground
        What the days stand on.
    effort
        How long to search in all; seconds are of the clock, shared out among the parts.
    seed
        The same seed, iterations and ground give the same days.
    watch
        Told of what is found, once all of it has one price, and asked whether to go on.
    cores
        How many parts are searched side by side; as many as there are cores when not given.
    start
        Days to begin with; where not given, the worthiest visits, from each to the nearest.

    Returns
    -------
    tuple of Ground and Orders
        The ground with the meetings of two officers fixed, and the days proposed: `settle` makes
        them such as can be driven.
    """
    start = begin(ground) if start is None else start
    quiet = Watch(stopped=watch.stopped)  # what is found on the way is priced otherwise
    scouts = any(stop.two_officers for stop in ground.problem.stops) and not ground.meetings
    fair = ground.problem.policy.fair_margin is not None
    last = effort.part(1 - SCOUTING * (scouts + fair))
    scout = partial(
        _search, effort=effort.part(SCOUTING), seed=seed, watch=quiet, cores=cores, start=start
    )
    if scouts:
        ground = replace(ground, meetings=meet(ground, scout(ground)))
    shares = None
    if fair:
        start = scout(ground)
        shares = _shares(ground, start)
    orders = _search(
        ground, effort=last, seed=seed, watch=watch, cores=cores, start=start, fair=shares
    )
    return ground, orders


def parts(ground: Ground) -> list[Part]:
    """Part a problem into stops and shifts that have nothing to do with each other."""
    stops, shifts = ground.charges.shape
    days = [shift.day for shift in ground.problem.shifts]
    pairs = [
        (stop, stops + shift)
        for stop in range(stops)
        for shift in range(shifts)
        if ground.opening(stop, days[shift]) is not None
        and np.isfinite(ground.charges[stop, shift])
    ]
    if not pairs:
        return []
    ends = np.array(pairs).T
    links = csr_array((np.ones(len(pairs)), (ends[0], ends[1])), shape=(stops + shifts,) * 2)
    count, label = connected_components(links, directed=False)
    groups: list[Part] = [([], []) for _ in range(count)]
    for number, group in enumerate(label.tolist()):
        mine, position = (
            (groups[group][0], number)
            if number < stops
            else (
                groups[group][1],
                number - stops,
            )
        )
        mine.append(position)
    return [group for group in groups if group[0] and group[1]]


def _search(
    ground: Ground,
    *,
    effort: Effort,
    seed: int,
    watch: Watch,
    cores: int | None,
    start: Orders,
    fair: Mapping[int, int] | None = None,
) -> Orders:
    """Search a whole problem; one too large for a price on waiting officer by officer at last."""
    found = parts(ground)
    anyhow = partial(_search_parts, seed=seed, cores=cores, fair=fair)
    if not any(is_heavy(ground, *part) for part in found):
        return anyhow(ground, found, effort=effort, watch=watch, start=start)
    calm = ground.unhurried()
    orders = anyhow(calm, found, effort=effort.part(TOGETHER), watch=watch, start=start)
    orders = deal(ground, orders)
    alone = [each for part in found for each in by_officer(ground, *part, orders=orders)]
    quiet = Watch(stopped=watch.stopped)  # these have the price on waiting, the others had none
    return anyhow(ground, alone, effort=effort.part(1 - TOGETHER), watch=quiet, start=orders)


def _search_parts(
    ground: Ground,
    found: Sequence[Part],
    *,
    effort: Effort,
    seed: int,
    watch: Watch,
    cores: int | None,
    start: Orders,
    fair: Mapping[int, int] | None = None,
) -> Orders:
    orders: Orders = [[] for _ in ground.problem.shifts]
    found = sorted(found, key=lambda part: -len(part[0]))
    whole = sum(len(stops) for stops, _ in found)
    encoded = [encode(ground, stops=stops, shifts=shifts, fair=fair) for stops, shifts in found]
    tasks = [
        Task(
            part.data,
            _share(effort, len(stops) / whole, cores=cores),
            seed,
            part.start(ground, start),
        )
        for part, (stops, _) in zip(encoded, found, strict=True)
    ]
    if tasks:
        routes = search_all(tasks, watch=watch, cores=cores)
        for part, told in zip(encoded, routes, strict=True):
            part.read(told, orders)
    return orders


def _share(effort: Effort, share: float, *, cores: int | None) -> Effort:
    """Return a part's share of the seconds; iterations promise the same plan, and no time."""
    if effort.seconds is None:
        return effort
    return effort.part(min(1.0, share * (cores or 2)))


def _shares(ground: Ground, orders: Orders) -> dict[int, int]:
    """Return an even share of the work done now for each shift, by its length.

    It is shared between the officers of a day, so that a week filled from its front stays so; a
    day with little work may come to the average of them all.
    """
    margin, shifts = ground.problem.policy.fair_margin or 0.0, ground.problem.shifts
    work: dict[date, int] = defaultdict(int)
    length: dict[date, int] = defaultdict(int)
    for shift, order in enumerate(orders):
        who = shifts[shift]
        drive = sum(ground.drives[a][b] for a, b in pairwise(ground.way(shift, order)))
        service = sum(ground.problem.stops[stop].service_seconds for stop in order)
        work[who.day] += drive + service
        length[who.day] += who.end - who.start
    whole = sum(work.values()) / sum(length.values())
    even = {day: max(work[day] / length[day], whole) * (1 + margin) for day in length}
    return {
        number: round((each.end - each.start) * even[each.day])
        for number, each in enumerate(shifts)
    }
