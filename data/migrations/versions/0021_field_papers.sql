-- A paper may be handed over in the field.
ALTER TABLE lotline.field_deed
    DROP CONSTRAINT field_deed_kind_known,
    ADD CONSTRAINT field_deed_kind_known CHECK
        (kind IN ('visit', 'no_access', 'result', 'cite', 'serve', 'close', 'hazard', 'settle'));

-- What an officer looked for by the kind of case, each line with its answer, beside what tried a
-- provision (checklist).
ALTER TABLE lotline.inspection
    ADD COLUMN looked jsonb NOT NULL DEFAULT '[]',
    ADD CONSTRAINT inspection_looked_answered CHECK
        (CASE WHEN jsonb_typeof(looked) = 'array'
         THEN jsonb_array_length(jsonb_path_query_array(looked,
                  '$[*].answer ? (@ == "yes" || @ == "no" || @ == "not_seen")'))
              = jsonb_array_length(looked)
         ELSE false END);
