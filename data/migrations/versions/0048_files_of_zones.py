"""Keep which file changed a zone, and index by whom cases were given."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0048"
down_revision = "0047"

_BACK = """
    DROP INDEX lotline.case_event_assigned;
    ALTER TABLE lotline.zone_drawing DROP COLUMN file_name;
"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
