"""Write the letters of a case that are no notices, and set them as PDF."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _

from cases.adopted import provision
from cases.desk.book import Book, Row
from cases.desk.disputed import disputed
from cases.desk.imposed import imposed_by
from cases.desk.reckoning import fine_in, reckon
from cases.desk.serving import service_in
from cases.desk.sworn import affidavit_in
from cases.lawpack.ordinance import Ordinance
from cases.letters.kinds import ABOUT, LetterKind
from cases.letters.templates import Paper, Site, write
from cases.notices import attempt_of
from cases.service.attempts import Attempt
from cases.service.routes import Judged
from cases.statements import payoff_of_case
from cases.story import events_of
from webmap.auth.desk import Acting
from webmap.languages import LOCALES
from webmap.office.deeds.choices import document_words
from webmap.office.paper import WRITTEN, book_on, pictures_of, site_of
from webmap.words import moment, plain

CALLED: Mapping[LetterKind, Any] = {
    LetterKind.SERVICE_AFFIDAVIT: _("Affidavit of service"),
    LetterKind.NONCOMPLIANCE_AFFIDAVIT: _("Affidavit of non-compliance"),
    LetterKind.IMPOSING_ORDER: _("Order imposing a fine"),
    LetterKind.PAYOFF: _("Payoff statement"),
    LetterKind.RELEASE: _("Release of lien"),
    LetterKind.ACKNOWLEDGMENT: _("Acknowledgment of compliance"),
    LetterKind.EXTENSION_DECISION: _("Decision on more time"),
}


def called(kind: str) -> str:
    """Return what a letter is called, a notice or another."""
    return str(CALLED[LetterKind(kind)]) if kind in set(LetterKind) else plain(kind)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter is written to, and where; a respondent, where the case names one."""

    respondent_id: int | None
    name: str
    address: str


def recipients_of(book: Book, kind: LetterKind, row: Row) -> list[Recipient]:
    """Return to whom a letter may go: whom the notice was for, else each who answers now."""
    if kind is LetterKind.SERVICE_AFFIDAVIT:
        notice = book.part("notice", row.notice_id)
        content = notice.content if notice is not None else {}
        if notice is not None and content.get("recipient"):
            address = content.get("address") or ""
            return [Recipient(notice.respondent_id, content["recipient"], address)]
    answer = [each for each in book.respondents if each.until is None] or book.respondents
    if answer:
        return [Recipient(each.id, each.name, each.address) for each in answer]
    return [Recipient(None, str(gettext("To whom it may concern")), "")]


def part_of(book: Book, kind: LetterKind, part_id: int) -> Row | None:
    """Return the part of a case that a letter tells of; None where it cannot be written of it."""
    about = ABOUT[kind]
    found = book.part(about.section, part_id)
    return found if found is not None and about.is_due(found) else None


def set_letter(
    desk: Acting,
    book: Book,
    kind: LetterKind,
    row: Row,
    *,
    language: str,
    through: date,
    to: Recipient | None = None,
    site: Site | None = None,
    issued_by: str = "",
) -> Paper:
    """Set a letter as PDF.

    Parameters
    ----------
    row
        The part of the case it tells of.
    through
        The last day on which a payoff holds.
    to
        To whom; the first who may have it where nothing is said.
    site
        Whose letter it is; this town's where nothing is said.
    issued_by
        Who issues it, where it is not whoever asks.

    Raises
    ------
    CaseError
        There is no payoff of such a day, or a town's own template cannot be written.
    """
    from cases.letters.pdf import set_pdf  # noqa: PLC0415 - seconds of imports

    site, book = site or site_of(desk.town), book_on(desk.connection, book, on=desk.today)
    files, pictures = pictures_of(desk.connection, book, site, on=desk.today, language=language)
    with force_locale(LOCALES[language]):
        to, law = to or recipients_of(book, kind, row)[0], book.law
        said = write(
            site, kind, language=language, filters=filters_of(desk), case=book.case,
            to={"name": to.name, "address": to.address}, issued_on=desk.today,
            issued_by=issued_by or desk.actor.name, law_title=law.pack.cited if law else "",
            place=book.case.situs_address or book.case.stated_address or "",
            **{"map": None, "seal": None, **pictures},
            **_TOLD[kind](desk, book, row, through),
        )  # fmt: skip
        about = gettext("Case %(number)s", number=book.case.number)
        title = f"{CALLED[kind]} · {about}"
    return set_pdf(
        said, title=title, language=language, author=site.name, style=site.style(), pictures=files
    )


