"""Keep what hangs on a message until a server has it."""

from collections.abc import Sequence

import sqlalchemy as sa

from cases.mail.files import File
from cases.mail.table import MAIL_FILE


def keep_files(connection: sa.Connection, mail_id: int, files: Sequence[File]) -> None:
    """Keep what hangs on a message."""
    rows = [
        {"mail_id": mail_id, "name": each.name, "media_type": each.media_type, "body": each.body}
        for each in files
    ]
    if rows:
        connection.execute(sa.insert(MAIL_FILE), rows)


def files_of(connection: sa.Connection, mail_id: int) -> tuple[File, ...]:
    """Return what hangs on a message, by name."""
    columns = (MAIL_FILE.c.name, MAIL_FILE.c.media_type, MAIL_FILE.c.body)
    its = sa.select(*columns).where(MAIL_FILE.c.mail_id == mail_id).order_by(MAIL_FILE.c.name)
    return tuple(File(**each) for each in connection.execute(its).mappings())


def drop_files(connection: sa.Connection, mail_id: int) -> None:
    """Keep no longer what hung on a message: its reader has it."""
    connection.execute(sa.delete(MAIL_FILE).where(MAIL_FILE.c.mail_id == mail_id))
