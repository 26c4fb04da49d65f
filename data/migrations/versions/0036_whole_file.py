"""Decide notices, hearings and the ledger as pieces of a public record."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0036"
down_revision = "0035"

# NOT VALID keeps what was decided of pieces that the older schema does not know.
OLDER = """
    ALTER TABLE lotline.records_decision
        DROP COLUMN notice_id, DROP COLUMN hearing_id,
        DROP CONSTRAINT records_decision_subject_known,
        ADD CONSTRAINT records_decision_subject_known
            CHECK (subject IN ('place', 'story', 'contacts', 'document', 'reporter')) NOT VALID,
        DROP CONSTRAINT IF EXISTS records_decision_names_subject,
        ADD CONSTRAINT records_decision_names_subject CHECK
            ((subject = 'document') = (case_document_id IS NOT NULL)
             AND (subject = 'reporter') = (complaint_id IS NOT NULL)),
        DROP CONSTRAINT records_decision_of_text_read,
        ADD CONSTRAINT records_decision_of_text_read CHECK
            ((subject IN ('story', 'contacts')) = (text_sha256 IS NOT NULL)) NOT VALID"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(OLDER)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
