"""Let a notice authorize the town's work, and its cost be certified to the tax list."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0053"
down_revision = "0052"

# Not valid: work that a notice authorized stays as it is.
_BACK = """
    ALTER TABLE lotline.abatement DROP COLUMN certified_on;
    ALTER TABLE lotline.abatement DROP CONSTRAINT abatement_authority_known;
    ALTER TABLE lotline.abatement ADD CONSTRAINT abatement_authority_known CHECK
        (authority IN ('order', 'emergency')) NOT VALID;
"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    _run(_BACK)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
