"""Keep what certifications are needed for, and what a program was told of the rest of a day."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0075"
down_revision = "0074"

# NOT VALID keeps what was changed in a way that the older schema does not know.
_OLD = """
    DROP TABLE lotline.rest_answer;
    DROP TABLE lotline.certification_need;
    ALTER TABLE lotline.working_event
        DROP CONSTRAINT working_event_kind_known,
        DROP CONSTRAINT working_event_of_somebody,
        ADD CONSTRAINT working_event_kind_known CHECK
            (kind IN ('terms', 'exception', 'removed', 'office', 'certifications')) NOT VALID,
        ADD CONSTRAINT working_event_of_somebody CHECK
            ((staff_id IS NULL) = (kind IN ('office', 'certifications'))) NOT VALID;
"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_OLD)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
