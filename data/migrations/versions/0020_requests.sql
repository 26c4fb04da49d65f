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
    form_key uuid NOT NULL,
    CONSTRAINT lien_search_once UNIQUE (form_key),
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

-- Somebody asks for public records; nobody need give a name.
CREATE TABLE lotline.records_request (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number text NOT NULL,
    requester text,
    reach text,
    asked text NOT NULL,
    received_on date NOT NULL,
    noted_at timestamptz NOT NULL,
    noted_by text NOT NULL,
    CONSTRAINT records_request_number_once UNIQUE (number),
    CONSTRAINT records_request_numbered CHECK (btrim(number) <> ''),
    CONSTRAINT records_request_says_what CHECK (btrim(asked) <> ''),
    CONSTRAINT records_request_noted_by_somebody CHECK (btrim(noted_by) <> '')
);
CREATE INDEX records_request_by_day ON lotline.records_request (received_on, id);
CREATE TRIGGER records_request_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.records_request FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- A case it is about; one that was chosen by mistake is taken off again until something of it is
-- decided.
CREATE TABLE lotline.records_case (
    request_id bigint NOT NULL,
    case_id bigint NOT NULL,
    CONSTRAINT records_case_once PRIMARY KEY (request_id, case_id),
    CONSTRAINT records_case_of_request FOREIGN KEY (request_id)
        REFERENCES lotline.records_request,
    CONSTRAINT records_case_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file
);

-- What is to become of one piece of a case's record; the latest word on it counts.
CREATE TABLE lotline.records_decision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id bigint NOT NULL,
    case_id bigint NOT NULL,
    subject text NOT NULL,
    case_document_id bigint,
    complaint_id bigint,
    outcome text NOT NULL,
    exemption text,
    passages text[] NOT NULL,
    text_sha256 text, -- of the text as it was read; what is another text is not decided
    redaction_id bigint,
    decided_on date NOT NULL,
    decided_at timestamptz NOT NULL,
    decided_by text NOT NULL,
    CONSTRAINT records_decision_of_case FOREIGN KEY (request_id, case_id)
        REFERENCES lotline.records_case,
    CONSTRAINT records_decision_of_document FOREIGN KEY (case_document_id)
        REFERENCES lotline.case_document,
    CONSTRAINT records_decision_of_complaint FOREIGN KEY (complaint_id)
        REFERENCES lotline.complaint,
    CONSTRAINT records_decision_of_redaction FOREIGN KEY (redaction_id)
        REFERENCES lotline.document_redaction,
    CONSTRAINT records_decision_subject_known
        CHECK (subject IN ('place', 'story', 'contacts', 'document', 'reporter')),
    CONSTRAINT records_decision_names_subject CHECK
        ((subject = 'document') = (case_document_id IS NOT NULL)
         AND (subject = 'reporter') = (complaint_id IS NOT NULL)),
    CONSTRAINT records_decision_outcome_known
        CHECK (outcome IN ('released', 'withheld', 'redacted')),
    CONSTRAINT records_decision_cites_exemption CHECK
        ((outcome <> 'released') = (coalesce(exemption, '') ~ '[0-9]')),
    CONSTRAINT records_decision_redacts_something CHECK
        ((outcome = 'redacted') = (redaction_id IS NOT NULL OR cardinality(passages) > 0)
         AND (redaction_id IS NULL OR subject = 'document')),
    CONSTRAINT records_decision_text_by_hash CHECK (text_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT records_decision_of_text_read CHECK
        ((subject IN ('story', 'contacts')) = (text_sha256 IS NOT NULL)),
    CONSTRAINT records_decision_by_somebody CHECK (btrim(decided_by) <> '')
);
CREATE INDEX records_decision_latest ON lotline.records_decision (request_id, id);
CREATE TRIGGER records_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.records_decision FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- What was handed out: a file of the document store, by the SHA-256 of its bytes.
CREATE TABLE lotline.records_export (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id bigint NOT NULL,
    sha256 text NOT NULL,
    byte_size bigint NOT NULL,
    made_on date NOT NULL,
    made_at timestamptz NOT NULL,
    made_by text NOT NULL,
    CONSTRAINT records_export_of_request FOREIGN KEY (request_id)
        REFERENCES lotline.records_request,
    CONSTRAINT records_export_named_by_hash CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT records_export_has_bytes CHECK (byte_size > 0),
    CONSTRAINT records_export_by_somebody CHECK (btrim(made_by) <> '')
);
CREATE INDEX records_export_by_request ON lotline.records_export (request_id, id);
CREATE TRIGGER records_export_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.records_export FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

CREATE TABLE lotline.records_end (
    request_id bigint NOT NULL,
    reason text NOT NULL,
    ended_on date NOT NULL,
    ended_at timestamptz NOT NULL,
    ended_by text NOT NULL,
    CONSTRAINT records_ended_once PRIMARY KEY (request_id),
    CONSTRAINT records_end_of_request FOREIGN KEY (request_id)
        REFERENCES lotline.records_request,
    CONSTRAINT records_end_says_why CHECK (btrim(reason) <> ''),
    CONSTRAINT records_end_by_somebody CHECK (btrim(ended_by) <> '')
);
CREATE TRIGGER records_end_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.records_end FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- What has ended is neither decided nor handed out, and what was handed out does not end with
-- nothing. Whoever writes one of these waits for whoever writes another of the same request.
CREATE FUNCTION lotline.check_records_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE over boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(2004, NEW.request_id::integer);
    IF TG_TABLE_NAME = 'records_end' THEN
        over := EXISTS (SELECT FROM lotline.records_export WHERE request_id = NEW.request_id);
    ELSE
        over := EXISTS (SELECT FROM lotline.records_end WHERE request_id = NEW.request_id);
    END IF;
    IF over THEN
        RAISE EXCEPTION 'request % for records has ended, or was answered', NEW.request_id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME,
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER records_decision_while_open BEFORE INSERT ON lotline.records_decision
    FOR EACH ROW EXECUTE FUNCTION lotline.check_records_open();
CREATE TRIGGER records_export_while_open BEFORE INSERT ON lotline.records_export
    FOR EACH ROW EXECUTE FUNCTION lotline.check_records_open();
CREATE TRIGGER records_end_unanswered BEFORE INSERT ON lotline.records_end
    FOR EACH ROW EXECUTE FUNCTION lotline.check_records_open();

-- The requests that wait, by themselves: nobody looks through all there ever were for them.
CREATE TABLE lotline.records_waiting (
    request_id bigint NOT NULL,
    CONSTRAINT records_waiting_once PRIMARY KEY (request_id),
    CONSTRAINT records_waiting_of_request FOREIGN KEY (request_id)
        REFERENCES lotline.records_request
);
CREATE FUNCTION lotline.keep_records_waiting() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'records_request' THEN
        INSERT INTO lotline.records_waiting (request_id) VALUES (NEW.id);
    ELSE
        DELETE FROM lotline.records_waiting WHERE request_id = NEW.request_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER records_request_waits AFTER INSERT ON lotline.records_request
    FOR EACH ROW EXECUTE FUNCTION lotline.keep_records_waiting();
CREATE TRIGGER records_export_waits AFTER INSERT ON lotline.records_export
    FOR EACH ROW EXECUTE FUNCTION lotline.keep_records_waiting();
CREATE TRIGGER records_end_waits AFTER INSERT ON lotline.records_end
    FOR EACH ROW EXECUTE FUNCTION lotline.keep_records_waiting();
