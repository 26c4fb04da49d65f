"""Tell which violations a hearing is about, and which notices tell of the day it has."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from cases.models import (
    Citation,
    Continuance,
    EnforcementOrder,
    Hearing,
    HearingSession,
    Notice,
    Violation,
)
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus

BEFORE_THE_ORDER = ("citation", "violation")
"""What is heard before an order stands, in which a new owner has time of their own."""
_STAND = (ViolationStatus.OPEN, ViolationStatus.CORRECTED)


def is_heard(*, now: bool) -> sa.ColumnElement[bool]:
    """Return whether a violation of a query is heard at a hearing of it.

    That is the violation of its citation, those of the orders that it comes after, else all that
    stand.

    Parameters
    ----------
    now
        Whether what was taken back since is left out, as whoever is told of it today wants it.
    """
    cited = sa.select(Citation.violation_id).where(Citation.id == Hearing.citation_id)
    ordered = sa.select(EnforcementOrder.violation_id).where(
        EnforcementOrder.case_id == Hearing.case_id
    )
    stands = Violation.status.in_(_written(_STAND))
    if now:
        ordered = ordered.where(EnforcementOrder.status != OrderStatus.VACATED)
    ordered = ordered.correlate(Hearing)
    after = Hearing.about.not_in(_written(BEFORE_THE_ORDER))
    which = sa.case(
        (Hearing.citation_id.is_not(None), Violation.id.in_(cited.correlate(Hearing))),
        (after & ordered.exists(), Violation.id.in_(ordered)),
        else_=stands,
    )
    return sa.and_(Violation.case_id == Hearing.case_id, which, *([stands] if now else []))


def heard_at(hearing_id: int) -> sa.Select[int]:
    """Select the violations that a hearing is about, by their identities."""
    heard = sa.select(Violation.id).join(Hearing, Hearing.case_id == Violation.case_id)
    return heard.where(Hearing.id == hearing_id, is_heard(now=False)).order_by(Violation.id)


class Sitting(Protocol):
    """When and where a hearing is heard, and by whom; all None of one that has no day.

    Parameters
    ----------
    begins_at, place
        None of a sitting whose hour nobody wrote down.
    """

    @property
    def held_on(self) -> date | None: ...  # noqa: D102

    @property
    def body(self) -> str | None: ...  # noqa: D102

    @property
    def begins_at(self) -> time | None: ...  # noqa: D102

    @property
    def place(self) -> str | None: ...  # noqa: D102


def names_its_day() -> sa.ColumnElement[bool]:
    """Return whether a notice of a query tells of the sitting that a hearing of it has.

    The rule is that of `tells_of`; of a hearing that has none, no notice tells.
    """
    told = _told()
    named = _names(told, sa.or_(told["begins_at"].astext.is_(None), _has_its_hour(told)))
    return sa.or_(~Notice.content.has_key("hearings"), named)


def names_its_hour() -> sa.ColumnElement[bool]:
    """Return whether a notice of a query tells the hour and the place of a hearing's sitting."""
    told = _told()
    return _names(told, _has_its_hour(told))


def names_a_day_it_had() -> sa.ColumnElement[bool]:
    """Return whether a notice of a query tells of a day on which a hearing of it is or once was.

    At whatever hour: so it tells those whom a new hour, or a new day, must be told anew from those
    who were only ever told of another hearing.
    """
    put_off = sa.select(Continuance.session_id).where(Continuance.hearing_id == Hearing.id)
    once = HearingSession.id.in_(put_off.correlate(Hearing))
    return _names(_told(), sa.true(), sitting=sa.or_(HearingSession.id == Hearing.session_id, once))


def _told() -> sa.ColumnElement[Any]:
    """Return each of the hearings that a notice of a query tells of."""
    return sa.func.jsonb_array_elements(Notice.content["hearings"], type_=JSONB).column_valued()


def _names(
    told: sa.ColumnElement[Any],
    as_told: sa.ColumnElement[bool],
    *,
    sitting: sa.ColumnElement[bool] | None = None,
) -> sa.Exists:
    """Return whether what was told is a sitting: of those asked for, else the one a hearing has."""
    named = sa.exists().where(
        HearingSession.id == Hearing.session_id if sitting is None else sitting,
        told["held_on"].astext == sa.func.to_char(HearingSession.held_on, "YYYY-MM-DD"),
        told["body"].astext == HearingSession.body,
        as_told,
    )
    return named.correlate(Notice, Hearing)


def _has_its_hour(told: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    hour = sa.func.to_char(HearingSession.begins_at, "HH24:MI")
    return sa.and_(told["begins_at"].astext == hour, told["place"].astext == HearingSession.place)


def tells_of(content: Mapping[str, Any], sitting: Sitting) -> bool:
    """Tell whether a notice of hearing says that something is heard at a sitting.

    It names the body and the day; and the hour and the place, unless it was written when nobody had
    set them. One that names no hearings at all, a draft or one that was imported, is taken to.

    Parameters
    ----------
    content
        What the notice says, as `cases.notice_words.content_of` froze it.
    """
    if "hearings" not in content:
        return True
    day = sitting.held_on and sitting.held_on.isoformat()
    hour = sitting.begins_at and f"{sitting.begins_at:%H:%M}"
    return any(
        (each["held_on"], each["body"]) == (day, sitting.body)
        and (
            each.get("begins_at") is None
            or (each["begins_at"], each["place"]) == (hour, sitting.place)
        )
        for each in content["hearings"]
    )


def _written(values: Iterable[str]) -> list[sa.ColumnElement[str]]:
    """Write fixed values out, for a statement of `geo.compiled.Compiled` takes no list."""
    return [sa.literal_column(f"'{each}'") for each in values]
