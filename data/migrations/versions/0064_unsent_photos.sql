-- Photographs of a report that was never sent go after a while; nothing else of these tables does.
-- The setting is made by the function below alone, for as long as it runs; the app may not delete.
CREATE FUNCTION lotline.refuse_rewriting_of_what_was_sent() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('lotline.dropping_unsent', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = TG_TABLE_NAME || '_append_only',
              SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
END $$;
DROP TRIGGER resident_photo_append_only ON lotline.resident_photo;
CREATE TRIGGER resident_photo_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.resident_photo FOR EACH STATEMENT
    EXECUTE FUNCTION lotline.refuse_rewriting_of_what_was_sent();
DROP TRIGGER document_append_only ON lotline.document;
CREATE TRIGGER document_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.document FOR EACH STATEMENT
    EXECUTE FUNCTION lotline.refuse_rewriting_of_what_was_sent();
CREATE INDEX resident_photo_kept ON lotline.resident_photo (kept_at);

-- Drop the photographs kept before a moment, a day ago at the latest, of reports never sent, some
-- at a time; gives each file, how often it was dropped, and whether nothing else has it, so that
-- its bytes go too.
CREATE FUNCTION lotline.drop_unsent_photos(
    kept_before timestamptz, at_most integer, OUT sha256 text, OUT photos integer,
    OUT is_alone boolean
) RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
    PERFORM set_config('lotline.dropping_unsent', 'yes', true);
    FOR sha256, photos IN
        WITH unsent AS (
            SELECT p.report_id, p.sha256 FROM lotline.resident_photo p
            WHERE p.kept_at < least(kept_before, now() - interval '1 day')
              AND NOT EXISTS (SELECT FROM lotline.resident_report r WHERE r.report_id = p.report_id)
            ORDER BY p.kept_at LIMIT at_most
        ), gone AS (
            DELETE FROM lotline.resident_photo p USING unsent u
            WHERE p.report_id = u.report_id AND p.sha256 = u.sha256 RETURNING p.sha256
        )
        SELECT gone.sha256, count(*) FROM gone GROUP BY gone.sha256
    LOOP
        BEGIN
            DELETE FROM lotline.document d WHERE d.sha256 = drop_unsent_photos.sha256;
            is_alone := NOT EXISTS (
                SELECT FROM lotline.field_photo f WHERE f.sha256 = drop_unsent_photos.sha256
            );
        EXCEPTION WHEN foreign_key_violation THEN  -- it hangs on a case, or on another report
            is_alone := false;
        END;
        RETURN NEXT;
    END LOOP;
    PERFORM set_config('lotline.dropping_unsent', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION lotline.drop_unsent_photos FROM PUBLIC;
