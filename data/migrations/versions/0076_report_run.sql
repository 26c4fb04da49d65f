-- A report as it was asked for and answered: frozen, with the cases behind each figure, so that what
-- somebody acted on can be looked at again and defended.
CREATE TABLE lotline.report_run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report text NOT NULL,
    asked jsonb NOT NULL,
    on_day date NOT NULL,
    generation bigint NOT NULL,
    state text NOT NULL DEFAULT 'queued',
    doing text,
    share double precision NOT NULL DEFAULT 0,
    told_at timestamptz,
    stop_asked boolean NOT NULL DEFAULT false,
    failed_because text,
    answer jsonb,
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL,
    begun_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT report_run_named CHECK (report ~ '^[a-z][a-z_-]{1,40}$'),
    CONSTRAINT report_run_asks_something CHECK (jsonb_typeof(asked) = 'object'),
    CONSTRAINT report_run_state_known CHECK
        (state IN ('queued', 'running', 'done', 'stopped', 'failed')),
    CONSTRAINT report_run_says_who CHECK (btrim(asked_by) <> ''),
    CONSTRAINT report_run_share CHECK (share BETWEEN 0 AND 1),
    CONSTRAINT report_run_begun CHECK
        (CASE state WHEN 'queued' THEN begun_at IS NULL
                    WHEN 'running' THEN begun_at IS NOT NULL
                    WHEN 'done' THEN begun_at IS NOT NULL ELSE true END),
    CONSTRAINT report_run_ended CHECK
        ((state IN ('done', 'stopped', 'failed')) = (ended_at IS NOT NULL)),
    CONSTRAINT report_run_in_order CHECK
        (asked_at <= begun_at AND coalesce(begun_at, asked_at) <= ended_at),
    CONSTRAINT report_run_done_has_answer CHECK ((state = 'done') = (answer IS NOT NULL)),
    CONSTRAINT report_run_failed_for_something CHECK
        ((state = 'failed') = (failed_because IS NOT NULL) AND btrim(failed_because) <> '')
);
CREATE INDEX report_run_newest ON lotline.report_run (report, id DESC);
CREATE INDEX report_run_oldest ON lotline.report_run (asked_at);
CREATE UNIQUE INDEX report_run_open_once ON lotline.report_run (report, asked, on_day)
    WHERE state IN ('queued', 'running');

-- The cases that a figure of an answer counts: its list holds exactly those, whatever happens since.
CREATE TABLE lotline.report_cases (
    run_id bigint NOT NULL,
    name text NOT NULL,
    ids bigint[] NOT NULL,
    PRIMARY KEY (run_id, name),
    CONSTRAINT report_cases_of_run FOREIGN KEY (run_id) REFERENCES lotline.report_run
        ON DELETE CASCADE,
    CONSTRAINT report_cases_named CHECK (name <> ''),
    CONSTRAINT report_cases_known CHECK (array_position(ids, NULL) IS NULL)
);

-- What is large of an answer: what a map draws, the shapes of a table's rows, a file made of it.
CREATE TABLE lotline.report_part (
    run_id bigint NOT NULL,
    name text NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (run_id, name),
    CONSTRAINT report_part_of_run FOREIGN KEY (run_id) REFERENCES lotline.report_run
        ON DELETE CASCADE,
    CONSTRAINT report_part_named CHECK (name ~ '^(layer|shapes|file|failed):.')
);
