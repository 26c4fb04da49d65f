"""A forgotten password, and the links that set one: who gets a link, and what every asker sees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from staffed import NOW, PASSWORD, Desk, hire, hire_with_password, stop_clock

from cases.accounts import city, people
from cases.accounts.city import CityIdentity
from cases.accounts.members import Member
from geo.database import Database
from webmap.auth import limits

NEW = "grey cat on the fence"
MAIL = {
    "LOTLINE_SMTP_URL": "smtp://127.0.0.1:9",
    "LOTLINE_MAIL_FROM": "code@alder.example",
    "LOTLINE_URL": "https://code.alder.example",
}


@dataclass
class Post:
    """What waits to be mailed."""

    database: Database

    @property
    def sent(self) -> list[dict[str, Any]]:
        """Every message, in the order in which they were queued."""
        kept = sa.text("SELECT to_address AS to, subject, body FROM lotline.mail ORDER BY id")
        with self.database.app.connect() as connection:
            return [dict(row) for row in connection.execute(kept).mappings()]

    @property
    def link(self) -> str:
        """The path that the last message tells to open."""
        found = re.search(r"https://code\.alder\.example(/set-password/\S+)", self.sent[-1]["body"])
        assert found is not None
        return found[1]


@pytest.fixture
def post(fresh_database: Database) -> Post:
    return Post(fresh_database)


@pytest.fixture
def rivera(fresh_database: Database) -> Member:
    settle(fresh_database)
    with fresh_database.app.begin() as connection:
        return hire_with_password(connection)


@pytest.fixture
def app(fresh_database: Database, rivera: Member) -> Iterator[Flask]:  # noqa: ARG001 - hired first
    with application(fresh_database, **MAIL) as app:
        stop_clock(app)
        yield app


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app.test_client())


def _forgot(desk: Desk, email: str) -> str:
    answer = desk.send("/sign-in/forgot", page="/sign-in/forgot", email=email)
    assert answer.status_code == 200
    return re.sub(r'value="[^"]*"', "", answer.text).replace(email, "THEIRS")


def test_a_link_in_the_mail_sets_a_new_password(desk: Desk, app: Flask, post: Post) -> None:
    assert "Look in your mail" in _forgot(desk, "Rivera@Alder.example")
    assert post.sent[0]["to"] == "rivera@alder.example"
    assert "rivera" in post.sent[0]["body"]
    page = desk.client.get(post.link).text
    assert "For M. Rivera, who signs in as" in page
    weak = desk.send(post.link, page=post.link, password=NEW[:6])
    assert "12 to 200 characters" in weak.text
    assert desk.send(post.link, page=post.link, password=NEW).location == "/sign-in"
    assert "Your password is set." in desk.client.get("/sign-in").text
    assert Desk(app.test_client()).sign_in("rivera", NEW).status_code == 302
    assert Desk(app.test_client()).sign_in("rivera", PASSWORD).status_code == 200
    dead = desk.client.get(post.link)
    assert dead.status_code == 410
    assert "This link does not work any more" in dead.text


def test_the_answer_does_not_tell_who_works_here(desk: Desk, post: Post) -> None:
    known, unknown = (_forgot(desk, f"{who}@alder.example") for who in ("rivera", "nobody"))
    assert known == unknown
    assert len(post.sent) == 1


def test_the_link_leads_to_the_town_whatever_host_was_asked(desk: Desk, post: Post) -> None:
    guard = desk.guard("/sign-in/forgot")
    desk.client.post(
        "/sign-in/forgot",
        data={"csrf_token": guard, "email": "rivera@alder.example"},
        headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"},
    )
    assert "https://code.alder.example/set-password/" in post.sent[0]["body"]
    assert "evil" not in post.sent[0]["body"]


@pytest.mark.parametrize("said", ["rivera", "nobody", "rivera@", "@alder.example"])
def test_only_an_address_is_mailed_to(desk: Desk, post: Post, said: str) -> None:
    _forgot(desk, said)
    assert post.sent == []


def test_who_was_sent_away_gets_no_link(
    desk: Desk, post: Post, rivera: Member, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        people.deactivate(connection, rivera.id, by="x", now=NOW)
    assert "Look in your mail" in _forgot(desk, "rivera@alder.example")
    assert post.sent == []


def test_whom_the_city_alone_signs_in_gets_no_way_round_it(
    desk: Desk, post: Post, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        hire(connection, login="lane")
        hire(connection, login="invited")
        lane = CityIdentity(
            issuer="i", subject="s", email="lane@alder.example", email_verified=True
        )
        city.recognise(connection, lane, now=NOW)
    _forgot(desk, "lane@alder.example")
    assert post.sent == []
    _forgot(desk, "invited@alder.example")
    assert len(post.sent) == 1


def test_it_is_told_in_the_language_of_who_reads_it(
    desk: Desk,
    post: Post,
    rivera: Member,
    fresh_database: Database,
) -> None:
    with fresh_database.app.begin() as connection:
        people.speak(connection, rivera.id, language="es")
    _forgot(desk, "rivera@alder.example")
    assert post.sent[0]["subject"] == "Elija una contraseña nueva para Lotline"
    assert "pidió una contraseña nueva para la cuenta rivera." in post.sent[0]["body"]


def test_it_is_told_as_the_town_words_it(
    desk: Desk, app: Flask, post: Post, tmp_path: Path
) -> None:
    app.config["MESSAGES"] = tmp_path
    (tmp_path / "en").mkdir()
    own = tmp_path / "en" / "password_reset.txt"
    own.write_text("{{ town }}: password\n\n{{ login }}, open {{ address }}\n")
    _forgot(desk, "rivera@alder.example")
    assert post.sent[0]["subject"] == "Alder: password"
    assert desk.client.get(post.link).status_code == 200
    own.write_text("{{ town }}: password\n\n{{ login }}, ask us.\n")
    _forgot(desk, "rivera@alder.example")
    assert post.sent[1]["subject"] == "Set a new password for Lotline"


@pytest.mark.parametrize("who", ["rivera", "nobody"])
def test_one_address_is_mailed_to_three_times_an_hour(desk: Desk, post: Post, who: str) -> None:
    for _ in range(limits.RESETS_BY_ADDRESS.tries):
        _forgot(desk, f"{who}@alder.example")
    over = desk.send("/sign-in/forgot", page="/sign-in/forgot", email=f"{who}@ALDER.example")
    assert over.status_code == 429
    assert over.headers["Retry-After"] == "1200"
    assert len(post.sent) == (3 if who == "rivera" else 0)


def test_one_place_asks_for_ten_an_hour(desk: Desk, post: Post) -> None:
    for n in range(limits.RESETS_BY_PLACE.tries):
        _forgot(desk, f"name{n}@alder.example")
    over = desk.send("/sign-in/forgot", page="/sign-in/forgot", email="rivera@alder.example")
    assert over.status_code == 429
    assert post.sent == []


def test_who_tried_too_often_is_led_to_a_new_password_and_back(desk: Desk) -> None:
    answers = [desk.sign_in("rivera", "a wrong password") for _ in range(6)]
    page = answers[-1].text.partition("<main")[2]
    assert answers[-1].status_code == 429
    assert [f'href="{way}"' in page for way in ("/sign-in/forgot", "/sign-in")] == [True, True]


def test_a_server_that_sends_no_mail_promises_none(
    fresh_database: Database, rivera: Member, post: Post
) -> None:
    with application(fresh_database) as app:
        desk = Desk(app.test_client())
        page = desk.client.get("/sign-in/forgot").text
        assert "This server sends no mail." in page
        assert 'name="email"' not in page
        desk.send("/sign-in/forgot", email=str(rivera.email))
    assert post.sent == []


def test_links_may_be_guessed_no_oftener_than_passwords(desk: Desk) -> None:
    answers = [desk.client.get(f"/set-password/guess{n}").status_code for n in range(31)]
    assert answers == [410] * 30 + [429]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9%eth0", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
    ],
)
def test_a_place_is_what_one_holder_has_of_addresses(app: Flask, address: str, place: str) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert limits.place() == place
