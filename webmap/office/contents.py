"""Name what stands on a case's page in its order, each with how much of it there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from cases.desk.book import Book
from cases.desk.owned import Elsewhere

_PARTS = {
    "inspections": ("inspection", _("Inspections")),
    "notices": ("notice", _("Notices and their service")),
    "extensions": ("extension", _("Requests for more time")),
    "citations": ("citation", _("Citations")),
    "hearings": ("hearing", _("Hearings")),
    "orders": ("order", _("Orders")),
    "liens": ("lien", _("Liens")),
    "abatements": ("abatement", _("Abatement")),
    "suits": ("legal_action", _("Legal action")),
    "appeals": ("appeal", _("Appeals")),
    "documents": ("document", _("Photos and papers")),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """One part of a page.

    Parameters
    ----------
    id
        Where it begins, as a link leads to it.
    count
        How much stands in it.
    is_cut
        Whether there may be more than was counted.
    """

    id: str
    words: Any
    count: int = 0
    is_cut: bool = False


def contents(
    book: Book,
    *,
    permits: Sequence[Any],
    others: Sequence[Any],
    elsewhere: Elsewhere,
    contacts: Sequence[Any],
    story: Sequence[Any],
) -> Mapping[str, Heading]:
    """Return the parts that a case's page has, by where they begin; no empty one but the usual."""
    written = sum(bool(each.in_thread) for each in contacts)
    always = [
        Heading("money", _("Money")),
        Heading("violations", _("What is wrong"), len(book.parts["violation"])),
        Heading("people", _("People"), len(book.respondents)),
    ]
    there = [
        Heading("complaints", _("Complaints"), len(book.complaints)),
        Heading("permits", _("Permits"), len(permits)),
        Heading("others", _("Other cases here"), len(others)),
        Heading(
            "elsewhere", _("The same owner elsewhere"), elsewhere.in_all, is_cut=elsewhere.is_cut
        ),
        *(Heading(id_, words, len(book.parts[part])) for id_, (part, words) in _PARTS.items()),
    ]
    last = [
        Heading("messages", _("Messages with the respondent"), written),
        Heading("contacts", _("Contacts"), len(contacts) - written),
        Heading("story", _("Everything that happened"), len(story)),
    ]
    headings = [*always, *(each for each in there if each.count), *last]
    return {each.id: each for each in headings}
