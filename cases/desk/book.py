"""Open a case as a whole: everything that hangs on it, by a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.accounts.members import in_role
from cases.adopted import adopted_law
from cases.assigning import JOINED_HOLDER
from cases.desk.brought import Brought, hearings
from cases.desk.seen import made_at
from cases.desk.visits import day_in_town, in_town, was_last_in_vain
from cases.documents.queries import documents_of_case
from cases.ledger.queries import statement
from cases.models import (
    Abatement,
    AbatementCost,
    AccrualPause,
    Appeal,
    Case,
    CaseDocument,
    Citation,
    CollectionBlock,
    Complaint,
    EnforcementOrder,
    Exhibit,
    Extension,
    FineReduction,
    Hearing,
    Inspection,
    Lien,
    LienRelease,
    Notice,
    NoticeViolation,
    Ordinance,
    Respondent,
    ServiceAttempt,
    Staff,
    Suit,
    Violation,
)
from cases.officers import is_officer
from cases.tallies import tallies_of
from cases.workflow.casefile import CaseStatus, status_of
from cases.workflow.registry import SECTIONS
from cases.workflow.roles import Role
from geo.layers import Ownership, Parcel, ParcelPeriod, Zone

type Row = sa.Row[Any]

PARTS: Mapping[str, Any] = {
    "inspection": Inspection,
    "violation": Violation,
    "notice": Notice,
    "extension": Extension,
    "citation": Citation,
    "hearing": Hearing,
    "order": EnforcementOrder,
    "lien": Lien,
    "abatement": Abatement,
    "legal_action": Suit,
    "appeal": Appeal,
    "document": CaseDocument,
}
"""What hangs on a case, each under the name of its section of the table of steps."""

_STATUSES: Mapping[str, type[StrEnum]] = {
    name: next(type(each.to) for each in section.STEPS) for name, section in SECTIONS.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Brought):
    """A case and everything that hangs on it, as rows of its tables.

    Attributes
    ----------
    case
        With ``zone``, ``officer``, ``parcel_no`` and ``situs_address`` of the period it was
        opened on, and ``lon``, ``lat`` (EPSG:4326).
    parts
        By section of the table of steps, in the order they were made; an inspection with
        ``made_at``, when it was made or else written down, ``booked_on`` and ``begins_at``, for
        when it is booked in the town, and ``last_in_vain``, as `cases.desk.visits` tells it.
    violations_of_notice
        The violations that each notice names, by the notice's identity.
    postings
        The ledger's, in order, each with what was owed and in credit after it.
    tallies
        The cents the ledger holds of what adds up, by its key: ``order:7``.
    releases
        What its liens no longer bind, with ``parcel_no`` where it is a parcel.
    complaints
        Those that feed it; never who made them.
    officers
        Who works here and could be given it.
    owners
        Whose the parcel is now, with the address of their mail.
    """

    case: Row
    violations_of_notice: Mapping[int, Sequence[int]]
    exhibits: Sequence[Row]
    reductions: Sequence[Row]
    pauses: Sequence[Row]
    blocks: Sequence[Row]
    releases: Sequence[Row]
    costs: Sequence[Row]
    postings: Sequence[Row]
    tallies: Mapping[str, int]
    complaints: Sequence[Row]
    owners: Sequence[Row]
    officers: Sequence[Row]

    @property
    def without(self) -> tuple[str, ...]:
        """The actions that the town's law leaves out."""
        return self.law.without if self.law else ()

    def status(self, section: str, row: Row) -> StrEnum:
        """Return the status of a part, or of the case itself."""
        return status_of(row) if section == "case" else _STATUSES[section](row.status)

    def rows(self, section: str) -> Sequence[Row]:
        """Return the parts of a section; of the section ``case``, the case alone."""
        if section == "attempt":
            return self.attempts
        return (self.case,) if section == "case" else self.parts[section]

    @property
    def is_open(self) -> bool:
        """Whether it may be written in."""
        return status_of(self.case) is CaseStatus.OPEN

    @property
    def owed_cents(self) -> int:
        """What the ledger says is owed, fines as far as they are charged."""
        return self.postings[-1].balance if self.postings else 0

    @property
    def credit_cents(self) -> int:
        """What was paid beyond what was owed."""
        return self.postings[-1].credit if self.postings else 0

    def part(self, section: str, part_id: int) -> Row | None:
        """Return one part, or None where this case has none such."""
        return next((row for row in self.rows(section) if row.id == part_id), None)


