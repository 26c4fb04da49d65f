-- What a hosted page took for a case, and the ledger could not take: word of it is kept, once by the
-- page's own reference, until a person has seen to it.
CREATE TABLE lotline.unrecorded_payment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference text NOT NULL,
    case_id bigint NOT NULL,
    cents bigint NOT NULL,
    method text NOT NULL,
    payer text,
    because text NOT NULL,
    told_on date NOT NULL,
    told_at timestamptz NOT NULL,
    CONSTRAINT unrecorded_payment_once UNIQUE (reference),
    CONSTRAINT unrecorded_payment_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT unrecorded_payment_referred CHECK (btrim(reference) <> ''),
    CONSTRAINT unrecorded_payment_of_something CHECK (cents BETWEEN 1 AND 9999999999999),
    CONSTRAINT unrecorded_payment_method_known CHECK (method IN ('card', 'bank_transfer')),
    CONSTRAINT unrecorded_payment_payer_named CHECK (btrim(payer) <> ''),
    CONSTRAINT unrecorded_payment_explained CHECK (btrim(because) <> '')
);
CREATE INDEX unrecorded_payment_by_case ON lotline.unrecorded_payment (case_id, id);

-- What became of it, once: it is on record in a case, or it went back to whoever paid.
CREATE TABLE lotline.unrecorded_settlement (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id bigint NOT NULL,
    way text NOT NULL,
    case_id bigint,
    posting_id bigint,
    refunded_on date,
    reason text NOT NULL,
    settled_on date NOT NULL,
    settled_at timestamptz NOT NULL,
    settled_by text NOT NULL,
    form_key uuid NOT NULL,
    CONSTRAINT unrecorded_settlement_once UNIQUE (payment_id),
    CONSTRAINT unrecorded_settlement_of_payment FOREIGN KEY (payment_id)
        REFERENCES lotline.unrecorded_payment,
    CONSTRAINT unrecorded_settlement_in_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT unrecorded_settlement_by_posting FOREIGN KEY (posting_id)
        REFERENCES lotline.ledger_posting,
    CONSTRAINT unrecorded_settlement_posting_once UNIQUE (posting_id),
    CONSTRAINT unrecorded_settlement_way_known CHECK (way IN ('recorded', 'refunded')),
    CONSTRAINT unrecorded_settlement_recorded CHECK
        ((way = 'recorded') = (case_id IS NOT NULL AND posting_id IS NOT NULL)
         AND num_nulls(case_id, posting_id) <> 1),
    CONSTRAINT unrecorded_settlement_refunded CHECK
        ((way = 'refunded') = (refunded_on IS NOT NULL)),
    CONSTRAINT unrecorded_settlement_refunded_before CHECK (refunded_on <= settled_on),
    CONSTRAINT unrecorded_settlement_explained CHECK (btrim(reason) <> ''),
    CONSTRAINT unrecorded_settlement_by_somebody CHECK (btrim(settled_by) <> ''),
    CONSTRAINT unrecorded_settlement_form_once UNIQUE (form_key)
);
CREATE INDEX unrecorded_settlement_by_day ON lotline.unrecorded_settlement (settled_on, id);

-- What is recorded of it is a payment in that case, of its own sum and by its own means.
CREATE FUNCTION lotline.check_unrecorded_settlement() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.posting_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM lotline.ledger_posting posting
        JOIN lotline.unrecorded_payment payment ON payment.id = NEW.payment_id
        WHERE posting.id = NEW.posting_id AND posting.kind = 'paid'
          AND posting.case_id = NEW.case_id AND posting.cents = payment.cents
          AND posting.method = payment.method
    ) THEN
        RAISE EXCEPTION 'posting % is not that of the payment % taken online',
                        NEW.posting_id, NEW.payment_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'unrecorded_settlement_of_its_sum',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER unrecorded_settlement_of_its_sum AFTER INSERT ON lotline.unrecorded_settlement
    FOR EACH ROW EXECUTE FUNCTION lotline.check_unrecorded_settlement();

CREATE TRIGGER unrecorded_payment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.unrecorded_payment FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
CREATE TRIGGER unrecorded_settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.unrecorded_settlement FOR EACH STATEMENT
    EXECUTE FUNCTION lotline.refuse_rewriting();
