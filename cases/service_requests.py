"""Ask for cases as Open311 calls them, service requests, and for what became of a report."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select

from cases.models import Complaint, IntakeKey
from cases.phases import ENDED
from cases.queries import CASE
from cases.screening import Channel

_STEP = sa.table("case_step", sa.column("case_id"), sa.column("recorded_at"), schema="published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which service requests are asked for.

    Parameters
    ----------
    numbers
        Those alone, whatever else is asked; none for all.
    since, until
        Of the day they were opened.
    categories
        None for all.
    are_open
        Open, or ended; None for both.
    """

    numbers: Collection[str] = ()
    since: date
    until: date
    categories: Collection[str] | None = None
    are_open: bool | None = None


def service_requests(wanted: Wanted, *, on: date, most: int, skip: int = 0) -> Select[Any]:
    """Select published cases with their stage on a day, the latest opened first.

    ``changed_at`` is when the last step that anybody may know of was recorded; None without one.
    """
    is_open = CASE.c.phase.not_in(ENDED)  # as each is then told to stand
    chosen = sa.select(CASE.c.id, CASE.c.opened_on)
    if wanted.numbers:
        chosen = chosen.where(CASE.c.number.in_(wanted.numbers))
    else:
        chosen = chosen.where(CASE.c.opened_on.between(wanted.since, wanted.until))
        if wanted.categories is not None:
            chosen = chosen.where(CASE.c.category.in_(wanted.categories))
        if wanted.are_open is not None:
            chosen = chosen.where(is_open if wanted.are_open else sa.not_(is_open))
    chosen = chosen.order_by(CASE.c.opened_on.desc().nulls_last(), CASE.c.id.desc())
    page = chosen.limit(most).offset(skip).subquery("chosen")
    told = sa.select(CASE).where(CASE.c.id == page.c.id).lateral("told")
    stage = sa.func.published.stage(told.c.phase, told.c.next_due, on)
    changed = sa.select(sa.func.max(_STEP.c.recorded_at)).where(_STEP.c.case_id == told.c.id)
    return (
        sa.select(told, stage.label("stage"), changed.scalar_subquery().label("changed_at"))
        .select_from(page.join(told, sa.true()))
        .order_by(page.c.opened_on.desc().nulls_last(), page.c.id.desc())
    )


def kinds(*, since: date, until: date) -> Select[str]:
    """Select the ``category`` of published cases opened then, each once."""
    opened = CASE.c.opened_on.between(since, until)
    return sa.select(CASE.c.category).where(opened).distinct()


def outcome(key: str) -> Select[str]:
    """Select the complaint that a program sent by a key: ``number`` of its case.

    None while it is no case that anybody may know of.
    """
    return (
        sa.select(CASE.c.number)
        .select_from(IntakeKey)
        .join(Complaint, Complaint.id == IntakeKey.complaint_id)
        .outerjoin(CASE, CASE.c.id == Complaint.case_id)
        .where(IntakeKey.key == key, Complaint.channel == Channel.OPEN311)
    )
