"""Let what is done again be told by a letter of its own, and what came back be issued again."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0058"
down_revision = "0057"

_BACK = """DROP INDEX lotline.case_letter_frozen;
    CREATE UNIQUE INDEX case_letter_frozen ON lotline.case_letter (kind, part_id, language)
        WHERE kind <> 'payoff';
    ALTER TABLE lotline.case_letter DROP COLUMN of_event, DROP COLUMN respondent_id,
        DROP COLUMN copy, ADD CONSTRAINT case_letter_once
        UNIQUE (case_id, kind, part_id, language, sha256)"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
