"""Keep from which docket a hearing was put off, and who came to it and testified."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "ALTER TABLE lotline.hearing DROP COLUMN testified, DROP COLUMN came_by_name",
        "DROP TABLE lotline.continuance",
    ):
        connection.exec_driver_sql(statement)
