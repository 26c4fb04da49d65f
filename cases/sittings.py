"""Convene the sittings of the bodies that the law pack names, and list them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Moment
from cases.adopted import adopted_law
from cases.days import DayError
from cases.errors import CaseError
from cases.hearings import Outcome
from cases.models import EnforcementOrder, Hearing, HearingSession
from cases.wording import day_in_words, hour_in_words, tidy
from cases.workflow.hearing import TO_BE_HEARD

LATELY = timedelta(days=60)
"""How long a sitting that is over counts as a recent one."""


class SittingError(CaseError):
    """A sitting cannot be convened as asked."""


class Convening(StrEnum):
    """What came of convening a sitting."""

    NEW = "new"
    GIVEN_HOUR = "given_hour"
    THERE_ALREADY = "there_already"


@dataclass(frozen=True, slots=True)
class Convened:
    """A sitting that was convened, and whether it was one before.

    Parameters
    ----------
    session_id
        Its identity.
    how
        Whether it is new, was there without an hour and was given one, or was there just so.
    """

    session_id: int
    how: Convening


def convene(
    connection: sa.Connection,
    *,
    body: str,
    held_on: date,
    capacity: int,
    begins_at: time | None = None,
    place: str | None = None,
    law_pack_id: int,
    moment: Moment,
) -> Convened:
    """Set a day on which a body sits; asked again, tells that it is convened already.

    One that is without an hour, as those convened before hours were kept, is given this one.

    Parameters
    ----------
    capacity
        How many hearings it has room for.
    begins_at, place
        At which hour of the town's clock, and where, as the docket says; both or neither.

    Raises
    ------
    DayError
        The day is over.
    SittingError
        The law pack has no such body, there is room for none, an hour is without a place, or it
        sits on that day already in another way.
    """
    _refuse_past(held_on, moment)
    _refuse_unknown(connection, body, capacity=capacity, law_pack_id=law_pack_id)
    where = tidy(place)
    _refuse_half(begins_at, where)
    way = {"capacity": capacity, "begins_at": begins_at, "place": where}
    values = {"body": body, "held_on": held_on, **way}
    new = insert(HearingSession).values(values).on_conflict_do_nothing()
    made = connection.scalar(new.returning(HearingSession.id))
    if made is not None:
        return Convened(int(made), Convening.NEW)
    return _there_already(connection, body, held_on=held_on, way=way)


def _there_already(
    connection: sa.Connection, body: str, *, held_on: date, way: Mapping[str, Any]
) -> Convened:
    """Take the sitting that a body has on a day, and give it its hour where it had none."""
    query = sa.select(HearingSession.__table__).where(
        HearingSession.body == body, HearingSession.held_on == held_on
    )
    found = connection.execute(query.with_for_update()).one()
    gives_hour = found.begins_at is None and way["begins_at"] is not None
    if gives_hour and found.capacity == way["capacity"]:
        this = sa.update(HearingSession).where(HearingSession.id == found.id)
        connection.execute(this.values(begins_at=way["begins_at"], place=way["place"]))
        return Convened(int(found.id), Convening.GIVEN_HOUR)
    if any(getattr(found, name) != value for name, value in way.items()):
        raise _sits_already(found)
    return Convened(int(found.id), Convening.THERE_ALREADY)


def _refuse_unknown(
    connection: sa.Connection, body: str, *, capacity: int, law_pack_id: int
) -> None:
    bodies = [each.name for each in adopted_law(connection, law_pack_id).bodies]
    if body not in bodies or capacity < 1:
        msg = (
            f"A sitting of {body} with room for {capacity} cannot be: the bodies are "
            f"{', '.join(bodies)}, and there is room for 1 or more."
        )
        raise SittingError(msg)


def _refuse_half(begins_at: time | None, where: str | None) -> None:
    if (begins_at is None) != (where is None):
        msg = "Say both at which hour the body sits and where: the docket and the notices tell it."
        raise SittingError(msg)


def _refuse_past(held_on: date, moment: Moment) -> None:
    if held_on < moment.on:
        msg = (
            f"{day_in_words(held_on)} is over, for today is {day_in_words(moment.on)}: convene a "
            "sitting for today or a later day."
        )
        raise DayError(msg, of="held_on")


def _sits_already(found: sa.Row[Any]) -> SittingError:
    day, seats = day_in_words(found.held_on), found.capacity
    if found.place is None:
        return SittingError(
            f"{found.body} sits on {day} already, with {seats} seats: use that sitting, or convene "
            "one on another day."
        )
    return SittingError(
        f"{found.body} sits on {day} already at {hour_in_words(found.begins_at)}, {found.place}, "
        f"with {seats} seats: use that sitting, or convene one on another day."
    )


def upcoming(*, on: date) -> sa.Select[Any]:
    """Select the sittings from a day on.

    Columns: those of `cases.models.HearingSession`; of the hearings on its docket ``taken``, all;
    ``waits``, those still to be called or decided; ``unordered``, those that found a violation on
    which no order is entered.
    """
    later = _sittings().where(HearingSession.held_on >= on)
    return later.order_by(HearingSession.held_on, HearingSession.body)


def held_on(day: date) -> sa.Select[Any]:
    """Select the sittings of one day, as `upcoming` does."""
    return _sittings().where(HearingSession.held_on == day).order_by(HearingSession.body)


def recent(*, on: date) -> sa.Select[Any]:
    """Select the sittings of the weeks before a day, the latest first, as `upcoming` does."""
    over = _sittings().where(HearingSession.held_on < on, HearingSession.held_on >= on - LATELY)
    return over.order_by(HearingSession.held_on.desc(), HearingSession.body)


def latest() -> sa.Select[Any]:
    """Select the sitting convened last, as `upcoming` does; no row in a town that had none."""
    return _sittings().order_by(HearingSession.id.desc()).limit(1)


def sitting(session_id: int) -> sa.Select[Any]:
    """Select one sitting, as `upcoming` does."""
    return _sittings().where(HearingSession.id == session_id)


def _sittings() -> sa.Select[Any]:
    ordered = sa.exists().where(EnforcementOrder.hearing_id == Hearing.id)
    return sa.select(
        HearingSession.__table__,
        _docketed().label("taken"),
        _docketed(Hearing.status.in_(TO_BE_HEARD)).label("waits"),
        _docketed(Hearing.outcome == Outcome.VIOLATION, ~ordered).label("unordered"),
    )


def _docketed(*where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """Count the hearings on the docket of a sitting of which something holds."""
    mine = (Hearing.session_id == HearingSession.id, Hearing.docket_place.is_not(None))
    return sa.select(sa.func.count()).where(*mine, *where).scalar_subquery()
