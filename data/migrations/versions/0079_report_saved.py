"""Keep questions of reports with whom their answers are mailed to, and files that hang on mail."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0079"
down_revision = "0078"

# Two that are open and alike are none where the older schema knows but one.
_OLD = """
    UPDATE lotline.report_run
        SET state = 'failed', failed_because = 'The schema was taken back while it was made.',
            ended_at = greatest(now(), begun_at, asked_at)
        WHERE saved_id IS NOT NULL AND state IN ('queued', 'running');
    DROP INDEX lotline.report_run_open_once;
    ALTER TABLE lotline.report_run DROP COLUMN saved_id, DROP COLUMN mailed_at;
    CREATE UNIQUE INDEX report_run_open_once ON lotline.report_run (report, asked, on_day)
        WHERE state IN ('queued', 'running');
    DROP TABLE lotline.mail_file, lotline.report_saved;
"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_OLD)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
