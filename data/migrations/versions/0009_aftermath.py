"""Set up what follows an order: the town's own work and its bill, suits, sales and appeals."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for table in ("appeal", "ownership_transfer", "legal_action", "abatement_cost", "abatement"):
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
