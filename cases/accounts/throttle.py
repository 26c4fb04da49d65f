"""Limit how often something may be tried, by one count that all workers share."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.accounts.errors import TooManyTriesError
from cases.models import Throttle


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in a span of time; each is given back a share of the span later.

    This is the generic cell rate algorithm (ITU-T I.371): one moment a key, at which its whole
    allowance will be back, says all there is to know.
    """

    tries: int
    per: timedelta

    @property
    def each(self) -> timedelta:
        """How long one try takes to be given back."""
        return self.per // self.tries  # rounded up, the last try of all would not fit


def take(connection: sa.Connection, key: str, limit: Limit, *, now: datetime) -> None:
    """Take one try of a key's allowance; the caller commits even if what is tried then fails.

    Parameters
    ----------
    key
        What is limited, and for whom: ``sign-in:login:rivera``.

    Raises
    ------
    TooManyTriesError
        There is none left; it says for how long to wait.
    """
    first = insert(Throttle).values(key=key, whole_at=now + limit.each)
    next_whole = sa.func.greatest(Throttle.whole_at, now) + limit.each
    taken = first.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={"whole_at": next_whole},
        where=next_whole <= now + limit.per,
    ).returning(Throttle.key)
    if connection.execute(taken).first() is None:
        whole = connection.execute(sa.select(Throttle.whole_at).where(Throttle.key == key)).scalar()
        raise TooManyTriesError((whole or now) + limit.each - limit.per - now)


def held_until(
    connection: sa.Connection, keys: Collection[str], limit: Limit, *, now: datetime
) -> datetime | None:
    """Return when the last of some keys may be tried again; None where each may be now."""
    latest = sa.select(sa.func.max(Throttle.whole_at)).where(Throttle.key.in_(keys))
    whole: datetime | None = connection.execute(latest).scalar()
    until = whole and whole + limit.each - limit.per
    return until if until and until > now else None


def give_back(connection: sa.Connection, key: str) -> None:
    """Give a key its whole allowance back, as after a sign-in that was right."""
    connection.execute(sa.delete(Throttle).where(Throttle.key == key))


def give_one_back(connection: sa.Connection, key: str, limit: Limit) -> None:
    """Give a key one try back, as to a place from which many sign in, each of them rightly."""
    mine = sa.update(Throttle).where(Throttle.key == key)
    connection.execute(mine.values(whole_at=Throttle.whole_at - limit.each))


def sweep(connection: sa.Connection, *, now: datetime) -> None:
    """Forget the keys whose allowance is whole again, and wait for nobody who uses one now."""
    whole = sa.select(Throttle.key).where(Throttle.whole_at <= now)
    unused = whole.with_for_update(skip_locked=True)
    connection.execute(sa.delete(Throttle).where(Throttle.key.in_(unused)))
