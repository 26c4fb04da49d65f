"""Set up cases: ordinances, complaints, cases, violations, liens, events, the grid of counts."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    "case_grid_stale",
    "case_grid",
    "case_event",
    "lien",
    "violation",
    "complaint",
    "case_file",
    "ordinance",
)
FUNCTIONS = ("mark_cells_changed", "mark_cells_left", "mark_cells_arrived", "refuse_rewriting")


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
