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
