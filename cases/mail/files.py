"""Say what may hang on a message, and what it is called on the way."""

import re
import unicodedata
from dataclasses import dataclass
from email.headerregistry import BaseHeader, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from urllib.parse import quote

from cases.errors import MailError

MOST_BYTES = 10 * 2**20
"""Most servers take 20 MB of a message, and what hangs on it grows by a third on the way."""
LONGEST_NAME = 120
LONGEST_STEM = 60
"""Four bytes a letter, three signs a byte: its line has fewer than 998 signs (RFC 5322, 2.1.1)."""
DISPOSITION = "Content-Disposition"
_TYPE = re.compile(r"([a-z]+)/([a-z0-9.+-]{1,100})")
_ENDING = re.compile(r"[A-Za-z0-9]{1,5}")
_UNSAFE = re.compile(r'[/\\:*?"<>|\s]+')
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_CODED = "filename*"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Something that hangs on a message.

    Parameters
    ----------
    name
        What it is kept under by whoever saves it.
    media_type
        ``application/pdf``.

    Raises
    ------
    MailError
        Its name is none for a file, or it is empty or too large.
    """

    name: str
    media_type: str
    body: bytes

    def __post_init__(self) -> None:
        """Refuse what no program could save, or no server would take."""
        if self.name != safe_name(self.name) or _TYPE.fullmatch(self.media_type) is None:
            msg = f"{self.name[:LONGEST_NAME]!a} is no name for a file that hangs on a message."
            raise MailError(msg)
        if not 0 < len(self.body) <= MOST_BYTES:
            msg = f"{self.name} has {len(self.body):,} bytes: give it 1 to {MOST_BYTES:,}."
            raise MailError(msg)


def safe_name(text: str) -> str:
    """Return a name that every system can keep a file under, by words and an ending.

    Nothing in it leads to another folder, hides it, or ends the line that it stands on.
    """
    stem, dot, ending = text.rpartition(".")
    if not _ENDING.fullmatch(ending) or not dot:
        stem, ending = text, ""
    printed = "".join(each if each.isprintable() else " " for each in stem)
    words = " ".join(_UNSAFE.sub(" ", printed).split())
    bare = words[:LONGEST_STEM].strip(". ") or "file"
    return f"{bare}.{ending}" if ending else bare


def hang(message: EmailMessage, file: File) -> None:
    """Hang a file on a message, after its text."""
    kind, _, of_it = file.media_type.partition("/")
    message.add_attachment(
        file.body, maintype=kind, subtype=of_it, disposition=disposition(file.name)
    )


def disposition(name: str) -> str:
    """Return what a header says of a file: its name in plain letters, and as it is.

    The first is for programs that know no other (RFC 2183), the second goes before it where it is
    known (RFC 2231, in the form of RFC 6266).
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, ending = plain.rpartition(".")
    bare = _NOT_PLAIN.sub("-", stem if dot else ending).strip("-.") or "file"
    told = f'attachment; filename="{bare}{dot}{ending if dot else ""}"'
    return told if name in told else f"{told}; {_CODED}=utf-8''{quote(name, safe='')}"


class Disposition(UnstructuredHeader, BaseHeader):
    """A header that names a file twice, which no part of the standard library folds."""

    def fold(self, *, policy: Policy) -> str:
        """Return it on one line, or on two."""
        line = policy.linesep
        return f"{self.name}: {self}{line}".replace(f"; {_CODED}", f";{line} {_CODED}")
