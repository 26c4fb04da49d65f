"""Say how long each thing that is done takes, and where that figure comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from cases.models import VisitPlan, VisitStop
from cases.visiting.kinds import Kind
from cases.visiting.learning import Source, times
from cases.visiting.setting import settings_in_force
from cases.work_minutes import USUAL_MINUTES, Task, minutes_said

MINUTE = 60
ENOUGH_STOPS = 60
"""The driving of fewer stops says nothing of the next."""
LOOKS_BACK = timedelta(days=365)
USUAL_DRIVE = 8 * MINUTE
"""Where nobody has set the drive to a visit, and no plan driven along streets tells it."""
VISIT, DESK = "visit", "desk"


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long something takes, in seconds, and where the figure comes from."""

    seconds: float
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """How long everything takes.

    Attributes
    ----------
    visits
        Each kind of visit, at the door.
    drive
        To a visit, with its share of the way back.
    tasks
        Each task at the desk.
    """

    visits: Mapping[Kind, Lasting]
    drive: Lasting
    tasks: Mapping[Task, Lasting]

    def of(self, what: str) -> Lasting:
        """Return how long something takes by its name in `done.sql`; a visit without the drive."""
        part, _, name = what.partition(":")
        return self.visits[Kind(name)] if part == VISIT else self.tasks[Task(name)]

    @property
    def seconds(self) -> Mapping[str, float]:
        """How long each takes by its name in `done.sql`; a visit without the drive."""
        return {
            **{f"{VISIT}:{kind}": each.seconds for kind, each in self.visits.items()},
            **{f"{DESK}:{task}": each.seconds for task, each in self.tasks.items()},
        }


def minutes_in_force(connection: sa.Connection, *, on: date) -> Minutes:
    """Return how long everything takes: as was set, else as was learned, else as is usual.

    Parameters
    ----------
    on
        The last day that is learned from.
    """
    said = minutes_said(connection)
    learned = times(connection, settings_in_force(connection), on=on)
    visits = {
        kind: Lasting(float(each.seconds), each.source) for kind, each in learned.by_kind.items()
    }
    tasks = {
        task: Lasting(float(said.get(task, usual) * MINUTE), _source(task in said))
        for task, usual in USUAL_MINUTES.items()
        if usual is not None
    }
    return Minutes(
        visits=visits, drive=_drive(connection, said.get(Task.DRIVE), on=on), tasks=tasks
    )


def _source(is_said: bool) -> Source:
    return Source.SET if is_said else Source.USUAL


def _drive(connection: sa.Connection, said: int | None, *, on: date) -> Lasting:
    if said is not None:
        return Lasting(float(said * MINUTE), Source.SET)
    driven, stops = connection.execute(_driven(since=on - LOOKS_BACK, on=on)).one()
    if (stops or 0) >= ENOUGH_STOPS:
        return Lasting(float(driven) / float(stops), Source.LEARNED)
    return Lasting(float(USUAL_DRIVE), Source.USUAL)


def _driven(*, since: date, on: date) -> sa.Select[Any]:
    """Select the seconds of driving of the days in force, along streets, and their stops."""
    stops: Any = (
        sa.select(sa.func.count()).where(VisitStop.plan_id == VisitPlan.id).scalar_subquery()
    )
    summed: tuple[Any, ...] = (sa.func.sum(VisitPlan.drive_seconds), sa.func.sum(stops))
    return sa.select(*summed).where(
        VisitPlan.on_day.between(since, on),
        VisitPlan.superseded_at.is_(None),
        ~VisitPlan.estimated,
        stops > 0,
    )
