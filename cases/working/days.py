"""Keep the days on which an officer is away, or works at other hours than usual."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.assigning import officer_named
from cases.models import WorkingException
from cases.once import keep_noted, made_before
from cases.wording import day_in_words
from cases.working.reading import exceptions_from
from cases.working.recording import permit, take_turn, tell
from cases.working.terms import ExceptionKind, WorkingError


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDays:
    """Some days on which an officer is away, or works at other hours.

    Parameters
    ----------
    first_day, last_day
        Both counted.
    begins_at, ends_at
        Of other hours; None of a leave.
    """

    kind: ExceptionKind
    first_day: date
    last_day: date
    begins_at: time | None = None
    ends_at: time | None = None

    def __post_init__(self) -> None:
        """Refuse days that end before they begin, and hours of a leave or none of other hours.

        Raises
        ------
        WorkingError
            They do.
        """
        if self.last_day < self.first_day:
            msg = (
                f"They end on {day_in_words(self.last_day)}, before they begin: give the same day "
                "or a later one."
            )
            raise WorkingError(msg, of="last_day")
        if self.kind is ExceptionKind.LEAVE and (self.begins_at or self.ends_at):
            msg = "Whoever is away has no hours that day: leave them empty, or choose other hours."
            raise WorkingError(msg, of="begins_at")
        if self.kind is ExceptionKind.HOURS and (self.begins_at is None or self.ends_at is None):
            msg = "Say from when to when they work on these days."
            raise WorkingError(msg, of="begins_at")
        if self.begins_at and self.ends_at and self.begins_at >= self.ends_at:
            msg = "Give an end of work that is later than its beginning, on the same day."
            raise WorkingError(msg, of="ends_at")


def note_days(
    connection: sa.Connection,
    days: OtherDays,
    *,
    staff_id: int,
    form_key: UUID,
    actor: Actor,
    moment: Moment,
) -> int:
    """Note days on which an officer is away or works at other hours; gives their identity.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    NoSuchOfficerError
        The account is no officer's who works here.
    UnusableKeyError
        The form was sent before, and said something else.
    WorkingError
        The days are over, or something else is noted for one of them.
    """
    permit(actor)
    officer = officer_named(connection, staff_id)
    take_turn(connection, staff_id)
    said = {
        "staff_id": staff_id, "kind": days.kind, "first_day": days.first_day,
        "last_day": days.last_day, "begins_at": days.begins_at, "ends_at": days.ends_at,
    }  # fmt: skip
    before = made_before(connection, WorkingException, form_key, said=said)
    if before is not None:
        return before
    _refuse_days(connection, days, staff_id=staff_id, officer=officer, moment=moment)
    noted = keep_noted(
        connection, WorkingException, form_key, by=actor.name, moment=moment, **said
    )  # fmt: skip
    tell(
        connection, "exception", staff_id=staff_id, actor=actor, moment=moment,
        **_days_told(days.kind, days.first_day, days.last_day, days.begins_at, days.ends_at),
    )  # fmt: skip
    return noted


def take_back_days(
    connection: sa.Connection,
    *,
    exception_id: int,
    staff_id: int,
    actor: Actor,
    moment: Moment,
) -> None:
    """Say that an officer works on some days as usual after all.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    WorkingError
        There is nothing such noted, or it was taken back already.
    """
    permit(actor)
    stands = sa.update(WorkingException).where(
        WorkingException.id == exception_id,
        WorkingException.staff_id == staff_id,
        WorkingException.removed_at.is_(None),
    )
    gone = stands.values(removed_at=moment.now, removed_by=actor.name)
    row = connection.execute(gone.returning(*WorkingException.__table__.columns)).first()
    if row is None:
        msg = "These days are noted no more: somebody else has taken them back."
        raise WorkingError(msg)
    tell(
        connection, "removed", staff_id=row.staff_id, actor=actor, moment=moment,
        **_days_told(row.kind, row.first_day, row.last_day, row.begins_at, row.ends_at),
    )  # fmt: skip


def _refuse_days(
    connection: sa.Connection, days: OtherDays, *, staff_id: int, officer: str, moment: Moment
) -> None:
    if days.last_day < moment.on:
        msg = f"{day_in_words(days.last_day)} is over: give days to come."
        raise WorkingError(msg, of="last_day")
    there = exceptions_from(days.first_day, staff_id=staff_id).where(
        WorkingException.first_day <= days.last_day
    )
    if (found := connection.execute(there.limit(1)).first()) is not None:
        until = day_in_words(found.last_day)
        msg = (
            f"Something is noted for {officer} from {day_in_words(found.first_day)} to {until} "
            "already: take that back first, or give other days."
        )
        raise WorkingError(msg, of="first_day")


def _days_told(
    kind: str, first: date, last: date, begins_at: time | None, ends_at: time | None
) -> dict[str, Any]:
    return {
        "days": str(kind), "first": first.isoformat(), "last": last.isoformat(),
        "begins_at": begins_at and f"{begins_at:%H:%M}", "ends_at": ends_at and f"{ends_at:%H:%M}",
    }  # fmt: skip
