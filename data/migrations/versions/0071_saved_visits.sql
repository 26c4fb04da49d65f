-- A day's visits as an officer was given them; once one takes its place, it stays on record.
CREATE TABLE lotline.visit_plan (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    officer_id bigint NOT NULL,
    on_day date NOT NULL,
    begins_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    starts jsonb NOT NULL,
    ends jsonb NOT NULL,
    drive_seconds integer NOT NULL,
    metres integer NOT NULL,
    estimated boolean NOT NULL,
    seed bigint NOT NULL,
    parameters jsonb NOT NULL,
    key uuid NOT NULL,
    made_at timestamptz NOT NULL,
    made_by text NOT NULL,
    supersedes bigint,
    superseded_at timestamptz,
    superseded_by text,
    CONSTRAINT visit_plan_of_officer FOREIGN KEY (officer_id) REFERENCES lotline.staff,
    CONSTRAINT visit_plan_in_order CHECK (begins_at <= ends_at),
    CONSTRAINT visit_plan_measured CHECK (drive_seconds >= 0 AND metres >= 0),
    CONSTRAINT visit_plan_says_who CHECK (btrim(made_by) <> ''),
    CONSTRAINT visit_plan_once UNIQUE (key),
    CONSTRAINT visit_plan_after_another FOREIGN KEY (supersedes) REFERENCES lotline.visit_plan,
    CONSTRAINT visit_plan_after_one_alone UNIQUE (supersedes),
    CONSTRAINT visit_plan_superseded_whole CHECK
        (num_nulls(superseded_at, superseded_by) IN (0, 2) AND btrim(superseded_by) <> ''),
    CONSTRAINT visit_plan_superseded_after CHECK (superseded_at >= made_at)
);
CREATE UNIQUE INDEX visit_plan_one_in_force ON lotline.visit_plan (officer_id, on_day)
    WHERE superseded_at IS NULL;
CREATE INDEX visit_plan_of_day ON lotline.visit_plan (on_day, officer_id, id);

CREATE TABLE lotline.visit_stop (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id bigint NOT NULL,
    place integer NOT NULL,
    spot text NOT NULL,
    label text NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    arrives_at timestamptz NOT NULL,
    leaves_at timestamptz NOT NULL,
    CONSTRAINT visit_stop_of_plan FOREIGN KEY (plan_id) REFERENCES lotline.visit_plan,
    CONSTRAINT visit_stop_counted CHECK (place >= 1),
    CONSTRAINT visit_stop_in_its_place UNIQUE (plan_id, place),
    CONSTRAINT visit_stop_named CHECK (btrim(spot) <> '' AND btrim(label) <> ''),
    CONSTRAINT visit_stop_on_earth CHECK (lon BETWEEN -180 AND 180 AND lat BETWEEN -90 AND 90),
    CONSTRAINT visit_stop_in_order CHECK (arrives_at <= leaves_at)
);

-- What is done at a stop, or was left for another day and why; the kinds are the program's.
CREATE TABLE lotline.visit_item (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id bigint NOT NULL,
    stop_id bigint,
    kind text NOT NULL,
    subject_id bigint NOT NULL,
    case_id bigint,
    complaint_id bigint,
    left_because text,
    risks text,
    CONSTRAINT visit_item_of_plan FOREIGN KEY (plan_id) REFERENCES lotline.visit_plan,
    CONSTRAINT visit_item_at_stop FOREIGN KEY (stop_id) REFERENCES lotline.visit_stop,
    CONSTRAINT visit_item_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT visit_item_of_complaint FOREIGN KEY (complaint_id) REFERENCES lotline.complaint,
    CONSTRAINT visit_item_of_one CHECK (num_nonnulls(case_id, complaint_id) = 1),
    CONSTRAINT visit_item_kind_named CHECK (kind ~ '^[a-z_]+$'),
    CONSTRAINT visit_item_made_or_left CHECK ((stop_id IS NULL) = (left_because IS NOT NULL)),
    CONSTRAINT visit_item_left_for_something CHECK (btrim(left_because) <> ''),
    CONSTRAINT visit_item_risks_something CHECK
        (risks IS NULL OR (btrim(risks) <> '' AND left_because IS NOT NULL))
);
CREATE UNIQUE INDEX visit_item_once
    ON lotline.visit_item (plan_id, kind, subject_id, coalesce(complaint_id, 0));
CREATE INDEX visit_item_of_stop ON lotline.visit_item (stop_id) WHERE stop_id IS NOT NULL;
CREATE INDEX visit_item_by_case ON lotline.visit_item (case_id) WHERE case_id IS NOT NULL;

-- What became of a stop: somebody came, and left again; or it was skipped, and why.
CREATE TABLE lotline.visit_outcome (
    stop_id bigint PRIMARY KEY,
    arrived_at timestamptz,
    left_at timestamptz,
    skipped_because text,
    told_at timestamptz NOT NULL,
    told_by text NOT NULL,
    CONSTRAINT visit_outcome_of_stop FOREIGN KEY (stop_id) REFERENCES lotline.visit_stop,
    CONSTRAINT visit_outcome_one_of_two CHECK (num_nonnulls(arrived_at, skipped_because) = 1),
    CONSTRAINT visit_outcome_left_after CHECK
        (left_at IS NULL OR (arrived_at IS NOT NULL AND arrived_at <= left_at)),
    CONSTRAINT visit_outcome_skipped_for_something CHECK (btrim(skipped_because) <> ''),
    CONSTRAINT visit_outcome_says_who CHECK (btrim(told_by) <> '')
);
CREATE INDEX visit_outcome_made ON lotline.visit_outcome (arrived_at) WHERE left_at IS NOT NULL;

CREATE TRIGGER visit_stop_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.visit_stop FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
CREATE TRIGGER visit_item_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.visit_item FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
