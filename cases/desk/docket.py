"""Ask what the docket desk shows: a sitting's hearings in order, and those that wait for a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from cases.desk.brought import Brought, brought_in
from cases.desk.serving import proof_for, service_in
from cases.heard import BEFORE_THE_ORDER, is_heard, names_a_day_it_had, names_its_day
from cases.models import (
    Cancellation,
    Case,
    Continuance,
    Hearing,
    HearingSession,
    Notice,
    Ordinance,
    Respondent,
    Violation,
)
from cases.notice_words import NoticeKind
from cases.service.proof import Service, ServiceProof
from cases.summoned import new_owners, told_on
from cases.workflow.hearing import TO_BE_HEARD, HearingStatus
from cases.workflow.notice import NoticeStatus
from geo.layers import Parcel, ParcelPeriod

type Row = sa.Row[Any]

MOST = 200
"""How many hearings that wait are shown, those asked for first."""
_UNDAYED = (HearingStatus.REQUESTED, HearingStatus.CONTINUED)
_ALIVE = (Case.closed_on.is_(None), Case.voided_on.is_(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A hearing that waits for a day, and from when it may have one.

    Parameters
    ----------
    row
        As `waiting` selects it.
    proof
        That what is heard was served; None while nothing proves it, and nothing is docketed then.
    service
        Where nothing does: how the service of the notice written last stands; None where there is
        no notice, or no law to say.
    free_from
        The first day of a sitting it may be put on; None while it may be put on none.
    new_owner_until
        Until when somebody who bought the property has time to correct; None where nobody has.
    """

    row: Row
    proof: ServiceProof | None
    service: Service | None
    free_from: date | None
    new_owner_until: date | None


def docket_of(session_id: int, *, on: date) -> sa.Select[Any]:
    """Select the hearings of a sitting in the order of its docket.

    Columns: those of `cases.models.Hearing`; ``number``, ``category``, ``stage``, ``lon``, ``lat``
    (EPSG:4326), ``situs_address`` and ``parcel_no`` of its case; ``respondents`` and ``sections``
    in words; ``told_on``, when the last of those that `cases.summoned.is_summoned` names was told,
    None where that is not proved by the sitting's day; ``telling``, whether a notice of its day is
    issued and not served; ``told_otherwise``, whether one names a day it had before, or another
    hour or place;
    ``waits``, whether it is still to be called.
    """
    mine = _hearings(on=on).where(
        Hearing.session_id == session_id, Hearing.docket_place.is_not(None)
    )
    return mine.order_by(Hearing.docket_place)


def continued_from(session_id: int, *, on: date) -> sa.Select[Any]:
    """Select the hearings that were put off from a sitting, by the place each left.

    Columns: those of `docket_of`, where ``docket_place`` is the place it has now, if any;
    ``left_place``; and ``to_day``, the day it was put off to, None while it has none. One that was
    docketed here anew and cancelled then is told by `cancelled_from` alone.
    """
    after, again = aliased(Continuance), aliased(Continuance)
    sitting = sa.select(HearingSession.held_on)
    later = (
        sitting.join(after, after.session_id == HearingSession.id)
        .where(after.hearing_id == Hearing.id, after.id > Continuance.id)
        .order_by(after.id).limit(1).correlate(Hearing, Continuance).scalar_subquery()
    )  # fmt: skip
    returned = sa.exists().where(
        again.hearing_id == Hearing.id, again.session_id == session_id, again.id > Continuance.id
    )
    cancelled = (
        sitting.join(Cancellation, Cancellation.session_id == HearingSession.id)
        .where(Cancellation.hearing_id == Hearing.id).correlate(Hearing)
    )  # fmt: skip
    columns = (
        Continuance.docket_place.label("left_place"),
        sa.func.coalesce(later, _held_on(), cancelled.scalar_subquery()).label("to_day"),
    )
    return (
        _hearings(on=on)
        .add_columns(*columns)
        .join(Continuance, Continuance.hearing_id == Hearing.id)
        .where(
            Continuance.session_id == session_id,
            Hearing.session_id.is_distinct_from(session_id),
            ~returned.correlate(Hearing, Continuance),
            ~cancelled.where(HearingSession.id == session_id).exists(),
        )
        .order_by(Continuance.docket_place, Continuance.id)
    )


def cancelled_from(session_id: int, *, on: date) -> sa.Select[Any]:
    """Select the hearings that were cancelled while they were on a docket, by the place each left.

    Columns: those of `docket_of`; ``left_place``, ``cancelled_on``, ``cancelled_by`` and
    ``cancelled_because``.
    """
    columns = (
        Cancellation.docket_place.label("left_place"),
        Cancellation.cancelled_on,
        Cancellation.cancelled_by,
        Cancellation.reason.label("cancelled_because"),
    )
    off = _hearings(on=on).add_columns(*columns)
    off = off.join(Cancellation, Cancellation.hearing_id == Hearing.id)
    return off.where(Cancellation.session_id == session_id).order_by(Cancellation.docket_place)


def left_last(hearing_id: int) -> sa.Select[Any]:
    """Select ``session_id`` of the sitting that a hearing was put off from last."""
    return _left().where(Continuance.hearing_id == hearing_id)


def waiting(*, on: date) -> sa.Select[Any]:
    """Select the hearings of open cases that have no day, those asked for first, as `docket_of`.

    With ``left_session``, the sitting it was put off from last; None of one just asked for.
    """
    undayed = Hearing.status.in_([sa.literal_column(f"'{each}'") for each in _UNDAYED])
    mine = _left().where(Continuance.hearing_id == Hearing.id).correlate(Hearing)
    query = _hearings(on=on).add_columns(mine.scalar_subquery().label("left_session"))
    return query.where(undayed, *_ALIVE).order_by(Hearing.id).limit(MOST)


