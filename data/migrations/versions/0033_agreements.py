"""Keep what was agreed at a hearing and until when, and let cases be due as ordered."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        """UPDATE lotline.case_file c SET next_due = d.due
        FROM (SELECT case_id, min(comply_by) AS due FROM lotline.violation
              WHERE status = 'open' GROUP BY case_id) d
        WHERE d.case_id = c.id AND c.next_due IS DISTINCT FROM d.due""",
        "DROP INDEX lotline.hearing_agreed",
        "ALTER TABLE lotline.hearing DROP COLUMN keep_by, DROP COLUMN agreement",
    ):
        connection.exec_driver_sql(statement)