def filters_of(desk: Acting) -> dict[str, Callable[..., Any]]:
    """Return how a letter's template writes days, money, the law's sentences, and hours."""
    return {**WRITTEN, "moment": lambda value: moment(value.astimezone(desk.zone))}


def _of_order(book: Book, row: Row) -> dict[str, Any]:
    return {"order": row, "text": _text(book, row.violation_id)}


def _of_payoff(desk: Acting, book: Book, row: Row, through: date) -> dict[str, Any]:
    owed = payoff_of_case(desk.connection, row.id, good_through=through, today=desk.today)
    money = reckon(book, on=desk.today)
    return {"payoff": owed, "disputes": disputed(book, money, on=desk.today)}


def _of_extension(_desk: Acting, book: Book, row: Row, _through: date) -> dict[str, Any]:
    violation = book.part("violation", row.violation_id)
    return {"extension": row, "violation": violation, "text": _text(book, row.violation_id)}


def _of_service(desk: Acting, book: Book, row: Row, _through: date) -> dict[str, Any]:
    tried, notice = attempt_of(row.facts), book.part("notice", row.notice_id)
    shown = [
        {"named": document_words(each), "sha256": each.sha256}
        for each in book.parts["document"]
        if each.sha256 in tried.photos
    ]
    return {
        "tried": tried, "notice": notice, "photos": shown,
        "judged": _judged(desk, book, notice, tried),
    }  # fmt: skip


def _judged(desk: Acting, book: Book, notice: Row | None, tried: Attempt) -> Judged | None:
    """Return what an attempt is worth beside the others; None where no law says so."""
    stands = service_in(book, notice, on=desk.today) if notice is not None else None
    found = (each for each in stands.judged if each.attempt == tried) if stands else iter(())
    return next(found, None)


def _of_affidavit(desk: Acting, book: Book, row: Row, _through: date) -> dict[str, Any]:
    sworn = affidavit_in(desk.rows(events_of(book.case.id)), row.id)
    visit = sworn.details.get("inspection") if sworn else None
    return {
        **_of_order(book, row), "affiant": sworn.actor if sworn else "",
        "inspection": book.part("inspection", visit or 0),
    }  # fmt: skip


def _text(book: Book, violation_id: int) -> Ordinance | None:
    """Return the provision that a violation breaks, as it was in force when it was found."""
    row = book.part("violation", violation_id)
    if row is None or book.law is None or row.section is None or row.found_on is None:
        return None
    return provision(book.law, row.section, on=row.found_on)


_TOLD: Mapping[LetterKind, Callable[[Acting, Book, Row, date], dict[str, Any]]] = {
    LetterKind.SERVICE_AFFIDAVIT: _of_service,
    LetterKind.NONCOMPLIANCE_AFFIDAVIT: _of_affidavit,
    LetterKind.IMPOSING_ORDER: lambda _desk, book, row, _through: {
        **_of_order(book, row), "fine": fine_in(book, row, on=row.certified_on),
        "law": imposed_by(book, row),
    },
    LetterKind.ACKNOWLEDGMENT: lambda desk, book, row, _through: {
        **_of_order(book, row), "fine": fine_in(book, row, on=desk.today),
    },
    LetterKind.PAYOFF: _of_payoff,
    LetterKind.RELEASE: lambda _desk, book, row, _through: {
        "lien": row, "order": book.part("order", row.order_id or 0),
    },
    LetterKind.EXTENSION_DECISION: _of_extension,
}  # fmt: skip
"""What a template is told of the part its letter is about."""
