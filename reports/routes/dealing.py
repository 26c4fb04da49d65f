"""Deal whole rounds out to the officers and days where they cost least.

The search moves stops, seldom a whole round: two that are good in themselves may each lie on the
day of the other, what is overdue after what could wait.
"""

import math

import numpy as np
from scipy.optimize import linear_sum_assignment

from reports.routes.ground import Ground, Orders

STAYING = 0.25
"""Seconds for which a round stays where it is: among equal shifts none is changed for nothing."""
NEVER = 1e9
"""Stands for "cannot be driven so": dearer than all other rounds together."""


def deal(ground: Ground, orders: Orders) -> Orders:
    """Return the same rounds, each in the shift where it can be driven, for the least in all.

    Parameters
    ----------
    ground
        What the days stand on.
    orders
        The days as they are; a round that no shift can drive stays as it is.
    """
    shifts = range(len(orders))
    costs = np.array([[_cost(ground, shift, order) for order in orders] for shift in shifts])
    costs = np.where(np.isinf(costs), NEVER, costs).reshape(len(orders), len(orders))
    costs[shifts, shifts] -= STAYING / max(1, len(orders))
    _, rounds = linear_sum_assignment(costs)
    return [orders[number] for number in rounds.tolist()]


def _cost(ground: Ground, shift: int, order: list[int]) -> float:
    """Return what a round costs in a shift, infinite where it cannot be driven in it."""
    if any(math.isinf(ground.charges[stop, shift]) for stop in order):
        return math.inf
    timed = ground.time(shift, order)
    return math.inf if timed is None else ground.cost(shift, order, timed)
