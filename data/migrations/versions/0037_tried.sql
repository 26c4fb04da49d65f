-- A visit in vain that nobody had planned: when it was tried. It never was an appointment.
ALTER TABLE lotline.inspection
    ADD COLUMN tried_at timestamptz,
    ADD CONSTRAINT inspection_tried_in_vain CHECK (tried_at IS NULL OR status = 'no_access'),
    ADD CONSTRAINT inspection_no_access_has_time CHECK
        (status <> 'no_access' OR booked_for IS NOT NULL OR tried_at IS NOT NULL);

-- What a photograph shows, in the words of whoever took it.
ALTER TABLE lotline.field_photo
    ADD COLUMN caption text,
    ADD CONSTRAINT field_photo_caption_says CHECK (caption IS NULL OR btrim(caption) <> '');

-- A notice may be posted in the field.
ALTER TABLE lotline.field_deed
    DROP CONSTRAINT field_deed_kind_known,
    ADD CONSTRAINT field_deed_kind_known CHECK
        (kind IN ('visit', 'no_access', 'result', 'cite', 'serve', 'post', 'close', 'hazard',
                  'settle'));
