"""Let what a reporter did not say at first be filled in, and nothing that was said change."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0041"
down_revision = "0039"

_BACK = """
    DROP TRIGGER reporter_kept ON lotline.reporter;
    DROP FUNCTION lotline.refuse_unsaying();
    DROP TRIGGER reporter_append_only ON lotline.reporter;
    CREATE TRIGGER reporter_append_only BEFORE UPDATE OR TRUNCATE ON lotline.reporter
        FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
