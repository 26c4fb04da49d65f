"""Set up what follows an order that is not met: blocks, pauses, liens and their releases."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0008"
down_revision = "0006"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql("DROP TRIGGER order_costs_frozen ON lotline.enforcement_order")
    connection.exec_driver_sql("DROP FUNCTION lotline.refuse_changing_costs()")
    connection.exec_driver_sql("ALTER TABLE lotline.enforcement_order DROP COLUMN costs_cents")
    for table in ("accrual_pause", "collection_block"):
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
