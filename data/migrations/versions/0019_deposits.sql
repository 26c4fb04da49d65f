-- One bag, slip or batch for the bank: the receipts of one day by one means, counted and closed.
CREATE TABLE lotline.deposit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    taken_on date NOT NULL,
    method text NOT NULL,
    slip_no text NOT NULL,
    ledger_cents bigint NOT NULL,
    counted_cents bigint NOT NULL,
    difference_reason text,
    closed_on date NOT NULL,
    closed_at timestamptz NOT NULL,
    closed_by text NOT NULL,
    CONSTRAINT deposit_method_known
        CHECK (method IN ('cash', 'cheque', 'money_order', 'card', 'bank_transfer')),
    CONSTRAINT deposit_slip_given CHECK (btrim(slip_no) <> ''),
    CONSTRAINT deposit_slip_once UNIQUE (method, taken_on, slip_no),
    CONSTRAINT deposit_of_something CHECK (ledger_cents > 0),
    CONSTRAINT deposit_counted CHECK (counted_cents BETWEEN 0 AND 9999999999999),
    CONSTRAINT deposit_difference_explained CHECK
        (counted_cents = ledger_cents OR btrim(coalesce(difference_reason, '')) <> ''),
    CONSTRAINT deposit_closed_by_somebody CHECK (btrim(closed_by) <> ''),
    CONSTRAINT deposit_closed_afterwards CHECK (closed_on >= taken_on)
);
CREATE INDEX deposit_by_day ON lotline.deposit (taken_on, id);

CREATE TABLE lotline.deposit_receipt (
    deposit_id bigint NOT NULL,
    posting_id bigint NOT NULL,
    CONSTRAINT deposit_receipt_once PRIMARY KEY (posting_id),
    CONSTRAINT deposit_receipt_of_deposit FOREIGN KEY (deposit_id) REFERENCES lotline.deposit,
    CONSTRAINT deposit_receipt_of_posting FOREIGN KEY (posting_id)
        REFERENCES lotline.ledger_posting
);
CREATE INDEX deposit_receipt_by_deposit ON lotline.deposit_receipt (deposit_id);

-- What the bank's statement says of it, once.
CREATE TABLE lotline.deposit_clearing (
    deposit_id bigint NOT NULL,
    bank_cents bigint NOT NULL,
    cleared_on date NOT NULL,
    noted_at timestamptz NOT NULL,
    noted_by text NOT NULL,
    CONSTRAINT deposit_cleared_once PRIMARY KEY (deposit_id),
    CONSTRAINT deposit_clearing_of_deposit FOREIGN KEY (deposit_id) REFERENCES lotline.deposit,
    CONSTRAINT deposit_clearing_plausible CHECK (bank_cents BETWEEN 0 AND 9999999999999),
    CONSTRAINT deposit_clearing_by_somebody CHECK (btrim(noted_by) <> '')
);

-- A closed deposit never changes: what was counted or noted wrong is put right by an entry.
CREATE TABLE lotline.deposit_correction (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deposit_id bigint NOT NULL,
    side text NOT NULL,
    cents bigint NOT NULL,
    reason text NOT NULL,
    made_on date NOT NULL,
    made_at timestamptz NOT NULL,
    made_by text NOT NULL,
    form_key uuid NOT NULL,
    CONSTRAINT deposit_correction_once UNIQUE (form_key),
    CONSTRAINT deposit_correction_of_deposit FOREIGN KEY (deposit_id) REFERENCES lotline.deposit,
    CONSTRAINT deposit_correction_side_known CHECK (side IN ('counted', 'bank')),
    CONSTRAINT deposit_correction_of_something CHECK
        (cents <> 0 AND abs(cents) < 10000000000000),
    CONSTRAINT deposit_correction_explained CHECK (btrim(reason) <> ''),
    CONSTRAINT deposit_correction_by_somebody CHECK (btrim(made_by) <> '')
);
CREATE INDEX deposit_correction_by_deposit ON lotline.deposit_correction (deposit_id, id);

-- A deposit holds payments of its own day and means, and its sum is theirs: so none can be added
-- to it later either.
CREATE FUNCTION lotline.check_deposit() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE checked bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint; wrong bigint; total numeric;
BEGIN
    SELECT count(*) FILTER (WHERE posting.kind <> 'paid' OR posting.method <> deposit.method
               OR (posting.posted_at AT TIME ZONE town.timezone)::date <> deposit.taken_on),
           coalesce(sum(posting.cents), 0)
        INTO wrong, total
        FROM lotline.deposit
        JOIN lotline.deposit_receipt receipt ON receipt.deposit_id = deposit.id
        JOIN lotline.ledger_posting posting ON posting.id = receipt.posting_id
        CROSS JOIN lotline.town
        WHERE deposit.id = checked;
    IF wrong > 0 OR total IS DISTINCT FROM
            (SELECT ledger_cents FROM lotline.deposit WHERE id = checked) THEN
        RAISE EXCEPTION 'deposit % is not the sum of its receipts (%), or % of them are of another day or means',
                        checked, total, wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposit_of_its_receipts',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER deposit_of_its_receipts AFTER INSERT ON lotline.deposit
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lotline.check_deposit('id');
CREATE CONSTRAINT TRIGGER deposit_of_its_receipts AFTER INSERT ON lotline.deposit_receipt
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION lotline.check_deposit('deposit_id');

-- The bank clears nothing before it was taken.
CREATE FUNCTION lotline.check_deposit_clearing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.cleared_on < (SELECT taken_on FROM lotline.deposit WHERE id = NEW.deposit_id) THEN
        RAISE EXCEPTION 'deposit % was not there yet on %', NEW.deposit_id, NEW.cleared_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposit_cleared_afterwards',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deposit_cleared_afterwards BEFORE INSERT ON lotline.deposit_clearing
    FOR EACH ROW EXECUTE FUNCTION lotline.check_deposit_clearing();

-- Entries leave an amount of either side; the bank's can be put right only once it is noted. Two at
-- once take turns, by the lock that the app takes too.
CREATE FUNCTION lotline.check_deposit_correction() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE stands numeric;
BEGIN
    PERFORM pg_advisory_xact_lock(1904, NEW.deposit_id::integer);
    SELECT CASE NEW.side WHEN 'bank' THEN
               (SELECT bank_cents FROM lotline.deposit_clearing WHERE deposit_id = NEW.deposit_id)
           ELSE (SELECT counted_cents FROM lotline.deposit WHERE id = NEW.deposit_id) END
           + sum(entry.cents)
        INTO stands
        FROM lotline.deposit_correction entry
        WHERE entry.deposit_id = NEW.deposit_id AND entry.side = NEW.side;
    IF (stands BETWEEN 0 AND 9999999999999) IS NOT TRUE THEN
        RAISE EXCEPTION 'an entry of % leaves % of deposit %', NEW.cents, stands, NEW.deposit_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deposit_correction_leaves_amount',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER deposit_correction_leaves_amount AFTER INSERT ON lotline.deposit_correction
    FOR EACH ROW EXECUTE FUNCTION lotline.check_deposit_correction();

CREATE TRIGGER deposit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.deposit FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
CREATE TRIGGER deposit_receipt_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.deposit_receipt FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
CREATE TRIGGER deposit_clearing_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.deposit_clearing FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
CREATE TRIGGER deposit_correction_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.deposit_correction FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
