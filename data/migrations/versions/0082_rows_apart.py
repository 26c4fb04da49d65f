"""Keep the rows of a report that only its files want beside its answer."""

from alembic import op

revision = "0082"
down_revision = "0081"

_TABLE = "ALTER TABLE lotline.report_part"


def upgrade() -> None:
    _name("layer|shapes|rows|file|failed")


def downgrade() -> None:
    op.execute("DELETE FROM lotline.report_part WHERE name LIKE 'rows:%'")
    _name("layer|shapes|file|failed")


def _name(kinds: str) -> None:
    op.execute(f"{_TABLE} DROP CONSTRAINT report_part_named")
    op.execute(f"{_TABLE} ADD CONSTRAINT report_part_named CHECK (name ~ '^({kinds}):.')")
