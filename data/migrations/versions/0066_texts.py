"""Keep texts beside mail, and who follows by a telephone number."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0066"
down_revision = "0065"

_BACK = r"""DELETE FROM lotline.follower WHERE phone IS NOT NULL;
    DROP INDEX lotline.follower_phone_once;
    ALTER TABLE lotline.follower DROP COLUMN phone, ALTER COLUMN email SET NOT NULL;
    UPDATE lotline.mail SET status = 'failed', attempts = attempts + 1, attempted_at = now(),
        last_error = 'Texts are sent no more.'
    WHERE channel = 'text' AND status IN ('queued', 'sending');
    ALTER TABLE lotline.mail DROP CONSTRAINT mail_address_plain, DROP COLUMN channel;
    ALTER TABLE lotline.mail ADD CONSTRAINT mail_address_plain CHECK
        (to_address ~ '^[A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$') NOT VALID;
    -- What was texted stays on record: only where nothing was does every row suit again.
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM lotline.mail WHERE to_address ~ '^\+[0-9]+$') THEN
            ALTER TABLE lotline.mail VALIDATE CONSTRAINT mail_address_plain;
        END IF;
    END $$"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
