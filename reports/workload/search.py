"""Look for better shares: by moves at random that grow choosier, then by every move that helps."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from reports.workload.shares import Shares

LOOKS_EVERY = 2_000
"""After so many moves it is asked whether to go on."""
WARM, COLD = 0.015, 0.0004
"""The cost that is accepted of a worse move at the beginning, and in the end."""
MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on.

    Attributes
    ----------
    on_progress
        Told what is done, and which share of it is.
    stopped
        Asked now and then; once it says true, the best so far is the result.
    """

    on_progress: Callable[[str, float], None] | None = None
    stopped: Callable[[], bool] | None = None

    def tell(self, step: str, share: float) -> bool:
        """Tell how far it is, and say whether to go on."""
        if self.on_progress is not None:
            self.on_progress(step, min(share, 1.0))
        return not (self.stopped is not None and self.stopped())


NOBODY = Watch()


def anneal(
    shares: Shares, *, moves: int, seed: int, warm: float = WARM, watch: Watch = NOBODY,
    told: tuple[float, float] = (0.0, 1.0),
) -> None:  # fmt: skip
    """Move units between zones at random, ever more choosily; ends with the best seen.

    Parameters
    ----------
    moves
        How many are thought of.
    told
        Between which shares of all the work this is.
    """
    dice = random.Random(seed)  # noqa: S311 - a search, not a secret
    town, zone = shares.town, shares.zone
    count = town.count
    cost = best = 0.0
    kept = shares.of_units
    cooling = (COLD / warm) ** (1 / max(moves, 1))
    heat = warm
    for at in range(moves):
        heat *= cooling
        if at % LOOKS_EVERY == 0 and not _goes_on(watch, at / moves, told):
            break
        unit = int(dice.random() * count)
        beside = town.beside[unit]
        to = zone[beside[int(dice.random() * len(beside))]] if beside else zone[unit]
        if to == zone[unit]:
            continue
        more = shares.weigh(unit, to)
        if more > 0 and dice.random() >= math.exp(-more / heat):
            continue
        if shares.may_move(unit, to):
            shares.move(unit, to)
            cost += more
            if cost < best - 1e-9:
                best = cost
                kept = zone[:count]
    restore(shares, kept)


def descend(shares: Shares, *, watch: Watch = NOBODY) -> None:
    """Make every move that helps, until none does."""
    town, zone = shares.town, shares.zone
    for _ in range(MOST_ROUNDS):
        moved = False
        for unit in range(town.count):
            near = sorted({zone[each] for each in town.beside[unit]} - {zone[unit]})
            ways = sorted((shares.weigh(unit, to), to) for to in near)
            for more, to in ways:
                if more < -1e-9 and shares.may_move(unit, to):  # noqa: PLR2004 - rounding
                    shares.move(unit, to)
                    moved = True
                    break
        if not moved or (watch.stopped is not None and watch.stopped()):
            return


def restore(shares: Shares, zone: list[int]) -> None:
    """Give every unit to the zone that had it."""
    for unit, at in enumerate(zone):
        if shares.zone[unit] != at:
            shares.move(unit, at)


def _goes_on(watch: Watch, share: float, told: tuple[float, float]) -> bool:
    first, last = told
    return watch.tell("Sharing out the work", first + (last - first) * share)
