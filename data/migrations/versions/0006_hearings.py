"""Set up hearings, the orders that come of them, and reductions of their fines."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for table in ("fine_reduction", "enforcement_order", "hearing", "hearing_session"):
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
    connection.exec_driver_sql("DROP FUNCTION lotline.refuse_changing_order()")
