"""Let the holder of a report's code follow it by e-mail before its case is public."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0067"
down_revision = "0066"

_BACK = """DELETE FROM lotline.following WHERE complaint_id IS NOT NULL;
    ALTER TABLE lotline.following DROP CONSTRAINT following_one_place;
    ALTER TABLE lotline.following DROP COLUMN complaint_id;
    ALTER TABLE lotline.following ADD CONSTRAINT following_one_place
        CHECK (num_nonnulls(case_id, parcel_id, zone_id, area) <= 1)"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
