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
from cases.assigning import assign
from cases.desk import lists
from cases.desk.lists import Filter
from cases.drawings import drawings, lock_zones
from cases.given import given_lately, gone_lately
from cases.handings import TOLD_FOR, Handed, exchanges, handed_before, handed_lately
from cases.inspections import book
from cases.models import Case, Staff, ZoneHanding
from cases.outlines import rings_of
from cases.workflow.roles import Role
from cases.zone_files import take_in_zones
from cases.zoning import Drawn, Plan, draw_zone, foretell_zone, mark_of, zone_to_draw
from geo.database import Database
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


WEST, MIDDLE, EAST = -80.399, -80.396, -80.393


def _zone(code: str, west: float, east: float, *, officer: str | None = None) -> dict[str, str]:
    box = f"{west} 27.299, {east} 27.299, {east} 27.302, {west} 27.302, {west} 27.299"
    return {
        "kind": "officer", "code": code, "name": f"Zone {code}",
        "officer_name": officer or f"Officer {code}", "wkt": f"POLYGON(({box}))",
    }  # fmt: skip


def _file(folder: Path, *rows: dict[str, str]) -> Request:
    path = write(folder / "zones.csv", rows)
    return Request(path=path, today=JUNE.on, actor="root", crs="EPSG:4326", replace_drawn=True)


def test_a_file_of_zones_tells_both_officers_as_a_drawing_does(
    town: sa.Connection, tmp_path: Path
) -> None:
    asked = _file(tmp_path, _zone("1", WEST, MIDDLE, officer=SECOND))
    assert take_in_zones(town, asked).notes[-1].startswith("2 open cases changed hands; their")
    (came,) = handed_lately(town, SECOND, on=JUNE.on)
    (went,) = handed_lately(town, FIRST, on=JUNE.on)
    assert (came.zone, came.came, came.others) == ("Zone 1", True, [FIRST])
    assert (went.zone, went.came, went.others) == ("Zone 1", False, [SECOND])
    assert _listed(town, Filter(drawing=came.drawing_id, officer=SECOND)) == {"C-1", "C-2"}
    drawn = town.execute(drawings()).one()
    assert (drawn.actor, drawn.file_name) == ("root", "zones.csv")
    assert (drawn.old_officer_name, drawn.handed) == (FIRST, 2)
    # The same file once more changes nothing, and so tells nobody; not even of a case that lay in
    # no zone where it ought to.
    town.execute(sa.update(Case).where(Case.number == "C-4").values(zone_id=None))
    again = take_in_zones(town, asked)
    assert (again.unchanged, "hands" in again.notes[-1]) == (1, False)
    assert len(town.execute(drawings()).all()) == 1


def test_what_a_file_moves_is_told_with_the_zone_that_it_changed(
    town: sa.Connection, tmp_path: Path
) -> None:
    first = _zone("1", WEST, MIDDLE)
    take_in_zones(town, _file(tmp_path, first, _zone("2", MIDDLE, EAST)))
    # Given away and back, zone 1 is as the file says, though what is on record of it is not.
    draw_zone(town, _to_second(town), **WHO)
    officer = town.scalar(sa.select(Staff.id).where(Staff.name == FIRST))
    draw_zone(town, _given(town, officer), **WHO)
    # Zone 2 lets go of C-4, which falls to zone 1 beside it.
    outcome = take_in_zones(town, _file(tmp_path, first, _zone("2", -80.3948, EAST)))
    assert outcome.notes[-1].startswith("1 open case changed hands; its officers")
    drawn = town.execute(drawings()).first()
    assert drawn is not None
    assert (drawn.name, drawn.handed, drawn.cases_moved) == ("Zone 2", 1, 1)


def test_a_case_that_a_file_moves_from_zone_to_zone_is_counted_once(
    town: sa.Connection, tmp_path: Path
) -> None:
    # C-2 goes to zone 2, and with both zones' officers changed it stays with whoever has it.
    rows = [_zone("1", WEST, -80.3978, officer=SECOND), _zone("2", -80.3978, EAST, officer=FIRST)]
    take_in_zones(town, _file(tmp_path, *rows))
    drawn = town.execute(drawings()).all()
    assert {each.name: (each.handed, each.cases_moved) for each in drawn} == {
        "Zone 1": (1, 0), "Zone 2": (2, 1),
    }  # fmt: skip


