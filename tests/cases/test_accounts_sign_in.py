"""Passwords and sessions: what is kept, what is refused, when it ends."""

import statistics
import time
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from staffed import NOW, PASSWORD, hire, hire_with_password

from cases.accounts import members, passwords, sessions
from cases.accounts.errors import WeakPasswordError
from cases.accounts.members import Member

SECOND = timedelta(seconds=1)


@pytest.fixture
def rivera(app: sa.Connection) -> Member:
    return hire_with_password(app)


def _hash(app: sa.Connection) -> str:
    return str(app.exec_driver_sql("SELECT password_hash FROM lotline.staff").scalar())


@pytest.mark.usefixtures("true_cost")
def test_a_password_is_kept_as_an_argon2id_hash_of_the_cost_recommended(
    app: sa.Connection, rivera: Member
) -> None:
    kept = _hash(app)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # RFC 9106, 4: the second choice
    assert PASSWORD not in kept
    assert passwords.is_right(app, rivera, PASSWORD, now=NOW)
    for wrong in ("", PASSWORD[:-1], PASSWORD + " ", PASSWORD.upper()):
        assert not passwords.is_right(app, rivera, wrong, now=NOW)


@pytest.mark.usefixtures("true_cost")
def test_a_hash_of_another_cost_is_made_anew_by_a_right_password_alone(
    app: sa.Connection, rivera: Member
) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    app.execute(sa.text("UPDATE lotline.staff SET password_hash = :cheap"), {"cheap": cheap})
    assert not passwords.is_right(app, rivera, "a wrong one", now=NOW)
    assert _hash(app) == cheap
    assert passwords.is_right(app, rivera, PASSWORD, now=NOW)
    assert "$m=65536,t=3,p=4$" in _hash(app)
    assert passwords.is_right(app, rivera, PASSWORD, now=NOW)


def test_an_accent_counts_as_one_however_a_keyboard_writes_it(
    app: sa.Connection, rivera: Member
) -> None:
    composed, apart = "la mañana del jardín", "la man\u0303ana del jardi\u0301n"
    passwords.set_password(app, rivera.id, composed, by="x", now=NOW)
    assert passwords.is_right(app, rivera, apart, now=NOW)


def test_a_longer_password_that_begins_alike_is_another(app: sa.Connection, rivera: Member) -> None:
    longest = ("orange boat in the harbor " * 8)[: passwords.LONGEST]
    passwords.set_password(app, rivera.id, longest, by="x", now=NOW)
    assert passwords.is_right(app, rivera, longest, now=NOW)
    assert not passwords.is_right(app, rivera, longest + "!", now=NOW)


@pytest.mark.parametrize(
    "weak",
    [
        "short words",
        "x" * (passwords.LONGEST + 1),
        "aaaaaaaaaaaaaaaa",
        "123456789012345",
        "abcdefghijklmnop",
        "passwordpassword",
        "Password12345!",
        "qwertyqwerty123",
        "rivera rivera rivera",
        "RIVERA-RIVERA-1234",
    ],
)
def test_what_is_guessed_first_is_no_password(
    app: sa.Connection, rivera: Member, weak: str
) -> None:
    with pytest.raises(WeakPasswordError):
        passwords.set_password(app, rivera.id, weak, by="x", now=NOW)
    assert passwords.is_right(app, rivera, PASSWORD, now=NOW)


@pytest.mark.parametrize(
    "good",
    [
        "orange boat in the harbor",
        "Rivera likes maps a lot",
        "kT9#vq2!LmZ7",
        "lotline demo town",
    ],
)
def test_a_few_words_or_a_dozen_signs_are_a_password(
    app: sa.Connection, rivera: Member, good: str
) -> None:
    passwords.set_password(app, rivera.id, good, by="x", now=NOW)
    assert passwords.is_right(app, rivera, good, now=NOW)


def _seconds(app: sa.Connection, person: Member | None) -> float:
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        assert not passwords.is_right(app, person, "a wrong password", now=NOW)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


@pytest.mark.usefixtures("true_cost")
def test_nobody_is_refused_as_slowly_as_somebody(app: sa.Connection, rivera: Member) -> None:
    invited = members.member(app, hire(app, login="invited"))
    somebody = _seconds(app, rivera)
    assert _seconds(app, None) > somebody / 3  # without a hash it would be a thousandth
    assert _seconds(app, invited) > somebody / 3


def test_a_new_password_ends_every_session_but_the_one_it_was_set_in(
    app: sa.Connection, rivera: Member
) -> None:
    here, there = (sessions.start(app, rivera.id, device="x", now=NOW) for _ in range(2))
    passwords.set_password(app, rivera.id, "grey cat on the fence", keep=here, by="x", now=NOW)
    assert sessions.whose(app, here, now=NOW) is not None
    assert sessions.whose(app, there, now=NOW) is None


def test_a_session_ends_when_nobody_was_seen_for_its_hours(
    app: sa.Connection, rivera: Member
) -> None:
    token = sessions.start(app, rivera.id, device="x", now=NOW)
    seen = NOW + sessions.IDLE - SECOND
    assert sessions.whose(app, token, now=seen) is not None
    assert sessions.whose(app, token, now=seen + sessions.IDLE - SECOND) is not None
    assert sessions.whose(app, token, now=seen + 2 * sessions.IDLE) is None


def test_a_session_ends_after_its_days_however_busy(app: sa.Connection, rivera: Member) -> None:
    token = sessions.start(app, rivera.id, device="x", now=NOW)
    now = NOW
    while now < NOW + sessions.LONGEST - sessions.IDLE / 2:
        now += sessions.IDLE / 2
        assert sessions.whose(app, token, now=now) is not None
    assert sessions.whose(app, token, now=NOW + sessions.LONGEST) is None


def test_it_is_kept_once_a_minute_that_somebody_was_seen(
    app: sa.Connection, rivera: Member
) -> None:
    token = sessions.start(app, rivera.id, device="x", now=NOW)
    assert _seen(app, token, at=NOW + sessions.SEEN_AGAIN - SECOND) == NOW
    assert _seen(app, token, at=NOW + sessions.SEEN_AGAIN) == NOW + sessions.SEEN_AGAIN


def _seen(app: sa.Connection, token: str, *, at: datetime) -> datetime:
    sessions.whose(app, token, now=at)
    seen = app.exec_driver_sql("SELECT seen_at FROM lotline.staff_session").scalar()
    assert isinstance(seen, datetime)
    return seen


def test_a_session_that_is_ended_is_over_and_no_other(app: sa.Connection, rivera: Member) -> None:
    first, second, third = (
        sessions.start(app, rivera.id, device=f"device {n}" * 40, now=NOW) for n in range(3)
    )
    sessions.end(app, first, now=NOW)
    assert sessions.whose(app, first, now=NOW) is None
    assert len(app.execute(sessions.running(rivera.id, now=NOW)).all()) == 2
    sessions.end_all(app, rivera.id, but=third, now=NOW)
    assert sessions.whose(app, second, now=NOW) is None
    assert sessions.whose(app, third, now=NOW) is not None
    assert sessions.whose(app, "no token", now=NOW) is None