def case_of(hearing_id: int) -> sa.Select[Any]:
    """Select ``number`` of the case that a hearing is in."""
    return (
        sa.select(Case.number)
        .join(Hearing, Hearing.case_id == Case.id)
        .where(Hearing.id == hearing_id)
    )


def judged(connection: sa.Connection, rows: Sequence[Row], *, on: date) -> list[Waiting]:
    """Tell of hearings that wait from which day each may be heard; a fixed number of queries."""
    case_ids = sorted({row.case_id for row in rows})
    brought = brought_in(connection, case_ids)
    owners = {row.case_id: row.correct_by for row in connection.execute(new_owners(case_ids))}
    return [
        _judged(brought[row.case_id], row, new_owner_until=owners.get(row.case_id), on=on)
        for row in rows
    ]


def lines(rows: Sequence[Row], left: Sequence[Row]) -> list[tuple[int | None, Row]]:
    """Put what is on a docket and what has left it in the order of their places.

    Each with its number in the order it is called; None for one that was put off or cancelled.
    """
    numbered: list[tuple[int | None, Row]] = [*enumerate(rows, 1)]
    off: list[tuple[int | None, Row]] = [(None, each) for each in left]
    return sorted([*off, *numbered], key=lambda line: _place(*line))


def _place(number: int | None, row: Row) -> tuple[int, bool]:
    """Return where a line stands: what has left goes before whoever has its place now."""
    return (row.left_place, False) if number is None else (row.docket_place, True)


def next_after(rows: Sequence[Row], hearing_id: int) -> Row | None:
    """Return which hearing of a docket is called next: of those after it, else from the top."""
    at = next((place for place, row in enumerate(rows) if row.id == hearing_id), -1)
    around = [*rows[at + 1 :], *rows[: max(at, 0)]]
    return next((row for row in around if row.status in TO_BE_HEARD), None)


def _judged(brought: Brought, row: Row, *, new_owner_until: date | None, on: date) -> Waiting:
    proof = proof_for(brought, row, on=on)
    until = new_owner_until if row.about in BEFORE_THE_ORDER else None
    days = [on, *([proof.served_on] if proof else []), *([until + _A_DAY] if until else [])]
    notices = [each for each in brought.parts["notice"] if each.status in _SENT]
    return Waiting(
        row=row,
        proof=proof,
        service=service_in(brought, notices[-1], on=on) if notices and not proof else None,
        free_from=max(days) if proof else None,
        new_owner_until=until if until and until >= on else None,
    )


_A_DAY = timedelta(days=1)
_SENT = (NoticeStatus.ISSUED, NoticeStatus.SERVED)


def _hearings(*, on: date) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        Case.number, Case.category,
        sa.func.published.stage(Case.phase, Case.next_due, on).label("stage"),
        sa.func.ST_X(Case.point).label("lon"), sa.func.ST_Y(Case.point).label("lat"),
        sa.func.coalesce(ParcelPeriod.situs_address, Case.stated_address).label("situs_address"),
        Parcel.parcel_no, _respondents().label("respondents"), _sections().label("sections"),
        told_on(by=_held_on()).label("told_on"), _telling().label("telling"),
        _told_otherwise().label("told_otherwise"),
        sa.and_(Hearing.status == HearingStatus.DOCKETED, *_ALIVE).label("waits"),
    )  # fmt: skip
    return (
        sa.select(Hearing.__table__, *columns)
        .join(Case, Case.id == Hearing.case_id)
        .outerjoin(Parcel, Parcel.id == Case.parcel_id)
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Case.parcel_period_id)
    )


def _respondents() -> sa.ScalarSelect[Any]:
    names = sa.func.string_agg(Respondent.name, aggregate_order_by(sa.literal(", "), Respondent.id))
    now = sa.select(names).where(Respondent.case_id == Case.id, Respondent.until.is_(None))
    return now.correlate(Case).scalar_subquery()


def _sections() -> sa.ScalarSelect[Any]:
    """Select the sections heard: of the citation, of the orders, else of all that is open."""
    section = sa.func.coalesce(Ordinance.section, Ordinance.citation)
    said = sa.func.string_agg(sa.distinct(section), aggregate_order_by(sa.literal(", "), section))
    heard = sa.select(said).select_from(Violation)
    heard = heard.join(Ordinance, Ordinance.id == Violation.ordinance_id)
    return heard.where(is_heard(now=False)).correlate(Hearing).scalar_subquery()


def _left() -> sa.Select[Any]:
    return sa.select(Continuance.session_id).order_by(Continuance.id.desc()).limit(1)


def _held_on() -> sa.ScalarSelect[Any]:
    sitting = sa.select(HearingSession.held_on).where(HearingSession.id == Hearing.session_id)
    return sitting.correlate(Hearing).scalar_subquery()


def _telling() -> sa.ColumnElement[bool]:
    return _is_sent(Notice.status == NoticeStatus.ISSUED, names_its_day())


def _told_otherwise() -> sa.ColumnElement[bool]:
    sent = Notice.status.in_([sa.literal_column(f"'{each}'") for each in _SENT])
    return _is_sent(sent, ~names_its_day(), names_a_day_it_had())


def _is_sent(*where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    summons = Notice.kind == NoticeKind.NOTICE_OF_HEARING
    sent = sa.exists().where(Notice.case_id == Hearing.case_id, summons, *where)
    return sent.correlate(Hearing)
