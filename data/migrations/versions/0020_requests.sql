-- A title company asks what binds a parcel. The fee is not a case's, so that the ledger, which is
-- of cases, holds no posting of it: the number of the town's own receipt is kept instead.
CREATE TABLE lotline.lien_search (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number text NOT NULL,
    parcel_id bigint NOT NULL,
    requester text NOT NULL,
    company text,
    email text,
    file_no text,
    received_on date NOT NULL,
    due_on date NOT NULL,
    because text NOT NULL,
    fee_cents bigint NOT NULL,
    paid_first boolean NOT NULL,
    law_pack_id bigint NOT NULL,
    noted_at timestamptz NOT NULL,
    noted_by text NOT NULL,
    CONSTRAINT lien_search_number_once UNIQUE (number),
    CONSTRAINT lien_search_of_parcel FOREIGN KEY (parcel_id) REFERENCES lotline.parcel,
    CONSTRAINT lien_search_under_law FOREIGN KEY (law_pack_id) REFERENCES lotline.law_pack,
    CONSTRAINT lien_search_numbered CHECK (btrim(number) <> ''),
    CONSTRAINT lien_search_says_who CHECK (btrim(requester) <> ''),
    CONSTRAINT lien_search_email_plain CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    CONSTRAINT lien_search_due_afterwards CHECK (due_on >= received_on),
    CONSTRAINT lien_search_fee_plausible CHECK (fee_cents BETWEEN 0 AND 9999999999999),
    CONSTRAINT lien_search_noted_by_somebody CHECK (btrim(noted_by) <> '')
);
CREATE INDEX lien_search_by_day ON lotline.lien_search (received_on, id);

CREATE TABLE lotline.lien_search_fee (
    lien_search_id bigint NOT NULL,
    receipt_no text NOT NULL,
    paid_on date NOT NULL,
    noted_at timestamptz NOT NULL,
    noted_by text NOT NULL,
    CONSTRAINT lien_search_fee_once PRIMARY KEY (lien_search_id),
    CONSTRAINT lien_search_fee_of_search FOREIGN KEY (lien_search_id)
        REFERENCES lotline.lien_search,
    CONSTRAINT lien_search_fee_receipt_once UNIQUE (receipt_no),
    CONSTRAINT lien_search_fee_receipt_given CHECK (btrim(receipt_no) <> ''),
    CONSTRAINT lien_search_fee_noted_by_somebody CHECK (btrim(noted_by) <> '')
);

-- What became of it: the answer, frozen with its hash, or why there is none.
CREATE TABLE lotline.lien_search_end (
    lien_search_id bigint NOT NULL,
    how text NOT NULL,
    good_through date,
    content text,
    sha256 bytea,
    reason text,
    ended_on date NOT NULL,
    ended_at timestamptz NOT NULL,
    ended_by text NOT NULL,
    CONSTRAINT lien_search_ended_once PRIMARY KEY (lien_search_id),
    CONSTRAINT lien_search_end_of_search FOREIGN KEY (lien_search_id)
        REFERENCES lotline.lien_search,
    CONSTRAINT lien_search_end_known CHECK (how IN ('answered', 'withdrawn')),
    CONSTRAINT lien_search_answer_whole CHECK
        (num_nonnulls(good_through, content, sha256) = CASE how WHEN 'answered' THEN 3 ELSE 0 END),
    CONSTRAINT lien_search_answer_hash_of_content CHECK
        (sha256 = sha256(convert_to(content, 'UTF8'))),
    CONSTRAINT lien_search_answer_good_ahead CHECK (good_through >= ended_on),
    CONSTRAINT lien_search_withdrawn_says_why CHECK
        ((how = 'withdrawn') = (btrim(coalesce(reason, '')) <> '')),
    CONSTRAINT lien_search_ended_by_somebody CHECK (btrim(ended_by) <> '')
);

CREATE FUNCTION lotline.check_lien_search_paid() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM lotline.lien_search asked
               WHERE asked.id = NEW.lien_search_id AND asked.paid_first AND asked.fee_cents > 0
                 AND NOT EXISTS (SELECT FROM lotline.lien_search_fee paid
                                 WHERE paid.lien_search_id = asked.id)) THEN
        RAISE EXCEPTION 'the fee of lien search % is not paid', NEW.lien_search_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lien_search_answer_paid_first',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lien_search_answer_paid_first BEFORE INSERT ON lotline.lien_search_end
    FOR EACH ROW WHEN (NEW.how = 'answered') EXECUTE FUNCTION lotline.check_lien_search_paid();

CREATE TRIGGER lien_search_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.lien_search FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
CREATE TRIGGER lien_search_fee_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.lien_search_fee FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
CREATE TRIGGER lien_search_end_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.lien_search_end FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
