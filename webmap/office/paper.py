"""Write notices out as letters, and set them as PDF with the map of their lot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale, gettext

from cases.desk.book import Book, Row
from cases.desk.letters import Letter, letter_of
from cases.letters.templates import Paper, Site, write
from cases.succession.stood import stood_on
from geo.picture import Spot, draw
from geo.surroundings import around
from webmap.interpreting import say
from webmap.languages import LOCALES
from webmap.office.deeds.telling import stakes
from webmap.office.deeds.weighing import Fact
from webmap.words import day, dollars, iso_day, plain

LANGUAGE = "en"
"""What a notice is frozen in: the law's own words, whoever reads the page around it."""
CONTENT = dict.fromkeys(("recipient", "address", "law", "violations", "rights"))
SAYS = dict.fromkeys(("number", "penalty_cents", "executed_on", "findings", "concludes"))
VIOLATION = dict.fromkeys(("corrected_by", "repeat", "though_corrected", "stands"))
"""What a template may ask of a letter; None where this one says nothing of it."""
MAP = "map.svg"
WRITTEN: Mapping[str, Callable[..., Any]] = {
    "day": day, "dollars": dollars, "iso_day": iso_day, "plain": plain, "say": say,
}  # fmt: skip


def site_of(town: Any) -> Site:
    """Return whose letters are written: a row of the town, with what the settings say of it."""
    said = current_app.config
    return Site(name=town.name if town else "", contact=said["CITY_CONTACT"], own=said["LETTERS"])


def book_on(connection: sa.Connection, book: Book, *, on: date) -> Book:
    """Return a book whose case is on the lot it stood on that day, as a letter of then has it."""
    lot = stood_on(connection, book.case, on=on)
    if lot is None:
        return book
    then = {
        "parcel_period_id": lot.id, "parcel_no": lot.parcel_no, "situs_address": lot.situs_address,
    }  # fmt: skip
    case: Any = SimpleNamespace(**book.case._asdict() | then)
    return replace(book, case=case)


def written(
    book: Book,
    letter: Letter,
    *,
    site: Site,
    language: str = LANGUAGE,
    pictures: Mapping[str, Any] | None = None,
) -> str:
    """Write a letter out, whole and in its own language, as it stands on paper.

    Parameters
    ----------
    pictures
        What its template is told of the pictures that go with it: ``map``, ``seal``.
    """
    shown = {"map": None, "seal": None, **(pictures or {})}
    with force_locale(LOCALES[language]):
        return write(
            site, letter.kind, language=language, filters=WRITTEN, letter=whole(letter),
            facts=facts_of(book, letter), case=book.case, **shown,
        )  # fmt: skip


def facts_of(book: Book, letter: Letter) -> list[Fact]:
    """Return by when a letter wants something and what is at stake, in the language now spoken."""
    named = {each["violation"] for each in letter.content.get("violations", ())}
    told = [row for row in book.parts["violation"] if row.id in named]
    # What another system sent had its own terms, which our law's are not.
    if book.law is None or letter.content.get("moved_in"):
        return []
    return list(stakes(book.law, letter.kind, letter.content, told, on=None))


def set_notice(
    connection: sa.Connection, book: Book, notice: Row, *, site: Site, language: str
) -> Paper:
    """Set an issued notice as PDF, with the map of its lot on the day it was issued."""
    from cases.letters.pdf import set_pdf  # noqa: PLC0415 - seconds of imports

    book = book_on(connection, book, on=notice.issued_on)
    files, shown = pictures_of(connection, book, site, on=notice.issued_on, language=language)
    letter = letter_of(connection, book, notice)
    said = written(book, letter, site=site, language=language, pictures=shown)
    with force_locale(LOCALES[language]):
        about = gettext("Case %(number)s", number=book.case.number)
        title = f"{plain(notice.kind)} · {about}"
    return set_pdf(
        said, title=title, language=language, author=site.name, style=site.style(), pictures=files
    )


def whole(letter: Letter) -> Letter:
    """Return a letter that says of everything a template may ask at least that it is not there."""
    content = CONTENT | dict(letter.content)
    content["violations"] = [VIOLATION | each for each in content["violations"] or ()]
    return replace(letter, content=content, says=SAYS | dict(letter.says))


def pictures_of(
    connection: sa.Connection,
    book: Book,
    site: Site,
    *,
    on: date,
    language: str,
    spots: Sequence[Spot] = (),
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the map and the seal that go with a letter, and what its template is told of them."""
    files: dict[str, bytes] = {}
    shown: dict[str, Any] = {}
    lot = book.case.parcel_period_id
    if lot is not None and (ground := around(connection, lot, on=on)) is not None:
        with force_locale(LOCALES[language]):
            files[MAP] = draw(ground, feet=_feet, spots=spots).encode()
        shown["map"] = {
            "name": MAP, "parcel_no": ground.parcel_no, "streets": ground.streets,
        }  # fmt: skip
    if site.seal is not None:
        files[site.seal.name] = site.seal.read_bytes()
        shown["seal"] = site.seal.name
    return files, shown


def _feet(length: int) -> str:
    return str(gettext("%(n)s ft", n=f"{length:,}"))
