"""What hangs on mail arrives as it is, under a name that leads nowhere, and is kept until then."""

import email
import email.policy
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import collapse_rfc2231_value
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from cases.errors import MailError
from cases.mail.files import MOST_BYTES, File, disposition, safe_name
from cases.mail.message import Channel, Letter, Message, compose
from cases.mail.outbox import (
    LONGEST_HUNG,
    Answer,
    drop_stale_files,
    queue,
    send_again,
    settle,
    take,
)
from cases.mail.table import MAIL_FILE

NOW = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)
SENDER = Address(display_name="Code", addr_spec="code@alder.example.org")
PDF = File(name="Rapporto.pdf", media_type="application/pdf", body=b"%PDF-1.7 \x00\xff\r\n.\r\n")
HOSTILE = (
    "../../etc/passwd", "..\\x.pdf", "/etc/x.pdf", ".profile", "x\r\nBcc: v@example.org.pdf",
    'x"; filename="y.exe', "x\0.pdf", "x\u2028y.pdf", "x\u202efdp.exe", "a/b.pdf", "", " ", "..",
    "=?utf-8?q?x=0ABcc=3A_v?=.pdf", "x;y=z.pdf", "CON:", "x" * 400 + ".pdf", "\ud800.pdf",
    "é" * 400 + ".pdf", "\N{GRINNING FACE}" * 100 + ".pdf", "x.verylongending", "-x.pdf",
)  # fmt: skip


def _letter(*files: File) -> Letter:
    return Letter(
        id=1, message_id=uuid4(), to="a@example.org", subject="x", body="See the file.",
        html=None, attempt=1, files=files,
    )  # fmt: skip


def _arrived(*files: File) -> tuple[bytes, EmailMessage]:
    raw = compose(_letter(*files), sender=SENDER, now=NOW).as_bytes()
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    return raw, email.message_from_bytes(raw, policy=email.policy.SMTP)


def _names(raw: bytes) -> tuple[str, str]:
    """Return what the file is called for programs that know one way alone, and for the others."""
    said = str(email.message_from_bytes(raw).get_payload()[1]["Content-Disposition"])  # type: ignore[index,union-attr]
    plain = said.partition('filename="')[2].partition('"')[0]
    _, star, rest = said.partition("filename*")
    last = f"{star}{rest}" if star else f'filename="{plain}"'
    told = email.message_from_string(f"Content-Disposition: attachment; {last}\n\n")
    return plain, collapse_rfc2231_value(told.get_param("filename", "", "content-disposition"))


def test_a_file_arrives_byte_for_byte_after_the_text() -> None:
    other = File(name="two.csv", media_type="text/csv", body=b"a,b\n1,2\n")
    _, message = _arrived(PDF, other)
    text, *hung = message.iter_parts()
    assert text.get_content().strip() == "See the file."
    assert [each.get_payload(decode=True) for each in hung] == [PDF.body, other.body]
    assert [each.get_content_type() for each in hung] == ["application/pdf", "text/csv"]
    assert [each.get_filename() for each in hung] == ["Rapporto.pdf", "two.csv"]
    assert [each.get_content_disposition() for each in hung] == ["attachment", "attachment"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_leads_elsewhere_or_into_another_header(name: str) -> None:
    safe = safe_name(name)
    assert safe.strip(". ")
    assert not {*safe} & {*'/\\:*?"<>|\r\n\0'}
    assert not safe.startswith(".")
    raw, message = _arrived(File(name=safe, media_type="application/pdf", body=b"x"))
    assert b"Bcc" not in [line.partition(b":")[0] for line in raw.split(b"\r\n")]
    assert len([*message.iter_attachments()]) == 1
    plain, whole = _names(raw)
    assert plain.isascii()
    assert whole == safe
    with pytest.raises(MailError):
        File(name=name if name != safe else f"{name}/", media_type="a/b", body=b"x")


def test_a_name_of_other_letters_is_told_both_ways() -> None:
    name = "Informe del año — niñez.pdf"
    said = disposition(name)
    assert 'filename="Informe-del-ano-ninez.pdf"' in said
    raw, _ = _arrived(File(name=name, media_type="application/pdf", body=b"x"))
    assert _names(raw) == ("Informe-del-ano-ninez.pdf", name)


@given(st.text(max_size=200))
def test_a_name_made_safe_is_safe_and_stays_so(name: str) -> None:
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert File(name=safe, media_type="application/pdf", body=b"x").name == safe


@pytest.mark.parametrize("body", [b"", b"x" * (MOST_BYTES + 1)])
def test_a_file_that_is_empty_or_too_large_is_refused(body: bytes) -> None:
    with pytest.raises(MailError, match="give it 1 to"):
        File(name="x.pdf", media_type="application/pdf", body=body)


@pytest.mark.parametrize("kind", ["pdf", "application/pdf; x=y", "a/b\r\nBcc: v@example.org"])
def test_a_kind_of_file_is_no_more_than_that(kind: str) -> None:
    with pytest.raises(MailError, match="is no name for a file"):
        File(name="x.pdf", media_type=kind, body=b"x")


def test_no_file_hangs_on_a_text_and_no_two_have_one_name() -> None:
    with pytest.raises(MailError, match="no files"):
        Message(to="+13525550100", subject="x", body="x", channel=Channel.TEXT, files=(PDF,))
    with pytest.raises(MailError, match="have one name"):
        Message(to="a@example.org", subject="x", body="x", files=(PDF, PDF))


def _queued(connection: sa.Connection) -> int:
    message = Message(to="a@example.org", subject="x", body="x", files=(PDF,))
    return queue(connection, message=message, now=NOW)


def _taken(connection: sa.Connection, mail_id: int) -> Any:
    letter = take(connection, mail_id, now=NOW)
    assert letter is not None
    return letter


def _kept(connection: sa.Connection) -> int:
    return int(connection.scalar(sa.select(sa.func.count()).select_from(MAIL_FILE)) or 0)


def test_a_file_is_kept_until_a_server_has_it(connection: sa.Connection) -> None:
    mail_id = _queued(connection)
    letter = _taken(connection, mail_id)
    assert letter.files == (PDF,)
    settle(connection, letter, answer=Answer.UNKNOWN, words="No answer.", now=NOW)
    assert _kept(connection) == 1
    send_again(connection, mail_id, now=NOW)
    again = _taken(connection, mail_id)
    assert again.files == (PDF,)
    settle(connection, again, answer=Answer.ACCEPTED, words="", now=NOW)
    assert _kept(connection) == 0


def test_a_late_word_on_an_earlier_attempt_drops_nothing(connection: sa.Connection) -> None:
    mail_id = _queued(connection)
    first = _taken(connection, mail_id)
    settle(connection, first, answer=Answer.UNKNOWN, words="No answer.", now=NOW)
    send_again(connection, mail_id, now=NOW)
    _taken(connection, mail_id)
    settle(connection, first, answer=Answer.ACCEPTED, words="", now=NOW)
    assert _kept(connection) == 1


def test_what_hung_on_mail_that_did_not_arrive_goes_after_two_weeks(
    connection: sa.Connection,
) -> None:
    refused, waiting = _queued(connection), _queued(connection)
    letter = _taken(connection, refused)
    settle(connection, letter, answer=Answer.REFUSED, words="No such box.", now=NOW)
    assert drop_stale_files(connection, now=NOW + LONGEST_HUNG) == 0
    assert drop_stale_files(connection, now=NOW + LONGEST_HUNG + timedelta(seconds=1)) == 1
    assert [each.name for each in _taken(connection, waiting).files] == [PDF.name]
