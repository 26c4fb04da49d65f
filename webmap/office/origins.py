"""Lead back to the page that a deed was done from: a case's, the docket desk's, a hearing's."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from cases.desk.book import Book, Row
from webmap.office.casework import title_of

DESK, SITTING, HEARING = "docket", "sitting", "hearing"
ASKED = "back"
"""The part of a deed's address that names the page: ``docket``, ``sitting-3``, ``hearing-7``."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The page that a deed was begun on.

    Parameters
    ----------
    kind
        `DESK`, `SITTING` or `HEARING`; nothing for the case's own page.
    words
        What a link back to it says.
    """

    kind: str
    href: str
    words: str


def origin(book: Book, row: Row | None = None) -> Origin:
    """Return where the address of the page in hand says that its deed was begun.

    It only ever names pages of the office, so that no link of somebody else's leads out of it.

    Parameters
    ----------
    row
        The hearing at whose place on its docket the page is to show; None for the page's top.
    """
    kind, _between, said = request.args.get(ASKED, "").partition("-")
    part: Any = int(said) if said.isdecimal() and len(said) < _DIGITS else None
    if kind == DESK:
        return Origin(DESK, url_for("office.docket"), _("Docket"))
    if kind == SITTING and part is not None:
        at = f"hearing-{row.id}" if row is not None else None
        href = url_for("office.sitting", sitting_id=part, _anchor=at)
        return Origin(SITTING, href, _("The docket"))
    if kind == HEARING and part is not None:
        return Origin(HEARING, url_for("office.hearing", hearing_id=part), _("The hearing"))
    number = book.case.number
    return Origin("", url_for("office.case", number=number), f"{number}, {title_of(book.case)}")


_DIGITS = 18
