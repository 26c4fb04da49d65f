-- The ledger of cases: double entry in whole cents, a debit positive and a credit negative. A
-- posting is one deed; its entries sum to zero. Nothing in it is ever changed or taken away.
CREATE TABLE lotline.ledger_posting (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id bigint NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    cents bigint NOT NULL,
    method text,
    actor text NOT NULL,
    posted_at timestamptz NOT NULL,
    effective_on date NOT NULL,
    reference text,
    memo text,
    reverses bigint,
    asked jsonb NOT NULL,
    CONSTRAINT ledger_posting_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT ledger_posting_kind_known CHECK (kind IN
        ('charged', 'paid', 'payment_returned', 'waived', 'refunded', 'refund_cancelled',
         'credit_applied', 'credit_taken_back')),
    CONSTRAINT ledger_posting_key_unique UNIQUE (key),
    CONSTRAINT ledger_posting_key_given CHECK (btrim(key) <> ''),
    CONSTRAINT ledger_posting_cents_positive CHECK (cents > 0),
    CONSTRAINT ledger_posting_method_known
        CHECK (method IN ('cash', 'cheque', 'money_order', 'card', 'bank_transfer')),
    CONSTRAINT ledger_posting_method_of_money
        CHECK ((method IS NOT NULL) = (kind IN ('paid', 'payment_returned'))),
    CONSTRAINT ledger_posting_actor_given CHECK (btrim(actor) <> ''),
    CONSTRAINT ledger_posting_reason_given CHECK (
        CASE WHEN kind IN ('waived', 'refunded', 'payment_returned')
             THEN memo IS NOT NULL AND btrim(memo) <> '' ELSE true END),
    CONSTRAINT ledger_posting_authority_given CHECK (
        CASE WHEN kind IN ('charged', 'waived')
             THEN reference IS NOT NULL AND btrim(reference) <> '' ELSE true END),
    -- No calendar on earth is further ahead than 14 hours. A date in the future would bar every
    -- posting until it comes, for they follow one another in time.
    CONSTRAINT ledger_posting_not_ahead CHECK
        (effective_on <= ((posted_at AT TIME ZONE 'UTC') + interval '14 hours')::date),
    CONSTRAINT ledger_posting_reversal_named CHECK ((reverses IS NOT NULL)
        = (kind IN ('payment_returned', 'refund_cancelled', 'credit_taken_back'))),
    CONSTRAINT ledger_posting_reversed_once UNIQUE (reverses)
);
CREATE UNIQUE INDEX ledger_posting_by_case ON lotline.ledger_posting (case_id, id);
CREATE INDEX ledger_posting_by_day ON lotline.ledger_posting (posted_at);
ALTER TABLE lotline.ledger_posting ADD CONSTRAINT ledger_posting_reverses_own_case
    FOREIGN KEY (case_id, reverses) REFERENCES lotline.ledger_posting (case_id, id);

CREATE TABLE lotline.ledger_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    posting_id bigint NOT NULL,
    account text NOT NULL,
    component text,
    cents bigint NOT NULL,
    CONSTRAINT ledger_entry_of_posting FOREIGN KEY (posting_id) REFERENCES lotline.ledger_posting,
    CONSTRAINT ledger_entry_account_known CHECK (account IN
        ('cash', 'receivable', 'revenue', 'waivers', 'unapplied_credit', 'refunds_payable')),
    CONSTRAINT ledger_entry_component_known
        CHECK (component IN ('penalty', 'cost', 'interest', 'fee')),
    CONSTRAINT ledger_entry_component_where_owed CHECK
        ((component IS NOT NULL) = (account IN ('receivable', 'revenue', 'waivers'))),
    CONSTRAINT ledger_entry_not_zero CHECK (cents <> 0),
    CONSTRAINT ledger_entry_plausible CHECK (abs(cents) < 10000000000000),
    CONSTRAINT ledger_entry_once UNIQUE NULLS NOT DISTINCT (posting_id, account, component)
);

-- What a case owes (positive) and has in credit (negative) now. Entries keep it, by the trigger
-- below, so that a CHECK on one row can refuse what no sum over rows of other transactions could:
-- two payments at once wait here for one another, at every level of isolation.
CREATE TABLE lotline.ledger_balance (
    case_id bigint NOT NULL,
    account text NOT NULL,
    component text,
    cents bigint NOT NULL,
    as_of date NOT NULL,
    CONSTRAINT ledger_balance_not_negative CHECK
        (CASE account WHEN 'receivable' THEN cents >= 0 ELSE cents <= 0 END)
);
CREATE UNIQUE INDEX ledger_balance_once
    ON lotline.ledger_balance (case_id, account, component) NULLS NOT DISTINCT;

-- As the owner, for the app has no right to write balances of its own. A balance moves forward in
-- time alone: so it was negative on no earlier day either. The row is made with nothing in it, for a
-- CHECK looks at the row proposed even where there is one already.
CREATE FUNCTION lotline.keep_ledger_balance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO lotline.ledger_balance AS kept (case_id, account, component, cents, as_of)
        SELECT case_id, NEW.account, NEW.component, 0, effective_on
        FROM lotline.ledger_posting WHERE id = NEW.posting_id
    ON CONFLICT (case_id, account, component) DO UPDATE SET as_of = excluded.as_of
        WHERE kept.as_of <= excluded.as_of;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a later posting has moved % already', NEW.account
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_balance_in_date_order',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    UPDATE lotline.ledger_balance kept SET cents = kept.cents + NEW.cents
        FROM lotline.ledger_posting posting
        WHERE posting.id = NEW.posting_id AND kept.case_id = posting.case_id
          AND kept.account = NEW.account AND kept.component IS NOT DISTINCT FROM NEW.component;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_keeps_balance AFTER INSERT ON lotline.ledger_entry
    FOR EACH ROW WHEN (NEW.account IN ('receivable', 'unapplied_credit'))
    EXECUTE FUNCTION lotline.keep_ledger_balance();

-- The posting states the sum of its debits, so that no entry can be added to it later: a pair
-- that cancels out would still raise that sum.
CREATE FUNCTION lotline.check_ledger_posting() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE checked bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint; stated bigint; debits numeric; total numeric;
BEGIN
    SELECT cents INTO stated FROM lotline.ledger_posting WHERE id = checked;
    SELECT coalesce(sum(cents) FILTER (WHERE cents > 0), 0), coalesce(sum(cents), 0)
        INTO debits, total FROM lotline.ledger_entry WHERE posting_id = checked;
    IF total <> 0 OR debits <> stated THEN
        RAISE EXCEPTION 'posting % of % cents has debits of % and sums to %',
                        checked, stated, debits, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_posting_balanced',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_posting_balanced AFTER INSERT ON lotline.ledger_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lotline.check_ledger_posting('id');
CREATE CONSTRAINT TRIGGER ledger_posting_balanced AFTER INSERT ON lotline.ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION lotline.check_ledger_posting('posting_id');

CREATE FUNCTION lotline.check_ledger_reversal() RETURNS trigger
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
END $$;
CREATE CONSTRAINT TRIGGER ledger_posting_reversal_exact AFTER INSERT ON lotline.ledger_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.reverses IS NOT NULL)
    EXECUTE FUNCTION lotline.check_ledger_reversal();

CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lotline.ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lotline.ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

CREATE FUNCTION lotline.refuse_balance_by_hand() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'only entries of the ledger move a balance: % is refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'ledger_balance_kept_by_entries',
              SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER ledger_balance_kept_by_entries
    BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON lotline.ledger_balance
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION lotline.refuse_balance_by_hand();
