"""Set up stored documents, the cases they hang on, and the copies for the public."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP TABLE lotline.document_copy",
        "DROP TABLE lotline.redaction_box",
        "DROP TABLE lotline.document_redaction",
        "DROP TABLE lotline.case_document",
        "DROP TABLE lotline.document",
        "DROP FUNCTION lotline.refuse_parts_of_another_case()",
        "DROP FUNCTION lotline.refuse_publishing_without_copy()",
    ):
        connection.exec_driver_sql(statement)
