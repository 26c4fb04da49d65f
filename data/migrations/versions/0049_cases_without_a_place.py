"""Index the cases that have no place on the map."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0049"
down_revision = "0048"

_BACK = "DROP INDEX lotline.case_file_unplaced"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
