from dataclasses import replace
from datetime import date

import pytest

from reports.routes.errors import RoutePlanError
from reports.routes.problem import DueCase, Place, Shift, from_cases, middle_of

DAY = date(2026, 3, 2)
OFFICE = Place("Town Hall", -71.1, 42.37)
SHIFT = Shift(8 * 3600, 16 * 3600, start_place=OFFICE, end_place=OFFICE)
CASE = DueCase(
    case_id=1,
    number="24-001",
    label="118 Alder St",
    lon=-71.11,
    lat=42.38,
    due_on=date(2026, 3, 1),
    priority=3,
    open_violations=1,
    parcel_id=7,
)


def test_several_cases_on_a_parcel_are_one_longer_stop() -> None:
    other = replace(CASE, case_id=2, number="24-002", due_on=date(2026, 2, 1), priority=2)
    (stop,) = from_cases([other, CASE], day=DAY, shift=SHIFT).stops
    assert stop.case_numbers == ("24-001", "24-002")
    assert (stop.due_on, stop.priority) == (date(2026, 2, 1), 2)
    (single,) = from_cases([CASE], day=DAY, shift=SHIFT).stops
    assert single.service_seconds < stop.service_seconds < 2 * single.service_seconds


def test_cases_tied_to_no_parcel_stay_apart() -> None:
    cases = [replace(CASE, case_id=number, parcel_id=None) for number in (1, 2)]
    problem = from_cases(cases, day=DAY, shift=SHIFT)
    assert [stop.id for stop in problem.stops] == ["case-1", "case-2"]


def test_the_order_of_the_cases_changes_nothing() -> None:
    cases = [replace(CASE, case_id=n, parcel_id=n % 3, number=str(n)) for n in range(9)]
    forward = from_cases(cases, day=DAY, shift=SHIFT)
    assert forward == from_cases(cases[::-1], day=DAY, shift=SHIFT)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (replace(CASE, priority=1), replace(CASE, priority=2)),
        (replace(CASE, due_on=date(2026, 2, 1)), CASE),
        (CASE, replace(CASE, due_on=None)),
        (CASE, replace(CASE, due_on=date(2026, 6, 1))),
    ],
    ids=["severe", "long overdue", "of a known date", "past its date"],
)
def test_the_severe_and_the_overdue_are_worth_more(more: DueCase, less: DueCase) -> None:
    assert _worth(more) > _worth(less)


def test_a_case_ten_years_late_does_not_outbid_all_others() -> None:
    assert _worth(replace(CASE, due_on=date(2016, 1, 1))) == _worth(
        replace(CASE, due_on=date(2026, 1, 1))
    )


def test_places_are_the_start_the_stops_and_the_end() -> None:
    shift = replace(SHIFT, end_place=Place("Home", -71.2, 42.4))
    places = from_cases([CASE], day=DAY, shift=shift).places()
    assert places.tolist() == [[-71.1, 42.37], [-71.11, 42.38], [-71.2, 42.4]]


def test_a_shift_may_start_amid_the_cases() -> None:
    cases = [replace(CASE, lon=-71.0 - step / 10, lat=42.0 + step / 10) for step in (0, 1, 8)]
    middle = middle_of(cases)
    assert (middle.lon, middle.lat) == (-71.1, 42.1)


def test_a_day_with_nothing_due_says_so() -> None:
    with pytest.raises(RoutePlanError, match="No case is due"):
        middle_of([])


def _worth(case: DueCase) -> int:
    return from_cases([case], day=DAY, shift=SHIFT).stops[0].worth_seconds
