"""Fold the tallies of cases by what was appended, and let changes of one case follow each other."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0031"
down_revision = "0029"

_REPLACED = (
    "keep_case_activity", "keep_inspected_on", "keep_noticed_on", "keep_corrected_on", "keep_cited",
    "tally_activity_change", "tally_anew",
)  # fmt: skip
_COUNTS_SOMETHING = """
ALTER TABLE lotline.case_tally
    ADD CONSTRAINT case_tally_counts_something CHECK (cases <> 0)
"""


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "DROP FUNCTION lotline.tally_anew()",
        "DROP VIEW lotline.case_activity_told",
        "DELETE FROM lotline.case_tally WHERE cases = 0",
        "ALTER TABLE lotline.case_tally DROP CONSTRAINT case_tally_counts_something",
        _COUNTS_SOMETHING,
        "DROP INDEX lotline.case_tally_to_fold",
        "DROP INDEX lotline.case_tally_folded_once",
        "ALTER TABLE lotline.case_tally DROP COLUMN folded",
    ):
        connection.exec_driver_sql(statement)
    before = Path(__file__).with_name("0025_tallies.sql").read_text(encoding="utf-8")
    _run("\n".join(_function(before, name) for name in _REPLACED))


def _function(script: str, name: str) -> str:
    """Cut what makes a function, in place of the one there is, out of a script."""
    _, _, behind = script.partition(f" FUNCTION lotline.{name}()")
    body, end, _ = behind.partition("END $$;")
    return f"CREATE OR REPLACE FUNCTION lotline.{name}(){body}{end}"


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
