from datetime import date

import pytest
import sqlalchemy as sa
from due_town import ON, add_case, lay_out
from grid_town import at

from reports.errors import UnknownNameError
from reports.routes.due import due_cases
from reports.routes.due_stops import DueCase


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    return connection


def test_an_open_case_past_its_deadline_is_due_with_its_address(town: sa.Connection) -> None:
    (case,) = due_cases(town, zone="4", on=ON)
    assert (case.number, case.label, case.due_on) == ("due", "118 Alder St", date(2026, 3, 1))
    assert (case.lon, case.lat) == pytest.approx(tuple(at((2, 1.5))[0]))
    assert isinstance(case, DueCase)


@pytest.mark.parametrize(
    "changes",
    [
        {"next_due": ON},
        {"open_violations": 0, "next_due": None},
        {"point": None, "point_3857": None},
    ],
    ids=["deadline today", "nothing open", "no place"],
)
def test_what_is_not_due_or_nowhere_is_not_visited(
    town: sa.Connection, changes: dict[str, object]
) -> None:
    add_case(town, "other", **changes)
    assert [case.number for case in due_cases(town, zone=None, on=ON)] == ["due"]


def test_a_case_of_unknown_deadline_may_be_visited_and_is_given_no_date(
    town: sa.Connection,
) -> None:
    add_case(town, "undated", next_due=None)
    assert [(case.number, case.due_on) for case in due_cases(town, zone=None, on=ON)] == [
        ("due", date(2026, 3, 1)),
        ("undated", None),
    ]


def test_a_case_on_no_parcel_is_due_where_it_was_said_to_be(town: sa.Connection) -> None:
    add_case(town, "told", stated_address="Behind 7 Oak Ln")
    assert due_cases(town, zone=None, on=ON)[1].label == "Behind 7 Oak Ln"


def test_a_case_on_no_parcel_is_due_under_its_number_but_in_no_zone(town: sa.Connection) -> None:
    add_case(town, "found in the street")
    assert [case.label for case in due_cases(town, zone=None, on=ON)] == [
        "118 Alder St",
        "Case found in the street",
    ]
    assert len(due_cases(town, zone="4", on=ON)) == 1


def test_an_unknown_zone_is_refused_with_the_ones_there_are(town: sa.Connection) -> None:
    with pytest.raises(UnknownNameError, match=r"no officer's zone '9'\. The zones are: 4 \("):
        due_cases(town, zone="9", on=ON)
