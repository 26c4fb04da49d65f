"""Open the staff's connection for one request: to read, or to do a deed whole or not at all."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import current_app

from cases.accounts.members import Member
from cases.actors import Actor, Moment
from geo import places
from webmap.auth.gate import clock_now, me
from webmap.visits import Visit


@dataclasses.dataclass(frozen=True)
class Desk(Visit):
    """A look at the town by somebody who works there.

    Parameters
    ----------
    member
        Who.
    moment
        When: what is done now is dated so.
    """

    member: Member
    moment: Moment

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
