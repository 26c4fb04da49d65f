"""Name what a deed is done to as a clerk would: warning to P. Lane, Citation UCV-2026-00001."""

from collections.abc import Callable, Mapping

from cases.desk.beside import notice_of
from cases.desk.book import Book, Row


def subject(book: Book, section: str, row: Row) -> str:
    """Return the words for one part of a case; of the case itself, none."""
    said = _NAMED[section](book, row) if section in _NAMED else ""
    return said[:1].upper() + said[1:]


def _words(stored: str) -> str:
    return stored.replace("_", " ")


def _violation(_book: Book, row: Row) -> str:
    return str(row.citation)


def _section_of(book: Book, row: Row) -> str:
    violation = book.part("violation", row.violation_id)
    return str(violation.citation) if violation is not None else ""


def _notice(book: Book, row: Row) -> str:
    told = next((each.name for each in book.respondents if each.id == row.respondent_id), None)
    named = f"{_words(row.kind)} to {told}" if told else _words(row.kind)
    alike = [
        each
        for each in book.parts["notice"]
        if (each.kind, each.respondent_id) == (row.kind, row.respondent_id)
    ]
    if len(alike) == 1 or row.issued_on is None:
        return named
    return f"{named}, {row.issued_on}"


def _attempt(book: Book, row: Row) -> str:
    notice = notice_of(book, row)
    return f"{_words(row.method)}, {_notice(book, notice)}" if notice is not None else ""


def _document(_book: Book, row: Row) -> str:
    return str(row.caption or row.original_name or _words(row.kind))


_NAMED: Mapping[str, Callable[[Book, Row], str]] = {
    "violation": _violation,
    "notice": _notice,
    "attempt": _attempt,
    "inspection": lambda _book, row: f"inspection by {row.officer}" if row.officer else "",
    "document": _document,
    "extension": _section_of,
    "citation": lambda _book, row: f"Citation {row.number}",
    "hearing": lambda _book, row: f"hearing about the {_words(row.about)}",
    "order": lambda _book, row: f"Order {row.number}",
    "lien": lambda _book, row: f"lien {row.instrument_no}",
    "abatement": lambda _book, row: f"Abatement {row.number}",
    "legal_action": lambda _book, row: row.court_case_no or _words(row.kind),
    "appeal": lambda _book, row: str(row.court_case_no),
}
