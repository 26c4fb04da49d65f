"""Read the town's own charges under one provision: what was found, waived or paid, and whose.

Only what a tribunal of the town found, or a respondent admitted, is here. A violation that came
closed from another system says of nobody that he was found guilty, so it is no prior; nor is an
agreement to comply, a citation that fell, or an order that was vacated.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.adopted import adopted_law
from cases.charges import Outcome, Prior
from cases.hearings import Outcome as Decided
from cases.ledger.accounts import Account, Component, Kind
from cases.models import (
    Case,
    CaseEvent,
    Citation,
    EnforcementOrder,
    Hearing,
    LedgerEntry,
    LedgerPosting,
    Notice,
    NoticeViolation,
    Violation,
)
from cases.respondents import Place, parties
from cases.workflow.citation import CitationStatus
from cases.workflow.notice import NoticeStatus
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus
from geo.layers import Parcel


def charges(
    connection: sa.Connection, *, section: str, before: date, but_case: int
) -> tuple[Prior, ...]:
    """Return the charges under a provision that came to something, in other cases.

    Parameters
    ----------
    section
        As the law pack numbers it.
    before
        Only charges brought before this day.
    but_case
        The case in which they would be priors.
    """
    asked = {"section": section, "before": before, "but_case": but_case}
    return _read(
        connection,
        connection.execute(CITED, asked).all(),
        connection.execute(ORDERED, asked).all(),
    )


def every_charge(connection: sa.Connection) -> tuple[Prior, ...]:
    """Return the charges of the town that came to something, under any provision and in any case.

    For a report on all owners; which counts as a prior of what, `cases.repeats` tells.
    """
    cited, ordered = (connection.execute(query).all() for query in (_CITED, _ORDERED))
    return _read(connection, cited, ordered)


def _read(
    connection: sa.Connection, cited: Sequence[sa.Row[Any]], ordered: Sequence[sa.Row[Any]]
) -> tuple[Prior, ...]:
    rows = [*cited, *ordered]
    admits = {
        each: adopted_law(connection, each).repeats.waiver_admits
        for each in {row.law_pack_id for row in cited}
    }
    came = [_came_of(row, waiver_admits=admits[row.law_pack_id]) for row in cited]
    came += [(Outcome.FOUND, row.executed_on) for row in ordered]
    at = [Place(row.parcel_id, row.parcel_no, row.named_on) for row in rows]
    written = [(row.name, row.address) for row in rows]
    violators = parties(connection, zip(written, at, strict=True))
    return tuple(
        Prior(
            case_no=row.case_no, number=row.number, violator=violator,
            citation=f"Sec. {row.section}", outcome=outcome, outcome_on=on,
            violated_on=row.found_on,
        )
        for row, violator, (outcome, on) in zip(rows, violators, came, strict=True)
    )  # fmt: skip


def _came_of(row: sa.Row[Any], *, waiver_admits: bool) -> tuple[Outcome, date | None]:
    if row.upheld_on is not None:
        return Outcome.FOUND, row.upheld_on
    if row.waived_on is not None:
        return (Outcome.WAIVED if waiver_admits else Outcome.CITED), row.waived_on
    return Outcome.PAID, row.paid_on


def _number(section: Any) -> sa.ColumnElement[str]:
    """Write a section's number as the index `violation_provision` holds it."""
    nowhere: sa.ColumnElement[str] = sa.literal_column("''")
    return sa.func.lower(sa.func.replace(section, sa.literal_column("' '"), nowhere))


_STOOD = (
    Violation.section.is_not(None),
    Violation.status.not_in((ViolationStatus.VOIDED, ViolationStatus.UNFOUNDED)),
    Case.voided_on.is_(None),
)
_UNDER = (
    _number(Violation.section) == _number(sa.bindparam("section", type_=sa.Text)),
    Violation.case_id != sa.bindparam("but_case"),
)
_HEAD = (
    Case.number.label("case_no"),
    Case.parcel_id,
    Parcel.parcel_no,
    Violation.section,
    Violation.found_on,
)
_WROTE = (
    Notice.content["recipient"].astext.label("name"),
    Notice.content["address"].astext.label("address"),
    Notice.issued_on.label("named_on"),
)

