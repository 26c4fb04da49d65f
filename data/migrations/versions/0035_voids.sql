-- A receipt made wrong is voided: reversed to the cent, with its reason, while its money still lies
-- in the drawer. What is in a deposit cannot be voided, nor what is voided be deposited.
ALTER TABLE lotline.ledger_posting
    DROP CONSTRAINT ledger_posting_kind_known,
    ADD CONSTRAINT ledger_posting_kind_known CHECK (kind IN
        ('charged', 'paid', 'payment_returned', 'payment_voided', 'waived', 'refunded',
         'refund_cancelled', 'credit_applied', 'credit_taken_back')),
    DROP CONSTRAINT ledger_posting_method_of_money,
    ADD CONSTRAINT ledger_posting_method_of_money CHECK
        ((method IS NOT NULL) = (kind IN ('paid', 'payment_returned', 'payment_voided'))),
    DROP CONSTRAINT ledger_posting_reason_given,
    ADD CONSTRAINT ledger_posting_reason_given CHECK (
        CASE WHEN kind IN ('waived', 'refunded', 'payment_returned', 'payment_voided')
             THEN memo IS NOT NULL AND btrim(memo) <> '' ELSE true END),
    DROP CONSTRAINT ledger_posting_reversal_named,
    ADD CONSTRAINT ledger_posting_reversal_named CHECK ((reverses IS NOT NULL)
        = (kind IN ('payment_returned', 'payment_voided', 'refund_cancelled',
                    'credit_taken_back'))),
    -- No bank sends cash back: what was typed wrong is voided.
    ADD CONSTRAINT ledger_posting_no_cash_returned
        CHECK (kind <> 'payment_returned' OR method <> 'cash');

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
            ('paid', 'payment_voided'), ('refunded', 'refund_cancelled'),
            ('credit_applied', 'credit_taken_back')) THEN
        RAISE EXCEPTION 'posting % (%) does not reverse posting % (%) exactly',
                        NEW.id, NEW.kind, NEW.reverses, undone
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_posting_reversal_exact',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;

-- A void and a deposit of one receipt take turns, by the lock that the app takes too.
CREATE FUNCTION lotline.check_receipt_in_drawer() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE receipt bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(1905, receipt::integer);
    IF EXISTS (SELECT FROM lotline.deposit_receipt WHERE posting_id = receipt)
       AND TG_TABLE_NAME = 'ledger_posting'
       OR EXISTS (SELECT FROM lotline.ledger_posting
                  WHERE reverses = receipt AND kind = 'payment_voided')
       AND TG_TABLE_NAME = 'deposit_receipt' THEN
        RAISE EXCEPTION 'receipt % cannot be both voided and deposited', receipt
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME,
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_posting_void_undeposited BEFORE INSERT ON lotline.ledger_posting
    FOR EACH ROW WHEN (NEW.kind = 'payment_voided')
    EXECUTE FUNCTION lotline.check_receipt_in_drawer('reverses');
CREATE TRIGGER deposit_receipt_not_voided BEFORE INSERT ON lotline.deposit_receipt
    FOR EACH ROW EXECUTE FUNCTION lotline.check_receipt_in_drawer('posting_id');
