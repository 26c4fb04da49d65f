-- When each officer works, week by week; a weekday without a row is not worked.
CREATE TABLE lotline.working_hours (
    staff_id bigint NOT NULL,
    weekday smallint NOT NULL,
    begins_at time NOT NULL,
    ends_at time NOT NULL,
    lunch_from time,
    lunch_until time,
    lunch_minutes integer NOT NULL DEFAULT 0,
    PRIMARY KEY (staff_id, weekday),
    CONSTRAINT working_hours_of_staff FOREIGN KEY (staff_id) REFERENCES lotline.staff,
    CONSTRAINT working_hours_on_weekday CHECK (weekday BETWEEN 0 AND 6),
    CONSTRAINT working_hours_in_order CHECK (begins_at < ends_at),
    CONSTRAINT working_hours_lunch_whole CHECK
        (num_nulls(lunch_from, lunch_until) <> 1
         AND (lunch_from IS NULL) = (lunch_minutes = 0)),
    CONSTRAINT working_hours_lunch_within CHECK
        (lunch_minutes >= 0 AND begins_at <= lunch_from AND lunch_until <= ends_at
         AND lunch_until - lunch_from >= make_interval(mins => lunch_minutes))
);

-- On what terms an officer works; without a row, or a place, those of everybody in the town.
CREATE TABLE lotline.working_terms (
    staff_id bigint PRIMARY KEY,
    starts_at text,
    starts_lon double precision,
    starts_lat double precision,
    ends_at text,
    ends_lon double precision,
    ends_lat double precision,
    overtime_minutes integer NOT NULL DEFAULT 0,
    zones text NOT NULL DEFAULT 'hard',
    CONSTRAINT working_terms_of_staff FOREIGN KEY (staff_id) REFERENCES lotline.staff,
    CONSTRAINT working_terms_start_whole CHECK
        (num_nulls(starts_at, starts_lon, starts_lat) IN (0, 3) AND btrim(starts_at) <> ''
         AND starts_lon BETWEEN -180 AND 180 AND starts_lat BETWEEN -90 AND 90),
    CONSTRAINT working_terms_end_whole CHECK
        (num_nulls(ends_at, ends_lon, ends_lat) IN (0, 3) AND btrim(ends_at) <> ''
         AND ends_lon BETWEEN -180 AND 180 AND ends_lat BETWEEN -90 AND 90),
    CONSTRAINT working_terms_overtime_of_a_day CHECK (overtime_minutes BETWEEN 0 AND 480),
    CONSTRAINT working_terms_zones_known CHECK (zones IN ('hard', 'soft'))
);

-- What officers may be certified for, in the town's own words, and who is.
CREATE TABLE lotline.certification (
    code text PRIMARY KEY,
    named_at timestamptz NOT NULL,
    CONSTRAINT certification_named CHECK (code = btrim(code) AND length(code) BETWEEN 1 AND 40)
);
CREATE TABLE lotline.working_certification (
    staff_id bigint NOT NULL,
    code text NOT NULL,
    PRIMARY KEY (staff_id, code),
    CONSTRAINT working_certification_of_staff FOREIGN KEY (staff_id) REFERENCES lotline.staff,
    CONSTRAINT working_certification_known FOREIGN KEY (code) REFERENCES lotline.certification
);

-- Days on which somebody does not work, or at other hours. Why, the town does not ask.
CREATE TABLE lotline.working_exception (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id bigint NOT NULL,
    kind text NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    begins_at time,
    ends_at time,
    form_key uuid NOT NULL,
    noted_at timestamptz NOT NULL,
    noted_by text NOT NULL,
    removed_at timestamptz,
    removed_by text,
    CONSTRAINT working_exception_of_staff FOREIGN KEY (staff_id) REFERENCES lotline.staff,
    CONSTRAINT working_exception_kind_known CHECK (kind IN ('leave', 'hours')),
    CONSTRAINT working_exception_in_order CHECK (first_day <= last_day),
    CONSTRAINT working_exception_hours_told CHECK
        ((kind = 'hours') = (begins_at IS NOT NULL) AND num_nulls(begins_at, ends_at) <> 1),
    CONSTRAINT working_exception_hours_in_order CHECK (begins_at < ends_at),
    CONSTRAINT working_exception_says_who CHECK (btrim(noted_by) <> ''),
    CONSTRAINT working_exception_removed_whole CHECK
        (num_nulls(removed_at, removed_by) IN (0, 2) AND btrim(removed_by) <> ''),
    CONSTRAINT working_exception_form_once UNIQUE (form_key),
    CONSTRAINT working_exception_apart EXCLUDE USING gist
        (staff_id WITH =, daterange(first_day, last_day, '[]') WITH &&) WHERE (removed_at IS NULL)
);

-- The town's office, from which a day starts and where it ends unless an officer's terms say else.
CREATE TABLE lotline.office_place (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    label text NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    set_at timestamptz NOT NULL,
    set_by text NOT NULL,
    CONSTRAINT office_place_named CHECK (btrim(label) <> ''),
    CONSTRAINT office_place_on_earth CHECK (lon BETWEEN -180 AND 180 AND lat BETWEEN -90 AND 90),
    CONSTRAINT office_place_says_who CHECK (btrim(set_by) <> '')
);

-- How an officer's terms came to be as they are.
CREATE TABLE lotline.working_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id bigint,
    kind text NOT NULL,
    actor text NOT NULL,
    happened_at timestamptz NOT NULL,
    details jsonb NOT NULL,
    CONSTRAINT working_event_of_staff FOREIGN KEY (staff_id) REFERENCES lotline.staff,
    CONSTRAINT working_event_kind_known CHECK
        (kind IN ('terms', 'exception', 'removed', 'office', 'certifications')),
    CONSTRAINT working_event_of_somebody CHECK
        ((staff_id IS NULL) = (kind IN ('office', 'certifications'))),
    CONSTRAINT working_event_says_who CHECK (btrim(actor) <> '')
);
CREATE INDEX working_event_latest ON lotline.working_event (staff_id, id);

-- What a visit is worth and how long it takes, as a manager set it; the latest of a name counts,
-- and one without a value goes back to what the program takes.
CREATE TABLE lotline.visit_setting (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    value integer,
    set_at timestamptz NOT NULL,
    set_by text NOT NULL,
    CONSTRAINT visit_setting_named CHECK (name ~ '^[a-z][a-z0-9_]*$'),
    CONSTRAINT visit_setting_of_a_day CHECK (value BETWEEN 0 AND 86400),
    CONSTRAINT visit_setting_says_who CHECK (btrim(set_by) <> '')
);
CREATE INDEX visit_setting_latest ON lotline.visit_setting (name, id DESC);

CREATE TRIGGER office_place_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.office_place FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
CREATE TRIGGER working_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.working_event FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
CREATE TRIGGER visit_setting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.visit_setting FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
