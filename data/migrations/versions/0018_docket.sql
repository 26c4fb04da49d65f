-- Two hearings of a sitting change places by one statement, so the rule is asked at its end, of
-- every hearing that has a place.
DROP INDEX lotline.hearing_place_once;
ALTER TABLE lotline.hearing
    ADD COLUMN interpreted_by text,
    ADD COLUMN representative_sha256 text,
    ADD CONSTRAINT hearing_place_once UNIQUE (session_id, docket_place)
        DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT hearing_interpreted_by_somebody CHECK
        (CASE WHEN interpreted_by IS NULL THEN true
              ELSE btrim(interpreted_by) <> '' AND status = 'decided' END),
    ADD CONSTRAINT hearing_representative_by_hash CHECK
        (CASE WHEN representative_sha256 IS NULL THEN true
              ELSE representative IS NOT NULL AND representative_sha256 ~ '^[0-9a-f]{64}$' END);

-- What was called keeps its place on the docket; only a hearing that is put off leaves it.
CREATE FUNCTION lotline.refuse_moving_called_hearing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.status IN ('opened', 'decided', 'agreed') AND NEW.status <> 'continued'
       AND (OLD.session_id, OLD.docket_place) IS DISTINCT FROM (NEW.session_id, NEW.docket_place)
    THEN
        RAISE EXCEPTION 'hearing % was called: its place on the docket stays', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'hearing_place_kept',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hearing_place_kept BEFORE UPDATE ON lotline.hearing
    FOR EACH ROW EXECUTE FUNCTION lotline.refuse_moving_called_hearing();

-- What the docket desk asks for: the hearings that wait for a day.
CREATE INDEX hearing_waits ON lotline.hearing (id) WHERE status IN ('requested', 'continued');
