"""Count what deeds and postings change, so that figures are kept until then."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0023"
down_revision = "0022"


_KNOWN_BEFORE = (
    "ALTER TABLE lotline.layer_change ADD CONSTRAINT layer_change_layer_known "
    "CHECK (layer IN ('ground', 'cases'))"
)


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP TRIGGER ledger_posting_bumps_records ON lotline.ledger_posting",
        "DROP TRIGGER case_event_bumps_records ON lotline.case_event",
        "DELETE FROM lotline.layer_change WHERE layer = 'records'",
        "ALTER TABLE lotline.layer_change DROP CONSTRAINT layer_change_layer_known",
        _KNOWN_BEFORE,
    ):
        connection.exec_driver_sql(statement)
