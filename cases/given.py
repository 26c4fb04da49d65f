"""Tell an officer which cases somebody gave them, or gave away from them, by name of late."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from cases.assigning import AFTER, BEFORE, CHANGES_HANDS, HOLDER, held_by
from cases.desk.queues import Condition, is_open
from cases.handings import TOLD_FOR
from cases.models import Case, CaseEvent

type Days = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The open cases that somebody gave an officer, or gave away from one, on one day.

    Attributes
    ----------
    others
        Who had them, or who got them; None stands for nobody.
    """

    actor: str
    on: date
    cases: int
    others: Sequence[str | None]


def given_lately(connection: sa.Connection, officer: str, *, on: date) -> list[Given]:
    """Return what an officer was given and has still, the latest day first.

    Not what they had already, nor what came with a zone that was drawn (`cases.handings`).
    """
    last = _last_given(beside=True)
    theirs = sa.select(Case.id).join(last, sa.true()).where(held_by(officer))
    return _by_day(connection, theirs, last, last.c.before, on=on)


def gone_lately(connection: sa.Connection, officer: str, *, on: date) -> list[Given]:
    """Return what was given away from an officer who does not have it again, the latest day first.

    Not what went with a zone that was drawn (`cases.handings`).
    """
    last = _last_through(officer)
    gone = sa.select(Case.id).join(last, last.c.case_id == Case.id).where(_went(last, officer))
    return _by_day(connection, gone, last, last.c.after, on=on)


def _by_day(
    connection: sa.Connection, among: sa.Select[Any], last: Any, other: Any, *, on: date
) -> list[Given]:
    """Put together what one person gave on one day, of open cases lately."""
    query = (
        among.with_only_columns(
            last.c.actor, last.c.happened_on, sa.func.count().label("cases"),
            sa.func.array_agg(other.distinct()).label("others"), maintain_column_froms=True,
        )
        .where(is_open(), last.c.happened_on > on - TOLD_FOR)
        .group_by(last.c.actor, last.c.happened_on)
        .order_by(last.c.happened_on.desc(), last.c.actor)
    )  # fmt: skip
    return [
        Given(actor=row.actor, on=row.happened_on, cases=row.cases, others=row.others)
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
    found = sa.select(sa.literal(1)).select_from(last).where(*_as_asked(last, by, days))
    return found.correlate(Case).exists()


def was_given_away(officer: str, *, by: str, days: Days | None) -> Condition:
    """Say of a case that somebody gave it away from an officer, as `gone_lately` tells it.

    Parameters
    ----------
    by
        By name; "" for anybody.
    days
        The first and the last; None for ever.
    """
    last = _last_through(officer)
    asked = sa.select(last.c.case_id).where(*_as_asked(last, by, days))
    return Case.id.in_(asked.where(_went(last, officer)))


def _as_asked(last: Any, by: str, days: Days | None) -> Iterator[Condition]:
    if by:
        yield last.c.actor == by
    if days:
        yield last.c.happened_on.between(*days)


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


def _last_through(officer: str) -> Any:
    """Select how each case that an officer ever gained or lost by name last came or went so."""
    columns: tuple[Any, ...] = (
        CaseEvent.case_id, CaseEvent.actor, CaseEvent.happened_on,
        BEFORE.label("before"), AFTER.label("after"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .ext(distinct_on(CaseEvent.case_id))
        .where(CHANGES_HANDS, sa.or_(officer == BEFORE, officer == AFTER))
        .order_by(CaseEvent.case_id, CaseEvent.seq.desc())
        .subquery("through")
    )


def _went(last: Any, officer: str) -> Condition:
    """Say that a case went from an officer when it last came or went, and has not come since."""
    return sa.and_(last.c.before == officer, HOLDER.is_distinct_from(officer))
