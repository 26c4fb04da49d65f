"""One's own account: password, codes from the telephone, sessions, language."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa
from alder_town import SEAL, application, settle
from flask import Flask
from staffed import PASSWORD, Desk, hire, hire_with_password, stop_clock

from cases.accounts import factors, members
from cases.accounts.members import Member
from cases.accounts.sealing import Seal
from cases.models import Staff
from geo.database import Database
from webmap.auth.account import SECRET

NEW = "grey cat on the fence"


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
def desk(app: Flask, rivera: Member, fresh_database: Database) -> Desk:
    desk = Desk(app.test_client())
    desk.seat(fresh_database, rivera.id)
    return desk


def _set_up(database: Database, person: Member) -> tuple[str, list[str]]:
    """Set codes up a minute ago, and return the secret and the codes kept for a loss."""
    secret = factors.new_secret()
    then = datetime.now(UTC) - timedelta(minutes=1)
    with database.app.begin() as connection:
        codes = factors.confirm(
            connection,
            person,
            secret=secret,
            code=pyotp.TOTP(secret).at(then),
            seal=SEAL,
            now=then,
        )
    return secret, codes


def _now(secret: str) -> str:
    return pyotp.TOTP(secret).at(datetime.now(UTC))


def _asks_codes(database: Database, person: Member) -> bool:
    with database.app.connect() as connection:
        return members.member(connection, person.id).second_factor


def test_a_new_password_wants_the_current_one_and_ends_other_sessions(
    app: Flask, desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    other = Desk(app.test_client())
    other.seat(fresh_database, rivera.id)
    said = {"page": "/account", "password": NEW}
    wrong = desk.send("/account/password", current="not this one", **said)
    assert "That is not your current password." in wrong.text
    weak = desk.send("/account/password", page="/account", current=PASSWORD, password=NEW[:5])
    assert "12 to 200 characters" in weak.text
    assert desk.send("/account/password", current=PASSWORD, **said).status_code == 302
    assert "Your password is changed." in desk.client.get("/account").text
    assert not other.is_in
    assert Desk(app.test_client()).sign_in("rivera", NEW).status_code == 302


def test_who_sits_down_at_an_open_session_may_not_guess_the_password(desk: Desk) -> None:
    answers = [
        desk.send("/account/password", page="/account", current=f"guess {n}", password=NEW)
        for n in range(6)
    ]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_a_telephone_is_set_up_once_it_has_shown_a_code(
    desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    page = desk.client.get("/account/phone").text
    with desk.client.session_transaction() as cookie:
        secret = cookie[SECRET]
    assert 'src="data:image/svg+xml;base64,' in page
    assert " ".join(secret[n : n + 4] for n in range(0, 32, 4)) in page
    wrong = desk.send("/account/phone", page="/account/phone", code="000000")
    assert "That code is not the one" in wrong.text
    assert not _asks_codes(fresh_database, rivera)
    done = desk.send("/account/phone", page="/account/phone", code=_now(secret))
    assert done.text.count("<li><code>") == factors.CODES
    assert _asks_codes(fresh_database, rivera)
    with desk.client.session_transaction() as cookie:
        assert SECRET not in cookie
    assert "You have 8 recovery codes left." in desk.client.get("/account").text


def test_a_telephone_is_not_exchanged_for_another_by_an_open_session(
    desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    _set_up(fresh_database, rivera)
    assert desk.client.get("/account/phone").location == "/account"
    assert desk.send("/account/phone", page="/account", code="000000").location == "/account"


def test_the_second_step_wants_the_code_and_leads_on(
    app: Flask, rivera: Member, fresh_database: Database
) -> None:
    secret, codes = _set_up(fresh_database, rivera)
    desk = Desk(app.test_client())
    step = desk.sign_in("rivera", onward="/table").location
    assert step == "/sign-in/code?next=/table"
    assert not desk.is_in
    assert "That code is not the one" in desk.send(step, code="000000").text
    assert not desk.is_in
    shown = _now(secret)
    assert desk.send(step, code=shown).location == "/table"
    assert desk.is_in
    again = Desk(app.test_client())
    again.sign_in("rivera")
    assert "was used already" in again.send("/sign-in/code", code=shown).text
    assert again.send("/sign-in/code", code=codes[0]).location == "/home"


def test_who_lost_the_key_says_so_and_takes_the_codes_kept_for_a_loss(
    rivera: Member, fresh_database: Database
) -> None:
    secret, codes = _set_up(fresh_database, rivera)
    with application(fresh_database, LOTLINE_SECRET_KEY="n" * 32) as app:
        desk = Desk(app.test_client())
        step = desk.sign_in("rivera").location
        assert "sealed with a secret key the server no longer has" in desk.send(
            step, code=_now(secret)
        ).text  # fmt: skip
        assert desk.send(step, code=codes[0]).location == "/home"
    older = {"LOTLINE_SECRET_KEY": "n" * 32, "LOTLINE_OLD_SECRET_KEYS": "o" * 32}
    with fresh_database.app.begin() as connection:
        kept = Seal(["o" * 32]).close(secret, of=rivera.id)
        sealed = sa.update(Staff).where(Staff.id == rivera.id).values(totp_sealed=kept)
        connection.execute(sealed)
    with application(fresh_database, **older) as app:
        desk = Desk(app.test_client())
        step = desk.sign_in("rivera").location
        assert desk.send(step, code=_now(secret)).location == "/home"


def test_the_second_step_is_open_to_nobody_who_has_not_made_the_first(
    app: Flask, rivera: Member, fresh_database: Database
) -> None:
    secret, _ = _set_up(fresh_database, rivera)
    desk = Desk(app.test_client())
    assert desk.client.get("/sign-in/code").location == "/sign-in"
    assert desk.send("/sign-in/code", code=_now(secret)).location == "/sign-in"
    desk.sign_in("rivera")
    with desk.client.session_transaction() as cookie:
        cookie["halfway"] = [rivera.id, (datetime.now(UTC) - timedelta(minutes=6)).timestamp()]
    assert desk.send("/sign-in/code", code=_now(secret)).location == "/sign-in"


def test_codes_may_be_guessed_no_oftener_than_passwords_whichever_worker_answers(
    app: Flask, rivera: Member, fresh_database: Database
) -> None:
    secret, _ = _set_up(fresh_database, rivera)
    with application(fresh_database) as another:
        stop_clock(app, another)
        desks = [Desk(each.test_client()) for each in (app, another)]
        for desk in desks:
            desk.sign_in("rivera")
        answers = [desks[n % 2].send("/sign-in/code", code=f"{n:06}") for n in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert answers[-1].headers["Retry-After"] == "180"
        assert desks[0].send("/sign-in/code", code=_now(secret)).status_code == 429


def test_codes_end_only_for_who_gives_one(
    desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    _, codes = _set_up(fresh_database, rivera)
    page = "/account/phone/drop"
    assert "That code is not the one" in desk.send(page, page=page, code="000000").text
    assert "This is needed." in desk.send(page, page=page).text
    assert _asks_codes(fresh_database, rivera)
    assert desk.send(page, page=page, code=codes[3]).location == "/account"
    assert not _asks_codes(fresh_database, rivera)
    assert "No code is asked at sign-in any more." in desk.client.get("/account").text


def test_one_sees_where_one_is_signed_in_and_ends_the_others(
    app: Flask, desk: Desk, rivera: Member, fresh_database: Database
) -> None:
    assert "Sign out everywhere else" not in desk.client.get("/account").text
    other = Desk(app.test_client())
    other.seat(fresh_database, rivera.id)
    assert desk.client.get("/account").text.count("last seen") == 2
    desk.send("/account/sessions/end", page="/account")
    assert desk.is_in
    assert not other.is_in


def test_somebody_reads_as_their_browser_asks_until_they_choose(desk: Desk) -> None:
    spanish = {"Accept-Language": "es-US"}
    assert '<html lang="es">' in desk.client.get("/account", headers=spanish).text
    desk.send("/account/language/en", page="/account")
    assert '<html lang="en">' in desk.client.get("/account", headers=spanish).text


def test_somebody_reads_in_the_language_they_chose(desk: Desk) -> None:
    assert '<html lang="en">' in desk.client.get("/account").text
    desk.send("/account/language/es", page="/account")
    assert '<html lang="es">' in desk.client.get("/account").text


def test_whom_the_city_signs_in_has_no_password_to_change(
    app: Flask, fresh_database: Database
) -> None:
    with fresh_database.app.begin() as connection:
        staff_id = hire(connection, login="lane")
    desk = Desk(app.test_client())
    desk.seat(fresh_database, staff_id)
    assert "You sign in through the city" in desk.client.get("/account").text
    answer = desk.send("/account/password", page="/account", current="", password=NEW)
    assert answer.status_code == 200
