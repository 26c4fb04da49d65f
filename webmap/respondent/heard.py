"""Say which hearings of a case are still to come, and what came of those that are over."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from cases.desk.book import Book, Row
from cases.hearings import About, Outcome
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import TO_BE_HEARD, HearingStatus
from webmap.interpreting import say
from webmap.office.deeds.hearings import OUTCOMES
from webmap.respondent.frame import Room
from webmap.words import clock, day

ABOUT: dict[str, Any] = {
    "citation": _("about a citation"), "violation": _("about the violation"),
    "noncompliance": _("about an affidavit that the order is not met"),
    "mitigation": _("about lowering the fine"),
}  # fmt: skip
_CITED: dict[str, Any] = {
    CitationStatus.DISMISSED: _("Citation %(number)s was dismissed: nothing of it is owed."),
    CitationStatus.UPHELD: _("Citation %(number)s stands."),
}


def coming(room: Room, book: Book) -> list[str]:
    """Return the hearings that are still to be held, in words, the first asked for first."""
    return [
        _to_come(row)
        for row in book.parts["hearing"]
        if row.status in {HearingStatus.REQUESTED, HearingStatus.CONTINUED}
        or (row.status in TO_BE_HEARD and not _is_past(row, room))
    ]


def over(room: Room, book: Book) -> list[str]:
    """Return the hearings whose day is over, each with what came of it, the latest first."""
    return [" ".join(_came_of(row, book)) for row in reversed(_over(book, room))]


def _over(book: Book, room: Room) -> list[Row]:
    ended = (HearingStatus.DECIDED, HearingStatus.AGREED)
    return [
        row
        for row in book.parts["hearing"]
        if row.status in ended or (row.status in TO_BE_HEARD and _is_past(row, room))
    ]


def _is_past(row: Row, room: Room) -> bool:
    return row.held_on is not None and row.held_on < room.today


def _to_come(row: Row) -> str:
    about = ABOUT[row.about]
    if row.status == HearingStatus.CONTINUED:
        return str(
            gettext("The hearing %(about)s was put off. Its new day comes by letter.", about=about)
        )
    if row.held_on is None:
        return str(
            gettext("A hearing %(about)s was asked for. Its day comes by letter.", about=about)
        )
    when = gettext("Hearing %(about)s: %(day)s", about=about, day=day(row.held_on))
    hour = clock(row.begins_at) if row.begins_at else None
    return f"{', '.join(filter(None, (when, hour, say(row.body), row.place)))}."


def _came_of(row: Row, book: Book) -> Iterator[str]:
    about = ABOUT[row.about]
    if row.status in TO_BE_HEARD:
        yield gettext(
            "The hearing %(about)s was set for %(day)s. What came of it is not on record yet.",
            about=about, day=day(row.held_on),
        )  # fmt: skip
        return
    yield (
        gettext("Heard on %(day)s, %(about)s.", day=day(row.held_on), about=about)
        if row.held_on
        else gettext("A hearing %(about)s is over.", about=about)
    )
    if row.status == HearingStatus.AGREED:
        yield gettext("It ended by what both sides agreed.")
        if row.keep_by:
            yield gettext("It is to be kept by %(day)s.", day=day(row.keep_by))
    elif row.outcome:
        yield f"{OUTCOMES[About(row.about)][Outcome(row.outcome)]}."
    yield from _after(row, book)


def _after(row: Row, book: Book) -> Iterator[str]:
    """Tell the order that was entered upon a hearing, and what became of its citation."""
    for each in book.parts["order"]:
        if each.hearing_id == row.id:
            yield gettext(
                "Order %(number)s was entered on %(day)s.", number=each.number,
                day=day(each.executed_on),
            )  # fmt: skip
    cited = book.part("citation", row.citation_id or 0)
    if cited is not None and cited.status in _CITED:
        yield str(_CITED[cited.status]) % {"number": cited.number}
