"""Say whose turn it is in a walk, and what is on record to take."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

import sqlalchemy as sa
from walk_state import State

from cases.actors import Actor, Moment
from cases.deadlines import Answer

type Deed = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Whose turn it is, when, and what there is to take.

    Parameters
    ----------
    part
        The part that is moved; of a deed that makes one, the case it is made in.
    """

    connection: sa.Connection
    state: State
    dice: Random
    law_pack_id: int
    part: sa.Row[Any] | None
    actor: Actor
    moment: Moment
    reason: str

    @property
    def on(self) -> date:
        return self.moment.on

    @property
    def by(self) -> dict[str, Any]:
        return {"actor": self.actor, "moment": self.moment}

    @property
    def case_id(self) -> int:
        assert self.part is not None
        return int(getattr(self.part, "case_id", self.part.id))

    def pick(self, rows: list[Any]) -> Any:
        return self.dice.choice(rows) if rows else None

    def among(self, section: str, *statuses: str) -> list[sa.Row[Any]]:
        rows = [row for row in self.state.parts[section] if row.case_id == self.case_id]
        return [row for row in rows if not statuses or row.status in statuses]

    def somebody(self) -> int | None:
        rows = [r.id for r in self.state.beside["respondent"] if r.case_id == self.case_id]
        return self.pick(rows)

    def ago(self, most: int) -> date:
        return self.on - timedelta(days=self.dice.randint(0, most))

    def ahead(self, least: int, most: int) -> date:
        return self.on + timedelta(days=self.dice.randint(least, most))


def plain(
    command: Callable[..., object], name: str, *, why: bool = False
) -> Callable[[Turn], Deed]:
    """Return a deed that takes its part, and a reason, and nothing else."""

    def ready(turn: Turn) -> Deed:
        said = {"reason": turn.reason} if why else {}
        return partial(command, turn.connection, **{name: turn.part.id}, **said, **turn.by)

    return ready


def answer(turn: Turn) -> Answer:
    return Answer(received_on=turn.on, postmarked_on=turn.dice.choice([None, turn.ago(3)]))
