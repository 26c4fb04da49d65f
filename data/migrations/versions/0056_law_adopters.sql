-- Who put a law pack in force; of those adopted before this was kept, nobody knows.
ALTER TABLE lotline.law_pack
    ADD COLUMN adopted_by text,
    ADD CONSTRAINT law_pack_adopted_by_somebody CHECK (btrim(adopted_by) <> '');
