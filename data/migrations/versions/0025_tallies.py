"""Keep the milestones of cases, and how many cases there are of what first pages count."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0025"
down_revision = "0024"

_TRIGGERS = (
    ("case_file", "begins_activity"),
    ("case_file", "ends_activity"),
    ("case_file", "tallied"),
    *(
        (part, f"keeps_activity_{when}")
        for part in ("inspection", "notice", "violation")
        for when in ("insert", "update", "delete")
    ),
    ("citation", "keeps_activity"),
    ("citation", "keeps_activity_update"),
    ("case_activity", "tallied"),
    ("case_activity", "tallied_insert"),
    ("case_activity", "tallied_delete"),
    ("case_activity", "tallied_truncate"),
)
_FUNCTIONS = (
    "begin_case_activity", "end_case_activity", "keep_inspected_on", "keep_noticed_on",
    "keep_corrected_on", "keep_cited", "tally_file_change", "tally_activity_change",
    "tally_activity_one_way", "tally_nothing", "tally_anew",
)  # fmt: skip
_COLUMNS = ("inspected_on", "noticed_on", "corrected_on", "cited")
_KEPT_BEFORE = """
CREATE OR REPLACE FUNCTION lotline.keep_case_activity() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    INSERT INTO lotline.case_activity (case_id, last_on)
    SELECT case_id, max(happened_on) FROM arrived GROUP BY case_id
    ON CONFLICT (case_id) DO UPDATE
        SET last_on = greatest(case_activity.last_on, excluded.last_on)
        WHERE case_activity.last_on IS DISTINCT FROM
              greatest(case_activity.last_on, excluded.last_on);
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        *(f"DROP TRIGGER {table}_{name} ON lotline.{table}" for table, name in _TRIGGERS),
        *(f"DROP FUNCTION lotline.{name}()" for name in _FUNCTIONS),
        "DROP VIEW lotline.case_tally_counted",
        "DROP FUNCTION lotline.tallies_of",
        "DROP TABLE lotline.case_tally",
        "DROP INDEX lotline.violation_alleged",
        "DROP INDEX lotline.case_unclosed_by_zone",
        *(f"ALTER TABLE lotline.case_activity DROP COLUMN {name}" for name in _COLUMNS),
        _KEPT_BEFORE,
        # The rows of cases without an event, which had none before.
        "DELETE FROM lotline.case_activity WHERE last_on IS NULL",
    ):
        connection.exec_driver_sql(statement)
