"""Set up what follows an order (work, suits, sales, appeals), and keep a hearing's minutes."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0009"
down_revision = "0008"

TABLES = (
    "exhibit",
    "appeal",
    "ownership_transfer",
    "legal_action",
    "abatement_cost",
    "abatement",
)
COLUMNS = (
    "representative_authorized_on",
    "representative_signed_by",
    "representative_document",
    "appeared",
    "minutes",
)


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for column in COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE lotline.hearing DROP COLUMN {column}")
    for table in TABLES:
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
