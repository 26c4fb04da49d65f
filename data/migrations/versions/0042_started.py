"""Let a phone tell of a case it opened and of a warning it issued."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


# The older schema knows neither; NOT VALID keeps the record of the deeds there are.
OLDER = """
    ALTER TABLE lotline.field_deed
        DROP CONSTRAINT field_deed_kind_known,
        ADD CONSTRAINT field_deed_kind_known CHECK
            (kind IN ('visit', 'no_access', 'result', 'cite', 'serve', 'post', 'close', 'hazard',
                      'settle'))
            NOT VALID"""


def downgrade() -> None:
    op.get_bind().exec_driver_sql(OLDER)
