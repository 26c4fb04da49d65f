"""Let the photographs of reports that were never sent be dropped after a day, and nothing else."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0064"
down_revision = "0063"

_BACK = """DROP FUNCTION lotline.drop_unsent_photos;
    DROP INDEX lotline.resident_photo_kept;
    DROP TRIGGER resident_photo_append_only ON lotline.resident_photo;
    CREATE TRIGGER resident_photo_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON lotline.resident_photo FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
    DROP TRIGGER document_append_only ON lotline.document;
    CREATE TRIGGER document_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON lotline.document FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
    DROP FUNCTION lotline.refuse_rewriting_of_what_was_sent"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
