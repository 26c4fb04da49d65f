"""Keep the packets of hearings and the letters of cases that are no notices."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0055"
down_revision = "0054"

_BACK = """DROP TABLE lotline.hearing_packet, lotline.case_letter_return,
    lotline.case_letter_sending, lotline.case_letter"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
