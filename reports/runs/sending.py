"""Ask the kept questions that are due, each once, and take it on once to mail of the answer."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from cases.accounts.members import ROLES
from cases.actors import Moment
from cases.models import Staff
from cases.permissions import Right, may
from reports.runs import running
from reports.runs.rhythm import Rhythm, begun
from reports.runs.tables import ReportRun, SavedReport

_READERS = [role for role in ROLES if may(role, Right.READ_REPORTS)]


def due(connection: sa.Connection, *, on: date) -> list[int]:
    """Return which questions are to be asked on a day and were not yet, the oldest first.

    Those of people who may read reports no longer are not: what they would be told, nobody else is
    on their behalf.
    """
    query = sa.select(SavedReport.id).join(Staff, Staff.id == SavedReport.staff_id)
    return [*connection.scalars(query.where(_is_due(on), can_send()).order_by(SavedReport.id))]


def ask_due(connection: sa.Connection, saved_id: int, *, moment: Moment) -> int | None:
    """Have a question asked that is due; gives its run, None where another was first.

    That it was asked is kept together with what asks it, so neither two workers nor a kill ask
    twice or never.
    """
    mine = sa.update(SavedReport).where(SavedReport.id == saved_id, _is_due(moment.on))
    asked = mine.values(last_day=moment.on).returning(SavedReport.__table__)
    row = connection.execute(asked).first()
    if row is None:
        return None
    owner = connection.execute(sa.select(Staff.name).where(Staff.id == row.staff_id)).scalar_one()
    return running.ask_kept(connection, row, by=owner, moment=moment)


def claim_mailing(connection: sa.Connection, run_id: int, *, now: datetime) -> sa.Row[Any] | None:
    """Take it on to mail of a run that has ended; None where that was done, or nobody is mailed.

    Whoever takes it on queues the mail in the same transaction: then it is done once.

    Columns: those of `SavedReport`; ``owner``, ``email`` and ``owner_language``.
    """
    mine = sa.update(ReportRun).where(
        ReportRun.id == run_id, ReportRun.saved_id.is_not(None), ReportRun.ended_at.is_not(None),
        ReportRun.mailed_at.is_(None),
    )  # fmt: skip
    saved_id = connection.scalar(mine.values(mailed_at=now).returning(ReportRun.saved_id))
    columns = (
        SavedReport.__table__, Staff.name.label("owner"), Staff.email,
        Staff.language.label("owner_language"),
    )  # fmt: skip
    query = sa.select(*columns).join(Staff, Staff.id == SavedReport.staff_id)
    wanted = (SavedReport.id == saved_id, SavedReport.ended_at.is_(None), can_send())
    return connection.execute(query.where(*wanted)).first()


def _is_due(on: date) -> sa.ColumnElement[bool]:
    """Tell what `reports.runs.rhythm.is_due` does, of a row."""
    counted = sa.func.greatest(SavedReport.since_day, SavedReport.last_day)
    return sa.or_(
        *(
            sa.and_(SavedReport.rhythm == each, counted < begun(each, on=on))
            for each in Rhythm
            if each is not Rhythm.NONE
        )
    )


def can_send() -> sa.ColumnElement[bool]:
    """Tell of a row of `Staff` whether what they keep is asked and mailed by itself."""
    return sa.and_(Staff.active, Staff.role.in_(_READERS))
