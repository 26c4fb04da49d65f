"""Allege a violation, verify it on the spot, and say what became of it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert

from cases import further_days
from cases.accruing import give_up_days
from cases.actors import Actor, Moment
from cases.adopted import law_of_case, provision
from cases.advancing import advance, lock_open_case, record
from cases.errors import CaseError
from cases.lawpack.ordinance import Ordinance as Provision
from cases.looks import made_since
from cases.models import Citation, EnforcementOrder, Inspection, Ordinance, Violation
from cases.parts import lock_part, move
from cases.rows import insert
from cases.wording import day_in_words
from cases.workflow import citation, order
from cases.workflow.inspection import InspectionStatus
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationAction, ViolationStatus
from geo.compiled import Compiled

REFUSED = "refused"
"""The entry of an inspection that was made from outside what it should have seen."""


class UnderWayError(CaseError):
    """A violation is to be taken back or handed on while a citation or an order on it runs."""


def allege(
    connection: sa.Connection, *, case_id: int, section: str, actor: Actor, moment: Moment
) -> int:
    """Say that a provision may be broken; gives the violation's identity.

    Raises
    ------
    NoLawError
        The case's law has no such section in force on the day.
    """
    lock_open_case(connection, case_id, on=moment.on)
    law = law_of_case(connection, case_id)
    text = provision(law, section, on=moment.on)
    step = advance(None, ViolationAction.ALLEGE, actor=actor)
    values = {
        "case_id": case_id,
        "ordinance_id": ordinance_of(connection, text),
        "section": section,
        "found_on": moment.on,
        "status": step.to,
    }
    violation_id = insert(connection, Violation, **values)
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, violation=violation_id,
        section=section, title=text.title,
    )  # fmt: skip
    return violation_id


def on_record(connection: sa.Connection, *, case_id: int, section: str) -> sa.Row[int, str] | None:
    """Return the latest violation of a provision that is alleged or open in a case, if any is."""
    query = (
        sa.select(Violation.id, Violation.status)
        .where(
            Violation.case_id == case_id,
            Violation.section == section,
            Violation.status.in_((ViolationStatus.ALLEGED, ViolationStatus.OPEN)),
        )
        .order_by(Violation.id.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def verify(
    connection: sa.Connection,
    *,
    violation_id: int,
    inspection_id: int,
    actor: Actor,
    moment: Moment,
) -> None:
    """Confirm a violation by an inspection that was lawfully made."""
    seen = {"verified_on": moment.on, "verified_by": actor.name}
    _find(
        connection, ViolationAction.VERIFY, violation_id=violation_id,
        inspection_id=inspection_id, actor=actor, moment=moment, values=seen,
    )  # fmt: skip


def find_unfounded(
    connection: sa.Connection,
    *,
    violation_id: int,
    inspection_id: int,
    actor: Actor,
    moment: Moment,
) -> None:
    """Say that there is no violation; the reporter is told."""
    _find(
        connection, ViolationAction.FIND_UNFOUNDED, violation_id=violation_id,
        inspection_id=inspection_id, actor=actor, moment=moment,
    )  # fmt: skip


def find_corrected(
    connection: sa.Connection,
    *,
    violation_id: int,
    inspection_id: int,
    actor: Actor,
    moment: Moment,
) -> None:
    """Say that a violation is corrected, as seen on an inspection made after it was found.

    A citation's further days and an order's daily fine end with it (s. 162.09(3)); the day itself
    is given up where it was imposed and the town does not fine it.
    """
    seen = {"corrected_on": moment.on, "corrected_by": actor.name}
    _find(
        connection, ViolationAction.FIND_CORRECTED, violation_id=violation_id,
        inspection_id=inspection_id, actor=actor, moment=moment, values=seen,
    )  # fmt: skip
    for give_up in (give_up_days, further_days.give_up):
        give_up(
            connection, violation_id, by="Correction of the violation",
            reason=f"It was found corrected on {day_in_words(moment.on)}", actor=actor,
            moment=moment,
        )  # fmt: skip


def find_standing(
    connection: sa.Connection,
    *,
    violation_id: int,
    inspection_id: int,
    actor: Actor,
    moment: Moment,
) -> None:
    """Say that a violation is still there on reinspection."""
    _find(
        connection, ViolationAction.FIND_STANDING, violation_id=violation_id,
        inspection_id=inspection_id, actor=actor, moment=moment,
    )  # fmt: skip


def void(
    connection: sa.Connection, *, violation_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Take a violation back that should not have been written.

    Raises
    ------
    UnderWayError
        A citation or an order on it runs.
    """
    _let_go(
        connection, ViolationAction.VOID, violation_id=violation_id, reason=reason, actor=actor,
        moment=moment,
    )  # fmt: skip