def test_a_file_of_zones_waits_for_whoever_draws_one(
    town: sa.Connection, database: Database, tmp_path: Path
) -> None:
    with database.owner.begin() as other:
        lock_zones(other)
        town.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
            take_in_zones(town, _file(tmp_path, _zone("1", WEST, MIDDLE)))


def test_what_was_given_is_counted_as_its_list_holds_it(town: sa.Connection) -> None:
    second, none = town.scalar(sa.select(Staff.id).where(Staff.name == SECOND)), None
    ids = {row.number: row.id for row in town.execute(sa.select(Case.number, Case.id))}
    # C-1 is given and given back, and comes again with its zone; C-2 was given by name alone.
    for number, officer in (("C-1", second), ("C-1", none), ("C-2", second)):
        assign(town, case_id=ids[number], officer_id=officer, **WHO)
    draw_zone(town, _to_second(town), **WHO)
    (told,) = given_lately(town, SECOND, on=JUNE.on)
    assert (told.actor, told.cases, told.others) == (MANAGER.name, 1, [FIRST])
    asked = Filter(officer=SECOND, given=(JUNE.on, JUNE.on), given_by=MANAGER.name)
    assert _listed(town, asked) == {"C-2"}


def test_whoever_loses_a_case_by_name_is_told_until_they_have_it_again(town: sa.Connection) -> None:
    second, none = town.scalar(sa.select(Staff.id).where(Staff.name == SECOND)), None
    ids = {row.number: row.id for row in town.execute(sa.select(Case.number, Case.id))}
    # C-1 is given and given back; C-2 is lost, and lies in a zone of whoever got it since.
    for number, officer in (("C-1", second), ("C-1", none), ("C-2", second)):
        assign(town, case_id=ids[number], officer_id=officer, **WHO)
    draw_zone(town, _to_second(town), **WHO)
    (told,) = gone_lately(town, FIRST, on=JUNE.on)
    assert (told.actor, told.on, told.cases, told.others) == (MANAGER.name, JUNE.on, 1, [SECOND])
    asked = Filter(had_by=FIRST, given=(JUNE.on, JUNE.on), given_by=MANAGER.name)
    assert _listed(town, asked) == {"C-2"}
    assert gone_lately(town, FIRST, on=JUNE.on + TOLD_FOR) == []
    assert gone_lately(town, SECOND, on=JUNE.on) == []  # who has C-1 again with its zone


def test_what_was_given_is_found_by_the_index_of_what_was_assigned(
    fresh_database: Database,
) -> None:
    """In a database of its own: the pages others leave in its tables sway no plan."""
    query = lists.count(Filter(given_by=MANAGER.name), on=JUNE.on)
    assert "kind = 'case_assigned'" in str(query)  # whatever else is bound, so that any plan may
    with fresh_database.owner.begin() as town:
        town.exec_driver_sql("SET LOCAL enable_seqscan = off")
        compiled = query.compile(town.engine, compile_kwargs={"literal_binds": True})
        lines = town.exec_driver_sql(f"EXPLAIN {compiled}".replace("%%", "%")).scalars()
        assert "case_event_assigned" in "\n".join(lines)


def test_what_goes_to_nobody_is_told_to_whoever_had_it(town: sa.Connection) -> None:
    draw_zone(town, _given(town, None), **WHO)
    (went,) = handed_lately(town, FIRST, on=JUNE.on)
    assert (went.came, went.others) == (False, [None])
    later = Moment(on=JUNE.on, now=JUNE.now)
    draw_zone(town, _to_second(town), actor=MANAGER, moment=later)
    (came,) = handed_lately(town, SECOND, on=JUNE.on)
    assert (came.came, came.others) == (True, [None])
