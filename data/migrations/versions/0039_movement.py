"""Let a case that is only handed to somebody else not count as moved."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0039"
down_revision = "0038"

_ONLY_HANDED = "kind <> 'case_assigned'"
_MEND = "SELECT lotline.tally_anew()"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    _run(script.replace(_ONLY_HANDED, "true"))


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
    driver.execute(_MEND)
