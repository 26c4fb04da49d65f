"""Keep how long things take beside the visits themselves, as a manager set it, or as is usual."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from cases.actors import Actor, Moment
from cases.errors import CaseError
from cases.models import WorkMinutes
from cases.working.recording import permit

MOST_MINUTES = 480
"""Nothing takes longer than a day."""


class WorkMinutesError(CaseError, ValueError):
    """Something cannot take as long as somebody says.

    Attributes
    ----------
    of
        Its name.
    """

    def __init__(self, message: str, *, of: str) -> None:
        super().__init__(message)
        self.of = of


class Task(StrEnum):
    """What is done in a case at the desk, or on the way."""

    DRIVE = "drive"  # to a visit, and its share of the way back
    REPORT = "report"  # a complaint is taken in and looked at
    OPENING = "opening"
    WRITE_UP = "write_up"  # of what was seen at a visit
    NOTICE = "notice"  # one is written and issued
    MAILING = "mailing"  # one is sent by mail, or published
    MORE_TIME = "more_time"  # a request for it is decided
    CITATION = "citation"
    HEARING = "hearing"  # it is prepared and attended
    ORDER = "order"
    AFFIDAVIT = "affidavit"  # of whether an order was met
    LIEN = "lien"  # one is recorded
    RELEASE = "release"  # one is released or satisfied
    ABATEMENT = "abatement"  # the town's own work is authorized and ordered
    COURT = "court"  # a suit is referred, or an appeal is answered
    CONTACT = "contact"  # a call, a visit or a letter
    CLOSING = "closing"


USUAL_MINUTES: Mapping[Task, int | None] = {
    Task.DRIVE: None,  # it is learned, or estimated
    Task.REPORT: 10,
    Task.OPENING: 10,
    Task.WRITE_UP: 10,
    Task.NOTICE: 20,
    Task.MAILING: 10,
    Task.MORE_TIME: 15,
    Task.CITATION: 20,
    Task.HEARING: 75,
    Task.ORDER: 30,
    Task.AFFIDAVIT: 20,
    Task.LIEN: 30,
    Task.RELEASE: 20,
    Task.ABATEMENT: 60,
    Task.COURT: 120,
    Task.CONTACT: 10,
    Task.CLOSING: 10,
}
"""What each takes where nobody has set it: a starting point, measured in no town."""


def minutes_said(connection: sa.Connection) -> Mapping[Task, int]:
    """Return what was set; what nobody has set, or was set back, is left out."""
    query = (
        sa.select(WorkMinutes.name, WorkMinutes.minutes)
        .ext(distinct_on(WorkMinutes.name))
        .order_by(WorkMinutes.name, WorkMinutes.id.desc())
    )
    rows = connection.execute(query)
    known = {each.value for each in Task}
    return {
        Task(row.name): row.minutes for row in rows if row.minutes is not None and row.name in known
    }


def set_minutes(
    connection: sa.Connection, values: Mapping[str, int | None], *, actor: Actor, moment: Moment
) -> int:
    """Say how long some tasks take, None for as is usual; gives how many are changed by it.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    WorkMinutesError
        There is no such task, or it is less than nothing or more than a day.
    """
    permit(actor)
    lock = sa.func.hashtextextended("work_minutes", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))
    said = minutes_said(connection)
    wanted = {_task(name): value for name, value in values.items()}
    for task, value in wanted.items():
        _refuse(task, value)
    changed = [
        {"name": task, "minutes": value, "set_at": moment.now, "set_by": actor.name}
        for task, value in wanted.items()
        if value != said.get(task)
    ]
    if changed:
        connection.execute(sa.insert(WorkMinutes), changed)
    return len(changed)


def minutes_changes() -> sa.Select[Any]:
    """Select what was set, the latest first.

    Columns: ``id``, ``name``, ``minutes``, ``before``, ``set_at``, ``set_by``.
    """
    at = WorkMinutes
    before = sa.func.lag(at.minutes).over(partition_by=at.name, order_by=at.id)
    columns: tuple[Any, ...] = (
        at.id, at.name, at.minutes, before.label("before"), at.set_at, at.set_by,
    )  # fmt: skip
    return sa.select(*columns).order_by(at.id.desc())


def _task(name: str) -> Task:
    try:
        return Task(name)
    except ValueError:
        msg = f"Nothing that is done is called {name}: there are {', '.join(Task)}."
        raise WorkMinutesError(msg, of=name) from None


def _refuse(task: Task, value: int | None) -> None:
    if value is not None and not 0 <= value <= MOST_MINUTES:
        msg = f"Give 0 to {MOST_MINUTES} minutes."
        raise WorkMinutesError(msg, of=task)
