"""Hold what an act needs: the town's people, the law, the case as far as it has come."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.workflow.roles import Role
from data.town.album import Album
from data.town.playing.turns import Turn
from data.town.years import Case, working

ZONE = ZoneInfo("America/New_York")
CLERK = Actor("J. Okafor", Role.CLERK)
MANAGER = Actor("A. Stone", Role.MANAGER)
RESIDENT = Actor("a resident", Role.RESIDENT)
MAGISTRATE = Actor("Magistrate R. Bell", Role.HEARING_OFFICER)

type Act = Iterator[date]
"""An act yields the days it waits for."""


class Doing(TypedDict):
    """Who does a deed, and when."""

    actor: Actor
    moment: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One fate and whom and what it befalls.

    Attributes
    ----------
    parcel_no, situs
        Of the lot.
    point
        Lon, lat (EPSG:4326) inside it.
    mail
        Where letters reach the owner.
    homestead
        Whether the owner lives there, whom nobody may foreclose.
    neighbour
        The address next door, whose people are the first to complain.
    officer
        Whose zone it lies in.
    turns
        What happens beside the usual course.
    """

    fate: Case
    parcel_no: str
    situs: str
    point: tuple[float, float]
    mail: str
    homestead: bool
    neighbour: str
    officer: Actor
    turns: frozenset[Turn]


@dataclass(slots=True, kw_only=True)
class Scene:
    """A case being lived: where, under which law, by what dice, and how far it has come.

    Attributes
    ----------
    album
        The photographs there are to take.
    on
        The day it is.
    until
        The last day of the history.
    """

    connection: sa.Connection
    law_pack_id: int
    part: Part
    dice: np.random.Generator
    album: Album
    on: date
    until: date
    complaint_ids: list[int] = field(default_factory=list)
    case_id: int = 0
    respondent_id: int = 0
    owner_name: str = ""
    violation_ids: list[int] = field(default_factory=list)
    citation_id: int = 0
    hearing_id: int = 0
    heard: bool = False
    order_id: int = 0
    lien_id: int = 0
    suit_id: int = 0
    abatement_id: int = 0

    def wait(self, until: date) -> Act:
        """Let time pass until a day, or the next one worked."""
        self.on = working(max(self.on, until))
        yield self.on

    def after(self, low: int, high: int) -> date:
        """Return a day so many days from now, at least and at most."""
        return self.on + timedelta(days=int(self.dice.integers(low, high + 1)))

    def takes(self, turn: Turn) -> bool:
        """Tell whether this case takes a turn beside the usual course."""
        return turn in self.part.turns

    def by(self, actor: Actor) -> Doing:
        """Say who does a deed today; its hour follows from who it is."""
        hour = {Role.OFFICER: 10, Role.CLERK: 14}.get(actor.role, 11)
        now = datetime.combine(self.on, time(hour, 30), ZONE)
        return Doing(actor=actor, moment=Moment(on=self.on, now=now))

    @property
    def officer(self) -> Doing:
        """The officer of the zone, today."""
        return self.by(self.part.officer)

    @property
    def clerk(self) -> Doing:
        """The clerk, today."""
        return self.by(CLERK)

    @property
    def manager(self) -> Doing:
        """The manager, today."""
        return self.by(MANAGER)

    @property
    def magistrate(self) -> Doing:
        """The magistrate, today."""
        return self.by(MAGISTRATE)

    @property
    def owner(self) -> Doing:
        """Whoever owns it today."""
        return self.by(Actor(self.owner_name or self.part.fate.owner, Role.RESPONDENT))
