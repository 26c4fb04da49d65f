-- What is done again is told by a letter of its own: an affidavit after one that was rejected. Each
-- respondent may have one, and what came back is issued again.
ALTER TABLE lotline.case_letter
    ADD COLUMN of_event integer,
    ADD COLUMN respondent_id bigint,
    ADD COLUMN copy integer NOT NULL DEFAULT 1;
ALTER TABLE lotline.case_letter DISABLE TRIGGER case_letter_append_only;
UPDATE lotline.case_letter letter SET of_event = (
    SELECT max(event.seq) FROM lotline.case_event event
    WHERE event.case_id = letter.case_id AND event.kind = 'affidavit_filed'
        AND (event.details ->> 'enforcement_order')::bigint = letter.part_id
        AND event.recorded_at <= letter.issued_at)
WHERE letter.kind = 'noncompliance_affidavit';
UPDATE lotline.case_letter letter SET respondent_id = (
    SELECT one.id FROM lotline.respondent one
    WHERE one.case_id = letter.case_id AND one.name = letter.recipient
    ORDER BY one.address <> letter.address, one.id LIMIT 1);
ALTER TABLE lotline.case_letter ENABLE TRIGGER case_letter_append_only;

ALTER TABLE lotline.case_letter
    ADD CONSTRAINT case_letter_of_event
        FOREIGN KEY (case_id, of_event) REFERENCES lotline.case_event (case_id, seq),
    ADD CONSTRAINT case_letter_to_respondent
        FOREIGN KEY (respondent_id) REFERENCES lotline.respondent,
    ADD CONSTRAINT case_letter_copies_counted CHECK (copy > 0),
    DROP CONSTRAINT case_letter_once,
    ADD CONSTRAINT case_letter_once UNIQUE NULLS NOT DISTINCT
        (case_id, kind, part_id, of_event, language, respondent_id, address, sha256, copy);
-- What a statement says depends on its day; all else is said once of an event, in a language, to
-- somebody at an address.
DROP INDEX lotline.case_letter_frozen;
CREATE UNIQUE INDEX case_letter_frozen ON lotline.case_letter
    (kind, part_id, of_event, language, respondent_id, address, copy) NULLS NOT DISTINCT
    WHERE kind <> 'payoff';