_UPHELD_ON = (
    sa.select(sa.func.max(CaseEvent.happened_on))
    .where(
        CaseEvent.case_id == Citation.case_id,
        CaseEvent.kind == "citation_upheld",
        CaseEvent.details["citation"].astext == sa.cast(Citation.id, sa.Text),
    )
    .scalar_subquery()
)
_RETURNED = sa.orm.aliased(LedgerPosting)
_BESIDE = sa.orm.aliased(Citation)
_SETTLED = (
    sa.select(sa.func.sum(_BESIDE.penalty_cents))
    .where(_BESIDE.case_id == Citation.case_id, _BESIDE.status == CitationStatus.SETTLED)
    .correlate(Citation)
    .scalar_subquery()
)
_PAID_ON = (
    sa.select(sa.func.max(LedgerPosting.effective_on))
    .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
    .where(
        LedgerPosting.case_id == Citation.case_id,
        LedgerPosting.kind.in_((Kind.PAID, Kind.CREDIT_APPLIED, Kind.PAYMENT_MOVED_IN)),
        LedgerEntry.account == Account.RECEIVABLE,
        LedgerEntry.component == Component.PENALTY,
        ~sa.exists().where(_RETURNED.reverses == LedgerPosting.id),
    )
    .having(-sa.func.sum(LedgerEntry.cents) >= _SETTLED)
    .correlate(Citation)
    .scalar_subquery()
)
"""When the case's settled penalties were paid whole.

The ledger does not say which of several was forgiven, or whose cheque came back: then none was.
"""

_CITED = (
    sa.select(
        Citation.number, Citation.waived_on, Case.law_pack_id, *_HEAD, *_WROTE,
        _UPHELD_ON.label("upheld_on"), _PAID_ON.label("paid_on"),
    )
    .select_from(Violation)
    .join(Citation, Citation.violation_id == Violation.id)
    .join(Notice, Notice.id == Citation.notice_id)
    .join(Case, Case.id == Violation.case_id)
    .outerjoin(Parcel, Parcel.id == Case.parcel_id)
    .where(
        *_STOOD,
        Citation.status.in_(
            (CitationStatus.ADMITTED, CitationStatus.UPHELD, CitationStatus.SETTLED)
        ),
    )
)  # fmt: skip
CITED = _CITED.where(*_UNDER, Notice.issued_on < sa.bindparam("before"))

_TOLD = (
    sa.select(*_WROTE)
    .where(
        Notice.case_id == EnforcementOrder.case_id,
        Notice.status.in_((NoticeStatus.ISSUED, NoticeStatus.SERVED)),
        sa.exists()
        .where(
            NoticeViolation.notice_id == Notice.id,
            NoticeViolation.violation_id == EnforcementOrder.violation_id,
        )
        .correlate(Notice, EnforcementOrder),
    )
    .order_by((Notice.id == EnforcementOrder.notice_id).desc().nulls_last(), Notice.id.desc())
    .limit(1)
    .lateral("told")
)
"""To whom an order was sent; where it was not yet, who was last written to of the violation."""

_ORDERED = (
    sa.select(EnforcementOrder.number, EnforcementOrder.executed_on, *_HEAD, *_TOLD.c)
    .select_from(Violation)
    .join(EnforcementOrder, EnforcementOrder.violation_id == Violation.id)
    .join(Hearing, Hearing.id == EnforcementOrder.hearing_id)
    .join(Case, Case.id == Violation.case_id)
    .join(_TOLD, sa.true())
    .outerjoin(Parcel, Parcel.id == Case.parcel_id)
    .where(
        *_STOOD,
        EnforcementOrder.status != OrderStatus.VACATED,
        Hearing.outcome == Decided.VIOLATION,
    )
)
ORDERED = _ORDERED.where(*_UNDER, EnforcementOrder.executed_on < sa.bindparam("before"))
