"""The office's tiles: for whom they are, what they hold, and that no public tile holds it."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from flask.testing import FlaskClient
from seats import hire, seat

from cases.accounts import people, sessions
from cases.models import Case, Lien, Staff, StaffSession
from cases.tiles import refresh_grid
from cases.workflow.roles import Role
from geo.database import Database
from geo.layers import Zone
from webmap.auth import tickets

WEST, EAST, LAT = -80.3985, -80.3975, 27.2995
"""Either side of the edge of a tile that goes through the town from z14 on."""
CANARY = "CANARY allegation"
IN = [Role.OFFICER, Role.CLERK, Role.MANAGER, Role.HEARING_OFFICER]


class Town:
    """The town of alder.sql with a case that nobody has verified, and somebody of each role."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.app = app
        self.database = database
        with database.owner.begin() as connection:
            mine = sa.update(Case).where(Case.number == "2026-0010")
            connection.execute(mine.values(category=CANARY, open_violations=0, next_due=None))
            refresh_grid(connection)
            self.staff = {role: hire(connection, role) for role in [*IN, Role.ADMIN]}

    def seat(self, role: Role) -> FlaskClient:
        return seat(self.app, self.database, self.staff[role])


@pytest.fixture
def town(fresh_database: Database) -> Iterator[Town]:
    settle(fresh_database)
    with application(fresh_database) as app:
        yield Town(app, fresh_database)


def _spot(z: int, lon: float) -> str:
    x = int((lon + 180) / 360 * 2**z)
    y = int((1 - np.arcsinh(np.tan(np.radians(LAT))) / np.pi) / 2 * 2**z)
    return f"{z}/{x}/{y}"


def _tile(z: int = 14, *, source: str = "staff", lon: float = WEST) -> str:
    return f"/tiles/{source}/{_spot(z, lon)}.mvt"


def _layer(folder: Path, body: bytes, name: str) -> list[dict[str, Any]]:
    path = folder / "tile.mvt"
    path.write_bytes(body)
    return list(pyogrio.read_dataframe(path, layer=name).to_dict("records"))


def _cases(client: FlaskClient, folder: Path) -> dict[str, dict[str, Any]]:
    bodies = [client.get(_tile(lon=lon)).data for lon in (WEST, EAST)]
    return {each["number"]: each for body in bodies for each in _layer(folder, body, "case")}


@pytest.mark.parametrize("role", IN)
def test_whoever_may_read_cases_sees_the_offices_tiles(town: Town, role: Role) -> None:
    answer = town.seat(role).get(_tile())
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer.headers["Vary"]


def test_to_all_others_there_is_no_such_tile(town: Town) -> None:
    forged = town.app.test_client()
    forged.set_cookie("lotline", "eyJ0b2tlbiI6IngifQ.aaaa.bbbb")
    stranger = town.app.test_client()
    with stranger.session_transaction() as cookie:
        cookie["token"] = sessions.new_token()
    for client in (town.app.test_client(), forged, stranger, town.seat(Role.ADMIN)):
        for path in (_tile(), _tile(10), "/tiles/staff.json", "/tiles/staff/99/0/0.mvt"):
            assert client.get(path).status_code == 404, path


def test_a_reader_who_has_the_tile_and_no_session_any_more_is_not_told_it_is_the_same(
    town: Town,
) -> None:
    tag = town.seat(Role.CLERK).get(_tile()).headers["ETag"]
    kept = {"If-None-Match": tag}
    assert town.seat(Role.OFFICER).get(_tile(), headers=kept).status_code == 304
    assert town.app.test_client().get(_tile(), headers=kept).status_code == 404


@pytest.mark.parametrize(
    "ends",
    [
        sa.update(StaffSession).values(ended_at=sa.func.clock_timestamp()),
        sa.update(Staff).values(active=False),
        sa.update(Staff).values(role=Role.ADMIN),
    ],
    ids=["signed out", "deactivated", "of another role"],
)
def test_who_loses_access_sees_no_more_tiles_after_half_a_minute(
    town: Town, ends: sa.Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]
    gate = town.app.wsgi_app
    monkeypatch.setattr(gate._tickets, "_seconds", lambda: seconds[0])  # type: ignore[attr-defined]
    client = town.seat(Role.OFFICER)
    assert client.get(_tile()).status_code == 200
    with town.database.owner.begin() as connection:
        connection.execute(ends)
    seconds[0] = tickets.SECONDS - 0.1
    assert client.get(_tile()).status_code == 200
    seconds[0] = tickets.SECONDS
    assert client.get(_tile()).status_code == 404
    assert tickets.SECONDS <= 30


def test_many_tiles_ask_for_their_reader_once(town: Town) -> None:
    client = town.seat(Role.OFFICER)
    asked: list[str] = []
    sa.event.listen(
        town.app.extensions["lotline"].app, "before_cursor_execute",
        lambda *said: asked.append(said[2]),
    )  # fmt: skip
    for z in range(8, 18):
        assert client.get(_tile(z)).status_code == 200
    assert len([each for each in asked if "staff_session" in each and "SELECT" in each]) == 1


def test_no_more_sessions_are_remembered_than_fit(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tickets, "MOST", 2)
    for _ in range(5):
        assert town.seat(Role.OFFICER).get(_tile()).status_code == 200
    assert len(town.app.wsgi_app._tickets._known) <= 2  # type: ignore[attr-defined]


