"""Say what a message may be, and put it into the form in which mail travels."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from enum import StrEnum
from uuid import UUID

from cases.errors import MailError
from cases.mail.files import DISPOSITION, Disposition, File, hang
from cases.mail.numbers import require_number
from cases.mail.segments import MOST, segments

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1: a path of 256 octets less its brackets
LONGEST_LOCAL_PART = 64
LONGEST_SUBJECT = 200

_CODED = "=?"  # opens what a header would decode (RFC 2047), which may then hold anything
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?!.*=\?)({_WORD}(?:\.{_WORD})*)@(?:{_LABEL}\.)+{_LABEL}")
_NEVER_IN_A_LINE = {"Cc", "Cs", "Zl", "Zp"}  # controls, torn characters, separators of lines

UNSUBSCRIBE = "List-Unsubscribe"


class _Whole(UnstructuredHeader, BaseHeader):
    """A header whose value no program may break: an address is no words, and is not coded."""

    def fold(self, *, policy: Policy) -> str:
        """Return it on one line."""
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type(UNSUBSCRIBE, _Whole)
_HEADERS.map_to_type(DISPOSITION, Disposition)
TRAVELS = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)
"""Seven bits, for not every server on the way takes eight."""


class Channel(StrEnum):
    """By what a message goes."""

    MAIL = "mail"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something to tell somebody by mail, or by a text to a telephone.

    Parameters
    ----------
    to
        An address alone, without a name; of a text a number (E.164).
    subject
        What it is about; of a text only lists show it.
    body
        Plain text, which every reader can show.
    html
        The same once more with markup, or None.
    case_id
        The case it is about, or None.
    unsubscribe
        The address at which its reader's program stops more of the kind, or None.
    files
        What hangs on it, each under a name of its own.

    Raises
    ------
    MailError
        The address is none, the subject no single line, there is nothing to read, two files have
        one name, or it is too much for a text.
    """

    to: str
    subject: str
    body: str
    html: str | None = None
    case_id: int | None = None
    unsubscribe: str | None = None
    channel: Channel = Channel.MAIL
    files: tuple[File, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could not be sent, or would say more than was meant."""
        if self.channel == Channel.TEXT:
            require_number(self.to)
            _require_short(self)
        else:
            require_address(self.to)
        _require_line(self.subject)
        for text in (self.body, self.html):
            if text is not None:
                _require_text(text)
        _require_apart(self.files)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message taken from the outbox to be sent, and which attempt it is."""

    id: int
    message_id: UUID
    to: str
    subject: str
    body: str
    html: str | None
    attempt: int
    unsubscribe: str | None = None
    channel: Channel = Channel.MAIL
    files: tuple[File, ...] = ()


def compose(letter: Letter, *, sender: Address, now: datetime) -> EmailMessage:
    """Return a letter with its headers; sent again it keeps its Message-ID.

    Parameters
    ----------
    now
        With its time zone; what the header Date says.
    """
    message = EmailMessage(policy=TRAVELS)
    message["From"] = sender
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.message_id}@{sender.domain}>"
    if letter.unsubscribe is not None:
        message[UNSUBSCRIBE] = f"<{letter.unsubscribe}>"
        if letter.unsubscribe.startswith("https://"):  # as RFC 8058 has it, 3.1
            message[f"{UNSUBSCRIBE}-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine need answer this
    message.set_content(letter.body)
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html")
    for file in letter.files:
        hang(message, file)
    return message


def require_address(text: str) -> str:
    """Return a mail address that is nothing else.

    Raises
    ------
    MailError
        When it is none, or could be read as more than one.
    """
    found = _ADDRESS.fullmatch(text)
    if (
        found is None
        or _CODED in text
        or len(text) > LONGEST_ADDRESS
        or len(found[1]) > LONGEST_LOCAL_PART
    ):
        msg = (
            f"{text[:LONGEST_ADDRESS]!a} is no mail address: expected one such as "
            "name@example.org, in plain letters, without a name or brackets around it."
        )
        raise MailError(msg)
    return text


def _require_line(subject: str) -> None:
    if _CODED in subject:
        msg = f'The subject holds "{_CODED}", by which headers tell code from words: leave it out.'
        raise MailError(msg)
    if any(unicodedata.category(letter) in _NEVER_IN_A_LINE for letter in subject):
        msg = f"The subject {subject[:LONGEST_SUBJECT]!a} is not one line: leave out breaks."
        raise MailError(msg)
    if not subject.strip() or len(subject) > LONGEST_SUBJECT:
        msg = f"The subject has {len(subject.strip())} characters: give it 1 to {LONGEST_SUBJECT}."
        raise MailError(msg)


def _require_short(message: Message) -> None:
    if message.html is not None or message.unsubscribe is not None or message.files:
        msg = "A text has no markup, no headers and no files: give its body alone."
        raise MailError(msg)
    parts = segments(message.body)
    if parts > MOST:
        msg = f"The text takes {parts} parts to send: make it short enough for {MOST}."
        raise MailError(msg)


def _require_apart(files: tuple[File, ...]) -> None:
    names = [each.name for each in files]
    if len({*names}) < len(names):
        msg = f"Two files of a message have one name: {', '.join(names)}. Give each its own."
        raise MailError(msg)


def _require_text(text: str) -> None:
    if not text.strip():
        msg = "The message says nothing: give it a text."
        raise MailError(msg)
    if any(unicodedata.category(letter) == "Cs" or letter == "\0" for letter in text):
        msg = "The message holds characters that are none: write it anew as UTF-8."
        raise MailError(msg)
