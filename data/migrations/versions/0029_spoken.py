"""Let somebody have said no language, so that their browser says it."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in (
        "UPDATE lotline.staff SET language = 'en' WHERE language IS NULL",
        "ALTER TABLE lotline.staff ALTER COLUMN language SET NOT NULL",
        "ALTER TABLE lotline.staff ALTER COLUMN language SET DEFAULT 'en'",
    ):
        connection.exec_driver_sql(statement)
