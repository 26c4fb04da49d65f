"""Let a case that a year's parcels put elsewhere by themselves not count as moved."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0057"
down_revision = "0056"

_BEFORE = Path(__file__).with_name("0039_movement.sql")
_MEND = "SELECT lotline.tally_anew()"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BEFORE.read_text(encoding="utf-8"))


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
    driver.execute(_MEND)
