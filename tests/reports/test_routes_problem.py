from dataclasses import replace
from datetime import date

import pytest

from cases.visiting.kinds import Kind
from reports.routes.due_stops import DueCase, from_cases, middle_of
from reports.routes.errors import RoutePlanError
from reports.routes.problem import Place, Problem, Shift, Window

DAY = date(2026, 3, 2)
OFFICE = Place("Town Hall", -71.1, 42.37)
SHIFT = Shift(DAY, 8 * 3600, 16 * 3600, start_place=OFFICE, end_place=OFFICE)
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
    (stop,) = from_cases([other, CASE], day=DAY)
    assert stop.case_numbers == ("24-001", "24-002")
    assert (stop.due_on, stop.priority) == (date(2026, 2, 1), 2)
    (single,) = from_cases([CASE], day=DAY)
    assert single.service_seconds < stop.service_seconds < 2 * single.service_seconds


def test_cases_tied_to_no_parcel_stay_apart() -> None:
    cases = [replace(CASE, case_id=number, parcel_id=None) for number in (1, 2)]
    stops = from_cases(cases, day=DAY)
    assert [stop.id for stop in stops] == ["case-1", "case-2"]


def test_the_order_of_the_cases_changes_nothing() -> None:
    cases = [replace(CASE, case_id=n, parcel_id=n % 3, number=str(n)) for n in range(9)]
    forward = from_cases(cases, day=DAY)
    assert forward == from_cases(cases[::-1], day=DAY)


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


def test_places_are_the_ends_of_the_shifts_once_and_then_the_stops() -> None:
    shift = replace(SHIFT, end_place=Place("Home", -71.2, 42.4))
    problem = Problem((DAY,), (shift, SHIFT), from_cases([CASE], day=DAY))
    assert problem.places().tolist() == [[-71.1, 42.37], [-71.2, 42.4], [-71.11, 42.38]]
    assert problem.rows() == {OFFICE: 0, shift.end_place: 1, "parcel-7": 2}


def test_visits_at_several_buildings_of_a_parcel_are_several_stops() -> None:
    cases = [replace(CASE, case_id=number, building=name) for number, name in enumerate("AB")]
    assert [stop.id for stop in from_cases(cases, day=DAY)] == ["parcel-7-A", "parcel-7-B"]


def test_what_is_due_at_a_place_is_one_stop_within_the_limits_of_all() -> None:
    posting = replace(
        CASE,
        case_id=2,
        kind=Kind.POSTING,
        not_before=date(2026, 3, 4),
        due_by=date(2026, 3, 12),
        daylight_only=True,
        certifications=frozenset({"lead"}),
    )
    heard = replace(CASE, case_id=3, due_by=date(2026, 3, 6), must=True, two_officers=True)
    (stop,) = from_cases([posting, heard], day=DAY)
    assert (stop.not_before, stop.due_by) == (date(2026, 3, 4), date(2026, 3, 6))
    assert stop.kinds == (Kind.POSTING, Kind.REINSPECTION)
    assert stop.must
    assert stop.two_officers
    assert stop.daylight_only
    assert stop.certifications == {"lead"}


@pytest.mark.parametrize(
    "other",
    [
        replace(CASE, case_id=2, not_before=date(2026, 3, 9)),
        replace(CASE, case_id=2, window=Window(36_000, 39_600, date(2026, 3, 6))),
        replace(CASE, case_id=2, window=Window(50_000, 52_000)),
    ],
    ids=["after its last day", "an appointment on another day", "other hours"],
)
def test_visits_that_exclude_each_other_are_stops_of_their_own(other: DueCase) -> None:
    case = replace(CASE, due_by=date(2026, 3, 4), window=Window(36_000, 39_600, date(2026, 3, 4)))
    stops = from_cases([case, other], day=DAY)
    assert [stop.id for stop in stops] == ["parcel-7", "parcel-7-2"]
    assert stops[0].window == case.window


def test_a_shift_may_start_amid_the_cases() -> None:
    cases = [replace(CASE, lon=-71.0 - step / 10, lat=42.0 + step / 10) for step in (0, 1, 8)]
    middle = middle_of(cases)
    assert (middle.lon, middle.lat) == (-71.1, 42.1)


def test_a_day_with_nothing_due_says_so() -> None:
    with pytest.raises(RoutePlanError, match="No case is due"):
        middle_of([])


def _worth(case: DueCase) -> int:
    return from_cases([case], day=DAY)[0].worth_seconds
