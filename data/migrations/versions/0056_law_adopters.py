"""Keep who put a law pack in force."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run("ALTER TABLE lotline.law_pack DROP COLUMN adopted_by;")


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
