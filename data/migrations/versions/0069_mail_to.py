"""Find what went to an address without reading all that was ever sent."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0069"
down_revision = "0068"


def upgrade() -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP INDEX lotline.mail_to")
