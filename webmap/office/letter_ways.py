"""Say which letters of a case are on file, and which may be issued now."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.desk.book import Book, Row
from cases.desk.sworn import affidavit_in
from cases.letters.issuing import letters_of
from cases.letters.kinds import ABOUT, LetterKind
from webmap.auth.desk import Desk
from webmap.languages import LANGUAGES
from webmap.office.case_letters import CALLED, Recipient, recipients_of

LONGEST = 300
"""The most characters of an address that is given for what came back."""


@dataclass(frozen=True, slots=True)
class OpenTo:
    """To whom a letter may be issued now.

    Parameters
    ----------
    languages
        In which.
    came_back
        One to them did, so that it may go to another address.
    lost_on
        The day the last one came back; None while one is with them or on its way.
    """

    to: Recipient
    languages: list[str]
    came_back: bool
    lost_on: date | None


@dataclass(frozen=True, slots=True)
class Ways:
    """A letter on a page.

    Parameters
    ----------
    on_file
        Those that were issued of it, the latest first.
    earlier
        Which of these tell of what was done before, and was done again since.
    open_to
        To whom it may be issued now.
    """

    kind: LetterKind
    part_id: int
    on_file: list[Row]
    earlier: frozenset[int]
    open_to: list[OpenTo]


def event_told(kind: LetterKind, row: Row, events: Sequence[Row]) -> int | None:
    """Return the number of the event that a letter tells of; None where it happens only once."""
    if kind is not LetterKind.NONCOMPLIANCE_AFFIDAVIT:
        return None
    sworn = affidavit_in(events, row.id)
    return sworn.seq if sworn is not None else None


def letters_shown(desk: Desk, book: Book, events: Sequence[Row]) -> dict[str, Any]:
    """Return what a page shows of the letters of a case.

    Parameters
    ----------
    events
        Rows of `cases.story.events_of`, as far as its letters tell of them.
    """
    letters = desk.rows(letters_of(book.case.id))

    def ways(section: str, row: Row) -> list[Ways]:
        return list(_ways(book, letters, events, section, row))

    return {
        "letter_ways": ways, "called": CALLED, "longest_address": LONGEST,
        "came_back": list(_came_back(book, letters, ways)),
    }  # fmt: skip


def _came_back(
    book: Book, letters: Sequence[Row], ways: Callable[[str, Row], list[Ways]]
) -> Iterator[tuple[Ways, OpenTo]]:
    """Yield what reached nobody and may be issued again; a payoff is made anew for whoever asks."""
    returned = (each for each in letters if each.returned_on is not None)
    parts = dict.fromkeys((ABOUT[LetterKind(each.kind)].section, each.part_id) for each in returned)
    for section, part_id in parts:
        row = book.part(section, part_id)
        for way in ways(section, row) if row is not None else ():
            if way.kind is not LetterKind.PAYOFF:
                yield from ((way, each) for each in way.open_to if each.lost_on is not None)


def _ways(
    book: Book, letters: Sequence[Row], events: Sequence[Row], section: str, row: Row
) -> Iterator[Ways]:
    for kind, about in ABOUT.items():
        if about.section != section:
            continue
        on_file = [each for each in letters if (each.kind, each.part_id) == (kind, row.id)]
        is_due = about.is_due(row)
        of_event = event_told(kind, row, events)
        stand = [each for each in on_file if is_due and each.of_event == of_event]
        if is_due or on_file:
            earlier = frozenset(each.id for each in on_file if each not in stand)
            to = recipients_of(book, kind, row) if is_due else []
            yield Ways(kind, row.id, on_file, earlier, list(_open_to(kind, to, stand)))


def _open_to(
    kind: LetterKind, recipients: Sequence[Recipient], stand: Sequence[Row]
) -> Iterator[OpenTo]:
    """Yield to whom a letter may be issued; a statement anew each time."""
    for each in recipients:
        theirs = [row for row in stand if row.respondent_id == each.respondent_id]
        have = {row.language for row in theirs if row.returned_on is None}
        known = set() if kind is LetterKind.PAYOFF else have
        if languages := [code for code in LANGUAGES if code not in known]:
            days = [row.returned_on for row in theirs if row.returned_on is not None]
            lost_on = max(days) if days and not have else None
            yield OpenTo(each, languages, came_back=bool(days), lost_on=lost_on)
