"""Say which letters of a case are on file, and which may be issued now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cases.desk.book import Book, Row
from cases.desk.sworn import affidavit_in
from cases.letters.issuing import letters_of
from cases.letters.kinds import ABOUT, LetterKind
from webmap.auth.desk import Desk
from webmap.languages import LANGUAGES
from webmap.office.case_letters import CALLED


@dataclass(frozen=True, slots=True)
class Ways:
    """A letter on a page.

    Parameters
    ----------
    on_file
        Those that were issued of it, the latest first.
    earlier
        Which of these tell of what was done before, and was done again since.
    languages
        In which it may be issued now.
    """

    kind: LetterKind
    part_id: int
    on_file: list[Row]
    earlier: frozenset[int]
    languages: list[str]


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
        return list(_ways(letters, events, section, row))

    return {"letter_ways": ways, "called": CALLED}


def _ways(letters: Sequence[Row], events: Sequence[Row], section: str, row: Row) -> Iterator[Ways]:
    for kind, about in ABOUT.items():
        if about.section != section:
            continue
        on_file = [each for each in letters if (each.kind, each.part_id) == (kind, row.id)]
        is_due = about.is_due(row)
        of_event = event_told(kind, row, events)
        stand = [each for each in on_file if is_due and each.of_event == of_event]
        if is_due or on_file:
            earlier = frozenset(each.id for each in on_file if each not in stand)
            open_to = _open_to(kind, stand) if is_due else []
            yield Ways(kind, row.id, on_file, earlier, open_to)


def _open_to(kind: LetterKind, stand: Sequence[Row]) -> list[str]:
    """Return in which languages a letter may be issued; a statement anew each time."""
    known = set() if kind is LetterKind.PAYOFF else {each.language for each in stand}
    return [code for code in LANGUAGES if code not in known]
