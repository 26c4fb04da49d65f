"""Set up what people confirm of owners, and repeat violations confirmed by a person."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP TRIGGER order_repeat_confirmed ON lotline.enforcement_order",
        "DROP TRIGGER citation_repeat_confirmed ON lotline.citation",
        "DROP FUNCTION lotline.refuse_unconfirmed_repeat()",
        "DROP INDEX lotline.ownership_name_like",
        "DROP INDEX lotline.ownership_mail",
        "DROP INDEX lotline.respondent_name_like",
        "DROP INDEX lotline.respondent_mail",
        "DROP INDEX lotline.violation_provision",
        "DROP INDEX lotline.citation_violation",
        "DROP INDEX lotline.order_violation",
        "ALTER TABLE lotline.violation DROP COLUMN repeat_respondent_id",
        "ALTER TABLE lotline.violation DROP COLUMN repeat_of_citation",
        "ALTER TABLE lotline.violation DROP COLUMN repeat_of_order",
        "ALTER TABLE lotline.violation DROP COLUMN repeat_confirmed_on",
        "ALTER TABLE lotline.violation DROP COLUMN repeat_confirmed_by",
        "DROP TABLE lotline.owner_confirmation",
    ):
        connection.exec_driver_sql(statement)
