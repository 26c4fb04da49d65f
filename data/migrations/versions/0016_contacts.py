"""Set up notes of calls, visits and letters, and the keys of forms that may be sent twice."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP INDEX lotline.service_attempt_carrier_no",
        "DROP INDEX lotline.complaint_by_status",
        "DROP TABLE lotline.intake_key",
        "DROP TABLE lotline.contact",
    ):
        connection.exec_driver_sql(statement)
