-- A zone comes from a file, or somebody drew it here; drawn_on also marks one that came from a
-- file and whose outline was drawn anew, which a later file leaves as it is.
ALTER TABLE lotline.zone
    ALTER COLUMN import_run_id DROP NOT NULL,
    ALTER COLUMN source_row DROP NOT NULL,
    ADD COLUMN drawn_on date,
    ADD CONSTRAINT zone_from_file_or_hand CHECK
        ((import_run_id IS NULL) = (source_row IS NULL)
         AND (import_run_id IS NOT NULL OR drawn_on IS NOT NULL));

-- What people did to officers' zones: who, when, what it was before and what it became.
CREATE TABLE lotline.zone_drawing (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    zone_id bigint NOT NULL,
    actor text NOT NULL,
    drawn_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    cases_moved integer NOT NULL,
    old_name text,
    old_officer_name text,
    old_geom geometry(MultiPolygon, 4326),
    name text NOT NULL,
    officer_name text,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    CONSTRAINT zone_drawing_of_zone FOREIGN KEY (zone_id) REFERENCES lotline.zone,
    CONSTRAINT zone_drawing_says_who CHECK (btrim(actor) <> ''),
    CONSTRAINT zone_drawing_named CHECK (btrim(name) <> ''),
    CONSTRAINT zone_drawing_moved_counted CHECK (cases_moved >= 0),
    CONSTRAINT zone_drawing_old_whole CHECK
        ((old_name IS NULL) = (old_geom IS NULL)
         AND (old_officer_name IS NULL OR old_name IS NOT NULL)),
    CONSTRAINT zone_drawing_changes_something CHECK
        (old_name IS DISTINCT FROM name OR old_officer_name IS DISTINCT FROM officer_name
         OR public.ST_AsEWKB(old_geom) IS DISTINCT FROM public.ST_AsEWKB(geom)),
    CONSTRAINT zone_drawing_geom_plausible CHECK (lotline.plausible(geom))
);
CREATE INDEX zone_drawing_of ON lotline.zone_drawing (zone_id, id);
CREATE TRIGGER zone_drawing_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.zone_drawing
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- The office's tiles of cases name the officer, whom the zone names or the account.
CREATE TRIGGER zone_bumps_cases AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON lotline.zone
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.bump_layer('cases');
CREATE TRIGGER staff_bumps_cases AFTER UPDATE OF name ON lotline.staff
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.bump_layer('cases');

-- What the office's map draws, and what its first page counts.
CREATE INDEX case_unended_on_map ON lotline.case_file USING gist (point_3857)
    WHERE phase NOT IN ('closed', 'complied', 'unfounded', 'void');
CREATE INDEX case_category ON lotline.case_file (category);
CREATE INDEX case_opened ON lotline.case_file (opened_on);
CREATE INDEX case_closed ON lotline.case_file (closed_on) WHERE closed_on IS NOT NULL;
CREATE INDEX inspection_made ON lotline.inspection (made_on, case_id) WHERE made_on IS NOT NULL;
CREATE INDEX notice_issued ON lotline.notice (issued_on, case_id) WHERE issued_on IS NOT NULL;
CREATE INDEX violation_corrected ON lotline.violation (corrected_on, case_id)
    WHERE corrected_on IS NOT NULL;

-- Staff's counts now hold every case that has not ended, and so are all to be taken again.
INSERT INTO lotline.case_grid_stale
SELECT DISTINCT cell_x, cell_y FROM lotline.case_file WHERE cell_x IS NOT NULL;
