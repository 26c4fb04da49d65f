"""Keep with a plan the way along the streets, and let a phone tell of its stops."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0073"
down_revision = "0072"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


# The older schema knows no such deeds; NOT VALID keeps the record of those there are.
_BACK = """
    ALTER TABLE lotline.visit_plan DROP COLUMN drives, DROP COLUMN legs;
    ALTER TABLE lotline.field_deed
        DROP CONSTRAINT field_deed_kind_known,
        ADD CONSTRAINT field_deed_kind_known CHECK
            (kind IN ('open', 'visit', 'no_access', 'result', 'warn', 'cite', 'serve', 'post',
                      'close', 'hazard', 'settle'))
            NOT VALID"""


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
