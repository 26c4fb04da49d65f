-- What is done again is told by a letter of its own: an affidavit after one that was rejected.
ALTER TABLE lotline.case_letter ADD COLUMN of_event integer;
ALTER TABLE lotline.case_letter DISABLE TRIGGER case_letter_append_only;
UPDATE lotline.case_letter letter SET of_event = (
    SELECT max(event.seq) FROM lotline.case_event event
    WHERE event.case_id = letter.case_id AND event.kind = 'affidavit_filed'
        AND (event.details ->> 'enforcement_order')::bigint = letter.part_id
        AND event.recorded_at <= letter.issued_at)
WHERE letter.kind = 'noncompliance_affidavit';
ALTER TABLE lotline.case_letter ENABLE TRIGGER case_letter_append_only;

ALTER TABLE lotline.case_letter ADD CONSTRAINT case_letter_of_event
    FOREIGN KEY (case_id, of_event) REFERENCES lotline.case_event (case_id, seq);
-- What a statement says depends on its day; all else is said once of an event, in a language.
DROP INDEX lotline.case_letter_frozen;
CREATE UNIQUE INDEX case_letter_frozen
    ON lotline.case_letter (kind, part_id, of_event, language) NULLS NOT DISTINCT
    WHERE kind <> 'payoff';
