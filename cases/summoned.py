"""Tell whether those whom a hearing concerns were told of it, and had their time."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.heard import BEFORE_THE_ORDER, names_its_day
from cases.models import Citation, Hearing, Notice, OwnershipTransfer, Respondent
from cases.notice_words import NoticeKind
from cases.service.proof import ServiceProof
from cases.workflow.notice import NoticeStatus

_OWNS = Respondent.until.is_(None)


def proves(connection: sa.Connection, proof: ServiceProof, *, case_id: int) -> bool:
    """Tell whether a proof is of a notice in a case to somebody who answers in it now.

    Service on an owner who has sold does not serve the one who bought.
    """
    query = (
        sa.select(Notice.id)
        .join(Respondent, Respondent.id == Notice.respondent_id)
        .where(Notice.id == proof.notice_id, Notice.case_id == case_id, _OWNS)
    )
    return connection.scalar(query) is not None


def is_summoned(connection: sa.Connection, hearing: sa.Row[Any], *, before: date) -> bool:
    """Tell whether a notice that names its day was served on everybody who has to have one.

    That is who was cited, where the hearing is on a citation, and whoever bought the property
    meanwhile; where there is neither, any one who answers in the case now.
    """
    told = sa.select(told_on(by=sa.literal(before))).where(Hearing.id == hearing.id)
    return connection.scalar(told) is not None


def told_on(*, by: sa.ColumnElement[date]) -> sa.ColumnElement[date | None]:
    """Return, of each hearing of a query, when the last of those `is_summoned` names was told.

    Null where any of them was not told by a day.
    """
    mine = Respondent.case_id == Hearing.case_id
    cited = sa.select(Notice.respondent_id).join(Citation, Citation.notice_id == Notice.id)
    wanted = sa.or_(
        Respondent.id.in_(_buyers(Hearing.case_id).correlate(Hearing)),
        Respondent.id.in_(cited.where(Citation.id == Hearing.citation_id).correlate(Hearing)),
    )
    first = _first_served(by)
    everybody = sa.select(sa.case((sa.func.bool_and(first.is_not(None)), sa.func.max(first))))
    anybody = sa.select(sa.func.min(first)).where(mine, _OWNS)
    return sa.case(
        (
            sa.exists().where(mine, wanted).correlate(Hearing),
            everybody.where(mine, wanted).correlate(Hearing).scalar_subquery(),
        ),
        else_=anybody.correlate(Hearing).scalar_subquery(),
    )


def _first_served(by: sa.ColumnElement[date]) -> sa.ScalarSelect[Any]:
    """Select when a notice of its day was first served on a respondent, by a day."""
    served = sa.select(sa.func.min(Notice.served_on)).where(
        Notice.respondent_id == Respondent.id,
        Notice.case_id == Hearing.case_id,
        Notice.kind == NoticeKind.NOTICE_OF_HEARING,
        Notice.status == NoticeStatus.SERVED,
        Notice.served_on <= by,
        names_its_day(),
    )
    return served.correlate(Hearing, Respondent).scalar_subquery()


def has_had_time(connection: sa.Connection, hearing: sa.Row[Any], *, by: date) -> bool:
    """Tell whether a new owner has had the time to correct before the hearing (s. 162.06(5))."""
    if hearing.about not in BEFORE_THE_ORDER:
        return True
    too_early = _buyers(hearing.case_id).where(OwnershipTransfer.correct_by >= by)
    return connection.scalar(too_early.limit(1)) is None


def new_owners(case_ids: Collection[int]) -> sa.Select[Any]:
    """Select ``case_id`` and ``correct_by``, until when a buyer of its property may correct."""
    case_id, until = OwnershipTransfer.case_id, sa.func.max(OwnershipTransfer.correct_by)
    mine = _bought(case_id, until.label("correct_by")).where(case_id.in_(case_ids))
    return mine.group_by(case_id)


def _buyers(case_id: Any) -> sa.Select[Any]:
    """Select those who bought during the case and still own."""
    return _bought(OwnershipTransfer.buyer_id).where(OwnershipTransfer.case_id == case_id)


def _bought(*columns: Any) -> sa.Select[Any]:
    bought = sa.select(*columns).join(Respondent, Respondent.id == OwnershipTransfer.buyer_id)
    return bought.where(_OWNS)
