-- What a person said of two owners' keys. The latest row of a pair is in force; none is edited.
CREATE TABLE lotline.owner_confirmation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key_a text NOT NULL,
    key_b text NOT NULL,
    verdict text NOT NULL,
    said_by text NOT NULL,
    said_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    reason text NOT NULL,
    evidence text NOT NULL,
    CONSTRAINT owner_confirmation_of_two CHECK
        (btrim(key_a) <> '' AND key_a COLLATE "C" < key_b COLLATE "C"),
    CONSTRAINT owner_confirmation_verdict_known CHECK
        (verdict IN ('same', 'different', 'withdrawn')),
    CONSTRAINT owner_confirmation_says_who CHECK (btrim(said_by) <> ''),
    CONSTRAINT owner_confirmation_says_why CHECK (btrim(reason) <> '' AND btrim(evidence) <> '')
);
CREATE INDEX owner_confirmation_latest ON lotline.owner_confirmation (key_a, key_b, id DESC);
CREATE TRIGGER owner_confirmation_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.owner_confirmation FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- Whom a suggestion might mean: by a like name, or by the number and ZIP code letters go to.
CREATE INDEX respondent_name_like ON lotline.respondent USING gin (name gin_trgm_ops);
CREATE INDEX respondent_mail ON lotline.respondent
    (substring(address FROM '\d+'), coalesce(substring(address FROM '(\d{5})(?:-\d{4})?\s*$'), ''));
CREATE INDEX ownership_name_like ON lotline.ownership USING gin (owner_name gin_trgm_ops)
    WHERE valid_to IS NULL;
CREATE INDEX ownership_mail ON lotline.ownership
    (substring(mail_line FROM '\d+'), coalesce(left(mail_zip, 5), ''))
    WHERE valid_to IS NULL;

-- Charges under one provision; a space or a capital in its number makes no difference.
CREATE INDEX violation_provision ON lotline.violation (lower(replace(section, ' ', '')))
    WHERE section IS NOT NULL;
CREATE INDEX citation_violation ON lotline.citation (violation_id);
CREATE INDEX order_violation ON lotline.enforcement_order (violation_id);

-- A repeat is a person's word that one prior of one respondent counts.
ALTER TABLE lotline.violation
    ADD COLUMN repeat_respondent_id bigint,
    ADD COLUMN repeat_of_citation bigint,
    ADD COLUMN repeat_of_order bigint,
    ADD COLUMN repeat_confirmed_on date,
    ADD COLUMN repeat_confirmed_by text,
    ADD CONSTRAINT violation_repeat_by_respondent
        FOREIGN KEY (repeat_respondent_id) REFERENCES lotline.respondent,
    ADD CONSTRAINT violation_repeat_of_citation
        FOREIGN KEY (repeat_of_citation) REFERENCES lotline.citation,
    ADD CONSTRAINT violation_repeat_of_order
        FOREIGN KEY (repeat_of_order) REFERENCES lotline.enforcement_order,
    ADD CONSTRAINT violation_repeat_says_who CHECK
        ((repeat_confirmed_on IS NULL) = (repeat_confirmed_by IS NULL)
         AND (repeat_confirmed_on IS NULL) = (repeat_respondent_id IS NULL)),
    ADD CONSTRAINT violation_repeat_of_one_prior CHECK
        (num_nonnulls(repeat_of_citation, repeat_of_order)
         = CASE WHEN repeat_confirmed_on IS NULL THEN 0 ELSE 1 END),
    ADD CONSTRAINT violation_repeat_stood CHECK
        (repeat_confirmed_on IS NULL OR status NOT IN ('alleged', 'unfounded'));

-- What a repeat costs more comes from no column of the citation or the order alone.
CREATE FUNCTION lotline.refuse_unconfirmed_repeat() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM lotline.violation v
                   WHERE v.id = NEW.violation_id AND v.case_id = NEW.case_id
                     AND v.repeat_confirmed_on IS NOT NULL
                     AND (TG_ARGV[0] = 'citation_repeat_confirmed'
                          OR v.found_on = (to_jsonb(NEW) ->> 'found_on')::date)) THEN
        RAISE EXCEPTION '% is for a repeat that nobody confirmed of this violation', NEW.number
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_ARGV[0],
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
-- After the row's own rules, so that each is refused by its own name.
CREATE TRIGGER citation_repeat_confirmed AFTER INSERT OR UPDATE OF excused ON lotline.citation
    FOR EACH ROW WHEN (NEW.excused = 'repeat')
    EXECUTE FUNCTION lotline.refuse_unconfirmed_repeat('citation_repeat_confirmed');
CREATE TRIGGER order_repeat_confirmed AFTER INSERT ON lotline.enforcement_order
    FOR EACH ROW WHEN (NEW.kind = 'repeat')
    EXECUTE FUNCTION lotline.refuse_unconfirmed_repeat('order_repeat_confirmed');
