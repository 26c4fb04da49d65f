"""Offer a message to a mail server, and tell for certain or not what became of it."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from datetime import datetime

from cases.mail.message import Letter, compose
from cases.mail.outbox import Answer, Told
from webmap.mail_settings import MailSettings, Tls

TIMEOUT_SECONDS = 30.0  # for each answer of the server, of which a conversation takes ten at most
FAREWELL_SECONDS = 1.0
LONGEST_WORDS = 500


class Smtp:
    """The server that takes the town's mail."""

    def __init__(self, server: MailSettings) -> None:
        self._server = server

    def offer(self, letter: Letter, *, now: datetime) -> Told:
        """Hand a letter over, and return what came of it with the server's words."""
        content = compose(letter, sender=self._server.sender, now=now).as_bytes()
        return offer(self._server, recipient=letter.to, content=content)


def offer(server: MailSettings, *, recipient: str, content: bytes) -> Told:
    """Send one message to one reader, and return what came of it with the server's words.

    What goes wrong before the text is handed over puts it off. Once the text is on its way, only
    the server's answer tells: without one the message may have been taken.
    """
    try:
        with _session(server) as smtp:
            turned_down = _open_envelope(smtp, server.sender.addr_spec, recipient)
            return turned_down or _hand_over(smtp, content)
    except OSError as error:  # smtplib's own are OSErrors too
        return Answer.PUT_OFF, _words(error)


@contextlib.contextmanager
def _session(server: MailSettings) -> Iterator[smtplib.SMTP]:
    if server.tls == Tls.AT_ONCE:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host,
            server.port,
            timeout=TIMEOUT_SECONDS,
            context=ssl.create_default_context(),
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        if server.tls == Tls.STARTTLS:
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if server.user is not None and server.password is not None:
            smtp.login(server.user, server.password)
        yield smtp
    finally:
        _part(smtp)


def _open_envelope(smtp: smtplib.SMTP, sender: str, recipient: str) -> Told | None:
    """Say from whom and to whom; return the refusal, or None when the text may follow."""
    code, words = smtp.mail(sender)
    if not _is_yes(code):
        return _refusal(code, words)
    code, words = smtp.rcpt(recipient)
    return None if _is_yes(code) else _refusal(code, words, never=Answer.TURNED_AWAY)


def _hand_over(smtp: smtplib.SMTP, content: bytes) -> Told:
    try:
        code, words = smtp.data(content)
    except smtplib.SMTPDataError as error:  # the text was not even asked for
        return _refusal(error.smtp_code, error.smtp_error)
    except OSError as error:
        return Answer.UNKNOWN, f"No answer after the text was handed over: {_words(error)}"
    if _is_yes(code):
        return Answer.ACCEPTED, _said(code, words)
    if code < 0:
        return Answer.UNKNOWN, "The server answered what is no answer after it had the text."
    return _refusal(code, words)


def _part(smtp: smtplib.SMTP) -> None:
    """Take leave without waiting long: what was answered stands, and is yet to be kept."""
    with contextlib.suppress(OSError):
        if smtp.sock is not None:
            smtp.sock.settimeout(FAREWELL_SECONDS)
        smtp.quit()
    smtp.close()


def _is_yes(code: int) -> bool:
    return code // 100 == 2  # noqa: PLR2004 - RFC 5321, 4.2.1: 2xx done, 4xx not now, 5xx never


def _refusal(code: int, words: bytes | str, *, never: Answer = Answer.REFUSED) -> Told:
    lasts = code // 100 == 5  # noqa: PLR2004
    return (never if lasts else Answer.PUT_OFF), _said(code, words)


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}".replace("\0", "")[:LONGEST_WORDS]


def _words(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    said = " ".join(str(error).split()) or type(error).__name__
    return said.replace("\0", "")[:LONGEST_WORDS]
