"""The rest of a day is planned from where the officer is: pinned stops, urgent ones, hours kept."""

from typing import Any

import pytest

from geo.streets.estimate import CrowFlight
from reports.routes.under_way import rest, way

HOUR = 3600
HALL = {"label": "Town Hall", "lon": -80.4, "lat": 27.3}


def _stop(name: str, east: float, **rules: Any) -> dict[str, Any]:
    return {
        "id": name, "label": name, "lon": -80.4 + east / 100, "lat": 27.3, "service_seconds": 900,
        "worth_seconds": 7200, "priority": 3, "must": False, "last_day": False,
        "daylight_only": False, "window": None, **rules,
    }  # fmt: skip


def _asked(*stops: dict[str, Any], held: list[str], **more: Any) -> dict[str, Any]:
    shift = {
        "officer": "M. Rivera", "start": 10 * HOUR, "end": 16 * HOUR, "from": HALL, "to": HALL,
        "lunch": None, "max_overtime": 0, **more.pop("shift", {}),
    }  # fmt: skip
    return {
        "kind": "rest", "day": "2026-06-15", "shift": shift, "stops": list(stops), "held": held,
        "urgent": [], "pinned": [], "anew": True, "daylight": [6 * HOUR, 20 * HOUR], **more,
    }  # fmt: skip


def _rest(asked: dict[str, Any]) -> dict[str, Any]:
    return rest(asked, CrowFlight())


FAR_FIRST = [_stop("far", 6), _stop("near", 1), _stop("mid", 3)]
HELD = ["near", "far", "mid", "end"]


def test_a_bad_order_is_planned_anew_and_both_are_told() -> None:
    told = _rest(_asked(*FAR_FIRST, _stop("end", 0.5), held=["end", "far", "near", "mid"]))
    assert told["after"]["driven"] < told["before"]["driven"]
    assert told["before"]["order"] == ["end", "far", "near", "mid"]
    assert sorted(told["after"]["order"]) == ["end", "far", "mid", "near"]
    assert told["after"]["finish"] < told["before"]["finish"]
    assert (told["dropped"], told["estimated"], told["after"]["legs"]) == ([], True, None)
    assert [len(row) for row in told["after"]["drives"]] == [6] * 6


def test_a_pinned_stop_keeps_its_turn_and_the_rest_is_as_good_as_it_gets() -> None:
    stops = [*FAR_FIRST, _stop("end", 0.5)]
    free = _rest(_asked(*stops, held=HELD))
    told = _rest(_asked(*stops, held=HELD, pinned=["near", "end"]))
    assert (told["after"]["order"][0], told["after"]["order"][3]) == ("near", "end")
    assert free["after"]["driven"] <= told["after"]["driven"] <= told["before"]["driven"]


def test_an_urgent_stop_goes_where_it_costs_least_and_nothing_else_moves() -> None:
    stops = [*FAR_FIRST, _stop("urgent", 2.9, must=True)]
    told = _rest(_asked(*stops, held=["near", "mid", "far"], urgent=["urgent"], anew=False))
    order = told["after"]["order"]
    assert [each for each in order if each != "urgent"] == ["near", "mid", "far"]
    assert told["added"]["urgent"] <= 2
    assert order.index("urgent") in {1, 2, 3}


def test_what_an_urgent_stop_pushes_out_is_named_with_what_it_risks() -> None:
    tight = {"end": 10 * HOUR + 2400}
    asked = _asked(
        _stop("one", 1), _stop("two", 1.5, last_day=True), _stop("urgent", 1.2, must=True),
        held=["one", "two"], urgent=["urgent"], anew=False, shift=tight,
    )  # fmt: skip
    told = _rest(asked)
    assert "urgent" in told["after"]["order"]
    (dropped,) = told["dropped"]
    assert dropped["risk"] == {"one": "waits", "two": "legal_date"}[dropped["id"]]


def test_an_order_that_would_come_too_late_to_an_appointment_says_so_and_is_mended() -> None:
    booked = _stop("booked", 6, window=[10 * HOUR, 10 * HOUR + 900])
    told = _rest(_asked(_stop("near", 1), booked, held=["near", "booked"]))
    assert told["before"]["late"] == ["booked"]
    assert told["after"]["order"] == ["booked", "near"]


@pytest.mark.parametrize("count", [2, 5])
def test_a_way_through_places_is_measured_between_all_of_them(count: int) -> None:
    places = [[-80.4 + at / 100, 27.3] for at in range(count)]
    told = way({"places": places}, CrowFlight())
    assert [len(row) for row in told["drives"]] == [count] * count
    assert (told["legs"], told["estimated"]) == (None, True)
