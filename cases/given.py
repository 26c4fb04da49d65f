"""Tell an officer which cases somebody gave them by name of late, one by one or many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.assigning import AFTER, BEFORE, CHANGES_HANDS, HOLDER, held_by
from cases.desk.queues import Condition, is_open
from cases.handings import TOLD_FOR
from cases.models import Case, CaseEvent

type Days = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The open cases that somebody gave an officer on one day, and that they have still.

    Attributes
    ----------
    before
        Who had them; None stands for nobody.
    """

    actor: str
    on: date
    cases: int
    before: Sequence[str | None]


def given_lately(connection: sa.Connection, officer: str, *, on: date) -> list[Given]:
    """Return what an officer was given, the latest day first.

    Not what they had already, nor what came with a zone that was drawn (`cases.handings`).
    """
    last = _last_given(beside=True)
    query = (
        sa.select(
            last.c.actor, last.c.happened_on, sa.func.count().label("cases"),
            sa.func.array_agg(last.c.before.distinct()).label("before"),
        )
        .select_from(Case)
        .join(last, sa.true())
        .where(held_by(officer), is_open(), last.c.happened_on > on - TOLD_FOR)
        .group_by(last.c.actor, last.c.happened_on)
        .order_by(last.c.happened_on.desc(), last.c.actor)
    )  # fmt: skip
    return [
        Given(actor=row.actor, on=row.happened_on, cases=row.cases, before=row.before)
        for row in connection.execute(query)
    ]


def was_given(*, by: str, days: Days | None) -> Condition:
    """Say of a case that somebody gave it to whoever has it, or that it was given on some days.

    As `given_lately` tells it: not of a case that has come or gone with its zone since.

    Parameters
    ----------
    by
        By name; "" for anybody.
    days
        The first and the last; None for ever.
    """
    last = _last_given()
    found = sa.select(sa.literal(1)).select_from(last)
    if by:
        found = found.where(last.c.actor == by)
    if days:
        found = found.where(last.c.happened_on.between(*days))
    return found.correlate(Case).exists()


def _last_given(*, beside: bool = False) -> Any:
    """Select by whom, when and from whom a case was given last, where whoever got it has it."""
    columns: tuple[Any, ...] = (
        CaseEvent.actor, CaseEvent.happened_on, BEFORE.label("before"), AFTER.label("after"),
    )  # fmt: skip
    last = (
        sa.select(*columns)
        .where(CaseEvent.case_id == Case.id, CHANGES_HANDS)
        .order_by(CaseEvent.seq.desc())
        .limit(1)
        .correlate(Case)
        .subquery("last")
    )
    query = sa.select(last).where(last.c.after == HOLDER).correlate(Case)
    return query.lateral("given") if beside else query.subquery("given")
