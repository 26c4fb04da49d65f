-- Whoever left only a number may say later who they are: what was not said is filled in, and what
-- was said stays.
DROP TRIGGER reporter_append_only ON lotline.reporter;
CREATE TRIGGER reporter_append_only BEFORE TRUNCATE ON lotline.reporter
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

CREATE FUNCTION lotline.refuse_unsaying() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'what a reporter said of themselves stays as it was said'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reporter_kept',
              SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER reporter_kept BEFORE UPDATE ON lotline.reporter
    FOR EACH ROW WHEN (
        (OLD.complaint_id, OLD.told_public_record)
            IS DISTINCT FROM (NEW.complaint_id, NEW.told_public_record)
        OR (OLD.name, OLD.address, OLD.phone, OLD.email) IS DISTINCT FROM
           (CASE WHEN OLD.name IS NOT NULL THEN NEW.name END,
            CASE WHEN OLD.address IS NOT NULL THEN NEW.address END,
            CASE WHEN OLD.phone IS NOT NULL THEN NEW.phone END,
            CASE WHEN OLD.email IS NOT NULL THEN NEW.email END))
    EXECUTE FUNCTION lotline.refuse_unsaying();
