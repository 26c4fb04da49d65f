-- What an officer's certification is needed for: a kind of visit, or all that is done in a kind of
-- case. The kinds of visit are the program's; those of cases are the law's, in its own words.
CREATE TABLE lotline.certification_need (
    code text NOT NULL,
    sort text NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (code, sort, value),
    CONSTRAINT certification_need_known FOREIGN KEY (code) REFERENCES lotline.certification,
    CONSTRAINT certification_need_sort_known CHECK (sort IN ('visit', 'case')),
    CONSTRAINT certification_need_named CHECK
        (value = btrim(value) AND length(value) BETWEEN 1 AND 200),
    CONSTRAINT certification_need_visit_named CHECK (sort <> 'visit' OR value ~ '^[a-z_]+$')
);

ALTER TABLE lotline.working_event
    DROP CONSTRAINT working_event_kind_known,
    DROP CONSTRAINT working_event_of_somebody,
    ADD CONSTRAINT working_event_kind_known CHECK
        (kind IN ('terms', 'exception', 'removed', 'office', 'certifications', 'needed')),
    ADD CONSTRAINT working_event_of_somebody CHECK
        ((staff_id IS NULL) = (kind IN ('office', 'certifications', 'needed')));

-- What a program was answered that had the rest of a day planned and put in force, by the key it
-- sent: sent again, it is answered the same. As text, for its order stays. Kept for some days.
CREATE TABLE lotline.rest_answer (
    key uuid PRIMARY KEY,
    asked jsonb NOT NULL,
    told text NOT NULL,
    answered_at timestamptz NOT NULL,
    CONSTRAINT rest_answer_of_something CHECK (jsonb_typeof(asked) = 'object'),
    CONSTRAINT rest_answer_says_something CHECK (told <> '')
);
CREATE INDEX rest_answer_oldest ON lotline.rest_answer (answered_at);
