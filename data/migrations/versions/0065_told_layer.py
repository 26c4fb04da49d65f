"""Count by itself what takes something away from what anybody may read."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0065"
down_revision = "0064"

_BACK = """DROP TRIGGER case_file_bumps_held_back ON lotline.case_file;
    DROP TRIGGER violation_bumps_held_back ON lotline.violation;
    DROP TRIGGER lien_bumps_held_back ON lotline.lien;
    DROP TRIGGER case_file_gone_bumps_held_back ON lotline.case_file;
    DROP TRIGGER violation_gone_bumps_held_back ON lotline.violation;
    DROP TRIGGER lien_gone_bumps_held_back ON lotline.lien;
    DROP TRIGGER withheld_parcel_bumps_held_back ON lotline.withheld_parcel;
    DROP TRIGGER public_rule_bumps_held_back ON lotline.public_rule;
    DELETE FROM lotline.layer_change WHERE layer = 'held_back';
    ALTER TABLE lotline.layer_change DROP CONSTRAINT layer_change_layer_known;
    ALTER TABLE lotline.layer_change ADD CONSTRAINT layer_change_layer_known
        CHECK (layer IN ('ground', 'cases', 'records'))"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