def test_without_the_database_the_offices_tile_is_to_be_asked_for_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable() -> None:
        question = "SELECT"
        raise sa.exc.OperationalError(question, None, Exception("no server"))

    client = town.seat(Role.OFFICER)
    monkeypatch.setattr(town.app.extensions["lotline"].app, "begin", unreachable)
    assert client.get(_tile()).status_code == 503


def test_staff_see_every_case_that_has_not_ended_with_its_age_and_officer(
    town: Town, tmp_path: Path
) -> None:
    told = _cases(town.seat(Role.CLERK), tmp_path)
    assert set(told) == {f"2026-{n:04d}" for n in (1, 2, 3, 4, 5, 6, 7, 10)}
    late = told["2026-0003"]
    assert (late["stage"], late["age"], late["late"]) == ("overdue", 30, 5)
    assert late["officer"] == "M. Rivera"
    assert not late["unassigned"]
    assert not late["unverified"]
    assert told["2026-0010"]["category"] == CANARY
    assert told["2026-0010"]["unverified"]


def test_a_case_without_officer_or_with_one_of_its_own_says_so_at_once(
    town: Town, tmp_path: Path
) -> None:
    client = town.seat(Role.CLERK)
    client.get(_tile())
    with town.database.owner.begin() as connection:
        own = sa.update(Case).where(Case.number == "2026-0001")
        connection.execute(own.values(officer_id=town.staff[Role.OFFICER], zone_id=2))
        connection.execute(sa.update(Zone).where(Zone.id == 1).values(officer_name=None))
    found = _layer(tmp_path, client.get(_tile()).data, "case")
    told = {each["number"]: each for each in found}
    assert told["2026-0001"]["officer"] == "M. Rivera"
    assert told["2026-0003"]["unassigned"]
    with town.database.owner.begin() as connection:
        connection.execute(sa.update(Staff).where(Staff.name == "M. Rivera").values(name="M. Rios"))
    found = _layer(tmp_path, client.get(_tile()).data, "case")
    assert "M. Rios" in {each["officer"] for each in found}
    with town.database.owner.begin() as connection:
        people.deactivate(connection, town.staff[Role.OFFICER], by="a test", now=datetime.now(UTC))
    found = _layer(tmp_path, client.get(_tile()).data, "case")
    assert {each["number"]: each["unassigned"] for each in found}["2026-0001"]


def test_a_lien_shows_how_it_stands_until_ninety_days_after_its_end(
    town: Town, tmp_path: Path
) -> None:
    client = town.seat(Role.CLERK)
    today = datetime.now(UTC).date()

    def statuses() -> list[str]:
        try:
            found = _layer(tmp_path, client.get(_tile()).data, "lien")
        except pyogrio.errors.DataLayerError:
            return []
        return [each["status"] for each in found]

    assert statuses() == ["recorded"]
    for days, wanted in ((89, ["lately"]), (90, [])):
        ended = today - np.timedelta64(days, "D").astype(object)
        with town.database.owner.begin() as connection:
            connection.execute(
                sa.update(Lien).values(status="released", released_on=ended, recorded_on=None)
            )
        assert statuses() == wanted


def _public_paths() -> Iterator[str]:
    for z in range(18):
        yield _tile(z, source="cases")
        yield _tile(z, source="cases", lon=EAST)


def test_no_public_tile_ever_holds_what_only_staff_may_see(town: Town, tmp_path: Path) -> None:
    """Asked for in turn and at once with the office's, so that a shared memory would show."""
    clerk, anyone = town.seat(Role.CLERK), town.app.test_client()
    assert CANARY.encode() in clerk.get(_tile(lon=EAST)).data
    leaks: list[str] = []

    def ask(client: FlaskClient, paths: list[str], note: Callable[[str, bytes], None]) -> None:
        for path in paths * 3:
            note(path, client.get(path).data)

    def canary(path: str, body: bytes) -> None:
        if CANARY.encode() in body or b"2026-0010" in body or b"M. Rivera" in body:
            leaks.append(path)

    public = list(_public_paths())
    office = [path.replace("/cases/", "/staff/") for path in public]
    threads = [
        threading.Thread(target=ask, args=(anyone, public, canary)),
        threading.Thread(target=ask, args=(clerk, office, lambda *_: None)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert leaks == []
    counted = [
        _layer(tmp_path, client.get(_tile(8, source=source)).data, "case_grid")[0]["n"]
        for client, source in ((clerk, "staff"), (anyone, "cases"))
    ]
    assert counted == [8, 7]


def test_the_public_role_may_not_even_call_the_offices_functions(town: Town) -> None:
    for call in (
        "office.tile_cases(15, 0, 0, current_date)",
        "office.tile_case_grid('staff',0,0,0)",
    ):
        with (
            town.database.public.connect() as connection,
            pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
        ):
            connection.exec_driver_sql(f"SELECT {call}")


def test_staffs_ground_bears_the_numbers_of_parcels_and_is_for_staff_alone(
    town: Town, tmp_path: Path
) -> None:
    where = _tile(source="staff_ground")
    lots = _layer(tmp_path, town.seat(Role.OFFICER).get(where).data, "parcel")
    assert "12-5" in {each["parcel_no"] for each in lots}
    for client in (town.app.test_client(), town.seat(Role.ADMIN)):
        assert client.get(where).status_code == 404
    public = town.app.test_client().get(_tile(source="ground")).data
    assert {each["id"] for each in _layer(tmp_path, public, "parcel")} == {
        each["id"] for each in lots
    }
    assert b"12-5" not in public
