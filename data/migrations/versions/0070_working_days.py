"""Keep when each officer works and from where, and what a visit is worth to the town."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0070"
down_revision = "0069"

_BACK = """DROP TABLE lotline.visit_setting;
    DROP TABLE lotline.working_event;
    DROP TABLE lotline.office_place;
    DROP TABLE lotline.working_exception;
    DROP TABLE lotline.working_certification;
    DROP TABLE lotline.certification;
    DROP TABLE lotline.working_terms;
    DROP TABLE lotline.working_hours"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
