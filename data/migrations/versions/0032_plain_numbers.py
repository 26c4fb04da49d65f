"""Find a parcel by the letters and digits of its number."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql("DROP INDEX lotline.parcel_no_plain")
    connection.exec_driver_sql("DROP FUNCTION lotline.plain_number")
