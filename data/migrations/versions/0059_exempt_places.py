"""Keep which places, kinds of cases and old cases the public is told nothing of."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0059"
down_revision = "0058"

_BACK = """DROP TRIGGER parcel_lineage_withholds ON lotline.parcel_lineage;
    DROP TRIGGER parcel_period_withholds ON lotline.parcel_period;
    DROP TRIGGER situs_address_withholds ON lotline.situs_address;
    DROP TRIGGER case_file_withheld ON lotline.case_file;
    DROP VIEW lotline.withheld_address;
    DROP INDEX lotline.case_stated_address;
    ALTER TABLE lotline.case_file DROP COLUMN withheld;
    DROP TABLE lotline.withheld_parcel, lotline.exempt_place, lotline.public_rule;
    DROP FUNCTION lotline.public_rule_changed(), lotline.exemptions_changed(),
        lotline.withhold_anew_unless_busy(), lotline.withhold_anew(), lotline.withhold_case(),
        lotline.is_withheld(text, bigint, geometry, text),
        lotline.is_exempt(bigint, geometry, text), lotline.plain_address(text),
        lotline.keep_exempt_place()"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
