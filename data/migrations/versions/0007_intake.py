"""Set up intake: what a complaint says, who made it, and a history of its own."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0007"
down_revision = "0006"

COLUMNS = (
    "duplicate_of", "description", "entered_by", "law_pack_id", "priority", "respond_by",
    "screening", "referred_to", "told_how", "told_on", "stated_parcel_no", "stated_address",
    "stated_point", "parcel_id", "parcel_period_id", "tie_method", "tie_confidence", "tie_note",
    "zone_id", "point", "point_3857",
)  # fmt: skip
TRIGGERS = ("complaint_frozen", "complaint_inside_town_insert", "complaint_inside_town_update")
RULES = ("complaint_status_known", "complaint_ended_dated", "complaint_category_given")
STATUSES_BEFORE = "CHECK (status IN ('received', 'accepted', 'dismissed', 'closed')) NOT VALID"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for table in ("reporter", "complaint_event"):
        connection.exec_driver_sql(f"DROP TABLE lotline.{table}")
    connection.exec_driver_sql("DROP INDEX lotline.case_point")
    for trigger in TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger} ON lotline.complaint")
    connection.exec_driver_sql("DROP FUNCTION lotline.refuse_changing_complaint()")
    changes = [f"DROP CONSTRAINT {rule}" for rule in RULES]
    changes += [f"DROP COLUMN {column}" for column in COLUMNS]
    # Complaints linked or referred since stay as they are: nothing is lost on the way down.
    changes.append(f"ADD CONSTRAINT complaint_status_known {STATUSES_BEFORE}")
    connection.exec_driver_sql(f"ALTER TABLE lotline.complaint {', '.join(changes)}")
