"""How often something may be tried: exactly so often, over however many processes."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from cases.accounts import throttle
from cases.accounts.errors import TooManyTriesError
from cases.accounts.throttle import Limit
from geo.database import Database

NOW = datetime(2026, 6, 15, 9, tzinfo=UTC)
LIMIT = Limit(tries=5, per=timedelta(minutes=15))
MICROSECOND = timedelta(microseconds=1)


def _is_taken(app: sa.Connection, limit: Limit = LIMIT, *, now: datetime = NOW) -> bool:
    try:
        throttle.take(app, "key", limit, now=now)
    except TooManyTriesError:
        return False
    return True


def _wait(app: sa.Connection, *, now: datetime) -> timedelta:
    with pytest.raises(TooManyTriesError) as refused:
        throttle.take(app, "key", LIMIT, now=now)
    return refused.value.wait


def test_so_many_tries_at_once_and_then_one_for_each_share_of_the_span(
    app: sa.Connection,
) -> None:
    assert [_is_taken(app) for _ in range(7)] == [True] * 5 + [False] * 2
    share = timedelta(minutes=3)
    assert not _is_taken(app, now=NOW + share - MICROSECOND)
    assert _is_taken(app, now=NOW + share)
    assert not _is_taken(app, now=NOW + share)
    assert [_is_taken(app, now=NOW + 4 * share) for _ in range(4)] == [True] * 3 + [False]


def test_after_the_span_all_of_them_are_back_and_no_more(app: sa.Connection) -> None:
    for _ in range(5):
        assert _is_taken(app)
    later = NOW + timedelta(days=9)
    assert [_is_taken(app, now=later) for _ in range(6)] == [True] * 5 + [False]


def test_it_says_to_wait_as_long_as_is_needed_and_not_longer(app: sa.Connection) -> None:
    for _ in range(5):
        assert _is_taken(app)
    assert _wait(app, now=NOW) == timedelta(minutes=3)
    assert _wait(app, now=NOW + timedelta(minutes=2)) == timedelta(minutes=1)
    assert _is_taken(app, now=NOW + timedelta(minutes=3))


def test_keys_know_nothing_of_each_other(app: sa.Connection) -> None:
    for _ in range(5):
        assert _is_taken(app)
    throttle.take(app, "another", LIMIT, now=NOW)


def test_what_is_given_back_may_be_tried_again(app: sa.Connection) -> None:
    for _ in range(5):
        assert _is_taken(app)
    throttle.give_one_back(app, "key", LIMIT)
    assert [_is_taken(app) for _ in range(2)] == [True, False]
    throttle.give_back(app, "key")
    assert [_is_taken(app) for _ in range(6)] == [True] * 5 + [False]


def test_a_try_given_back_to_a_whole_allowance_makes_it_no_larger(app: sa.Connection) -> None:
    assert _is_taken(app)
    for _ in range(3):
        throttle.give_one_back(app, "key", LIMIT)
    assert [_is_taken(app) for _ in range(6)] == [True] * 5 + [False]


def test_a_sweep_forgets_who_has_all_their_tries_and_nobody_else(app: sa.Connection) -> None:
    throttle.take(app, "old", LIMIT, now=NOW - timedelta(hours=1))
    assert _is_taken(app)
    throttle.sweep(app, now=NOW)
    kept = app.exec_driver_sql("SELECT key FROM lotline.throttle").scalars().all()
    assert kept == ["key"]


@given(tries=st.integers(1, 400), seconds=st.integers(1, 10_000))
def test_no_share_is_rounded_so_that_a_try_is_lost_or_won(tries: int, seconds: int) -> None:
    limit = Limit(tries=tries, per=timedelta(seconds=seconds))
    assert limit.each * tries <= limit.per < limit.each * (tries + 1)


HAMMER = """
import json, os, sys
from datetime import datetime, timedelta
from threading import Thread
import sqlalchemy as sa
from cases.accounts import throttle
from cases.accounts.errors import TooManyTriesError
from geo.database import Database
url, now, tries = sys.argv[1], datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
limit = throttle.Limit(tries=37, per=timedelta(minutes=10))
engine = sa.create_engine(url)
taken = []
def hammer():
    for _ in range(tries):
        try:
            with engine.begin() as connection:
                throttle.take(connection, "hammered", limit, now=now)
            taken.append(1)
        except TooManyTriesError as error:
            assert error.wait == limit.each, error.wait
sys.stdin.readline()
threads = [Thread(target=hammer) for _ in range(4)]
[each.start() for each in threads]; [each.join() for each in threads]
engine.dispose()
print(json.dumps(len(taken)))
"""


def test_two_processes_at_once_get_exactly_as_many_as_one_would(
    fresh_database: Database,
) -> None:
    url = fresh_database.app.url.render_as_string(hide_password=False)
    words = [sys.executable, "-c", HAMMER, url, NOW.isoformat(), "20"]
    both = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for each in both:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    told = [json.loads(each.communicate(timeout=120)[0]) for each in both]
    assert sum(told) == 37
