"""Let people draw zones, keep how each was drawn, and answer the office's map and first page."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


# A zone that no file brought is given to a file of this name, for the older schema asks for one.
BROUGHT = """
    WITH run AS (
        INSERT INTO lotline.import_run (kind, file_name, file_sha256, actor, started_at,
            finished_at, rows_read, rows_loaded, rows_repaired, rows_merged, rows_unchanged,
            rows_rejected)
        SELECT 'zones', 'drawn by hand', '', 'migration', now(), now(), 0, 0, 0, 0, 0, 0
        WHERE EXISTS (SELECT FROM lotline.zone WHERE import_run_id IS NULL)
        RETURNING id)
    UPDATE lotline.zone SET import_run_id = run.id, source_row = 0
    FROM run WHERE import_run_id IS NULL"""


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP INDEX lotline.violation_corrected",
        "DROP INDEX lotline.notice_issued",
        "DROP INDEX lotline.inspection_made",
        "DROP INDEX lotline.case_closed",
        "DROP INDEX lotline.case_opened",
        "DROP INDEX lotline.case_category",
        "DROP INDEX lotline.case_unended_on_map",
        "DROP TRIGGER staff_bumps_cases ON lotline.staff",
        "DROP TRIGGER zone_bumps_cases ON lotline.zone",
        "DROP TABLE lotline.zone_drawing",
        "ALTER TABLE lotline.zone DROP CONSTRAINT zone_from_file_or_hand",
        BROUGHT,
        "ALTER TABLE lotline.zone DROP COLUMN drawn_on",
        "ALTER TABLE lotline.zone ALTER COLUMN import_run_id SET NOT NULL",
        "ALTER TABLE lotline.zone ALTER COLUMN source_row SET NOT NULL",
    ):
        connection.exec_driver_sql(statement)
