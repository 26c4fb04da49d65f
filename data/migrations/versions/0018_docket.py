"""Let hearings change places on a docket, and keep who interpreted and which file authorizes."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


PLACE_ONCE = """
    CREATE UNIQUE INDEX hearing_place_once ON lotline.hearing (session_id, docket_place)
        WHERE status IN ('docketed', 'opened', 'decided', 'agreed')"""


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP INDEX lotline.hearing_waits",
        "DROP TRIGGER hearing_place_kept ON lotline.hearing",
        "DROP FUNCTION lotline.refuse_moving_called_hearing()",
        "ALTER TABLE lotline.hearing DROP CONSTRAINT hearing_representative_by_hash",
        "ALTER TABLE lotline.hearing DROP CONSTRAINT hearing_interpreted_by_somebody",
        "ALTER TABLE lotline.hearing DROP CONSTRAINT hearing_place_once",
        "ALTER TABLE lotline.hearing DROP COLUMN representative_sha256",
        "ALTER TABLE lotline.hearing DROP COLUMN interpreted_by",
        PLACE_ONCE,
    ):
        connection.exec_driver_sql(statement)
