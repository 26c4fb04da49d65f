"""Set up what follows an order that is not met: blocks, pauses, costs, liens and releases."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0008"
down_revision = "0007"

_OF_ORDER = (
    "judged_on", "judged_known_on", "instrument_no", "recorded_on", "acknowledgment_no",
    "acknowledged_on", "costs_cents",
)  # fmt: skip
_OF_LIEN = (
    "order_id", "satisfied_on", "expired_on", "foreclosed_on", "end_instrument_no", "homestead",
    "homestead_said_by", "homestead_evidence", "foreclosure_case",
)  # fmt: skip


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql("DROP TRIGGER order_costs_frozen ON lotline.enforcement_order")
    connection.exec_driver_sql("DROP FUNCTION lotline.refuse_changing_costs()")
    for table in ("lien_release", "accrual_pause", "collection_block"):
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
    for table, columns in (("enforcement_order", _OF_ORDER), ("lien", _OF_LIEN)):
        dropped = ", ".join(f"DROP COLUMN {column}" for column in columns)
        connection.exec_driver_sql(f"ALTER TABLE lotline.{table} {dropped}")
    connection.exec_driver_sql(
        "ALTER TABLE lotline.lien DROP CONSTRAINT lien_status_known, ADD CONSTRAINT "
        "lien_status_known CHECK (status IN ('recorded', 'released')) NOT VALID"
    )
