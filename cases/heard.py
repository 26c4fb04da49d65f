"""Tell which violations a hearing is about, and which notices tell of the day it has."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.models import Citation, EnforcementOrder, Hearing, HearingSession, Notice, Violation
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


def names_its_day() -> sa.ColumnElement[bool]:
    """Return whether a notice of a query tells of the sitting that a hearing of it has.

    The rule is that of `tells_of`; of a hearing that has none, no notice tells.
    """
    day = sa.func.to_char(HearingSession.held_on, "YYYY-MM-DD")
    its = sa.func.jsonb_build_object("held_on", day, "body", HearingSession.body)
    said = sa.func.jsonb_build_object("hearings", sa.func.jsonb_build_array(its))
    named = sa.exists().where(
        HearingSession.id == Hearing.session_id, Notice.content.contains(said)
    )
    return sa.or_(~Notice.content.has_key("hearings"), named.correlate(Notice, Hearing))


def tells_of(content: Mapping[str, Any], *, held_on: date | None, body: str | None) -> bool:
    """Tell whether a notice of hearing says that something is heard on a day before a body.

    One that names no hearings at all, a draft or one that was imported, is taken to.

    Parameters
    ----------
    content
        What the notice says, as `cases.notice_words.content_of` froze it.
    """
    if "hearings" not in content:
        return True
    day = held_on and held_on.isoformat()
    return any((each["held_on"], each["body"]) == (day, body) for each in content["hearings"])


def _written(values: Iterable[str]) -> list[sa.ColumnElement[str]]:
    """Write fixed values out, for a statement of `geo.compiled.Compiled` takes no list."""
    return [sa.literal_column(f"'{each}'") for each in values]
