-- A case may be opened in the field, and a warning issued there.
ALTER TABLE lotline.field_deed
    DROP CONSTRAINT field_deed_kind_known,
    ADD CONSTRAINT field_deed_kind_known CHECK
        (kind IN ('open', 'visit', 'no_access', 'result', 'warn', 'cite', 'serve', 'post', 'close',
                  'hazard', 'settle'));
