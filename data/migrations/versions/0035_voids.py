"""Let a receipt made wrong be voided before it is deposited."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    _run(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


# NOT VALID keeps the voids there are, which the older schema would not have taken.
OLDER = """
    DROP TRIGGER ledger_posting_void_undeposited ON lotline.ledger_posting;
    DROP TRIGGER deposit_receipt_not_voided ON lotline.deposit_receipt;
    DROP FUNCTION lotline.check_receipt_in_drawer();
    ALTER TABLE lotline.ledger_posting
        DROP CONSTRAINT ledger_posting_no_cash_returned,
        DROP CONSTRAINT ledger_posting_kind_known,
        ADD CONSTRAINT ledger_posting_kind_known CHECK (kind IN
            ('charged', 'paid', 'payment_returned', 'waived', 'refunded', 'refund_cancelled',
             'credit_applied', 'credit_taken_back')) NOT VALID,
        DROP CONSTRAINT ledger_posting_method_of_money,
        ADD CONSTRAINT ledger_posting_method_of_money CHECK
            ((method IS NOT NULL) = (kind IN ('paid', 'payment_returned'))) NOT VALID,
        DROP CONSTRAINT ledger_posting_reason_given,
        ADD CONSTRAINT ledger_posting_reason_given CHECK (
            CASE WHEN kind IN ('waived', 'refunded', 'payment_returned')
                 THEN memo IS NOT NULL AND btrim(memo) <> '' ELSE true END),
        DROP CONSTRAINT ledger_posting_reversal_named,
        ADD CONSTRAINT ledger_posting_reversal_named CHECK ((reverses IS NOT NULL)
            = (kind IN ('payment_returned', 'refund_cancelled', 'credit_taken_back'))) NOT VALID;

CREATE OR REPLACE FUNCTION lotline.check_ledger_reversal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE undone text; left_over bigint;
BEGIN
    SELECT kind INTO undone FROM lotline.ledger_posting WHERE id = NEW.reverses;
    SELECT count(*) INTO left_over FROM (
        SELECT account, component FROM lotline.ledger_entry
        WHERE posting_id IN (NEW.id, NEW.reverses)
        GROUP BY account, component HAVING sum(cents) <> 0) unequal;
    IF left_over > 0 OR (undone, NEW.kind) NOT IN (('paid', 'payment_returned'),
            ('refunded', 'refund_cancelled'), ('credit_applied', 'credit_taken_back')) THEN
        RAISE EXCEPTION 'posting % (%) does not reverse posting % (%) exactly',
                        NEW.id, NEW.kind, NEW.reverses, undone
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_posting_reversal_exact',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$"""


def downgrade() -> None:
    _run(OLDER)


def _run(script: str) -> None:
    driver: Any = op.get_bind().connection.driver_connection  # psycopg: takes many statements
    driver.execute(script)
