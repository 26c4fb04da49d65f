"""Keep when a visit nobody had planned was tried in vain; let a phone tell of a posting."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


# The older schema knows neither; NOT VALID keeps the record of the deeds there are.
OLDER = """
    ALTER TABLE lotline.field_deed
        DROP CONSTRAINT field_deed_kind_known,
        ADD CONSTRAINT field_deed_kind_known CHECK
            (kind IN ('visit', 'no_access', 'result', 'cite', 'serve', 'close', 'hazard', 'settle'))
            NOT VALID"""


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "UPDATE lotline.inspection SET booked_for = tried_at WHERE tried_at IS NOT NULL",
        "ALTER TABLE lotline.inspection DROP COLUMN tried_at",
        "ALTER TABLE lotline.field_photo DROP COLUMN caption",
        OLDER,
    ):
        connection.exec_driver_sql(statement)
