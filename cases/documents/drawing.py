"""Have a worker draw the copies of a picture once what brought it has committed."""

import sqlalchemy as sa

from cases.jobs import defer

DRAW_COPIES = "documents.draw_copies"
DRAW_COPIES_QUEUE = "documents"


def draw_later(connection: sa.Connection, *, sha256: str) -> None:
    """Put the drawing of a stored picture's copies on the queue."""
    defer(connection, DRAW_COPIES, queue=DRAW_COPIES_QUEUE, sha256=sha256)
