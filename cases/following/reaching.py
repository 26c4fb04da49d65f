"""Say how somebody who follows is reached: by an e-mail address, or by texts to a number."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from cases.mail.message import Channel, require_address
from cases.mail.numbers import require_number
from cases.models import Follower


@dataclass(frozen=True, slots=True)
class Reach:
    """Where what somebody follows is told to.

    Parameters
    ----------
    to
        The address, or the number (E.164).
    """

    channel: Channel
    to: str

    @property
    def by_text(self) -> bool:
        """Whether it is a number."""
        return self.channel == Channel.TEXT

    @property
    def key(self) -> str:
        """The same for the same, however it is written."""
        return self.to.lower()

    @property
    def mailbox(self) -> str:
        """The same for all addresses that are likely one mailbox: it bounds what goes there.

        Many servers put what is for ``a.b+c`` where they put what is for ``ab``.
        """
        if self.by_text:
            return self.key
        local, _, domain = self.key.rpartition("@")
        return f"{local.partition('+')[0].replace('.', '')}@{domain}"

    def checked(self) -> "Reach":
        """Return it, if it can be written to.

        Raises
        ------
        MailError
            It is no address, or no number.
        """
        (require_number if self.by_text else require_address)(self.to)
        return self


def reach_of(follower: sa.Row[Any]) -> Reach:
    """Return how a follower is reached, of whom ``email`` and ``phone`` are read."""
    if follower.phone is not None:
        return Reach(Channel.TEXT, follower.phone)
    return Reach(Channel.MAIL, follower.email)


def reached_by(reach: Reach) -> sa.ColumnElement[bool]:
    """Say that a follower is the one who is reached so."""
    if reach.by_text:
        return Follower.phone == reach.to
    return sa.func.lower(Follower.email) == reach.key


def over(channels: frozenset[Channel]) -> sa.ColumnElement[bool]:
    """Say that a follower is reached by one of some channels."""
    told = {Channel.MAIL: Follower.email.is_not(None), Channel.TEXT: Follower.phone.is_not(None)}
    return sa.or_(sa.false(), *(told[each] for each in channels))
