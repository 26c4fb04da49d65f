"""Keep who paid, which lien searches wait, that a fee follows its request, and forms once."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "ALTER TABLE lotline.ledger_posting DROP COLUMN payer",
        "ALTER TABLE lotline.records_request DROP COLUMN form_key",
        "DROP TRIGGER lien_search_end_waits ON lotline.lien_search_end",
        "DROP TRIGGER lien_search_waits ON lotline.lien_search",
        "DROP FUNCTION lotline.keep_lien_search_waiting()",
        "DROP TABLE lotline.lien_search_waiting",
        "DROP TRIGGER lien_search_fee_after_request ON lotline.lien_search_fee",
        "DROP FUNCTION lotline.check_lien_search_fee_day()",
    ):
        connection.exec_driver_sql(statement)
