-- A plan of several officers' days as it was asked for, worked on by a worker, and changed by hand.
CREATE TABLE lotline.route_draft (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key uuid NOT NULL,
    asked jsonb NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    state text NOT NULL DEFAULT 'queued',
    told jsonb NOT NULL DEFAULT '{}',
    told_at timestamptz,
    stop_asked boolean NOT NULL DEFAULT false,
    failed_because text,
    problem jsonb,
    plan jsonb,
    matrix bytea,
    version integer NOT NULL DEFAULT 1,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    begun_at timestamptz,
    ended_at timestamptz,
    changed_at timestamptz,
    changed_by text,
    adopted_at timestamptz,
    adopted_by text,
    CONSTRAINT route_draft_once UNIQUE (key),
    CONSTRAINT route_draft_days_in_order CHECK (first_day <= last_day),
    CONSTRAINT route_draft_state_known CHECK
        (state IN ('queued', 'running', 'done', 'stopped', 'failed')),
    CONSTRAINT route_draft_says_who CHECK (btrim(made_by) <> ''),
    CONSTRAINT route_draft_begun CHECK
        (CASE state WHEN 'queued' THEN begun_at IS NULL
                    WHEN 'running' THEN begun_at IS NOT NULL
                    WHEN 'done' THEN begun_at IS NOT NULL ELSE true END),
    CONSTRAINT route_draft_ended CHECK
        ((state IN ('done', 'stopped', 'failed')) = (ended_at IS NOT NULL)),
    CONSTRAINT route_draft_in_order CHECK
        (made_at <= begun_at AND coalesce(begun_at, made_at) <= ended_at),
    CONSTRAINT route_draft_planned_whole CHECK (num_nulls(problem, plan, matrix) IN (0, 3)),
    CONSTRAINT route_draft_done_has_plan CHECK (state <> 'done' OR plan IS NOT NULL),
    CONSTRAINT route_draft_failed_for_something CHECK
        ((state = 'failed') = (failed_because IS NOT NULL) AND btrim(failed_because) <> ''),
    CONSTRAINT route_draft_versioned CHECK (version >= 1),
    CONSTRAINT route_draft_changed_whole CHECK
        (num_nulls(changed_at, changed_by) IN (0, 2) AND btrim(changed_by) <> ''),
    CONSTRAINT route_draft_adopted_whole CHECK
        (num_nulls(adopted_at, adopted_by) IN (0, 2) AND btrim(adopted_by) <> ''),
    CONSTRAINT route_draft_adopted_plan CHECK (adopted_at IS NULL OR plan IS NOT NULL)
);
CREATE INDEX route_draft_newest ON lotline.route_draft (made_at DESC, id DESC);
CREATE INDEX route_draft_open ON lotline.route_draft (first_day, last_day)
    WHERE state IN ('queued', 'running');
