"""Statements written out once: the same answers, the same errors, and a plan that is kept."""

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from geo.compiled import Compiled
from geo.database import KEPT_STATEMENTS, Database, raw

TWICE = Compiled(sa.select((sa.bindparam("number", type_=sa.Integer) * 2).label("twice")))


def test_a_value_is_written_as_its_type_says(connection: sa.Connection) -> None:
    told = Compiled(sa.select(sa.bindparam("told", type_=JSONB).label("told")))
    for value in ({"days": [1, 2]}, [], "a word"):
        assert told.first(connection, told=value).told == value


def test_the_same_statement_answers_each_time_for_what_it_is_asked(
    connection: sa.Connection,
) -> None:
    assert [TWICE.first(connection, number=number).twice for number in (1, 21)] == [2, 42]
    assert [row.twice for row in TWICE.all(connection, number=3)] == [6]


def test_what_the_server_refuses_is_an_error_of_sqlalchemys(connection: sa.Connection) -> None:
    broken = Compiled(sa.select(sa.literal(1) / sa.bindparam("by", type_=sa.Integer)))
    with pytest.raises(sa.exc.DBAPIError), connection.begin_nested():
        broken.do(connection, by=0)


def test_a_connection_keeps_prepared_all_that_the_life_of_a_case_asks(database: Database) -> None:
    with database.app.connect() as connection:
        assert raw(connection).prepared_max == KEPT_STATEMENTS
