"""Find the latest steps of all histories."""

from alembic import op

revision = "0062"
down_revision = "0061"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        "CREATE INDEX case_event_latest ON lotline.case_event (recorded_at, id)"
    )


def downgrade() -> None:
    op.get_bind().exec_driver_sql("DROP INDEX lotline.case_event_latest")
