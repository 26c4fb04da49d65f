"""Index what a search finds by a part of it: papers by number, reports by the address said."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP INDEX lotline.lien_instrument_like",
        "DROP INDEX lotline.order_number_like",
        "DROP INDEX lotline.citation_number_like",
        "DROP INDEX lotline.complaint_unplaced_as_stated",
        "DROP FUNCTION lotline.as_stated(text)",
    ):
        connection.exec_driver_sql(statement)
