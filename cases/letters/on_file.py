"""Ask which letters of a case are on file as PDFs, in the very bytes in which they were set."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.letters.kinds import LetterKind
from cases.models import CaseLetter, Notice, NoticeLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """A letter whose PDF is kept.

    Parameters
    ----------
    kind
        As `cases.notice_words.NoticeKind` or `cases.letters.kinds.LetterKind` has it.
    notice_id
        The notice it is; None of another letter.
    """

    kind: str
    recipient: str
    issued_on: date
    language: str
    sha256: str
    notice_id: int | None = None


def letters_on_file(connection: sa.Connection, case_id: int, *, language: str) -> list[OnFile]:
    """Return the letters of a case that are kept, by day, each once.

    Parameters
    ----------
    language
        In which of its languages a letter is given, where it is kept in several.
    """
    chosen: dict[tuple[Any, ...], OnFile] = {}
    for key, letter in (*_notices(connection, case_id), *_others(connection, case_id)):
        if key not in chosen or letter.language == language:
            chosen[key] = letter
    return sorted(chosen.values(), key=lambda each: each.issued_on)


def _notices(connection: sa.Connection, case_id: int) -> Iterator[tuple[tuple[Any, ...], OnFile]]:
    at = NoticeLetter
    columns: tuple[Any, ...] = (
        Notice.id, Notice.kind, Notice.issued_on, Notice.content["recipient"].astext.label("to"),
        at.language, at.sha256,
    )  # fmt: skip
    query = sa.select(*columns).join(at, at.notice_id == Notice.id)
    mine = query.where(Notice.case_id == case_id).order_by(Notice.id, at.language)
    for row in connection.execute(mine):
        yield ("notice", row.id), OnFile(
            kind=row.kind, recipient=row.to or "", issued_on=row.issued_on, language=row.language,
            sha256=row.sha256, notice_id=row.id,
        )  # fmt: skip


def _others(connection: sa.Connection, case_id: int) -> Iterator[tuple[tuple[Any, ...], OnFile]]:
    at = CaseLetter
    mine = sa.select(at.__table__).where(at.case_id == case_id).order_by(at.id)
    for row in connection.execute(mine):
        yield _key(row), OnFile(
            kind=row.kind, recipient=row.recipient, issued_on=row.issued_on,
            language=row.language, sha256=row.sha256,
        )  # fmt: skip


def _key(row: sa.Row[Any]) -> tuple[Any, ...]:
    """Return by what a letter is the same as one in another language."""
    to = (row.respondent_id, row.address, row.copy)
    # Of two statements of one day neither stands for the other.
    said = row.sha256 if row.kind == LetterKind.PAYOFF else None
    return (row.kind, row.part_id, row.of_event, *to, row.issued_on, said)
