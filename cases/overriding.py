"""Override what the review of a complaint decided; what it decided stays beside."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance
from cases.complaints import law_of, lock_complaint, move_complaint
from cases.errors import CaseError
from cases.intake import require_officer
from cases.models import Case, Complaint
from cases.review import Rule
from cases.workflow.complaint import ComplaintAction, ComplaintStatus
from geo.layers import Zone

type Value = int | date | str | Sequence[str]
"""What may stand for a decision: a priority, a day, a zone's code, a threat, numbers."""

_PRIORITIES = range(1, 6)


class OverrideError(CaseError):
    """What a person decides cannot stand for that decision."""


def override(
    connection: sa.Connection,
    *,
    complaint_id: int,
    rule: Rule,
    value: Value,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Put a person's decision in the place of an automatic one.

    Parameters
    ----------
    value
        Of ``priority`` 1 to 5; of ``respond_by`` a day; of ``zone`` the code of an officer's
        zone; of ``duplicates`` the numbers of those that are; of ``may_open`` what imminently
        threatens (`cases.screening.Imminent`): where an officer has reason to believe it, that
        lifts the bar on a complaint without a name (s. 162.06(1)(b), Florida Statutes).

    Raises
    ------
    OverrideError
        The value is none of these.
    NotAnOfficerError
        Somebody else says that something threatens.
    """
    row = lock_complaint(connection, complaint_id, moment=moment)
    at = ComplaintStatus(row.status)
    step = advance(at, ComplaintAction.OVERRIDE, actor=actor, reason=reason)
    kept, columns = _READ[rule](connection, row, value, actor)
    said = {"value": kept, "reason": reason, "by": actor.name, "on": moment.on.isoformat()}
    screening = [
        {**each, "overridden": said} if each["rule"] == rule else each for each in row.screening
    ]
    (automatic,) = [each["value"] for each in row.screening if each["rule"] == rule]
    move_complaint(
        connection, row, step, actor=actor, moment=moment, reason=reason,
        values={"screening": screening, **columns}, rule=str(rule),
        automatic={"value": automatic}, value=kept,
    )  # fmt: skip


def keep_apart(
    connection: sa.Connection,
    *,
    complaint_id: int,
    seen: Collection[str],
    actor: Actor,
    moment: Moment,
) -> None:
    """Keep that whoever took a complaint down saw what it may repeat, and said it does not.

    What the review says stays as it is where it finds nothing, or anything they did not see.

    Parameters
    ----------
    seen
        The numbers of the complaints and cases that they saw.
    """
    row = lock_complaint(connection, complaint_id, moment=moment)
    (found,) = [each["value"] for each in row.screening if each["rule"] == Rule.DUPLICATES]
    if not found or not set(found) <= set(seen):
        return
    numbers = ", ".join(found)
    override(
        connection, complaint_id=complaint_id, rule=Rule.DUPLICATES, value=[],
        reason=f"A new matter, by whoever took it down: not the same as {numbers}",
        actor=actor, moment=moment,
    )  # fmt: skip


type _Read = tuple[Any, dict[str, Any]]
"""A value as JSON, and the columns that follow it."""


def _priority(_connection: sa.Connection, _row: sa.Row[Any], value: Value, _actor: Actor) -> _Read:
    if isinstance(value, bool) or value not in _PRIORITIES:
        msg = f"A priority is 1 (danger to life) to 5, not {value}."
        raise OverrideError(msg)
    return value, {"priority": value}


def _respond_by(_connection: sa.Connection, row: sa.Row[Any], value: Value, _actor: Actor) -> _Read:
    if not isinstance(value, date) or value < row.received_on:
        msg = f"A day to respond by is one from {row.received_on} on, not {value}."
        raise OverrideError(msg)
    return value.isoformat(), {"respond_by": value}


def _zone(connection: sa.Connection, _row: sa.Row[Any], value: Value, _actor: Actor) -> _Read:
    codes = {
        each.code: each.id
        for each in connection.execute(
            sa.select(Zone.code, Zone.id).where(Zone.kind == "officer").order_by(Zone.code)
        )
    }
    if value not in codes:
        msg = f"There is no officer's zone {value}. The zones are: {', '.join(codes) or 'none'}."
        raise OverrideError(msg)
    return value, {"zone_id": codes[str(value)]}


def _may_open(connection: sa.Connection, row: sa.Row[Any], value: Value, actor: Actor) -> _Read:
    require_officer(actor)
    lifting = [each.value for each in law_of(connection, row).intake.anonymous_unless]
    if value not in lifting:
        msg = f"What threatens is one of {', '.join(lifting) or 'nothing here'}, not {value}."
        raise OverrideError(msg)
    return value, {}


def _duplicates(connection: sa.Connection, row: sa.Row[Any], value: Value, _actor: Actor) -> _Read:
    if not isinstance(value, Sequence) or isinstance(value, str):
        msg = f"Give the numbers of the complaints and cases it repeats as a list, not {value}."
        raise OverrideError(msg)
    numbers = sorted(set(value) - {row.number})
    known = sa.union(sa.select(Case.number), sa.select(Complaint.number)).subquery()
    found = set(connection.scalars(sa.select(known.c.number).where(known.c.number.in_(numbers))))
    if unknown := [number for number in numbers if number not in found]:
        msg = f"There is no complaint or case numbered {', '.join(unknown)}."
        raise OverrideError(msg)
    return numbers, {}


_READ = {
    Rule.PRIORITY: _priority,
    Rule.RESPOND_BY: _respond_by,
    Rule.ZONE: _zone,
    Rule.MAY_OPEN: _may_open,
    Rule.DUPLICATES: _duplicates,
}
