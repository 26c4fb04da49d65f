"""Set up the process: law packs, respondents, inspections, notices, extensions."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = (
    "extension",
    "service_attempt",
    "notice_violation",
    "notice",
    "inspection",
    "respondent",
    "counter",
)
VIOLATION = ("section", "verified_on", "verified_by", "corrected_on", "corrected_by")


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for table in TABLES:
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
    connection.exec_driver_sql("DROP FUNCTION lotline.refuse_changing_notice()")
    _drop_columns("violation", VIOLATION)
    _drop_columns("case_file", ("law_pack_id", "voided_on"))
    connection.exec_driver_sql("DROP TABLE lotline.law_pack")


def _drop_columns(table: str, columns: tuple[str, ...]) -> None:
    drops = ", ".join(f"DROP COLUMN {column}" for column in columns)
    op.get_bind().exec_driver_sql(f"ALTER TABLE lotline.{table} {drops}")
