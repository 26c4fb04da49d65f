"""Let a town's own law excuse the warning of whoever is here for a short time only."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0047"
down_revision = "0046"

# Not valid: a citation that was so excused stays as it is.
_BACK = """
    ALTER TABLE lotline.citation DROP CONSTRAINT citation_excuse_known;
    ALTER TABLE lotline.citation ADD CONSTRAINT citation_excuse_known CHECK
        (excused IN ('repeat', 'serious_threat', 'irreparable')) NOT VALID;
"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
