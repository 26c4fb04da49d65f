"""Set up what people outside ask of the town: lien searches and public records."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP TABLE lotline.records_end",
        "DROP TABLE lotline.records_export",
        "DROP TABLE lotline.records_decision",
        "DROP TABLE lotline.records_case",
        "DROP TABLE lotline.records_waiting",
        "DROP TABLE lotline.records_request",
        "DROP FUNCTION lotline.keep_records_waiting()",
        "DROP FUNCTION lotline.check_records_open()",
        "DROP TABLE lotline.lien_search_end",
        "DROP TABLE lotline.lien_search_fee",
        "DROP TABLE lotline.lien_search",
        "DROP FUNCTION lotline.check_lien_search_paid()",
    ):
        connection.exec_driver_sql(statement)
