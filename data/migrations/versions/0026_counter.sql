-- A fee is paid for a request that has come, not before it.
CREATE FUNCTION lotline.check_lien_search_fee_day() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM lotline.lien_search asked
               WHERE asked.id = NEW.lien_search_id AND asked.received_on > NEW.paid_on) THEN
        RAISE EXCEPTION 'the fee of lien search % is dated before its request',
            NEW.lien_search_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lien_search_fee_after_request',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lien_search_fee_after_request BEFORE INSERT ON lotline.lien_search_fee
    FOR EACH ROW EXECUTE FUNCTION lotline.check_lien_search_fee_day();

-- The searches that wait, by themselves and by their last day: those answered are ever more.
CREATE TABLE lotline.lien_search_waiting (
    lien_search_id bigint NOT NULL,
    due_on date NOT NULL,
    CONSTRAINT lien_search_waiting_once PRIMARY KEY (lien_search_id),
    CONSTRAINT lien_search_waiting_of_search FOREIGN KEY (lien_search_id)
        REFERENCES lotline.lien_search
);
CREATE INDEX lien_search_waiting_by_day
    ON lotline.lien_search_waiting (due_on, lien_search_id);
INSERT INTO lotline.lien_search_waiting (lien_search_id, due_on)
    SELECT asked.id, asked.due_on FROM lotline.lien_search asked
    WHERE NOT EXISTS (SELECT FROM lotline.lien_search_end over
                      WHERE over.lien_search_id = asked.id);
CREATE FUNCTION lotline.keep_lien_search_waiting() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'lien_search' THEN
        INSERT INTO lotline.lien_search_waiting (lien_search_id, due_on)
            VALUES (NEW.id, NEW.due_on);
    ELSE
        DELETE FROM lotline.lien_search_waiting WHERE lien_search_id = NEW.lien_search_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lien_search_waits AFTER INSERT ON lotline.lien_search
    FOR EACH ROW EXECUTE FUNCTION lotline.keep_lien_search_waiting();
CREATE TRIGGER lien_search_end_waits AFTER INSERT ON lotline.lien_search_end
    FOR EACH ROW EXECUTE FUNCTION lotline.keep_lien_search_waiting();

-- A form sent twice makes one request. What is there already gets a key that no form has.
ALTER TABLE lotline.records_request
    ADD COLUMN form_key uuid NOT NULL DEFAULT gen_random_uuid(),
    ADD CONSTRAINT records_request_once UNIQUE (form_key);
ALTER TABLE lotline.records_request ALTER COLUMN form_key DROP DEFAULT;

-- Who brought the money; of what was posted before, nobody wrote it down.
ALTER TABLE lotline.ledger_posting
    ADD COLUMN payer text,
    ADD CONSTRAINT ledger_posting_payer_named
        CHECK (payer IS NULL OR (kind = 'paid' AND btrim(payer) <> ''));