def open_book(connection: sa.Connection, number: str) -> Book | None:
    """Open the case of a number; None where there is none."""
    case = connection.execute(_case().where(Case.number == number)).first()
    if case is None:
        return None

    def all_of(query: sa.Select[Any]) -> Sequence[Row]:
        return connection.execute(query).all()

    parts = {name: all_of(_part(name, case.id)) for name in PARTS}
    notices = all_of(_of(NoticeViolation, Notice, NoticeViolation.notice_id, case.id))
    named: dict[int, list[int]] = {}
    for each in notices:
        named.setdefault(each.notice_id, []).append(each.violation_id)
    return Book(
        case=case,
        law=adopted_law(connection, case.law_pack_id) if case.law_pack_id else None,
        parts=parts,
        respondents=all_of(_mine(Respondent, case.id)),
        attempts=all_of(_of(ServiceAttempt, Notice, ServiceAttempt.notice_id, case.id)),
        violations_of_notice=named,
        exhibits=all_of(_of(Exhibit, Hearing, Exhibit.hearing_id, case.id)),
        reductions=all_of(_of(FineReduction, EnforcementOrder, FineReduction.order_id, case.id)),
        pauses=all_of(_of(AccrualPause, EnforcementOrder, AccrualPause.order_id, case.id)),
        blocks=all_of(_mine(CollectionBlock, case.id)),
        releases=all_of(
            _of(LienRelease, Lien, LienRelease.lien_id, case.id)
            .add_columns(Parcel.parcel_no)
            .outerjoin(Parcel, Parcel.id == LienRelease.parcel_id)
        ),
        costs=all_of(_of(AbatementCost, Abatement, AbatementCost.abatement_id, case.id)),
        postings=all_of(statement(case.id)),
        tallies={row.key: row.cents for row in all_of(tallies_of(case.id))},
        complaints=all_of(_complaints(case.id)),
        owners=all_of(_owners(case.parcel_id)) if case.parcel_id else (),
        officers=all_of(in_role(Role.OFFICER)),
    )


def _case() -> sa.Select[Any]:
    columns = [
        each for each in Case.__table__.columns if not each.key.startswith(("point", "cell"))
    ]
    return (
        sa.select(
            *columns,
            sa.func.ST_X(Case.point).label("lon"),
            sa.func.ST_Y(Case.point).label("lat"),
            Zone.name.label("zone"),
            JOINED_HOLDER.label("officer"),
            is_officer(JOINED_HOLDER).label("officer_works"),
            Parcel.parcel_no,
            ParcelPeriod.situs_address,
            ParcelPeriod.land_use,
        )
        .outerjoin(Zone, Zone.id == Case.zone_id)
        .outerjoin(Staff, Staff.id == Case.officer_id)
        .outerjoin(Parcel, Parcel.id == Case.parcel_id)
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Case.parcel_period_id)
    )


def _part(section: str, case_id: int) -> sa.Select[Any]:
    if section == "document":
        return documents_of_case(case_id)
    query = _mine(PARTS[section], case_id)
    if section == "inspection":
        return query.add_columns(
            made_at().label("made_at"),
            day_in_town(Inspection.booked_for).label("booked_on"),
            sa.cast(in_town(Inspection.booked_for), sa.Time).label("begins_at"),
            was_last_in_vain().label("last_in_vain"),
        )
    if section == "violation":
        return query.add_columns(Ordinance.citation, Ordinance.title).join(
            Ordinance, Ordinance.id == Violation.ordinance_id
        )
    if section == "hearing":
        return hearings().where(Hearing.case_id == case_id).order_by(Hearing.id)
    return query


def _mine(part: Any, case_id: int) -> sa.Select[Any]:
    return sa.select(part.__table__).where(part.case_id == case_id).order_by(part.id)


def _of(leaf: Any, part: Any, key: Any, case_id: int) -> sa.Select[Any]:
    query = sa.select(leaf.__table__).join(part, part.id == key).where(part.case_id == case_id)
    return query.order_by(*leaf.__table__.primary_key.columns)


def _complaints(case_id: int) -> sa.Select[Any]:
    said: tuple[Any, ...] = (
        Complaint.id, Complaint.number, Complaint.channel, Complaint.received_on, Complaint.status,
        Complaint.description, Complaint.category,
    )  # fmt: skip
    return sa.select(*said).where(Complaint.case_id == case_id).order_by(Complaint.id)


def _owners(parcel_id: int) -> sa.Select[Any]:
    said: tuple[Any, ...] = (
        Ownership.owner_name, Ownership.mail_line, Ownership.mail_city, Ownership.mail_state,
        Ownership.mail_zip, Ownership.homestead, Ownership.valid_from,
    )  # fmt: skip
    return (
        sa.select(*said)
        .where(Ownership.parcel_id == parcel_id, Ownership.valid_to.is_(None))
        .order_by(Ownership.owner_name)
    )
