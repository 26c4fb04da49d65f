"""Keep on each case since when the oldest of its open violations has stood verified."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0063"
down_revision = "0062"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql("ALTER TABLE lotline.case_file DROP COLUMN open_since")
