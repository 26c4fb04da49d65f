"""Keep how long things take at the desk, and zones that are proposed before they are adopted."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0078"
down_revision = "0077"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run("DROP TABLE lotline.zone_draft; DROP TABLE lotline.work_minutes")


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
