-- Of a drawing that a file of zones made: the file's name, for nobody drew it.
ALTER TABLE lotline.zone_drawing
    ADD COLUMN file_name text,
    ADD CONSTRAINT zone_drawing_file_named CHECK (btrim(file_name) <> '');
