"""Keep reports as they were asked for and answered, with the cases behind their figures."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0076"
down_revision = "0075"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run("DROP TABLE lotline.report_part, lotline.report_cases, lotline.report_run")


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
