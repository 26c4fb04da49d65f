"""Set up the accounts of staff, their sessions and what limits how often they may try."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for table in (
        "account_event", "throttle", "password_link", "staff_session", "recovery_code", "staff",
    ):  # fmt: skip
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
