"""Keep why a plan in force was withdrawn without another in its place."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0074"
down_revision = "0073"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run("ALTER TABLE lotline.visit_plan DROP COLUMN withdrawn_because")


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
