"""Notice what is due and was not noticed yet, once a day and each thing once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.adopted import every_law
from cases.clock.due import RULES
from cases.clock.kinds import Kind
from cases.clock.terms import Terms
from cases.models import Case, ClockNotice

_COLUMNS = ("kind", "subject_id", "due_on", "case_id", "noticed_on", "noticed_at")


def is_first(connection: sa.Connection, kind: Kind, *, on: date, now: datetime) -> bool:
    """Take a day of the clock's own; false where it is taken.

    Whoever asks while another has it in an open transaction waits for how that ends.
    """
    taken = (
        insert(ClockNotice)
        .values(kind=kind, subject_id=0, due_on=on, noticed_on=on, noticed_at=now)
        .on_conflict_do_nothing()
        .returning(ClockNotice.due_on)
    )
    return connection.scalar(taken) is not None


def notice(connection: sa.Connection, *, on: date, now: datetime) -> Mapping[Kind, int]:
    """Notice all that fell due by a day and was not noticed before; gives how many of each kind."""
    terms = Terms(every_law(connection))
    counting = {"preserve_rowcount": True}
    return {
        kind: connection.execute(
            _noticing(kind, terms, on=on, now=now), execution_options=counting
        ).rowcount
        for kind in RULES
    }


def noticed(*, on: date, at: datetime) -> sa.Select[Any]:
    """Select what one run noticed: `kind`, `due_on` and the `number` of its case, in order."""
    columns: tuple[Any, ...] = (ClockNotice.kind, ClockNotice.due_on, Case.number)
    return (
        sa.select(*columns)
        .join(Case, Case.id == ClockNotice.case_id)
        .where(ClockNotice.noticed_on == on, ClockNotice.noticed_at == at)
        .order_by(ClockNotice.kind, ClockNotice.due_on, Case.number)
    )


def _noticing(kind: Kind, terms: Terms, *, on: date, now: datetime) -> sa.Executable:
    found = RULES[kind](on, terms).subquery("found")
    already = sa.exists().where(
        ClockNotice.kind == kind, ClockNotice.subject_id == found.c.subject_id,
        ClockNotice.due_on == found.c.due_on,
    )  # fmt: skip
    # Cast, for a bare parameter of a SELECT has no type.
    of_kind, today = sa.cast(str(kind), sa.Text), sa.cast(on, sa.Date)
    moment = sa.cast(now, sa.DateTime(timezone=True))
    rows = sa.select(
        of_kind, found.c.subject_id, found.c.due_on, found.c.case_id, today, moment
    ).where(found.c.due_on <= on, ~already)
    return insert(ClockNotice).from_select(_COLUMNS, rows).on_conflict_do_nothing()
