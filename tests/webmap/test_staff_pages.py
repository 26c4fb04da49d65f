"""The pages on which an administrator looks after the accounts of others."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from staffed import NOW, Desk, hire, hire_with_password, stop_clock

from cases.accounts import members, people
from cases.accounts.members import Member
from cases.workflow.roles import Role
from geo.database import Database
from webmap.words import moment

NEW = "grey cat on the fence"
ADD = {
    "name": "P. Lane", "login": "lane", "email": "lane@alder.example", "role": "clerk",
}  # fmt: skip


@pytest.fixture
def rivera(fresh_database: Database) -> Member:
    settle(fresh_database)
    with fresh_database.app.begin() as connection:
        return hire_with_password(connection)


@pytest.fixture
def webb(fresh_database: Database, rivera: Member) -> int:  # noqa: ARG001 - the town is settled
    with fresh_database.app.begin() as connection:
        return hire(connection, Role.ADMIN)


@pytest.fixture
def app(fresh_database: Database, webb: int) -> Iterator[Flask]:  # noqa: ARG001 - hired first
    with application(fresh_database) as app:
        yield app


@pytest.fixture
def desk(app: Flask, webb: int, fresh_database: Database) -> Desk:
    desk = Desk(app.test_client())
    desk.seat(fresh_database, webb)
    return desk


def _member(database: Database, staff_id: int) -> Member:
    with database.app.connect() as connection:
        return members.member(connection, staff_id)


def _plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def _told(page: str) -> str:
    """Return the mark of what the page says would be left behind."""
    found = re.search(r'name="told" value="([^"]+)"', page)
    assert found is not None, page
    return found[1]


def _link(page: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/set-password/[\w-]+)", page)
    assert found is not None, page
    return found[1]


def test_somebody_added_sets_a_password_by_the_link_and_signs_in(desk: Desk, app: Flask) -> None:
    page = desk.send("/staff/add", page="/staff/add", **ADD)
    link = _link(page.text)
    lane = Desk(app.test_client())
    assert lane.send(link, page=link, password=NEW).location == "/sign-in"
    assert lane.sign_in("lane", NEW).location == "/home"
    assert "P. Lane" in desk.client.get("/staff").text


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"login": "RIVERA"}, "login", "already the sign-in name of rivera"),
        ({"login": "p lane"}, "login", "cannot be a sign-in name"),
        ({"name": "M. Rivera"}, "name", "already the name of rivera"),
        ({"email": "Rivera@alder.example"}, "email", "already the e-mail address of rivera"),
        ({"email": "lane"}, "email", "is no e-mail address"),
        ({"role": "resident"}, "role", "Not a valid choice"),
        ({"name": ""}, "name", "This is needed."),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_it_was_typed_in(
    desk: Desk, fresh_database: Database, changes: dict[str, str], field: str, told: str
) -> None:
    page = desk.send("/staff/add", page="/staff/add", **{**ADD, **changes}).text
    beside = re.search(rf'<p class="field-error" id="{field}-error">([^<]*)', page)
    assert beside is not None
    assert told in beside[1]
    with fresh_database.app.connect() as connection:
        assert members.find(connection, "lane") is None


def test_somebody_is_changed_and_it_is_told_what_happened(
    desk: Desk, fresh_database: Database, rivera: Member
) -> None:
    address = f"/staff/{rivera.id}"
    said = {"name": "M. Rivera-Stone", "email": "", "role": "manager"}
    warned = desk.send(address, page=address, **said)
    assert "M. Rivera has Zone 1 and 5 open cases." in _plain(warned.text)
    assert "Without an officer" in warned.text
    assert _member(fresh_database, rivera.id).role is Role.OFFICER
    said["told"] = _told(warned.text)
    assert desk.send(address, page=address, **said).location == "/staff"
    changed = _member(fresh_database, rivera.id)
    assert (changed.name, changed.email, changed.role) == ("M. Rivera-Stone", None, Role.MANAGER)
    page = desk.client.get(address).text
    change = (
        "Role changed from Officer to Manager; Name changed from M. Rivera to M. Rivera-Stone; "
        "E-mail address changed from rivera@alder.example to none"
    )
    for told in (change, "Password set", "Added"):
        assert f"<li>{told} " in page
    taken = desk.send(address, page=address, name="T. Webb", role="manager")
    assert "already the name of webb" in taken.text


def test_access_is_taken_at_once_and_given_back(
    desk: Desk, app: Flask, fresh_database: Database, rivera: Member
) -> None:
    officer = Desk(app.test_client())
    officer.seat(fresh_database, rivera.id)
    page = f"/staff/{rivera.id}"
    warned = desk.send(f"{page}/access/take", page=page).text
    assert "M. Rivera has Zone 1 and 5 open cases." in _plain(warned)
    assert officer.is_in
    told = _told(warned)
    assert desk.send(f"{page}/access/take", page=page, told=told).location == page
    assert not officer.is_in
    assert "has no access" in desk.client.get(page).text
    assert "Make a new sign-in link" not in desk.client.get(page).text
    desk.send(f"{page}/access/give", page=page)
    assert _member(fresh_database, rivera.id).active


def test_the_last_administrator_cannot_leave_by_mistake(
    desk: Desk, webb: int, fresh_database: Database
) -> None:
    page = f"/staff/{webb}"
    assert desk.send(f"{page}/access/take", page=page).location == page
    assert "only administrator" in desk.client.get(page).text
    assert _member(fresh_database, webb).active
    changed = desk.send(page, page=page, name="T. Webb", role="clerk")
    assert "only administrator" in changed.text
    assert _member(fresh_database, webb).role is Role.ADMIN


def test_a_new_link_ends_the_old_one(desk: Desk, rivera: Member) -> None:
    page = f"/staff/{rivera.id}"
    older, newer = (_link(desk.send(f"{page}/link", page=page).text) for _ in range(2))
    assert desk.client.get(older).status_code == 410
    assert desk.client.get(newer).status_code == 200


def test_a_lost_telephone_is_asked_for_no_more(
    desk: Desk, fresh_database: Database, rivera: Member
) -> None:
    page = f"/staff/{rivera.id}"
    assert "Phone lost" not in desk.client.get(page).text
    with fresh_database.app.begin() as connection:
        lost = sa.text(
            "UPDATE lotline.staff SET totp_sealed = 'gAAAAx', totp_since = now(),"
            " totp_last_step = 1 WHERE id = :id"
        )
        connection.execute(lost, {"id": rivera.id})
    assert "Phone lost" in desk.client.get(page).text
    desk.send(f"{page}/phone/drop", page=page)
    assert not _member(fresh_database, rivera.id).second_factor


def test_an_administrator_who_loses_the_role_is_out_of_these_pages_at_once(
    desk: Desk, webb: int, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        hire(connection, Role.ADMIN, login="second")
        people.change(
            connection, webb, name="T. Webb", role=Role.CLERK, email=None, by="x", now=NOW
        )
    assert desk.client.get("/staff").status_code == 403


def test_the_page_of_a_person_tells_until_when_their_sign_in_is_held_back(
    desk: Desk, app: Flask, rivera: Member
) -> None:
    stop_clock(app)
    until = app.extensions["lotline_clock"].now() + timedelta(minutes=3)
    said = f"Sign-in is held back until {moment(until)}"
    stranger = Desk(app.test_client())
    for _ in range(4):
        stranger.sign_in("rivera", "a wrong password")
    assert "held back" not in desk.client.get(f"/staff/{rivera.id}").text
    stranger.sign_in("rivera", "a wrong password")
    assert said in _plain(desk.client.get(f"/staff/{rivera.id}").text)
