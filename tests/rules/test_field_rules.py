"""What bears on a deed told late, and in what order an officer drives, are rules of their own."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from cases.advancing import HARMLESS
from cases.field.basis import bears_on
from cases.field.ordering import Place, as_planned, nearest_first
from cases.field.purposes import Purpose, purpose_of
from cases.field.stops import Why
from cases.field.told import Kind
from cases.phases import Phase
from cases.stages import Stage
from cases.workflow.violation import ViolationStatus as V


@dataclass
class Event:
    kind: str
    details: dict[str, Any] = field(default_factory=dict)


LETTER = Event("notice_issued", {"notice": 1})
CORRECTED = Event("violation_corrected", {"violation": 7})
TO_WARN = {"to_warn": True}
MOVED = Event("inspection_moved", {"inspection": 3})


@pytest.mark.parametrize("kind", [Kind.WARN, Kind.CITE, Kind.CLOSE])
def test_on_a_warning_a_citation_and_the_end_of_a_case_bears_all_but_the_harmless(
    kind: Kind,
) -> None:
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


def _place(key: str, why: Why, lon: float | None, *, spot: str = "") -> Place:
    return Place(key=key, spot=spot or key, why=why, lon=lon, lat=None if lon is None else 27.3)


def test_the_most_pressing_come_first_and_then_the_nearest() -> None:
    places = [
        _place("late", Why.OVERDUE, -80.3), _place("booked", Why.BOOKED, -80.5),
        _place("near", Why.NEW, -80.31), _place("far", Why.NEW, -80.6),
        _place("nowhere", Why.NEW, None), _place("soon", Why.DUE_SOON, -80.5),
    ]  # fmt: skip
    assert nearest_first(places) == ["booked", "late", "near", "far", "nowhere", "soon"]


def test_appointments_keep_their_hours_though_another_is_nearer() -> None:
    places = [
        Place(key="at nine", spot="at nine", why=Why.BOOKED, lon=0.0, lat=0.0),
        Place(key="at noon", spot="at noon", why=Why.BOOKED, lon=0.9, lat=0.0),
        Place(key="at two", spot="at two", why=Why.BOOKED, lon=0.1, lat=0.0),
        Place(key="late, far from it", spot="late, far from it", why=Why.OVERDUE, lon=0.9, lat=0.0),
        Place(key="late, near it", spot="late, near it", why=Why.OVERDUE, lon=0.2, lat=0.0),
    ]
    assert nearest_first(places) == [
        "at nine", "at noon", "at two", "late, near it", "late, far from it",
    ]  # fmt: skip


def test_a_new_complaint_stands_with_the_pressing_case_of_its_place() -> None:
    places = [
        _place("new", Why.NEW, -80.3, spot="lot"), _place("late", Why.OVERDUE, -80.3, spot="lot"),
        _place("late too", Why.OVERDUE, -80.5), _place("near", Why.NEW, -80.31),
    ]  # fmt: skip
    assert nearest_first(places) == ["late", "new", "late too", "near"]


def test_a_plan_orders_what_it_names_and_leaves_the_rest_behind() -> None:
    spots = dict(zip("abcd", "abcd", strict=True))
    assert as_planned(["a", "b", "c", "d"], ["d", "b"], spots=spots) == ["d", "b", "a", "c"]


def test_what_came_after_the_plan_joins_its_place_in_it() -> None:
    spots = {"a": "lot", "b": "else", "c": "lot", "d": "nowhere in it"}
    assert as_planned(["c", "a", "d", "b"], ["a", "b"], spots=spots) == ["a", "c", "b", "d"]


@pytest.mark.parametrize(
    ("phase", "violations", "stage", "more", "purpose"),
    [
        (Phase.OPEN, [V.OPEN], Stage.OPEN, TO_WARN, Purpose.WARN),
        (Phase.REPORTED, [], Stage.OPEN, {}, Purpose.VERIFY),
        (Phase.ORDERED, [V.OPEN, V.ALLEGED], Stage.ORDERED, {}, Purpose.VERIFY),
        (Phase.CITED, [V.OPEN], Stage.CITED, {"unserved": True}, Purpose.HAND_OVER),
        (Phase.CITED, [V.OPEN], Stage.CITED, {}, Purpose.CITED),
        (Phase.HEARING, [V.OPEN], Stage.HEARING, {}, Purpose.HEARING),
        (Phase.LEGAL, [V.OPEN], Stage.HEARING, {}, Purpose.LEGAL),
        (Phase.ORDERED, [V.OPEN], Stage.ORDERED, {}, Purpose.ORDERED),
        (Phase.LIEN, [V.OPEN], Stage.LIEN, {}, Purpose.LIEN),
        (Phase.LIEN, [], Stage.LIEN, {}, Purpose.ARRANGED),
        (Phase.OPEN, [V.OPEN], Stage.OVERDUE, {}, Purpose.OVERDUE),
        (Phase.OPEN, [V.OPEN], Stage.DUE_SOON, {}, Purpose.CORRECTING),
    ],
)
def test_what_a_stop_is_for_follows_from_how_far_its_case_has_gone(
    phase: Phase, violations: list[V], stage: Stage, more: dict[str, Any], purpose: Purpose
) -> None:
    said = {"unserved": False, "to_warn": False, **more}
    assert purpose_of(phase, violations, stage=stage, **said) is purpose
