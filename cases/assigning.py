"""Give a case to an officer, or back to the officer of its zone."""

from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance, lock_open_case, record
from cases.errors import CaseError
from cases.models import Case, CaseEvent, CaseTally, Staff
from cases.workflow.casefile import CaseAction, CaseStatus
from cases.workflow.roles import Role
from geo.layers import Zone

BY_ZONE = "the officer of its zone"
BEFORE, AFTER = (CaseEvent.details[each].astext for each in ("before", "after"))
# In the words of the index on assignments, which serves it.
_ASSIGNS = CaseEvent.kind == sa.literal_column("'case_assigned'")
CHANGES_HANDS = sa.and_(_ASSIGNS, BEFORE.is_distinct_from(AFTER))
"""An assignment by which somebody else has the case than before; its event names both."""
HOLDER = sa.func.coalesce(
    sa.select(Staff.name).where(Staff.id == Case.officer_id).correlate(Case).scalar_subquery(),
    sa.select(Zone.officer_name).where(Zone.id == Case.zone_id).correlate(Case).scalar_subquery(),
)
"""Who has a case: whoever it was given to, else the officer of its zone; None for nobody."""
JOINED_HOLDER = sa.func.coalesce(Staff.name, Zone.officer_name)
"""The same in a query that joins whoever a case was given to and its zone."""


class NoSuchOfficerError(CaseError):
    """A case is to be assigned to somebody who is no officer."""


class AlreadyTheirsError(CaseError):
    """A case is to be assigned to whom it is assigned already."""


class NoZoneError(CaseError):
    """A case is to go to the officer of its zone, and lies in none."""


def assign(
    connection: sa.Connection,
    *,
    case_id: int,
    officer_id: int | None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Assign a case.

    Parameters
    ----------
    officer_id
        The account of an officer; None gives it back to the officer of its zone.

    Raises
    ------
    NoSuchOfficerError
        The account is no officer's, or has no access any more.
    AlreadyTheirsError
        The case is assigned so already.
    NoZoneError
        It is given to the officer of its zone, and lies in none, as before it is placed.
    """
    case = lock_open_case(connection, case_id, on=moment.on)
    step = advance(CaseStatus.OPEN, CaseAction.ASSIGN, actor=actor)
    name = (
        _of_zone(connection, case) if officer_id is None else officer_named(connection, officer_id)
    )
    given = sa.select(Case.officer_id).where(Case.id == case_id)
    if connection.scalar(given) == officer_id:
        msg = f"This case is with {name} already."
        raise AlreadyTheirsError(msg)
    before = _holder(connection, case_id)
    connection.execute(sa.update(Case).where(Case.id == case_id).values(officer_id=officer_id))
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, officer=name,
        before=before, after=_holder(connection, case_id),
    )  # fmt: skip


def _of_zone(connection: sa.Connection, case: sa.Row[Any]) -> str:
    if connection.scalar(sa.select(Case.zone_id).where(Case.id == case.id)) is not None:
        return BY_ZONE
    msg = f"Case {case.number} lies in no officer's zone: choose an officer by name."
    if case.parcel_id is None:
        msg = (
            f"Case {case.number} lies in no officer's zone until it is placed: say first where it "
            "is, or choose an officer by name."
        )
    raise NoZoneError(msg)


def _holder(connection: sa.Connection, case_id: int) -> str | None:
    query = sa.select(HOLDER).select_from(Case).where(Case.id == case_id)
    holder: str | None = connection.scalar(query)
    return holder


def held_by(name: str, *, of: type[Case | CaseTally] = Case) -> sa.ColumnElement[bool]:
    """Say that an officer has a case: it was given to them, or to nobody in a zone of theirs.

    Who they are is looked up first, into arrays, so that indexes find the cases of either way: a
    subquery in an OR would have each case looked at.

    Parameters
    ----------
    of
        What is narrowed: cases, or the tallies of them.
    """
    theirs = sa.select(Zone.id).where(Zone.officer_name == name).correlate(None)
    member = sa.select(Staff.id).where(Staff.name == name).correlate(None)
    by_zone = sa.and_(of.officer_id.is_(None), of.zone_id == _any_of(theirs))
    return sa.or_(of.officer_id == _any_of(member), by_zone)


def _any_of(ids: sa.Select[int]) -> sa.ColumnElement[Any]:
    return sa.any_(sa.func.array(ids.scalar_subquery()))


def officer_named(connection: sa.Connection, officer_id: int) -> str:
    """Return the name of an officer who works here.

    Raises
    ------
    NoSuchOfficerError
        The account is no officer's, or has no access any more.
    """
    named = sa.select(Staff.name).where(
        Staff.id == officer_id, Staff.role == Role.OFFICER, Staff.active
    )
    name: str | None = connection.execute(named).scalar()
    if name is None:
        msg = f"The account {officer_id} is no officer's who works here: choose one of the list."
        raise NoSuchOfficerError(msg)
    return name
