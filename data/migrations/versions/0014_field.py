"""Set up what officers bring back from the field, hazards, and their calendars' addresses."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for table in (
        "calendar_token", "field_photo", "field_number", "field_settlement", "field_deed",
        "field_device", "hazard",
    ):  # fmt: skip
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
    connection.exec_driver_sql("DROP FUNCTION lotline.keep_hazard()")
