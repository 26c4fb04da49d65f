"""Say what a citation asks of who got it: its fine, by when, and what follows by the town's law."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from cases.desk.book import Book, Row
from cases.lawpack.schema import LawPack
from cases.ledger.accounts import Component
from cases.workflow.citation import CitationAction, CitationStatus
from webmap.office.deeds.telling import counted, who_hears_citations
from webmap.respondent.frame import Room
from webmap.respondent.money import Money
from webmap.respondent.ways import is_theirs
from webmap.words import day

ASKING = (CitationStatus.ISSUED, CitationStatus.SERVED, CitationStatus.CONTESTED)
"""A citation wants an answer, or was answered by asking for a hearing that is still to be held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation that is not at its end, in words for who got it.

    Attributes
    ----------
    asks
        What it asks now, and by when.
    then
        What follows if it is answered, and if it is not.
    if_paid
        Whether paying gives up the hearing; "" where none can be asked for.
    """

    number: str
    cents: int
    asks: str
    then: Sequence[str]
    if_paid: str


def cited(room: Room, book: Book, money: Money) -> list[Cited]:
    """Return the citations of this respondent that ask something of them."""
    if not book.is_open:
        return []
    is_paid = not money.parts.get(Component.PENALTY)
    return [
        Cited(
            number=row.number, cents=row.penalty_cents,
            asks=_asks(row, book.law, on=room.today, is_paid=is_paid),
            then=list(_then(row, book.law, on=room.today)),
            if_paid=_if_paid(row, book.law, on=room.today),
        )
        for row in book.parts["citation"]
        if row.status in ASKING and is_theirs(room, book, row)
    ]  # fmt: skip


def may_ask(law: LawPack | None) -> bool:
    """Tell whether a law lets a hearing be asked for against a citation."""
    return law is None or CitationAction.REQUEST_HEARING not in law.without


def _asks(row: Row, law: LawPack | None, *, on: date, is_paid: bool) -> str:
    if row.status == CitationStatus.CONTESTED:
        return str(_("A hearing was asked for: nobody has to pay it before it is heard."))
    if row.status == CitationStatus.ISSUED:
        return str(_("You owe nothing of it yet: it is not on record that it was served on you."))
    if row.answer_by is None:
        return str(_("The letter says by when it is to be answered."))
    return _timed(row, law, on=on, is_paid=is_paid)


def _timed(row: Row, law: LawPack | None, *, on: date, is_paid: bool) -> str:
    """Say what a citation asks whose last day to be answered is known."""
    said = {"day": day(row.answer_by)}
    if row.answer_by < on:
        ended = _("Its time to answer ended on %(day)s: it is to be paid now.", **said)
        return str(_("It is paid.") if is_paid else ended)
    if not may_ask(law):
        return str(_("Pay it by %(day)s. The law gives no hearing against it.", **said))
    if is_paid:
        return str(_("It is paid. You can still ask for a hearing by %(day)s.", **said))
    return str(_(
        "Pay it by %(day)s, or ask for a hearing by %(day)s. Until then you need not pay it.",
        **said,
    ))  # fmt: skip


def _then(row: Row, law: LawPack | None, *, on: date) -> Iterator[str]:
    if law is None or row.status == CitationStatus.CONTESTED:
        return
    is_over = row.answer_by is not None and row.answer_by < on
    if row.status == CitationStatus.ISSUED:
        yield from _unserved(law)
    elif may_ask(law) and not is_over:
        yield _(
            "If you ask for a hearing, you need not pay before it is held. The %(body)s then lets "
            "the citation stand or dismisses it; if it is dismissed, nothing of it is owed.",
            body=who_hears_citations(law),
        )  # fmt: skip
    if may_ask(law):
        yield _silence(law)
    if CitationAction.IMPOSE_CONTINUING not in law.without:
        yield _further(law)


def _unserved(law: LawPack) -> Iterator[str]:
    """Say how long there will be, and that the day of service counts, not that of its recording."""
    time = counted(law.deadlines.answer_citation)
    if not may_ask(law):
        yield _("Time to pay it: %(time)s. The last day will stand here.", time=time)
        return
    yield _(
        "Time to pay it or to ask for a hearing: %(time)s. The day it was served counts, even if "
        "the town records it later. The last day will stand here.", time=time,
    )  # fmt: skip
    yield _("To ask for a hearing before that, write to the officer.")


def _silence(law: LawPack) -> str:
    if CitationAction.CONFIRM_WAIVER in law.without:
        return str(_(
            "If you do neither in that time, you admit nothing by it: what follows is for the "
            "%(body)s to decide.", body=who_hears_citations(law),
        ))  # fmt: skip
    admits = (
        _("By the town's law that admits the violation.")
        if law.repeats.waiver_admits
        else _("By the town's law that admits nothing.")
    )
    said = _(
        "If you do neither in that time, the fine is to be paid, and a person at the town may "
        "confirm that you gave up the hearing."
    )
    return f"{said} {admits}"


def _further(law: LawPack) -> str:
    times = law.continuing.most_times
    if not times:
        return str(_(
            "If the violation goes on after that time, the town may impose the same fine again "
            "for each further day."
        ))  # fmt: skip
    return str(ngettext(
        "If the violation goes on after that time, the town may impose the same fine again for "
        "each further day, up to %(num)s time in all.",
        "If the violation goes on after that time, the town may impose the same fine again for "
        "each further day, up to %(num)s times in all.", times,
    ))  # fmt: skip


def _if_paid(row: Row, law: LawPack | None, *, on: date) -> str:
    is_running = row.status == CitationStatus.SERVED and row.answer_by is not None
    if not (is_running and row.answer_by >= on and may_ask(law)):
        return ""
    return str(_(
        "Paying does not give up the hearing about citation %(number)s: you can still ask for it "
        "by %(day)s, and what you paid is kept as your credit if it is dismissed. But once it is "
        "paid and the violation is seen corrected, the town may settle the citation, and then "
        "there is nothing left to hear.", number=row.number, day=day(row.answer_by),
    ))  # fmt: skip
