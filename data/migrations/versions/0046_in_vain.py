"""Index the visits that were in vain, for whoever is to book another."""

from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        "CREATE INDEX inspection_in_vain ON lotline.inspection (case_id) WHERE status = 'no_access'"
    )


def downgrade() -> None:
    op.get_bind().exec_driver_sql("DROP INDEX lotline.inspection_in_vain")
