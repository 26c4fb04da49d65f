"""Write no more to an address that a server refuses again and again."""

import sqlalchemy as sa

from cases.following.mailing import Kind, stop_all
from cases.following.reaching import Reach
from cases.mail.message import Letter
from cases.mail.outbox import TURNED_AWAY, Status
from cases.mail.table import MAIL
from cases.models import FollowMail

MOST = 3
"""Digests in a row that an address refuses, one a day, before it is forgotten."""
NO_MORE = "Written to no more. "
"""What the log has before the words of the last refusal."""


def forget_refusing(connection: sa.Connection, letter: Letter) -> bool:
    """Forget whoever refused the last digests in a row; tells whether anybody was forgotten.

    A server that took nothing from the town for anybody since the first of them says nothing of
    an address: it is the town's own mail that is out of order then.

    Parameters
    ----------
    letter
        What was refused just now.
    """
    theirs = (
        sa.select(MAIL.c.status, MAIL.c.last_error, MAIL.c.attempted_at)
        .join(FollowMail, FollowMail.mail_id == MAIL.c.id)
        .where(
            FollowMail.kind == Kind.DIGEST, MAIL.c.channel == letter.channel,
            sa.func.lower(MAIL.c.to_address) == letter.to.lower(),
            MAIL.c.status.in_((Status.SENT, Status.FAILED)),
        )
        .order_by(MAIL.c.id.desc())
        .limit(MOST)
    )  # fmt: skip
    last = connection.execute(theirs).all()
    refused = [row for row in last if (row.last_error or "").startswith(TURNED_AWAY)]
    if len(refused) < MOST:
        return False
    taken = sa.select(MAIL.c.id).where(
        MAIL.c.channel == letter.channel, MAIL.c.status == Status.SENT,
        MAIL.c.sent_at > refused[-1].attempted_at,
    )  # fmt: skip
    if connection.scalar(taken.limit(1)) is None:
        return False
    stop_all(connection, Reach(letter.channel, letter.to))
    this = sa.update(MAIL).where(MAIL.c.id == letter.id)
    connection.execute(this.values(last_error=NO_MORE + refused[0].last_error))
    return True
