-- A plan that is withdrawn is out of force with nothing in its place: the reason tells it from one
-- that another replaced. Those withdrawn before this have none.
ALTER TABLE lotline.visit_plan
    ADD COLUMN withdrawn_because text,
    ADD CONSTRAINT visit_plan_withdrawn_whole CHECK
        (withdrawn_because IS NULL OR superseded_at IS NOT NULL),
    ADD CONSTRAINT visit_plan_withdrawn_for_something CHECK (btrim(withdrawn_because) <> '');
