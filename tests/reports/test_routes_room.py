"""What is told at once of a day's room is what the clock says place by place."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from random_days import HOUR, random_problem

from geo.streets.estimate import CrowFlight
from reports.routes.beginning import begin
from reports.routes.ground import Ground, lay_ground
from reports.routes.problem import Policy, Problem, Rush
from reports.routes.room import Rooms
from reports.routes.settle import settle

type Place = tuple[bool, bool]
"""Whether a place of a day is told to have room for a visit, and whether the clock finds it so."""


def _places(problem: Problem) -> Iterator[Place]:
    ground = lay_ground(problem, CrowFlight().matrix(problem.places()))
    orders = settle(ground, begin(ground))
    rooms = Rooms(ground)
    for shift, order in enumerate(orders):
        # Half a day has room where a whole one has none.
        for day in (order, order[::2], order[1::2]):
            for stop in range(len(problem.stops)):
                if stop not in day and ground.may(stop, shift):
                    yield from _of_day(ground, rooms, shift, day, stop)


def _of_day(ground: Ground, rooms: Rooms, shift: int, day: list[int], stop: int) -> Iterator[Place]:
    timed, room = rooms.of(shift, day)
    assert (timed is None) == (room is None)
    if room is None:
        return
    for at, told in enumerate(room.holds(stop).tolist()):
        yield told, ground.time(shift, [*day[:at], stop, *day[at:]]) is not None


@pytest.mark.parametrize("seed", range(12))
def test_a_place_has_room_exactly_where_the_clock_can_be_set(seed: int) -> None:
    places = list(_places(random_problem(seed)))
    assert all(told == found for told, found in places)


def test_both_answers_are_met_often() -> None:
    found = [found for seed in range(12) for _told, found in _places(random_problem(seed))]
    assert 0.1 < sum(found) / len(found) < 0.9


@pytest.mark.parametrize("percent", [150, 80])
def test_no_room_is_overlooked_where_drives_take_otherwise(percent: int) -> None:
    policy = Policy(rush=(Rush(9 * HOUR, 14 * HOUR, percent),))
    missed = [
        found and not told
        for seed in range(6)
        for told, found in _places(replace(random_problem(seed), policy=policy))
    ]
    assert missed
    assert not any(missed)
