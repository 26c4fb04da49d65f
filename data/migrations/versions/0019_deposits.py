"""Set up deposits: what was counted of a day's receipts, and what the bank said of it."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP TABLE lotline.deposit_correction",
        "DROP TABLE lotline.deposit_clearing",
        "DROP TABLE lotline.deposit_receipt",
        "DROP TABLE lotline.deposit",
        "DROP FUNCTION lotline.check_deposit_correction()",
        "DROP FUNCTION lotline.check_deposit_clearing()",
        "DROP FUNCTION lotline.check_deposit()",
    ):
        connection.exec_driver_sql(statement)
