"""Keep the PDF of an issued notice, one a language."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0052"
down_revision = "0051"

_BACK = "DROP TABLE lotline.notice_letter; DROP FUNCTION lotline.refuse_letter_of_draft()"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
