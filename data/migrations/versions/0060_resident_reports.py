"""Keep how residents ask after their reports, what was held back, and their photographs."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for table in ("resident_photo", "resident_report"):
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
