"""What bears on a deed told late, and in what order an officer drives, are rules of their own."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from cases.field.basis import HARMLESS, bears_on
from cases.field.ordering import Place, as_planned, nearest_first
from cases.field.stops import Why
from cases.field.told import Kind


@dataclass
class Event:
    kind: str
    details: dict[str, Any] = field(default_factory=dict)


LETTER = Event("notice_issued", {"notice": 1})
CORRECTED = Event("violation_corrected", {"violation": 7})
MOVED = Event("inspection_moved", {"inspection": 3})


@pytest.mark.parametrize("kind", [Kind.CITE, Kind.CLOSE])
def test_on_a_citation_and_on_the_end_of_a_case_bears_all_but_the_harmless(kind: Kind) -> None:
    assert bears_on([LETTER, CORRECTED], kind, violation_id=7) == [LETTER, CORRECTED]
    assert bears_on([Event(each) for each in sorted(HARMLESS)], kind) == []


def test_what_is_seen_stays_true_though_a_letter_went_out() -> None:
    assert bears_on([LETTER, MOVED], Kind.RESULT, violation_id=7) == []
    assert bears_on([LETTER], Kind.VISIT) == []


def test_on_a_result_bears_what_was_said_of_the_same_violation_alone() -> None:
    assert bears_on([CORRECTED], Kind.RESULT, violation_id=7) == [CORRECTED]
    assert bears_on([CORRECTED], Kind.RESULT, violation_id=8) == []


def test_on_a_visit_bears_what_became_of_its_appointment() -> None:
    assert bears_on([MOVED], Kind.VISIT, inspection_id=3) == [MOVED]
    assert bears_on([MOVED], Kind.VISIT, inspection_id=4) == []


def _place(key: str, why: Why, lon: float | None) -> Place:
    return Place(key=key, why=why, lon=lon, lat=None if lon is None else 27.3)


def test_the_most_pressing_come_first_and_then_the_nearest() -> None:
    places = [
        _place("late", Why.OVERDUE, -80.3), _place("booked", Why.BOOKED, -80.5),
        _place("near", Why.NEW, -80.31), _place("far", Why.NEW, -80.6),
        _place("nowhere", Why.NEW, None), _place("soon", Why.DUE_SOON, -80.5),
    ]  # fmt: skip
    assert nearest_first(places) == ["booked", "late", "near", "far", "nowhere", "soon"]


def test_appointments_keep_their_hours_though_another_is_nearer() -> None:
    places = [
        Place(key="at nine", why=Why.BOOKED, lon=0.0, lat=0.0),
        Place(key="at noon", why=Why.BOOKED, lon=0.9, lat=0.0),
        Place(key="at two", why=Why.BOOKED, lon=0.1, lat=0.0),
        Place(key="late, far from it", why=Why.OVERDUE, lon=0.9, lat=0.0),
        Place(key="late, near it", why=Why.OVERDUE, lon=0.2, lat=0.0),
    ]
    assert nearest_first(places) == [
        "at nine", "at noon", "at two", "late, near it", "late, far from it",
    ]  # fmt: skip


def test_a_plan_orders_what_it_names_and_leaves_the_rest_behind() -> None:
    assert as_planned(["a", "b", "c", "d"], ["d", "b"]) == ["d", "b", "a", "c"]
