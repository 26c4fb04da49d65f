-- A town moves in: its old system's books are opened here, neither earned nor taken in by us, so
-- that no day's revenue or deposit holds them.
ALTER TABLE lotline.import_run
    DROP CONSTRAINT import_run_kind_known,
    ADD CONSTRAINT import_run_kind_known CHECK (kind IN ('parcels', 'addresses', 'zones', 'streets',
        'cases', 'liens', 'permits', 'moving_in'));
ALTER TABLE lotline.ledger_posting
    DROP CONSTRAINT ledger_posting_kind_known,
    ADD CONSTRAINT ledger_posting_kind_known CHECK (kind IN
        ('charged', 'paid', 'payment_returned', 'payment_voided', 'waived', 'refunded',
         'refund_cancelled', 'credit_applied', 'credit_taken_back', 'charge_moved_in',
         'payment_moved_in', 'waiver_moved_in')),
    ADD CONSTRAINT ledger_posting_opening_says_whence CHECK
        (kind NOT LIKE '%moved_in' OR btrim(coalesce(reference, '')) <> '');
ALTER TABLE lotline.ledger_entry
    DROP CONSTRAINT ledger_entry_account_known,
    ADD CONSTRAINT ledger_entry_account_known CHECK (account IN
        ('cash', 'receivable', 'revenue', 'waivers', 'unapplied_credit', 'refunds_payable',
         'opening'));

-- What of the latest export waits for a person: it is in no case until the export or its mapping
-- is mended and the folder is taken in again.
CREATE TABLE lotline.moving_exception (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    import_run_id bigint NOT NULL,
    file text NOT NULL,
    line integer NOT NULL,
    number text NOT NULL,
    code text NOT NULL,
    reason text NOT NULL,
    remedy text NOT NULL,
    CONSTRAINT moving_exception_of_run FOREIGN KEY (import_run_id) REFERENCES lotline.import_run,
    CONSTRAINT moving_exception_of_a_line CHECK (line >= 1),
    CONSTRAINT moving_exception_says_why CHECK
        (btrim(number) <> '' AND btrim(code) <> '' AND btrim(reason) <> '' AND btrim(remedy) <> '')
);

-- The cut-over: from then on no export of that system is taken in.
CREATE TABLE lotline.moving_cut_over (
    system text NOT NULL,
    import_run_id bigint NOT NULL,
    cut_over_on date NOT NULL,
    actor text NOT NULL,
    CONSTRAINT moving_cut_over_once PRIMARY KEY (system),
    CONSTRAINT moving_cut_over_of_run FOREIGN KEY (import_run_id) REFERENCES lotline.import_run,
    CONSTRAINT moving_cut_over_by_somebody CHECK (btrim(system) <> '' AND btrim(actor) <> '')
);
CREATE TRIGGER moving_cut_over_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.moving_cut_over
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
