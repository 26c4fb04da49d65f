"""Set up what the lists of work ask: whose a case is, when it last moved, what waits."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP TABLE lotline.saved_list",
        "DROP INDEX lotline.lien_binding",
        "DROP INDEX lotline.order_waiting",
        "DROP INDEX lotline.hearing_waiting",
        "DROP INDEX lotline.citation_waiting",
        "DROP INDEX lotline.extension_waiting",
        "DROP INDEX lotline.notice_waiting",
        "DROP INDEX lotline.case_number_like",
        "DROP INDEX lotline.case_to_close",
        "DROP INDEX lotline.case_open_by_phase",
        "DROP INDEX lotline.case_open_by_zone",
        "DROP INDEX lotline.case_open_by_due",
        "DROP TRIGGER case_event_keeps_activity ON lotline.case_event",
        "DROP FUNCTION lotline.keep_case_activity()",
        "DROP TABLE lotline.case_activity",
        "ALTER TABLE lotline.case_file DROP COLUMN officer_id",
    ):
        connection.exec_driver_sql(statement)