def transfer(
    connection: sa.Connection, *, violation_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Hand a violation to another department; the reason names it.

    Raises
    ------
    UnderWayError
        A citation or an order on it runs.
    """
    _let_go(
        connection, ViolationAction.TRANSFER, violation_id=violation_id, reason=reason,
        actor=actor, moment=moment,
    )  # fmt: skip


def reopen(
    connection: sa.Connection, *, violation_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Take back that a violation was corrected or unfounded."""
    row = lock_part(connection, Violation, violation_id, moment=moment)
    at = ViolationStatus(row.status)
    step = advance(at, ViolationAction.REOPEN, actor=actor, reason=reason)
    move(
        connection, Violation, row, step, actor=actor, moment=moment, reason=reason,
        values={"corrected_on": None, "corrected_by": None}, section=row.section,
    )  # fmt: skip


def _let_go(
    connection: sa.Connection,
    action: ViolationAction,
    *,
    violation_id: int,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> None:
    row = lock_part(connection, Violation, violation_id, moment=moment)
    step = advance(ViolationStatus(row.status), action, actor=actor, reason=reason)
    if under := _under_way(connection, violation_id):
        msg = (
            f"The violation of section {row.section} is under {' and '.join(under)}: have each "
            "citation voided or dismissed and each order vacated first."
        )
        raise UnderWayError(msg)
    move(
        connection, Violation, row, step, actor=actor, moment=moment, reason=reason,
        section=row.section,
    )  # fmt: skip


def _under_way(connection: sa.Connection, violation_id: int) -> list[str]:
    """Name the citations and the orders on a violation that run."""
    cited = sa.select(Citation.number).where(
        Citation.violation_id == violation_id, Citation.status.in_(citation.RUNNING)
    )
    ordered = sa.select(EnforcementOrder.number).where(
        EnforcementOrder.violation_id == violation_id, EnforcementOrder.status.in_(order.RUNNING)
    )
    return [
        *(f"citation {each}" for each in connection.scalars(cited.order_by(Citation.id))),
        *(f"order {each}" for each in connection.scalars(ordered.order_by(EnforcementOrder.id))),
    ]


def _find(
    connection: sa.Connection,
    action: ViolationAction,
    *,
    violation_id: int,
    inspection_id: int,
    actor: Actor,
    moment: Moment,
    values: dict[str, Any] | None = None,
) -> None:
    row = lock_part(connection, Violation, violation_id, moment=moment)
    visit = _VISIT.first(connection, inspection_id=inspection_id, case_id=row.case_id)
    held = _seen(visit)
    if action is ViolationAction.FIND_CORRECTED:
        held[Guard.SEEN_SINCE] = inspection_id in made_since(connection, violation_id)
    step = advance(ViolationStatus(row.status), action, actor=actor, held=held)
    inspected_on = visit.made_on.isoformat() if visit and visit.made_on else None
    move(
        connection, Violation, row, step, actor=actor, moment=moment, values=values,
        section=row.section, inspection=inspection_id, inspected_on=inspected_on,
    )  # fmt: skip


def _seen(visit: sa.Row[Any] | None) -> dict[Guard, bool]:
    made = visit is not None and visit.status == InspectionStatus.MADE
    lawful = made and visit is not None and visit.entry != REFUSED
    return {Guard.INSPECTED: made, Guard.RIGHT_OF_ENTRY: lawful}


def ordinance_of(connection: sa.Connection, text: Provision) -> int:
    """Return the identity of a provision as it is cited, which is entered where it is new."""
    citation = f"Sec. {text.section} {text.title}"
    known = _CITED_AS.first(connection, citation=citation)
    if known is None:
        values = {"citation": citation, "section": text.section, "title": text.title}
        connection.execute(upsert(Ordinance).values(values).on_conflict_do_nothing())
        known = _CITED_AS.first(connection, citation=citation)
    return int(known.id)


_VISIT = Compiled(
    sa.select(Inspection.status, Inspection.entry, Inspection.made_on).where(
        Inspection.id == sa.bindparam("inspection_id"),
        Inspection.case_id == sa.bindparam("case_id"),
    )
)
_CITED_AS = Compiled(sa.select(Ordinance.id).where(Ordinance.citation == sa.bindparam("citation")))
