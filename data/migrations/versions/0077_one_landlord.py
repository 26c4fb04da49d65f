"""Let a person say of two owners in law that one landlord stands behind both."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0077"
down_revision = "0076"

# NOT VALID keeps what was said in a way that the older schema does not know.
_OLD = """
    ALTER TABLE lotline.owner_confirmation
        DROP CONSTRAINT owner_confirmation_verdict_known,
        ADD CONSTRAINT owner_confirmation_verdict_known CHECK
            (verdict IN ('same', 'different', 'withdrawn')) NOT VALID;
"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_OLD)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
