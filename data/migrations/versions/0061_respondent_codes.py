"""Keep the codes by which respondents read and answer their cases, and the forms they sent."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0061"
down_revision = "0060"

_BACK = """DROP INDEX lotline.contact_by_page;
    DROP TABLE lotline.respondent_form, lotline.respondent_code"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
