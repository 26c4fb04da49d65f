"""Let a town move in from another system, with its open books."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


# NOT VALID keeps what was moved in, which the older schema would not have taken.
OLDER = """
    DROP TABLE lotline.moving_cut_over;
    DROP TABLE lotline.moving_exception;
    ALTER TABLE lotline.ledger_entry
        DROP CONSTRAINT ledger_entry_account_known,
        ADD CONSTRAINT ledger_entry_account_known CHECK (account IN
            ('cash', 'receivable', 'revenue', 'waivers', 'unapplied_credit', 'refunds_payable'))
            NOT VALID;
    ALTER TABLE lotline.ledger_posting
        DROP CONSTRAINT ledger_posting_opening_says_whence,
        DROP CONSTRAINT ledger_posting_kind_known,
        ADD CONSTRAINT ledger_posting_kind_known CHECK (kind IN
            ('charged', 'paid', 'payment_returned', 'payment_voided', 'waived', 'refunded',
             'refund_cancelled', 'credit_applied', 'credit_taken_back')) NOT VALID;
    ALTER TABLE lotline.import_run
        DROP CONSTRAINT import_run_kind_known,
        ADD CONSTRAINT import_run_kind_known CHECK (kind IN ('parcels', 'addresses', 'zones',
            'streets', 'cases', 'liens', 'permits')) NOT VALID"""


def downgrade() -> None:
    _run(OLDER)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
