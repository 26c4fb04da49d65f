-- Of a drawing that a file of zones made: the file's name, for nobody drew it.
ALTER TABLE lotline.zone_drawing
    ADD COLUMN file_name text,
    ADD CONSTRAINT zone_drawing_file_named CHECK (btrim(file_name) <> '');

-- By whom a case was given last: few events are of it.
CREATE INDEX case_event_assigned ON lotline.case_event (case_id, seq) WHERE kind = 'case_assigned';
