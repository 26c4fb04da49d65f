"""A later export leaves alone a case that something here rests on, though no event says so."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from asked import Records
from desk import CLERK, day
from moved_town import Take

from cases.documents.store import Store
from cases.history import Deed, append
from cases.letters.issuing import Addressed, issue
from cases.letters.keeping import file_packet
from cases.letters.kinds import LetterKind
from cases.letters.templates import Paper
from cases.models import Case, Citation, EnforcementOrder, Hearing, Notice, Respondent, Violation
from cases.records.pieces import Outcome, Subject

WHO: dict[str, Any] = {"actor": CLERK, "moment": day(6, 15)}


def _first(connection: sa.Connection, part: type[Any], status: str) -> sa.Row[Any]:
    """Return the first part of a status, with the number of its case."""
    told = sa.select(part.__table__, Case.number.label("case_no")).join(
        Case, Case.id == part.case_id
    )
    query = told.where(part.status == status).order_by(Case.number).limit(1)
    return connection.execute(query).one()


def _letter(connection: sa.Connection, store: Store, part: sa.Row[Any], kind: LetterKind) -> str:
    of = part.case_id if kind is LetterKind.PAYOFF else part.id
    addressed = Addressed(
        case_id=part.case_id, kind=kind, part_id=of, language="en", recipient="P. Lane",
        address="9 Birch Ave",
    )  # fmt: skip
    issue(connection, store, Paper(b"%PDF", 1), addressed=addressed, name="letter.pdf", **WHO)
    return str(part.case_no)


def _packet(connection: sa.Connection, store: Store) -> str:
    hearing = _first(connection, Hearing, "requested")
    kept = {"language": "en", "pages": 1, "name": "packet.pdf", **WHO}
    file_packet(connection, store, b"%PDF", hearing_id=hearing.id, **kept)
    return str(hearing.case_no)


def _decision(connection: sa.Connection, store: Store) -> str:
    notice = _first(connection, Notice, "issued")
    Records(connection, store, notice.case_id).decide(Subject.NOTICE, Outcome.RELEASED, notice.id)
    return str(notice.case_no)


def _repeat(connection: sa.Connection) -> set[str]:
    """Have one case's violation repeat what another was cited for; its own history says so."""
    prior, found = (_first(connection, *of) for of in ((Citation, "settled"), (Violation, "open")))
    by = sa.select(Respondent.id).where(Respondent.case_id == found.case_id).scalar_subquery()
    connection.execute(
        sa.update(Violation).where(Violation.id == found.id).values(
            repeat_respondent_id=by, repeat_of_citation=prior.id, repeat_confirmed_on=day(6, 15).on,
            repeat_confirmed_by="J. Okafor",
        )
    )  # fmt: skip
    told = Deed(found.case_id, "repeat_confirmed")
    append(connection, [told], actor="J. Okafor", recorded_at=day(6, 15).now)
    return {prior.case_no, found.case_no}


def test_a_case_is_left_alone_whose_parts_are_named_elsewhere(
    moving_town: sa.Connection, take: Take, folder: Path, store: Store
) -> None:
    first = take(folder)
    order, cited = (
        _first(moving_town, *of) for of in ((EnforcementOrder, "certified"), (Citation, "served"))
    )
    rested_on = {
        _packet(moving_town, store),
        _decision(moving_town, store),
        _letter(moving_town, store, order, LetterKind.NONCOMPLIANCE_AFFIDAVIT),
        _letter(moving_town, store, cited, LetterKind.PAYOFF),
        *_repeat(moving_town),
    }
    assert len(rested_on) == 6
    path = folder / "cases.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(" LLC", " Inc"), encoding="utf-8")
    moved = take(folder)
    assert set(moved.worked_on) == set(moved.conflicts) == rested_on
    assert (moved.new, moved.changed) == (0, first.new - len(rested_on))
