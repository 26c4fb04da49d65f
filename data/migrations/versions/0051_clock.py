"""Keep what the clock noticed, each thing once, and index what it asks for."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0051"
down_revision = "0050"

_BACK = """
    DROP INDEX lotline.case_closed_since, lotline.lien_binding_since, lotline.order_served_until,
        lotline.citation_unanswered, lotline.violation_open_until;
    DROP TABLE lotline.clock_notice;
"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
