"""Keep which open cases changed hands when a zone was drawn."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0045"
down_revision = "0042"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    op.get_bind().exec_driver_sql("DROP TABLE lotline.zone_handing")
