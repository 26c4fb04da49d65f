"""What changes hands when a zone is drawn is kept, and told to both officers for some days."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, day
from geoalchemy2.shape import to_shape
from seats import hire
from small_town import import_cases, lay_out, violation, write

from cases.actors import Moment
from cases.desk import lists
from cases.desk.lists import Filter
from cases.handings import TOLD_FOR, Handed, exchanges, handed_before, handed_lately
from cases.inspections import book
from cases.models import Case, ZoneHanding
from cases.outlines import rings_of
from cases.workflow.roles import Role
from cases.zone_files import take_in_zones
from cases.zoning import Drawn, Plan, draw_zone, drawings, foretell_zone, mark_of, zone_to_draw
from geo.layers import Zone
from geo.loading.runs import Request

JUNE = day(6, 15)
WHO = {"actor": MANAGER, "moment": JUNE}
FIRST, SECOND = "Officer 1", "Officer 2"


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    """Cases C-1 and C-2 in zone 1, C-4 and C-5 in zone 2; an officer is expected in C-1."""
    lay_out(connection)
    for name in (FIRST, SECOND):
        hire(connection, Role.OFFICER, name=name)
    numbers = (1, 2, 4, 5)
    cases = [violation(case_no=f"C-{n}", parcel_no=f"A-{n}") for n in numbers]
    import_cases(connection, tmp_path, *cases)
    at = JUNE.now + timedelta(days=3)
    case_id = connection.scalar(sa.select(Case.id).where(Case.number == "C-1"))
    book(connection, case_id=case_id or 0, at=at, actor=CLERK, moment=JUNE)
    return connection


def _given(connection: sa.Connection, to: int | None) -> Plan:
    """Give zone 1 to another officer, its outline as it is."""
    zone_id = connection.scalar(sa.select(Zone.id).where(Zone.code == "1"))
    row = connection.execute(zone_to_draw(zone_id or 0)).one()
    return Plan(
        zone_id=row.id, name=row.name, officer_id=to, rings=rings_of(to_shape(row.geom)),
        seen=mark_of(row.content_sha),
    )  # fmt: skip


def _to_second(connection: sa.Connection) -> Plan:
    second = connection.execute(zone_to_draw(_zone_of(connection, SECOND))).one()
    return _given(connection, second.officer_id)


def _zone_of(connection: sa.Connection, officer: str) -> int:
    return int(connection.scalar(sa.select(Zone.id).where(Zone.officer_name == officer)) or 0)


def _said(drawn: Drawn) -> list[tuple[str | None, str | None, list[str], int]]:
    return [
        (each.before, each.after, [hand.number for hand in each.hands], each.booked)
        for each in exchanges(drawn.hands)
    ]


def _listed(connection: sa.Connection, asked: Filter) -> set[str]:
    rows = connection.execute(lists.cases(asked, on=JUNE.on, most=50))
    return {row.number for row in rows}


def test_what_would_go_is_told_with_its_appointments_and_nothing_of_it_is_kept(
    town: sa.Connection,
) -> None:
    told = foretell_zone(town, _to_second(town), **WHO)
    assert _said(told) == [(FIRST, SECOND, ["C-1", "C-2"], 1)]
    assert town.execute(sa.select(ZoneHanding.case_id)).all() == []


def test_both_officers_are_told_for_some_days_what_came_and_what_went(
    town: sa.Connection,
) -> None:
    drawn = draw_zone(town, _to_second(town), **WHO)
    assert _said(drawn) == [(FIRST, SECOND, ["C-1", "C-2"], 1)]
    (came,) = handed_lately(town, SECOND, on=JUNE.on)
    (went,) = handed_lately(town, FIRST, on=JUNE.on)
    said = {"drawing_id": came.drawing_id, "zone": "Zone 1", "drawn_on": JUNE.on}
    assert came == Handed(came=True, others=[FIRST], **said)  # type: ignore[arg-type]
    assert went == Handed(came=False, others=[SECOND], **said)  # type: ignore[arg-type]
    last = JUNE.on + TOLD_FOR - timedelta(days=1)
    assert handed_lately(town, SECOND, on=last) == [came]
    assert handed_lately(town, SECOND, on=last + timedelta(days=1)) == []


def test_a_case_tells_by_which_zones_it_changed_hands(town: sa.Connection) -> None:
    draw_zone(town, _to_second(town), **WHO)
    draw_zone(town, _given(town, None), **WHO)
    case = town.scalars(sa.select(Case.id).where(Case.number == "C-1")).one()
    told = town.execute(handed_before(case)).all()
    assert [(row.zone, row.before, row.after) for row in told] == [
        ("Zone 1", SECOND, None), ("Zone 1", FIRST, SECOND),
    ]  # fmt: skip


def test_a_list_holds_what_a_drawing_handed_over_and_what_of_it_has_an_appointment(
    town: sa.Connection,
) -> None:
    draw_zone(town, _to_second(town), **WHO)
    (came,) = handed_lately(town, SECOND, on=JUNE.on)
    handed = Filter(drawing=came.drawing_id, officer=SECOND)
    assert _listed(town, handed) == {"C-1", "C-2"}
    booked = Filter(drawing=came.drawing_id, officer=SECOND, booked=True)
    assert _listed(town, booked) == {"C-1"}
    assert _listed(town, Filter(drawing=came.drawing_id, had_by=SECOND)) == set()
    assert _listed(town, Filter(drawing=came.drawing_id, had_by=FIRST)) == {"C-1", "C-2"}


def test_a_file_of_zones_tells_both_officers_as_a_drawing_does(
    town: sa.Connection, tmp_path: Path
) -> None:
    row = {
        "kind": "officer", "code": "1", "name": "Zone 1", "officer_name": SECOND,
        "wkt": "POLYGON((-80.4 27.298, -80.396 27.298, -80.396 27.303, -80.4 27.303, "
        "-80.4 27.298))",
    }  # fmt: skip
    path = write(tmp_path / "zones.csv", [row])
    asked = Request(path=path, today=JUNE.on, actor="root", crs="EPSG:4326")
    outcome = take_in_zones(town, asked)
    assert "2 open cases changed hands" in outcome.notes[-1]
    (came,) = handed_lately(town, SECOND, on=JUNE.on)
    (went,) = handed_lately(town, FIRST, on=JUNE.on)
    assert (came.zone, came.came, came.others) == ("Zone 1", True, [FIRST])
    assert (went.zone, went.came, went.others) == ("Zone 1", False, [SECOND])
    assert _listed(town, Filter(drawing=came.drawing_id, officer=SECOND)) == {"C-1", "C-2"}
    drawn = town.execute(drawings()).one()
    assert (drawn.actor, drawn.old_officer_name, drawn.handed) == ("root (zones.csv)", FIRST, 2)
    # The same file once more changes nothing, and so tells nobody.
    assert take_in_zones(town, asked).unchanged == 1
    assert len(town.execute(drawings()).all()) == 1


def test_what_goes_to_nobody_is_told_to_whoever_had_it(town: sa.Connection) -> None:
    draw_zone(town, _given(town, None), **WHO)
    (went,) = handed_lately(town, FIRST, on=JUNE.on)
    assert (went.came, went.others) == (False, [None])
    later = Moment(on=JUNE.on, now=JUNE.now)
    draw_zone(town, _to_second(town), actor=MANAGER, moment=later)
    (came,) = handed_lately(town, SECOND, on=JUNE.on)
    assert (came.came, came.others) == (True, [None])
