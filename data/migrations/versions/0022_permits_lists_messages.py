"""Keep permits by parcel, share saved lists, and write to respondents."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


# NOT VALID keeps the contacts, and the runs of files, that the older schema would not have taken.
def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "ALTER TABLE lotline.contact DROP COLUMN mail_id, DROP CONSTRAINT contact_way_known",
        """ALTER TABLE lotline.contact ADD CONSTRAINT contact_way_known CHECK
            (way IN ('phone', 'in_person', 'letter', 'email')) NOT VALID""",
        "ALTER TABLE lotline.respondent DROP COLUMN email",
        "ALTER TABLE lotline.saved_list DROP COLUMN shared",
        "DROP TABLE lotline.permit",
        "ALTER TABLE lotline.import_run DROP CONSTRAINT import_run_kind_known",
        """ALTER TABLE lotline.import_run ADD CONSTRAINT import_run_kind_known CHECK
            (kind IN ('parcels', 'addresses', 'zones', 'streets', 'cases', 'liens')) NOT VALID""",
    ):
        connection.exec_driver_sql(statement)
