"""Open what a report needs: the town's law and clock, the role that writes, the site's codes."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from http import HTTPStatus

import sqlalchemy as sa
from flask import Response, current_app, make_response

from cases.accounts.errors import TooManyTriesError
from cases.actors import Moment
from cases.adopted import NoLawError, law_in_force
from cases.lawpack.schema import LawPack
from cases.residents.codes import Codes
from webmap.auth.gate import NOT_KEPT, clock_now
from webmap.auth.limits import engine, place


@dataclass(frozen=True, slots=True)
class Counter:
    """What takes a report in: the writing role's connection, the law in force and the moment."""

    connection: sa.Connection
    law_id: int
    law: LawPack
    moment: Moment

    @property
    def zone(self) -> tzinfo:
        """The town's time zone."""
        found = self.moment.now.tzinfo
        assert found is not None  # noqa: S101 - the town's clock always tells it
        return found


@contextmanager
def counter() -> Iterator[Counter]:
    """Open the counter for one request; what is taken in is kept whole or not at all.

    Raises
    ------
    NoLawError
        The town has adopted no law, so that nobody could look into anything.
    """
    now = clock_now()
    moment = Moment(on=now.date(), now=now)
    with engine().begin() as connection:
        law_id, law = law_in_force(connection, on=moment.on)
        yield Counter(connection, law_id, law, moment)


def law_now() -> LawPack | None:
    """Return the law in force; None in a town that has adopted none."""
    try:
        with counter() as opened:
            return opened.law
    except NoLawError:
        return None


def codes() -> Codes:
    """Return the codes of this site."""
    config = current_app.config
    return Codes([config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"]])


def key_of(what: str) -> str:
    """Name the allowance of whoever asks now for one kind of try."""
    return f"report:{what}:{place()}"


def unkept(page: str, code: int = HTTPStatus.OK) -> Response:
    """Return a page that no cache keeps: it may hold what somebody says of themselves."""
    answer = make_response(page, code)
    answer.headers["Cache-Control"] = NOT_KEPT
    return answer


def told_to_wait(page: str, error: TooManyTriesError) -> Response:
    """Return a page that says when to try again, to people and to programs."""
    answer = unkept(page, HTTPStatus.TOO_MANY_REQUESTS)
    answer.headers["Retry-After"] = str(max(1, math.ceil(error.wait.total_seconds())))
    return answer
