"""The outbox: what may be a message, what becomes of it, and that a late word changes nothing."""

import email
import email.policy
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from cases.errors import MailError
from cases.mail.message import Letter, Message, compose
from cases.mail.outbox import (
    GIVE_UP_AFTER,
    LONGEST_WAIT,
    SHORTEST_WAIT,
    STALE_AFTER,
    Answer,
    Status,
    doubt_stale,
    listing,
    mail_state,
    queue,
    send_again,
    settle,
    take,
    wait_after,
)
from cases.mail.table import MAIL
from geo.database import Database

NOW = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)
SENDER = Address(display_name="Código, Oficina de", addr_spec="code@alder.example.org")
BREAKS = ("\n", "\r", "\r\n", "\0", "\v", "\f", "\x1b", "\x85", "\u2028", "\u2029", "\ud800")
TAILS = ("Bcc: victim@example.org", " Bcc: victim@example.org", "\r\n\r\nAnother body", "", ".")
NO_ADDRESSES = (
    "", "nobody", "@example.org", "a@", "a@b", "a b@example.org", "a@example.org ",
    " a@example.org", "a@example.org,b@example.org", "a@example.org;b@example.org",
    "A <a@example.org>",
    "<a@example.org>", "a@example..org", "a@-example.org", "a@example.org.", "a..b@example.org",
    ".a@example.org", '"a b"@example.org', "a@[127.0.0.1]", "a@example.org>", "a@exa_mple.org",
    "a@example.org> SIZE=1", "a(comment)@example.org", "maría@example.org", "a@ejemplo.españa",
    "=?utf-8?q?a=0Ab?=@example.org", f"{'a' * 65}@example.org", f"a@{'b' * 300}.org",
)  # fmt: skip


def _message(**changes: Any) -> Message:
    return Message(**{"to": "a@example.org", "subject": "x", "body": "x", **changes})


def _letter(**changes: Any) -> Letter:
    said = {"to": "a@example.org", "subject": "x", "body": "x", "html": None, **changes}
    return Letter(id=1, message_id=uuid4(), attempt=1, **said)


@pytest.mark.parametrize("mark", BREAKS)
@pytest.mark.parametrize("tail", TAILS)
def test_nothing_that_breaks_a_line_gets_into_a_header(mark: str, tail: str) -> None:
    for text in (f"x{mark}{tail}", f"{mark}{tail}x"):
        with pytest.raises(MailError, match="not one line"):
            _message(subject=text)
    for address in (f"a@example.org{mark}{tail}", f"{mark}{tail}a@example.org", f"a{mark}@b.org"):
        with pytest.raises(MailError, match="no mail address"):
            _message(to=address)


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_plain_address_is_refused(address: str) -> None:
    with pytest.raises(MailError, match="no mail address"):
        _message(to=address)


@pytest.mark.parametrize("address", ["o'neil+code@example.org", "A.B@x-1.example.co", "1@2.org"])
def test_an_ordinary_address_is_taken(address: str) -> None:
    assert _message(to=address).to == address


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"subject": " "}, "has 0 characters"),
        ({"subject": "x" * 201}, "has 201 characters"),
        ({"subject": "=?utf-8?q?x=0ABcc=3A_b@example.org?="}, "headers tell code from words"),
        ({"body": " \n"}, "says nothing"),
        ({"body": "x\0"}, "holds characters that are none"),
        ({"html": "\udc80"}, "holds characters that are none"),
    ],
)
def test_a_message_without_sense_is_refused(changes: dict[str, str], said: str) -> None:
    with pytest.raises(MailError, match=said):
        _message(**changes)


def _sent(letter: Letter) -> Any:
    raw = compose(letter, sender=SENDER, now=NOW).as_bytes()
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    return email.message_from_bytes(raw, policy=email.policy.SMTP)


HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
]  # fmt: skip


@given(
    subject=st.text(min_size=1, max_size=200),
    body=st.text(min_size=1, max_size=3000),
)
def test_whatever_is_taken_has_the_same_headers_and_reads_as_it_was_written(
    subject: str, body: str
) -> None:
    try:
        message = _message(subject=subject, body=body)
    except MailError:
        return
    read = _sent(_letter(subject=message.subject, body=message.body))
    assert sorted(read.keys()) == sorted(HEADERS)
    assert "".join(str(read["Subject"]).split()) == "".join(subject.split())
    assert read["From"].addresses == (SENDER,)
    lines = body.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    assert read.get_content().replace("\r\n", "\n").rstrip("\n").split("\n") == lines


