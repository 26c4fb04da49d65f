"""Signing in and out: what is right, what is wrong, what is too often, and where it leads."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from staffed import NOW, Desk, hire, hire_with_password, stop_clock

from cases.accounts import journal, people
from cases.accounts.members import Member
from cases.workflow.roles import Role
from data.town.notes import GENERATOR
from data.town.staff import PASSWORD as DEMO_PASSWORD
from geo.database import Database
from webmap.auth.entering import ours
from webmap.auth.gate import TOKEN

WRONG = "The name or the password is wrong."


@pytest.fixture
def rivera(fresh_database: Database) -> Member:
    settle(fresh_database)
    with fresh_database.app.begin() as connection:
        return hire_with_password(connection)


@pytest.fixture
def app(fresh_database: Database, rivera: Member) -> Iterator[Flask]:  # noqa: ARG001 - hired first
    with application(fresh_database) as app:
        yield app


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app.test_client())


def _kinds(database: Database, staff_id: int) -> list[str]:
    with database.app.connect() as connection:
        return [row.kind for row in connection.execute(journal.events_of(staff_id))]


def test_the_right_name_and_password_lead_to_the_first_page_of_the_role(
    desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    answer = desk.sign_in("Rivera@alder.example")
    assert (answer.status_code, answer.location) == (302, "/home")
    assert desk.client.get("/home").location == "/office/"
    assert "M. Rivera" in desk.client.get("/office/").text
    assert desk.client.get("/sign-in?next=/table").location == "/table"  # there is nothing to ask
    assert _kinds(fresh_database, rivera.id)[0] == "signed_in"


def test_an_administrator_begins_with_the_people(desk: Desk, fresh_database: Database) -> None:
    with fresh_database.app.begin() as connection:
        webb = hire(connection, Role.ADMIN)
    desk.seat(fresh_database, webb)
    assert desk.client.get("/home").location == "/staff"


@pytest.mark.parametrize(
    ("login", "password"),
    [("rivera", "a wrong password"), ("nobody", "a wrong password"), ("", ""), ("rivera", "")],
)
def test_a_wrong_password_and_a_name_nobody_has_are_told_alike(
    desk: Desk, login: str, password: str
) -> None:
    page = desk.sign_in(login, password)
    assert page.status_code == 200
    assert (WRONG in page.text) is (bool(login) and bool(password))
    assert not desk.is_in


def test_what_no_text_can_hold_is_refused_in_words(desk: Desk) -> None:
    page = desk.sign_in("rivera\0", "a wrong password")
    assert page.status_code == 200
    assert "a character that is none" in page.text


def test_a_try_that_failed_is_written_down_without_what_was_typed(
    desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    desk.sign_in("rivera", "a wrong password")
    desk.sign_in("my password typed as a name", "x")
    with fresh_database.owner.connect() as connection:
        told = connection.exec_driver_sql(
            "SELECT staff_id, details FROM lotline.account_event WHERE kind = 'sign_in_failed'"
        ).all()
    assert [row.staff_id for row in told] == [rivera.id, None]
    assert all(row.details == {"what": "password", "place": "127.0.0.1"} for row in told)


@pytest.mark.parametrize("login", ["rivera", "nobody"])
def test_after_five_tries_a_name_has_to_wait_whichever_worker_answers(
    app: Flask, fresh_database: Database, login: str
) -> None:
    with application(fresh_database) as another:
        stop_clock(app, another)
        desks = [Desk(app.test_client()), Desk(another.test_client())]
        answers = [desks[n % 2].sign_in(login, "a wrong password") for n in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 3
    assert answers[-1].headers["Retry-After"] == "180"
    page = answers[-1].text
    assert "Wait 3 minutes" in page
    assert "Ask an administrator of your department for a link" in page
    assert 'href="/sign-in"' in page.partition("<main")[2]


def test_who_is_locked_out_is_not_let_in_by_the_right_password_either(desk: Desk) -> None:
    for _ in range(5):
        desk.sign_in("rivera", "a wrong password")
    assert desk.sign_in("rivera").status_code == 429
    assert desk.sign_in("rivera@alder.example").status_code == 429
    assert not desk.is_in


def test_a_right_password_gives_the_tries_before_it_back(app: Flask) -> None:
    for _ in range(2):
        desk = Desk(app.test_client())
        for _ in range(4):
            assert WRONG in desk.sign_in("rivera", "a wrong password").text
        assert desk.sign_in("rivera").status_code == 302


def test_one_place_may_try_many_names_but_not_any_number(app: Flask) -> None:
    stop_clock(app)
    answers = [
        Desk(app.test_client()).sign_in(f"name{n}", "a wrong password").status_code
        for n in range(32)
    ]
    assert answers == [200] * 30 + [429] * 2


def test_a_whole_office_signs_in_from_one_address(app: Flask) -> None:
    stop_clock(app)
    for _ in range(33):
        assert Desk(app.test_client()).sign_in("rivera").status_code == 302


EVIL = [
    "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example",
    "\\\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example",
    "/\r/evil.example", "\t//evil.example", " //evil.example", "http:evil.example",
    "https:/evil.example", "javascript:alert(1)", "data:text/html,x", "evil.example",
    "//evil.example/%2e%2e", "/\\/evil.example", "/\u2028/evil.example", "/a\\..\\..\\evil",
    "/\x00/evil.example", "@evil.example", ".evil.example", "?next=x", "#x", "",
    "/\u200b/evil.example", "///\\evil.example", "/\x0b//evil.example", "ftp://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("address", EVIL)
def test_nobody_is_sent_on_to_another_site(address: str) -> None:
    assert ours(address) == ""


@pytest.mark.parametrize("address", ["/office/", "/case/2026-0003?x=1#a", "/search?q=Se\u00f1or"])
def test_a_page_of_ours_is_gone_on_to(address: str) -> None:
    assert ours(address) == address


@pytest.mark.parametrize(
    ("onward", "leads"),
    [
        ("/office/%3Fa=1%26b=2", "/office/?a=1&b=2"),
        ("//evil.example", "/home"),
        ("/%5Cevil", "/home"),
    ],
)
def test_who_wanted_a_page_is_led_there_after_signing_in(
    desk: Desk, onward: str, leads: str
) -> None:
    assert desk.sign_in("rivera", onward=onward).location == leads


def test_who_reads_is_sent_to_the_door_and_back(desk: Desk) -> None:
    there = desk.client.get("/office/?a=1&b=2").location
    assert there == "/sign-in?next=/office/?a%3D1%26b%3D2"
    page = desk.client.get(there)
    assert page.status_code == 200
    answer = desk.client.post(
        there, data={"csrf_token": desk.guard(), "login": "rivera", "password": ""}
    )
    assert "This is needed." in answer.text


def test_signing_in_begins_a_session_nobody_knew_before(
    app: Flask, desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    desk.guard()
    with desk.client.session_transaction() as cookie:
        cookie["planted"] = "by another"
        guard_before = cookie["csrf_token"]
    desk.sign_in("rivera")
    with desk.client.session_transaction() as cookie:
        first = cookie[TOKEN]
        assert "planted" not in cookie
        assert cookie.get("csrf_token") != guard_before
    other = Desk(app.test_client())
    with other.client.session_transaction() as cookie:
        cookie[TOKEN] = "guessed"
    other.sign_in("rivera")
    with other.client.session_transaction() as cookie:
        assert cookie[TOKEN] not in {"guessed", first}
    assert desk.is_in
    assert _kinds(fresh_database, rivera.id)[:2] == ["signed_in", "signed_in"]


def test_the_cookie_is_for_the_server_alone(app: Flask, fresh_database: Database) -> None:
    said = Desk(app.test_client()).sign_in("rivera").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {each.strip() for each in said.split(";")}
    assert "Secure" not in said
    with application(fresh_database, LOTLINE_URL="https://code.alder.example") as safe:
        browser = safe.test_client()
        shown = browser.get("/sign-in", base_url="https://code.alder.example")
        assert "; Secure;" in shown.headers["Set-Cookie"]


def test_signing_out_ends_the_session_at_the_server_too(
    app: Flask, desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    desk.sign_in("rivera")
    with desk.client.session_transaction() as cookie:
        token = cookie[TOKEN]
    assert desk.send("/sign-out", page="/account").location == "/sign-in"
    assert not desk.is_in
    thief = Desk(app.test_client())
    with thief.client.session_transaction() as cookie:
        cookie[TOKEN] = token
    assert not thief.is_in
    assert _kinds(fresh_database, rivera.id)[0] == "signed_out"


def test_who_is_sent_away_is_out_at_the_next_request(
    desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    desk.sign_in("rivera")
    with fresh_database.app.begin() as connection:
        people.deactivate(connection, rivera.id, by="T. Webb", now=NOW)
    assert desk.client.get("/office/").location.startswith("/sign-in")
    assert WRONG in desk.sign_in("rivera").text


def test_a_changed_role_holds_at_the_next_request(
    desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    desk.sign_in("rivera")
    assert desk.client.get("/staff").status_code == 403
    with fresh_database.app.begin() as connection:
        people.change(
            connection, rivera.id, name="M. Rivera", role=Role.ADMIN, email=None, by="x", now=NOW
        )
    assert desk.client.get("/staff").status_code == 200
    assert desk.client.get("/office/").status_code == 403


def test_a_page_that_lay_open_while_the_session_ran_out_is_sent_as_it_is(
    desk: Desk, fresh_database: Database
) -> None:
    desk.sign_in("rivera")
    lying = {"csrf_token": desk.guard("/account")}
    with fresh_database.owner.begin() as connection:
        long_ago = datetime.now(UTC) - timedelta(days=1)
        connection.execute(
            sa.text("UPDATE lotline.staff_session SET started_at = :ago, seen_at = :ago"),
            {"ago": long_ago},
        )
    assert desk.client.post("/account/language/es", data=lying).status_code == 401
    desk.sign_in("rivera")  # in another window
    assert desk.client.post("/account/language/es", data=lying).status_code == 302


def test_no_cache_keeps_a_page_for_somebody(desk: Desk) -> None:
    desk.sign_in("rivera")
    for path in ("/account", "/office/", "/sign-in"):
        assert desk.client.get(path).headers["Cache-Control"] == "no-store"
    assert "no-store" not in desk.client.get("/table").headers.get("Cache-Control", "")


def test_the_demo_alone_tells_its_accounts_and_their_password(
    app: Flask, rivera: Member, fresh_database: Database
) -> None:
    assert "rivera" not in app.test_client().get("/sign-in").text
    with fresh_database.app.begin() as connection:
        hire(connection, Role.CLERK, login="generated", by=GENERATOR)
        gone = hire(connection, login="gone", by=GENERATOR)
        people.deactivate(connection, gone, by="x", now=NOW)
    with application(fresh_database, LOTLINE_DEMO="1") as demo:
        page = demo.test_client().get("/sign-in").text
    assert "<code>generated</code>" in page
    assert f"<code>{rivera.login}</code>" not in page  # who was added since has another password
    assert DEMO_PASSWORD in page
    assert "<code>gone</code>" not in page
