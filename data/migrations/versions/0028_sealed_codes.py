"""Keep what a telephone shares sealed."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0028"
down_revision = "0027"


_CONFIRMED_BEFORE = """
    ALTER TABLE lotline.staff ADD CONSTRAINT staff_totp_confirmed CHECK
        ((totp_secret IS NULL) = (totp_since IS NULL)
         AND (totp_secret IS NULL) = (totp_last_step IS NULL))
"""
# The release before cannot open what is sealed: those people set their telephone up again.
_KEEP_NO_CODES = """
    DELETE FROM lotline.recovery_code
    WHERE staff_id IN (SELECT id FROM lotline.staff WHERE totp_sealed IS NOT NULL)
"""
_ASK_NO_CODES = """
    UPDATE lotline.staff SET totp_sealed = NULL, totp_since = NULL, totp_last_step = NULL
    WHERE totp_sealed IS NOT NULL
"""


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        _KEEP_NO_CODES,
        _ASK_NO_CODES,
        "ALTER TABLE lotline.staff DROP CONSTRAINT staff_totp_confirmed",
        _CONFIRMED_BEFORE,
        "ALTER TABLE lotline.staff DROP COLUMN totp_sealed",
    ):
        connection.exec_driver_sql(statement)