def test_each_wait_doubles_until_it_is_time_to_give_up() -> None:
    age, waits = timedelta(0), []
    while (wait := wait_after(age, attempts=len(waits) + 1)) is not None:
        waits.append(wait)
        age += wait
    assert waits[:5] == [SHORTEST_WAIT * times for times in (1, 1, 2, 4, 8)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    assert GIVE_UP_AFTER <= age <= GIVE_UP_AFTER + LONGEST_WAIT


def test_what_waited_for_a_night_or_for_a_server_is_tried_again_as_soon_as_any_other() -> None:
    for age in (timedelta(hours=9), GIVE_UP_AFTER * 2):
        waits = [wait_after(age, attempts=each) for each in range(1, 5)]
        assert waits == [SHORTEST_WAIT * times for times in (1, 2, 4, 8)]
    assert wait_after(timedelta(0), attempts=40) == SHORTEST_WAIT  # a person sent it again
    assert wait_after(GIVE_UP_AFTER, attempts=40) is None


def _status(connection: sa.Connection, mail_id: int) -> Any:
    return connection.execute(listing().where(MAIL.c.id == mail_id)).one()


def _taken(connection: sa.Connection) -> Letter:
    letter = take(connection, queue(connection, message=_message(), now=NOW), now=NOW)
    assert letter is not None
    return letter


def test_mail_is_taken_once(connection: sa.Connection) -> None:
    letter = _taken(connection)
    assert take(connection, letter.id, now=NOW) is None
    assert take(connection, 999_999, now=NOW) is None


def test_mail_put_off_for_days_is_given_up_with_the_last_words(connection: sa.Connection) -> None:
    letter = _taken(connection)
    late = NOW + GIVE_UP_AFTER
    said: dict[str, Any] = {"answer": Answer.PUT_OFF, "words": "451 Later", "now": late}
    assert settle(connection, letter, **said) == "queued"  # it was tried once
    connection.execute(sa.update(MAIL).values(attempts=19))
    last = take(connection, letter.id, now=late)
    assert last is not None
    assert settle(connection, last, **said) == "failed"
    assert _status(connection, letter.id).last_error == "Given up after 20 attempts: 451 Later"


def test_a_late_word_on_an_earlier_attempt_changes_nothing(connection: sa.Connection) -> None:
    first = _taken(connection)
    assert doubt_stale(connection, now=NOW + STALE_AFTER) == []
    late = NOW + STALE_AFTER + timedelta(seconds=1)
    assert doubt_stale(connection, now=late) == [first.id]
    send_again(connection, first.id, now=late)
    second = take(connection, first.id, now=late)
    assert second is not None
    for answer in Answer:
        assert settle(connection, first, answer=answer, words="550 No", now=late) is None
    assert _status(connection, first.id).status == "sending"
    assert settle(connection, second, answer=Answer.ACCEPTED, words="250 OK", now=late) == "sent"


@pytest.mark.parametrize("again", [False, True])
def test_a_late_yes_settles_what_was_in_doubt_and_takes_it_back_from_the_queue(
    connection: sa.Connection, again: bool
) -> None:
    letter = _taken(connection)
    late = NOW + 2 * STALE_AFTER
    doubt_stale(connection, now=late)
    if again:
        send_again(connection, letter.id, now=late)
    assert settle(connection, letter, answer=Answer.ACCEPTED, words="250 OK", now=late) == "sent"
    assert take(connection, letter.id, now=late) is None


@pytest.mark.parametrize(
    ("answer", "status"),
    [(None, "sending"), (Answer.ACCEPTED, "sent"), (Answer.PUT_OFF, "queued")],
)
def test_a_person_sends_again_only_what_needs_one(
    connection: sa.Connection, answer: Answer | None, status: str
) -> None:
    letter = _taken(connection)
    if answer:
        settle(connection, letter, answer=answer, words="x", now=NOW)
    with pytest.raises(MailError, match=f"Mail {letter.id} is {status}"):
        send_again(connection, letter.id, now=NOW)
    with pytest.raises(MailError, match="There is no mail 999999"):
        send_again(connection, 999_999, now=NOW)


def test_the_state_counts_every_status(connection: sa.Connection) -> None:
    assert mail_state(connection) == dict.fromkeys(Status, 0)
    _taken(connection)
    queue(connection, message=_message(), now=NOW)
    assert mail_state(connection)[Status.SENDING] == 1
    assert mail_state(connection)[Status.QUEUED] == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lotline.mail SET body = 'other'",
        "UPDATE lotline.mail SET to_address = 'b@example.org'",
        "UPDATE lotline.mail SET message_id = gen_random_uuid()",
        "DELETE FROM lotline.mail",
    ],
)
def test_the_app_may_not_change_what_a_message_says(database: Database, statement: str) -> None:
    with (
        database.app.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        connection.exec_driver_sql(statement)
