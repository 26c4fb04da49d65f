"""Mark what a case brings before a hearing: what was entered there, then all else on file."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from cases.desk.book import Book, Row
from cases.workflow.document import DocumentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something that is shown at a hearing.

    Parameters
    ----------
    mark
        The number under which it was entered; a letter for what is on file and not entered.
    document
        The document of the case it is; None where it hangs on no case.
    exhibit
        As it was entered; None where it was not.
    """

    mark: str
    document: Row | None
    exhibit: Row | None

    @property
    def sha256(self) -> str | None:
        """The hash of its file; None of a thing that is none."""
        row = self.exhibit if self.document is None else self.document
        sha256: str | None = None if row is None else row.sha256
        return sha256


def pieces(book: Book, hearing: Row) -> list[Piece]:
    """Return all that is shown at a hearing, each with its mark; what was withdrawn is left out."""
    on_file = {
        each.sha256: each
        for each in book.parts["document"]
        if each.status == DocumentStatus.ATTACHED
    }
    entered = sorted(
        (each for each in book.exhibits if each.hearing_id == hearing.id),
        key=lambda each: each.number,
    )
    shown = {each.sha256 for each in entered}
    rest = sorted((row for row in on_file.values() if row.sha256 not in shown), key=_made)
    return [
        *(
            Piece(mark=str(each.number), document=on_file.get(each.sha256), exhibit=each)
            for each in entered
        ),
        *(
            Piece(mark=mark, document=row, exhibit=None)
            for mark, row in zip(_marks(), rest, strict=False)
        ),
    ]


def _made(row: Row) -> tuple[str, int]:
    return (row.taken_at.isoformat() if row.taken_at else row.added_on.isoformat(), row.id)


def _marks() -> Iterator[str]:
    """Yield A to Z, then AA, AB and on."""
    yield from ascii_uppercase
    for first in _marks():
        yield from (first + second for second in ascii_uppercase)
