"""Find a case on which a wording can be looked at: the one that is asked for, or the latest."""

from typing import Any

import sqlalchemy as sa

from cases.letters.kinds import LetterKind
from cases.models import (
    Case,
    EnforcementOrder,
    Extension,
    Lien,
    Notice,
    ServiceAttempt,
)
from cases.notice_words import NoticeKind
from cases.workflow.extension import ExtensionStatus
from cases.workflow.lien import LienStatus


def sample(connection: sa.Connection, kind: str, *, number: str = "") -> sa.Row[Any] | None:
    """Return the number of the latest case that has such a letter, and the ``part_id`` it tells of.

    None where no case has come so far.

    Parameters
    ----------
    number
        The only case that is meant; any where nothing is said.
    """
    query = _notice(kind) if kind in set(NoticeKind) else _PARTS[LetterKind(kind)]
    if number:
        query = query.where(Case.number == number)
    return connection.execute(query.where(Case.law_pack_id.is_not(None)).limit(1)).first()


def _notice(kind: str) -> sa.Select[Any]:
    return _of(Notice).where(Notice.kind == kind, Notice.issued_on.is_not(None))


def _of(part: Any) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (Case.number, part.id.label("part_id"))
    return sa.select(*columns).join(Case, Case.id == part.case_id).order_by(part.id.desc())


_sworn = ServiceAttempt.facts["affidavit_on"].astext.is_not(None)
_ATTEMPT: tuple[Any, ...] = (Case.number, ServiceAttempt.id.label("part_id"))
_CASE: tuple[Any, ...] = (Case.number, Case.id.label("part_id"))
_attempts = (
    sa.select(*_ATTEMPT)
    .join(Notice, Notice.id == ServiceAttempt.notice_id)
    .join(Case, Case.id == Notice.case_id)
    .where(_sworn)
    .order_by(ServiceAttempt.id.desc())
)
_cases = sa.select(*_CASE).order_by(Case.id.desc())
_order = EnforcementOrder
_PARTS: dict[LetterKind, sa.Select[Any]] = {
    LetterKind.SERVICE_AFFIDAVIT: _attempts,
    LetterKind.NONCOMPLIANCE_AFFIDAVIT: _of(_order).where(_order.affidavit_on.is_not(None)),
    LetterKind.IMPOSING_ORDER: _of(_order).where(_order.certified_on.is_not(None)),
    LetterKind.PAYOFF: _cases,
    LetterKind.RELEASE: _of(Lien).where(
        Lien.status.in_([LienStatus.SATISFIED, LienStatus.RELEASED])
    ),
    LetterKind.ACKNOWLEDGMENT: _of(_order).where(_order.complied_on.is_not(None)),
    LetterKind.EXTENSION_DECISION: _of(Extension).where(
        Extension.status.in_([ExtensionStatus.GRANTED, ExtensionStatus.DENIED])
    ),
}
