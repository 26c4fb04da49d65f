-- Which open cases changed hands when a zone was drawn, so that the officers can be told.
CREATE TABLE lotline.zone_handing (
    drawing_id bigint NOT NULL,
    case_id bigint NOT NULL,
    old_officer_name text,
    officer_name text,
    PRIMARY KEY (drawing_id, case_id),
    CONSTRAINT zone_handing_of_drawing FOREIGN KEY (drawing_id) REFERENCES lotline.zone_drawing,
    CONSTRAINT zone_handing_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT zone_handing_to_another CHECK (old_officer_name IS DISTINCT FROM officer_name)
);
CREATE INDEX zone_handing_case ON lotline.zone_handing (case_id);
CREATE TRIGGER zone_handing_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.zone_handing
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
