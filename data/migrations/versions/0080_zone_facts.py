"""Keep numbers that a file tells of a zone, by the names its mapping gives them."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0080"
down_revision = "0079"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run("ALTER TABLE lotline.zone DROP COLUMN facts")


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
