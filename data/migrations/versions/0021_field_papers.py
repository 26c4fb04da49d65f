"""Let a phone tell of papers handed over, and keep what an inspection looked for."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


# The older schema knows no such deed; NOT VALID keeps the record of those there are.
OLDER = """
    ALTER TABLE lotline.field_deed
        DROP CONSTRAINT field_deed_kind_known,
        ADD CONSTRAINT field_deed_kind_known CHECK
            (kind IN ('visit', 'no_access', 'result', 'cite', 'close', 'hazard', 'settle'))
            NOT VALID"""


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "ALTER TABLE lotline.inspection DROP COLUMN looked",
        OLDER,
    ):
        connection.exec_driver_sql(statement)
