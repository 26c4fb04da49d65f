"""Keep what became of the parcels of one year in the next, so that it is told and can be undone."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0050"
down_revision = "0049"

_BACK = """
    DROP TABLE lotline.succession;
    DROP INDEX lotline.parcel_period_on_map;
    ALTER TABLE lotline.situs_address DROP COLUMN moved_by_run, DROP COLUMN was_on_parcel_id;
    ALTER TABLE lotline.parcel_lineage DROP COLUMN import_run_id;
    ALTER TABLE lotline.ownership DROP COLUMN ended_by_run;
    ALTER TABLE lotline.parcel_period DROP COLUMN ended_by_run;
    ALTER TABLE lotline.parcel DROP COLUMN renamed_by_run, DROP COLUMN was_no;
    DROP INDEX lotline.parcel_lineage_child;
    DROP TABLE lotline.parcel_fate;
    DROP TABLE lotline.parcel_refresh;
"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
