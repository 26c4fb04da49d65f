"""Set up the job queue in a schema of its own, and the mail it sends."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    for name in ("0013_jobs.sql", "0013_mail.sql"):
        driver.execute(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP TABLE lotline.mail",
        "DROP FUNCTION lotline.refuse_unsending()",
        "DROP SCHEMA jobs CASCADE",
    ):
        connection.exec_driver_sql(statement)
