"""Keep of two owners what they are called, and have reports follow what is said of them."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0081"
down_revision = "0080"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run("""
        DROP TRIGGER owner_confirmation_bumps_records ON lotline.owner_confirmation;
        ALTER TABLE lotline.owner_confirmation DROP COLUMN party_a, DROP COLUMN party_b;
    """)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
