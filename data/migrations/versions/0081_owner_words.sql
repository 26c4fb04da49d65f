-- Who two owners are whom a person says something of, as it was written: a key is for comparing.
-- What was said before has its keys alone. Reports rest on these words, so they are made anew.
ALTER TABLE lotline.owner_confirmation ADD COLUMN party_a text, ADD COLUMN party_b text;
ALTER TABLE lotline.owner_confirmation DISABLE TRIGGER owner_confirmation_append_only;
UPDATE lotline.owner_confirmation SET party_a = key_a, party_b = key_b;
ALTER TABLE lotline.owner_confirmation ENABLE TRIGGER owner_confirmation_append_only;
ALTER TABLE lotline.owner_confirmation
    ALTER COLUMN party_a SET NOT NULL, ALTER COLUMN party_b SET NOT NULL,
    ADD CONSTRAINT owner_confirmation_names_both CHECK (party_a ~ '\S' AND party_b ~ '\S');
CREATE TRIGGER owner_confirmation_bumps_records AFTER INSERT OR TRUNCATE
    ON lotline.owner_confirmation
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.bump_layer('records');
