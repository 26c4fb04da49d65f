"""Open the staff's connection for one request: to read, or to do a deed whole or not at all."""

import abc
import contextlib
import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo
from functools import cached_property
from typing import TypedDict

import sqlalchemy as sa
from flask import current_app

from cases.accounts.members import Member
from cases.actors import Actor, Moment
from cases.adopted import NoLawError, law_in_force
from cases.lawpack.schema import LawPack
from geo import places
from webmap.auth.gate import clock_now, me
from webmap.visits import Visit


class Who(TypedDict):
    """Who does a deed and when."""

    actor: Actor
    moment: Moment


@dataclasses.dataclass(frozen=True)
class Acting(Visit):
    """A look at the town by somebody who may change something.

    Parameters
    ----------
    moment
        When: what is done now is dated so.
    """

    moment: Moment

    @property
    @abc.abstractmethod
    def actor(self) -> Actor:
        """Who a command is told acts."""

    @property
    def who(self) -> Who:
        """Who does a deed and when, as every command takes it."""
        return {"actor": self.actor, "moment": self.moment}

    @property
    def zone(self) -> tzinfo:
        """The town's time zone."""
        zone = self.moment.now.tzinfo
        assert zone is not None  # noqa: S101 - the town's clock always tells it
        return zone

    @cached_property
    def law(self) -> LawPack | None:
        """The law in force; None in a town that has adopted none."""
        with contextlib.suppress(NoLawError):
            return law_in_force(self.connection, on=self.today)[1]
        return None


@dataclasses.dataclass(frozen=True)
class Desk(Acting):
    """A look at the town by somebody who works there.

    Parameters
    ----------
    member
        Who.
    """

    member: Member

    @property
    def actor(self) -> Actor:
        """Who a command is told acts."""
        return self.member.actor


@contextmanager
def reading() -> Iterator[Desk]:
    """Open a desk that writes nothing."""
    with current_app.extensions["lotline"].app.connect() as connection:
        yield _desk(connection)


@contextmanager
def writing() -> Iterator[Desk]:
    """Open a desk whose deeds are kept together at the end, or none of them if anything fails."""
    with current_app.extensions["lotline"].app.begin() as connection:
        yield _desk(connection)


def _desk(connection: sa.Connection) -> Desk:
    now = clock_now()
    return Desk(
        connection=connection,
        town=connection.execute(places.town()).first(),
        today=now.date(),
        member=me(),
        moment=Moment(on=now.date(), now=now),
    )
