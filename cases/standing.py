"""Work out where a case stands from what hangs on it, and keep it on the case."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.models import Case, Citation, EnforcementOrder, Hearing, Lien, Suit, Violation
from cases.phases import UNVERIFIED, ImportedStage, Phase, phase
from cases.workflow import order
from cases.workflow.casefile import CaseStatus, status_of
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import HearingStatus
from cases.workflow.legal_action import LegalActionStatus
from cases.workflow.lien import BINDING
from cases.workflow.violation import ViolationStatus
from geo.compiled import Compiled

RUNNING = (
    (Phase.CITED, Citation, (CitationStatus.ISSUED, CitationStatus.SERVED,
                             CitationStatus.ADMITTED, CitationStatus.UPHELD)),
    (Phase.HEARING, Citation, (CitationStatus.CONTESTED,)),
    (Phase.HEARING, Hearing, (HearingStatus.REQUESTED, HearingStatus.DOCKETED,
                              HearingStatus.OPENED, HearingStatus.CONTINUED)),
    (Phase.ORDERED, EnforcementOrder, order.RUNNING),
    (Phase.LEGAL, Suit, (LegalActionStatus.REFERRED, LegalActionStatus.FILED,
                         LegalActionStatus.JUDGMENT)),
    (Phase.LIEN, Lien, BINDING),
)  # fmt: skip
"""In which statuses what hangs on a case carries it beyond its violations, and how far."""

_VERIFIED = frozenset({ViolationStatus.OPEN, ViolationStatus.CORRECTED, ViolationStatus.CLOSED})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case's parts say of it.

    Attributes
    ----------
    next_due
        The earliest known deadline of an open violation, which is the day of the order on it once
        there is one; None where there is none.
    published
        Anyone may see it: something in it was verified.
    open_since
        The day the oldest of its open violations was verified; None where there is none, or no
        day is on record.
    """

    phase: Phase
    open_violations: int
    next_due: date | None
    published: bool
    open_since: date | None = None


def standing(
    violations: Iterable[tuple[ViolationStatus, date | None, date | None]],
    *,
    status: CaseStatus = CaseStatus.OPEN,
    running: Collection[Phase] = (),
    imported_stage: ImportedStage | None = None,
) -> Standing:
    """Work out where a case stands.

    Parameters
    ----------
    violations
        The status and the deadline of each, and the day it was verified, else found.
    status, running, imported_stage
        As for `cases.phases.phase`.
    """
    told = list(violations)
    standing_open = [(due, since) for at, due, since in told if at is ViolationStatus.OPEN]
    reached = phase(
        [at for at, _, _ in told], status=status, running=running, imported_stage=imported_stage
    )
    return Standing(
        phase=reached,
        open_violations=len(standing_open),
        next_due=min((due for due, _ in standing_open if due is not None), default=None),
        published=reached not in UNVERIFIED and any(at in _VERIFIED for at, _, _ in told),
        open_since=min((since for _, since in standing_open if since is not None), default=None),
    )


def settle(connection: sa.Connection, case_ids: Sequence[int]) -> None:
    """Bring the standing kept on some cases to what hangs on them now."""
    found = _SEVERAL.all(connection, case_ids=list(case_ids))
    changes = [change for case in found if (change := _change(case))]
    if changes:
        connection.execute(_KEEP, changes)


def keep_standing(connection: sa.Connection, case: sa.Row[Any]) -> None:
    """Bring the standing kept on a case, whose row is held, to what hangs on it.

    Parameters
    ----------
    case
        `STOOD` of it, read since its parts last changed.
    """
    if change := _change(case):
        _KEEP_ONE.do(connection, **change)


def _change(case: sa.Row[Any]) -> dict[str, Any]:
    """Return what is to be changed in the standing kept on a case, as `_KEEP` binds it."""
    now = _now(case)
    kept = Standing(
        Phase(case.phase), case.open_violations, case.next_due, case.published, case.open_since
    )
    return {} if now == kept else {"case_id": case.id, **_renamed(now)}


def _now(case: sa.Row[Any]) -> Standing:
    stage = ImportedStage(case.imported_stage) if case.imported_stage else None
    running = {reached for at, (reached, _, _) in enumerate(RUNNING) if getattr(case, f"runs_{at}")}
    told = zip(
        map(ViolationStatus, case.statuses or ()),
        case.deadlines or (),
        case.days_verified or (),
        strict=True,
    )
    return standing(told, status=status_of(case), running=running, imported_stage=stage)


def _runs(part: Any, statuses: Collection[str]) -> sa.ColumnElement[bool]:
    among = sa.any_(sa.literal([str(each) for each in statuses], sa.ARRAY(sa.Text)))
    return sa.exists().where(part.case_id == Case.id, part.status == among)


def due_on() -> sa.ColumnElement[date | None]:
    """Select by when a violation is to be corrected: as the order that runs says, if any."""
    runs = sa.any_(sa.literal([str(each) for each in order.RUNNING], sa.ARRAY(sa.Text)))
    ordered = sa.select(EnforcementOrder.comply_by).where(
        EnforcementOrder.violation_id == Violation.id,
        EnforcementOrder.status == runs,
        EnforcementOrder.comply_by.is_not(None),
    )
    latest = ordered.order_by(EnforcementOrder.id.desc()).limit(1).correlate(Violation)
    return sa.func.coalesce(latest.scalar_subquery(), Violation.comply_by)


def _gathered(column: sa.ColumnElement[Any] | Any) -> sa.ScalarSelect[Any]:
    gathered = sa.func.array_agg(sa.dialects.postgresql.aggregate_order_by(column, Violation.id))
    return sa.select(gathered).where(Violation.case_id == Case.id).scalar_subquery()


STOOD: tuple[Any, ...] = (
    Case.id,
    Case.imported_stage,
    Case.phase,
    Case.open_violations,
    Case.next_due,
    Case.published,
    Case.open_since,
    Case.closed_on,
    Case.voided_on,
    _gathered(Violation.status).label("statuses"),
    _gathered(due_on()).label("deadlines"),
    _gathered(sa.func.coalesce(Violation.verified_on, Violation.found_on)).label("days_verified"),
    *(_runs(part, among).label(f"runs_{at}") for at, (_, part, among) in enumerate(RUNNING)),
)
"""The standing kept on a case, and what tells whether it is so still."""
_SEVERAL = Compiled(
    sa.select(*STOOD).where(
        Case.id == sa.any_(sa.bindparam("case_ids", type_=sa.ARRAY(sa.BigInteger)))
    )
)
_KEEP = (
    sa.update(Case)
    .where(Case.id == sa.bindparam("case_id"))
    .values({name: sa.bindparam(f"now_{name}") for name in Standing.__slots__})
)
_KEEP_ONE = Compiled(_KEEP)


def _renamed(now: Standing) -> dict[str, Any]:
    """Name the values as the update binds them, which may not be as its columns."""
    return {f"now_{name}": getattr(now, name) for name in Standing.__slots__}
