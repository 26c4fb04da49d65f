"""Keep the visits each officer was given for a day, and what became of them."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0071"
down_revision = "0070"

_BACK = """DROP TABLE lotline.visit_outcome;
    DROP TABLE lotline.visit_item;
    DROP TABLE lotline.visit_stop;
    DROP TABLE lotline.visit_plan"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
