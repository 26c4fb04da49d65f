"""Set up the ledger: postings, their entries, the balances entries keep."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = ("ledger_balance", "ledger_entry", "ledger_posting")
FUNCTIONS = (
    "refuse_balance_by_hand",
    "check_ledger_reversal",
    "check_ledger_posting",
    "keep_ledger_balance",
)


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for table in TABLES:
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
    for function in FUNCTIONS:
        connection.exec_driver_sql(f"DROP FUNCTION lotline.{function}()")
