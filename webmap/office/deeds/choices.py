"""List what of a case a deed may be about: its people, its parts, each in words."""

from typing import Any

from cases.desk.book import Book, Row
from cases.desk.subjects import subject
from cases.workflow.inspection import InspectionStatus
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


def inspections_of(book: Book) -> Choices:
    """Return the inspections made, the latest first."""
    made = [each for each in book.parts["inspection"] if each.status == InspectionStatus.MADE]
    return as_choices((each.id, f"{day(each.made_on)}, {each.officer}") for each in reversed(made))


def parts_of(book: Book, section: str, rows: list[Row], *, empty: Any = None) -> Choices:
    """Return some parts of a section by what a clerk calls them.

    Parameters
    ----------
    empty
        What the choice of none says; None where one must be chosen.
    """
    named = [(row.id, subject(book, section, row)) for row in rows]
    return as_choices(named if empty is None else [("", empty), *named])
