"""A case that is tied to no parcel is put where it turns out to be, and so into its zone."""

import re
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from reported import last_of_case, the_case, told_of_case

from cases.assigning import HOLDER, AlreadyTheirsError, NoZoneError, assign
from cases.history import faults
from cases.models import Case
from cases.opening import close_case, open_case
from cases.placing import PlaceError, place_case
from cases.story import events_of, told
from cases.tying import Whereabouts
from cases.workflow.registry import NotNowError

NOWHERE = Whereabouts(
    parcel_no=None, address="330 Magnolia St", point=None, opened_on=date(2026, 6, 1)
)
IN_A_2 = (-80.3975, 27.3005)
IN_THE_STREET = (-80.3975, 27.2995)


@pytest.fixture
def lost(town: sa.Connection, law: int) -> int:
    return open_case(
        town, category="High grass", place=NOWHERE, law_pack_id=law, actor=OFFICER,
        moment=day(6, 1),
    )  # fmt: skip


def placed(town: sa.Connection, case_id: int, **changes: Any) -> sa.Row[Any]:
    """Place a case on lot A-2, or elsewhere; gives its row."""
    place_case(town, **{"case_id": case_id, "where": "A-2", "actor": CLERK,
                        "moment": day(6, 2)} | changes)  # fmt: skip
    return the_case(town, case_id)


@pytest.mark.parametrize(
    ("where", "method"), [("a-2", "parcel_no"), (" 102 Alder St ", "address"), (IN_A_2, "point")]
)
def test_a_case_is_tied_as_one_that_is_opened_there(
    town: sa.Connection, law: int, lost: int, where: Any, method: str
) -> None:
    row = placed(town, lost, where=where)
    there = open_case(
        town, category="High grass", law_pack_id=law, actor=OFFICER, moment=day(6, 2),
        place=Whereabouts(parcel_no="A-2", address=None, point=None, opened_on=row.opened_on),
    )  # fmt: skip
    like = the_case(town, there)
    assert row.tie_method == method
    assert row.tie_confidence > 0
    same = ("parcel_id", "parcel_period_id", "zone_id", "point", "point_3857", "cell_x", "cell_y")
    assert [getattr(row, each) for each in same] == [getattr(like, each) for each in same]
    assert None not in (row.parcel_id, row.parcel_period_id, row.zone_id, row.point)
    assert row.stated_address == "330 Magnolia St"
    assert told_of_case(town, lost) == ["case_opened", "case_placed"]
    assert last_of_case(town, lost) == {
        "parcel_no": "A-2", "tie": method, "situs": "102 Alder St", "placed_in": "Zone 1",
        "falls_to": "Officer 1",
    }  # fmt: skip
    assert (
        "The case was placed. It is on parcel A-2. The roll gives its address as 102 Alder St. "
        "It lies in Zone 1. It falls to Officer 1."
    ) in _story(town, lost)
    assert list(faults(town)) == []


def test_a_case_in_a_street_is_put_on_a_point_and_later_on_the_parcel_it_belongs_to(
    town: sa.Connection, lost: int
) -> None:
    row = placed(town, lost, where=IN_THE_STREET)
    assert (row.parcel_id, row.tie_method, row.tie_note) == (None, "none", None)
    assert None not in (row.zone_id, row.point)
    assert "It lies at 27.29950, -80.39750, on no parcel." in _story(town, lost)
    assert placed(town, lost).parcel_id is not None


def test_what_it_is_tied_to_is_the_parcel_as_it_was_when_the_case_was_opened(
    town: sa.Connection, lost: int
) -> None:
    row = placed(town, lost, where="A-6", moment=day(7, 1))
    since = sa.text("SELECT valid_from FROM lotline.parcel_period WHERE id = :period")
    assert town.scalar(since, {"period": row.parcel_period_id}) == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("330 Magnolia St", "We know no parcel or address “330 Magnolia St”"),
        (" ", "We know no parcel or address"),
        ((-80.39, 28.9), "The point 28.90000, -80.39000 lies outside the town: put it within."),
    ],
)
def test_where_nothing_is_found_nothing_changes(
    town: sa.Connection, lost: int, where: Any, why: str
) -> None:
    before = the_case(town, lost)
    with pytest.raises(PlaceError, match=re.escape(why)):
        placed(town, lost, where=where)
    assert the_case(town, lost) == before


def test_only_an_open_case_on_no_parcel_is_placed_and_by_those_who_work_on_it(
    town: sa.Connection, case: int, lost: int
) -> None:
    with pytest.raises(PlaceError, match=r"Case CE-2026-00001 is on a parcel: it is placed only"):
        placed(town, case)
    with pytest.raises(NotNowError):
        placed(town, lost, actor=RESPONDENT)
    close_case(town, case_id=lost, reason="Nothing there", actor=MANAGER, moment=day(6, 2))
    with pytest.raises(Exception, match="a closed case is only read"):
        placed(town, lost)


def test_a_case_in_no_zone_is_not_given_to_the_officer_of_its_zone(
    town: sa.Connection, case: int, lost: int
) -> None:
    why = r"Case CE-2026-00002 lies in no officer's zone until it is placed"
    with pytest.raises(NoZoneError, match=why):
        assign(town, case_id=lost, officer_id=None, actor=CLERK, moment=day(6, 2))
    assert told_of_case(town, lost) == ["case_opened"]
    placed(town, lost)
    for each in (case, lost):
        with pytest.raises(AlreadyTheirsError, match="with the officer of its zone already"):
            assign(town, case_id=each, officer_id=None, actor=CLERK, moment=day(6, 2))
    assert town.scalar(sa.select(HOLDER).where(Case.id == lost)) == "Officer 1"


def _story(town: sa.Connection, case_id: int) -> str:
    return "\n".join(line.text for line in told(town.execute(events_of(case_id)).all(), law=None))
