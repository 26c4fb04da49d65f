"""Keep word of money that was taken online and could not be recorded."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0068"
down_revision = "0067"

_BACK = """DROP TABLE lotline.unrecorded_settlement;
    DROP TABLE lotline.unrecorded_payment;
    DROP FUNCTION lotline.check_unrecorded_settlement()"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
