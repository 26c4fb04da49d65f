"""The rest of a day is planned from where the officer is: pinned stops, urgent ones, hours kept."""

from datetime import date
from typing import Any

import pytest

from geo.streets.estimate import CrowFlight
from geo.streets.travel import Matrix, Places
from reports.routes.answering import rest, way
from reports.routes.errors import RoutePlanError
from reports.routes.problem import Place, Problem, Shift, Stop, Window
from reports.routes.under_way import UnderWay

HOUR = 3600
HALL = Place("Town Hall", -80.4, 27.3)
MONDAY = date(2026, 6, 15)


def _stop(name: str, east: float, **rules: Any) -> Stop:
    return Stop(name, name, -80.4 + east / 100, 27.3, (name,), None, 3, 900, 7200, **rules)


def _day(*stops: Stop, held: list[str], end: int = 16 * HOUR, **asked: Any) -> UnderWay:
    shift = Shift(MONDAY, 10 * HOUR, end, HALL, HALL, officer="M. Rivera")
    problem = Problem((MONDAY,), (shift,), stops, {MONDAY: (6 * HOUR, 20 * HOUR)})
    return UnderWay(problem=problem, held={"M. Rivera": held}, **asked)


def _rest(day: UnderWay) -> dict[str, Any]:
    told = rest({"day": day.told()}, CrowFlight())
    (route,) = told["plan"]["routes"]
    order = [each["id"] for each in route["stops"]]
    after = {
        "order": order, "driven": route["totals"]["drive_seconds"], "finish": route["finish"]
    }  # fmt: skip
    return {**told, "after": after, "dropped": told["plan"]["left"]}


FAR_FIRST = [_stop("far", 6), _stop("near", 1), _stop("mid", 3)]
HELD = ["near", "far", "mid", "end"]


def test_a_bad_order_is_planned_anew_and_both_are_told() -> None:
    told = _rest(_day(*FAR_FIRST, _stop("end", 0.5), held=["end", "far", "near", "mid"]))
    assert told["after"]["driven"] < told["before"]["driven"]
    assert told["before"]["order"] == ["end", "far", "near", "mid"]
    assert sorted(told["after"]["order"]) == ["end", "far", "mid", "near"]
    assert told["after"]["finish"] < told["before"]["finish"]
    assert (told["dropped"], told["plan"]["estimated"]) == ([], True)


def test_a_pinned_stop_keeps_its_turn_and_the_rest_is_as_good_as_it_gets() -> None:
    stops = [*FAR_FIRST, _stop("end", 0.5)]
    free = _rest(_day(*stops, held=HELD))
    told = _rest(_day(*stops, held=HELD, pinned=["near", "end"]))
    assert (told["after"]["order"][0], told["after"]["order"][3]) == ("near", "end")
    assert free["after"]["driven"] <= told["after"]["driven"] <= told["before"]["driven"]


def test_an_urgent_stop_goes_where_it_costs_least_and_nothing_else_moves() -> None:
    stops = [*FAR_FIRST, _stop("urgent", 2.9, must=True)]
    told = _rest(_day(*stops, held=["near", "mid", "far"], urgent=["urgent"], anew=False))
    order = told["after"]["order"]
    assert [each for each in order if each != "urgent"] == ["near", "mid", "far"]
    assert told["added"]["urgent"] <= 2
    assert order.index("urgent") in {1, 2, 3}


def test_what_an_urgent_stop_pushes_out_is_named_with_what_it_risks() -> None:
    day = _day(
        _stop("one", 1), _stop("two", 1.5, due_by=MONDAY), _stop("urgent", 1.2, must=True),
        held=["one", "two"], urgent=["urgent"], anew=False, end=10 * HOUR + 2400,
    )  # fmt: skip
    told = _rest(day)
    assert "urgent" in told["after"]["order"]
    (dropped,) = told["dropped"]
    assert dropped["risk"] == {"one": "waits", "two": "legal_date"}[dropped["id"]]


def test_an_order_that_would_come_too_late_to_an_appointment_says_so_and_is_mended() -> None:
    booked = _stop("booked", 6, window=Window(10 * HOUR, 10 * HOUR + 900, MONDAY))
    told = _rest(_day(_stop("near", 1), booked, held=["near", "booked"]))
    assert told["before"]["late"] == ["booked"]
    assert told["after"]["order"] == ["booked", "near"]


def test_an_officer_who_is_far_from_any_street_is_told_so() -> None:
    class Shore(CrowFlight):
        def matrix(self, places: Places) -> Matrix:
            measured = super().matrix(places)
            measured.off_streets[0] = True
            return measured

    day = _day(_stop("near", 1), held=["near"])
    with pytest.raises(RoutePlanError, match="Town Hall is too far from any street"):
        rest({"day": day.told()}, Shore())


@pytest.mark.parametrize("count", [2, 5])
def test_a_way_through_places_is_measured_between_all_of_them(count: int) -> None:
    places = [[-80.4 + at / 100, 27.3] for at in range(count)]
    told = way({"places": places}, CrowFlight())
    assert [len(row) for row in told["drives"]] == [count] * count
    assert (told["legs"], told["estimated"]) == (None, True)
