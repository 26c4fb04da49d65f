"""What everybody asks of the whole town is asked of the database once, and never answered late."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask.testing import FlaskClient

from cases.models import Case
from geo.database import Database


@pytest.fixture
def own(fresh_database: Database) -> Iterator[FlaskClient]:
    """A reader of a town of the test's own."""
    settle(fresh_database)
    with application(fresh_database) as app:
        yield app.test_client()


@contextmanager
def _counting(client: FlaskClient) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(*event: object) -> None:
        asked.append(str(event[2]))

    engine = client.application.extensions["lotline"].public
    sa.event.listen(engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", note)


def _heavy(asked: list[str]) -> int:
    return sum(
        bool(re.search(r"case_counts_within|cases_within|zone_figures", each)) for each in asked
    )


@pytest.mark.parametrize("path", ["/", "/table", "/figures"])
def test_the_whole_town_is_counted_once_however_many_look(own: FlaskClient, path: str) -> None:
    first = own.get(path).text
    with _counting(own) as asked:
        again = own.get(path).text
    assert _heavy(asked) == 0
    assert _told(again) == _told(first)


def test_a_change_is_seen_at_the_next_request(own: FlaskClient, fresh_database: Database) -> None:
    before = own.get("/table").text
    with fresh_database.owner.begin() as connection:
        number = connection.scalar(sa.select(Case.number).where(Case.published).limit(1))
        assert str(number) in before
        connection.execute(sa.update(Case).where(Case.number == number).values(published=False))
    assert str(number) not in own.get("/table").text


def test_a_part_of_the_town_is_asked_for_anew(own: FlaskClient) -> None:
    for _ in range(2):
        with _counting(own) as asked:
            own.get("/list?bbox=-82.6,27.4,-82.4,27.6")
        assert _heavy(asked) == 2


def test_who_asked_too_long_a_question_leaves_the_next_their_own_patience(
    own: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.kept_answers.PATIENCE", "1ms")
    engine = own.application.extensions["lotline"].public
    with engine.connect() as connection:
        usual = connection.exec_driver_sql("SHOW statement_timeout").scalar()
    assert own.get("/figures").status_code in {200, 503}
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == usual


def _told(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]
