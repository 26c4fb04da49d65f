"""Set a day's notices as PDF, by a process for each core, each letter kept as soon as it is set."""

import logging
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from cases.accounts.members import member
from cases.actors import Actor, Moment
from cases.desk.book import open_book
from cases.letters.keeping import keep
from cases.letters.mailing import letters_on
from cases.letters.templates import LetterError
from geo import places
from webmap.settings import Settings

PIECE = 4
"""So many letters a process is given at a time."""
APPS: list[Flask] = []
"""The application of this process, once it has one."""
log = logging.getLogger(__name__)

type Which = tuple[str, int, str]
"""A case's number, a notice of it, and the language it is set in."""


def set_day(engine: sa.Engine, home: Path, *, on: date, language: str, staff_id: int) -> int:
    """Set the notices of a day of which no PDF is kept; gives how many were set."""
    with engine.connect() as connection:
        by = member(connection, staff_id).actor
        wanted: list[Which] = [
            (each.number, each.notice_id, language)
            for each in letters_on(connection, on, language=language)
            if each.sha256 is None and each.notice_id is not None
        ]
    done = sum(set_all(home, wanted, by=by)) if wanted else 0
    log.info("set %d letters of %s in %s", done, on, language)
    return done


def set_all(
    home: Path, wanted: Sequence[Which], *, by: Actor, processes: int | None = None
) -> Iterator[int]:
    """Set notices and keep them; yields how many each piece of the work has set.

    Parameters
    ----------
    home
        Where the cluster and the documents are.
    processes
        One for each core where nothing is said.
    """
    pieces = [wanted[at : at + PIECE] for at in range(0, len(wanted), PIECE)]
    count = min(processes or os.cpu_count() or 1, len(pieces))
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, fresh, _begin, (str(home),)) as pool:
        yield from pool.map(_set_some, pieces, [by] * len(pieces))


def _begin(home: str) -> None:
    from webmap.application import create_app  # noqa: PLC0415 - the worker itself needs no pages

    APPS.append(create_app(Settings(home=Path(home), environ=os.environ)))


def _set_some(wanted: Sequence[Which], by: Actor) -> int:
    """Set some notices, each kept by itself; one that its template spoils keeps none back."""
    (app,) = APPS
    done = 0
    for which in wanted:
        try:
            done += _set_one(app, which, by)
        except LetterError:  # whoever opens the letter is told the line to mend
            log.exception("case %s: notice %d cannot be set in %s", *which)
    return done


def _set_one(app: Flask, which: Which, by: Actor) -> int:
    from webmap.office.paper import set_notice, site_of  # noqa: PLC0415 - as above

    number, notice_id, language = which
    now = app.extensions["lotline_clock"].now()
    with app.test_request_context("/"), app.extensions["lotline"].app.begin() as connection:
        book = open_book(connection, number)
        row = book.part("notice", notice_id) if book is not None else None
        if book is None or row is None or row.issued_on is None:
            return 0
        site = site_of(connection.execute(places.town()).first())
        paper = set_notice(connection, book, row, site=site, language=language)
        keep(
            connection, app.extensions["lotline_documents"], paper.pdf, notice_id=notice_id,
            language=language, name=f"{number} {row.kind} {notice_id} {language}.pdf", actor=by,
            moment=Moment(on=now.date(), now=now),
        )  # fmt: skip
    return 1
