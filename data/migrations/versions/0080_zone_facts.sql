-- What a layer of zones tells in numbers of who lives there: residents, households, income.
ALTER TABLE lotline.zone
    ADD COLUMN facts jsonb NOT NULL DEFAULT '{}',
    ADD CONSTRAINT zone_facts_are_numbers CHECK (
        jsonb_typeof(facts) = 'object'
        AND NOT jsonb_path_exists(facts, '$.* ? (@.type() != "number")'));
