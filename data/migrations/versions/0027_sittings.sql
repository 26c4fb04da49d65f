-- What is confirmed of an owner is found from either of the two it is said of.
CREATE INDEX owner_confirmation_other ON lotline.owner_confirmation (key_b);

-- A docket that is read out or posted says at which hour and where the body sits.
ALTER TABLE lotline.hearing_session
    ADD COLUMN begins_at time,
    ADD COLUMN place text,
    ADD CONSTRAINT hearing_session_place_named CHECK (place IS NULL OR btrim(place) <> ''),
    ADD CONSTRAINT hearing_session_hour_with_place CHECK ((begins_at IS NULL) = (place IS NULL));
