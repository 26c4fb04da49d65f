-- The way a plan is driven, turn by turn, and the seconds between all of its places: enough to
-- follow it, and to put it in another order, without a signal. What is estimated has no way.
ALTER TABLE lotline.visit_plan
    ADD COLUMN legs jsonb,
    ADD COLUMN drives jsonb,
    ADD CONSTRAINT visit_plan_legs_listed CHECK (jsonb_typeof(legs) = 'array'),
    ADD CONSTRAINT visit_plan_legs_driven CHECK (legs IS NULL OR NOT estimated),
    ADD CONSTRAINT visit_plan_drives_listed CHECK (jsonb_typeof(drives) = 'array');

-- An officer tells of a stop of the plan: came to, left, or skipped.
ALTER TABLE lotline.field_deed
    DROP CONSTRAINT field_deed_kind_known,
    ADD CONSTRAINT field_deed_kind_known CHECK
        (kind IN ('open', 'visit', 'no_access', 'result', 'warn', 'cite', 'serve', 'post', 'close',
                  'hazard', 'settle', 'arrive', 'leave', 'skip'));
