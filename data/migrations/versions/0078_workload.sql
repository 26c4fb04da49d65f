-- How many minutes a thing takes, as a manager set it; the latest of a name counts, and one without
-- minutes goes back to what the program takes.
CREATE TABLE lotline.work_minutes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    minutes integer,
    set_at timestamptz NOT NULL,
    set_by text NOT NULL,
    CONSTRAINT work_minutes_named CHECK (name ~ '^[a-z][a-z_]*$'),
    CONSTRAINT work_minutes_of_a_day CHECK (minutes BETWEEN 0 AND 1440),
    CONSTRAINT work_minutes_says_who CHECK (btrim(set_by) <> '')
);
CREATE INDEX work_minutes_latest ON lotline.work_minutes (name, id DESC);
CREATE TRIGGER work_minutes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.work_minutes FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- Zones that share the work evenly, as they were asked for, worked on, looked at and adopted.
CREATE TABLE lotline.zone_draft (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key uuid NOT NULL,
    asked jsonb NOT NULL,
    state text NOT NULL DEFAULT 'queued',
    told jsonb NOT NULL DEFAULT '{}',
    told_at timestamptz,
    stop_asked boolean NOT NULL DEFAULT false,
    failed_because text,
    proposal jsonb,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    begun_at timestamptz,
    ended_at timestamptz,
    adopted_at timestamptz,
    adopted_by text,
    CONSTRAINT zone_draft_once UNIQUE (key),
    CONSTRAINT zone_draft_state_known CHECK
        (state IN ('queued', 'running', 'done', 'stopped', 'failed')),
    CONSTRAINT zone_draft_says_who CHECK (btrim(made_by) <> ''),
    CONSTRAINT zone_draft_begun CHECK
        (CASE state WHEN 'queued' THEN begun_at IS NULL
                    WHEN 'running' THEN begun_at IS NOT NULL
                    WHEN 'done' THEN begun_at IS NOT NULL ELSE true END),
    CONSTRAINT zone_draft_ended CHECK
        ((state IN ('done', 'stopped', 'failed')) = (ended_at IS NOT NULL)),
    CONSTRAINT zone_draft_in_order CHECK
        (made_at <= begun_at AND coalesce(begun_at, made_at) <= ended_at),
    CONSTRAINT zone_draft_done_has_zones CHECK (state <> 'done' OR proposal IS NOT NULL),
    CONSTRAINT zone_draft_zones_once_ended CHECK
        (proposal IS NULL OR state IN ('done', 'stopped')),
    CONSTRAINT zone_draft_failed_for_something CHECK
        ((state = 'failed') = (failed_because IS NOT NULL) AND btrim(failed_because) <> ''),
    CONSTRAINT zone_draft_adopted_whole CHECK
        (num_nulls(adopted_at, adopted_by) IN (0, 2) AND btrim(adopted_by) <> ''),
    CONSTRAINT zone_draft_adopted_zones CHECK (adopted_at IS NULL OR proposal IS NOT NULL)
);
CREATE INDEX zone_draft_newest ON lotline.zone_draft (made_at DESC, id DESC);
