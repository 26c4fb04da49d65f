"""Many who send or print the same in one moment make one of it, over the town's real engines."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alder_town import KEY, application, settle
from flask import Flask
from flask.testing import FlaskClient
from letter_holder import GUARD, typed
from letter_holder import KEY as FORM_KEY
from staffed import stop_clock
from werkzeug.test import TestResponse

from cases.actors import Actor, Moment
from cases.codes.giving import Scope, give
from cases.codes.keys import CodeKeys
from cases.models import Contact, Respondent, RespondentCode, RespondentForm
from cases.workflow.roles import Role
from geo.database import Database

AT_ONCE = 40
OWNER = sa.text("""
    INSERT INTO lotline.respondent (case_id, kind, name, address, since)
    VALUES (3, 'owner', 'P. Lane', '9 Birch Ave', current_date)""")


@pytest.fixture
def town(fresh_database: Database) -> Iterator[tuple[Database, Flask]]:
    """The small town with a respondent in one case, and its site."""
    settle(fresh_database)
    with fresh_database.owner.begin() as connection:
        connection.execute(OWNER)
    with application(fresh_database) as app:
        yield fresh_database, app


def _code(database: Database) -> str:
    now = datetime.now(UTC)
    with database.app.begin() as connection:
        return give(
            connection, CodeKeys([KEY]), scope=Scope.ACTS,
            respondent_id=connection.scalars(sa.select(Respondent.id)).one(),
            actor=Actor("J. Okafor", Role.CLERK), moment=Moment(on=now.date(), now=now),
        )  # fmt: skip


def _count(database: Database, table: type) -> int:
    with database.app.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_forty_forms_of_one_key_at_once_are_one_message(town: tuple[Database, Flask]) -> None:
    database, app = town
    client = app.test_client()
    assert typed(client, _code(database)).status_code == 303
    page = client.get("/my-case/message").text
    said = {"csrf_token": GUARD.findall(page)[-1], "key": FORM_KEY.findall(page)[0], "said": "One"}

    def send(_nth: int) -> TestResponse:
        other = _same_browser(app, client)
        return other.post("/my-case/message", data=said)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(send, range(AT_ONCE)))
    assert {each.status_code for each in answers} == {303}
    assert (_count(database, Contact), _count(database, RespondentForm)) == (1, 1)


def test_forty_printings_at_once_are_of_one_code(town: tuple[Database, Flask]) -> None:
    database, _app = town
    with ThreadPoolExecutor(AT_ONCE) as threads:
        codes = set(threads.map(lambda _nth: _code(database), range(AT_ONCE)))
    assert len(codes) == _count(database, RespondentCode) == 1


def test_a_place_has_ten_wrong_tries_however_many_workers_it_asks(
    town: tuple[Database, Flask],
) -> None:
    database, app = town
    with application(database) as other:
        stop_clock(app, other)
        clients = [each.test_client() for each in (app, other) for _ in range(12)]

        def attempt(client: FlaskClient) -> TestResponse:
            answer: TestResponse = typed(client, "0000-0000-0000-0000-0000")
            return answer

        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(attempt, clients))
    statuses = [each.status_code for each in answers]
    assert (statuses.count(200), statuses.count(429)) == (10, 14)
    waits = {int(each.headers["Retry-After"]) for each in answers if each.status_code == 429}
    assert waits <= set(range(1, 91))


def test_a_form_may_be_sent_sixty_times_an_hour_by_one_code(town: tuple[Database, Flask]) -> None:
    database, app = town
    stop_clock(app)
    client = app.test_client()
    typed(client, _code(database))
    guard = GUARD.findall(client.get("/my-case/message").text)[-1]

    def send() -> int:
        said = {"csrf_token": guard, "key": str(uuid4()), "said": "x"}
        return client.post("/my-case/message", data=said).status_code

    assert [send() for _ in range(61)] == [303] * 60 + [429]


def _same_browser(app: Flask, client: FlaskClient) -> FlaskClient:
    """Return a browser with the cookies of another."""
    other = app.test_client()
    for name, path in (("lotline", "/"), ("lotline_notice", "/my-case")):
        cookie = client.get_cookie(name, path=path)
        assert cookie is not None
        other.set_cookie(name, cookie.value, path=path)
    return other
