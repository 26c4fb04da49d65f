-- The cases that have no place on the map: few, and counted beside it whenever it moves.
CREATE INDEX case_file_unplaced ON lotline.case_file (id) WHERE point IS NULL;
