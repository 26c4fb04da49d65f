"""Keep what people follow by e-mail and what was mailed to them; find the latest steps of all."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0062"
down_revision = "0061"

_BACK = """DROP TABLE lotline.follow_mail, lotline.following, lotline.follower;
    ALTER TABLE lotline.mail DROP COLUMN unsubscribe;
    DROP INDEX lotline.case_event_latest"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
