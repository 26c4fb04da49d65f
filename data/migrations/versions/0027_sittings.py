"""Keep at which hour and where a body sits."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    op.get_bind().exec_driver_sql("DROP INDEX lotline.owner_confirmation_other")
    op.get_bind().exec_driver_sql(
        "ALTER TABLE lotline.hearing_session DROP COLUMN begins_at, DROP COLUMN place"
    )
