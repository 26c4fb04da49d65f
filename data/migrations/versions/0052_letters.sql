-- The PDF of an issued notice as it was first set, one a language; its bytes are a document's.
CREATE TABLE lotline.notice_letter (
    notice_id bigint NOT NULL,
    language text NOT NULL,
    sha256 text NOT NULL,
    set_at timestamptz NOT NULL,
    set_by text NOT NULL,
    PRIMARY KEY (notice_id, language),
    CONSTRAINT notice_letter_of_notice FOREIGN KEY (notice_id) REFERENCES lotline.notice,
    CONSTRAINT notice_letter_of_document FOREIGN KEY (sha256) REFERENCES lotline.document,
    CONSTRAINT notice_letter_language_known CHECK (language IN ('en', 'es')),
    CONSTRAINT notice_letter_set_by_somebody CHECK (btrim(set_by) <> '')
);
CREATE TRIGGER notice_letter_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.notice_letter
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- What a draft says may still change.
CREATE FUNCTION lotline.refuse_letter_of_draft() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT FROM lotline.notice WHERE id = NEW.notice_id AND issued_on IS NULL) THEN
        RAISE EXCEPTION 'notice % is not issued', NEW.notice_id
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'notice_letter_of_issued',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER notice_letter_of_issued AFTER INSERT ON lotline.notice_letter
    FOR EACH ROW EXECUTE FUNCTION lotline.refuse_letter_of_draft();
