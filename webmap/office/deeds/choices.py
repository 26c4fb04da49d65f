"""List what of a case a deed may be about: its people, its parts, each in words."""

from collections.abc import Collection
from typing import Any

from cases.desk.book import Book, Row
from cases.desk.subjects import subject
from cases.workflow.document import DocumentStatus
from cases.workflow.inspection import InspectionStatus
from webmap.auth.gate import clock_now
from webmap.interpreting import say
from webmap.office.deeds.fields import as_choices
from webmap.words import day, plain

type Choices = list[Any]


def people_of(book: Book) -> Choices:
    """Return who answers in the case now."""
    return as_choices(
        (each.id, f"{each.name} ({plain(each.kind).lower()})")
        for each in book.respondents
        if each.until is None
    )


def inspections_of(book: Book, *, of: Collection[int] | None = None) -> Choices:
    """Return the inspections made, the latest first.

    Parameters
    ----------
    of
        The identities of those that count; None where any does.
    """
    made = [
        each
        for each in book.parts["inspection"]
        if each.status == InspectionStatus.MADE and (of is None or each.id in of)
    ]
    return as_choices((each.id, f"{day(each.made_on)}, {each.officer}") for each in reversed(made))


def documents_of(book: Book, *, empty: Any = None) -> Choices:
    """Return the documents that hang on the case, each sent as the SHA-256 of its file.

    Parameters
    ----------
    empty
        What the choice of none says; None where several may be chosen, or one must be.
    """
    named = [(row.sha256, document_words(row)) for row in _attached(book)]
    return as_choices(named if empty is None else [("", empty), *named])


def pictures_of(book: Book) -> dict[str, str]:
    """Return the names of the small pictures of a case's documents, by their files."""
    return {row.sha256: row.thumbnail for row in _attached(book) if row.thumbnail}


def document_words(row: Row) -> str:
    """Say which document it is: what it shows, its kind and its day."""
    here = clock_now().tzinfo
    taken = row.taken_at.astimezone(here).date() if row.taken_at else row.added_on
    kind = plain(row.kind)
    named = row.caption or row.original_name
    return f"{named} ({kind.lower()}, {day(taken)})" if named else f"{kind}, {day(taken)}"


def _attached(book: Book) -> list[Row]:
    """Return what is not withdrawn, a file that hangs on the case twice once."""
    rows = (row for row in book.parts["document"] if row.status == DocumentStatus.ATTACHED)
    return list({row.sha256: row for row in rows}.values())


def parts_of(book: Book, section: str, rows: list[Row], *, empty: Any = None) -> Choices:
    """Return some parts of a section by what a clerk calls them.

    Parameters
    ----------
    empty
        What the choice of none says; None where one must be chosen.
    """
    named = [(row.id, say(subject(book, section, row))) for row in rows]
    return as_choices(named if empty is None else [("", empty), *named])
