"""Keep the route plans that are asked for, worked on and looked at before they are adopted."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0072"
down_revision = "0071"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run("DROP TABLE lotline.route_draft")


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
