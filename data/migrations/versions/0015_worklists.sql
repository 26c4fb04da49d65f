-- Whose case it is where a person said so; else its zone's officer's.
ALTER TABLE lotline.case_file ADD COLUMN officer_id bigint;
ALTER TABLE lotline.case_file ADD CONSTRAINT case_of_officer
    FOREIGN KEY (officer_id) REFERENCES lotline.staff;
CREATE INDEX case_officer ON lotline.case_file (officer_id) WHERE officer_id IS NOT NULL;

-- When something last happened in a case. Kept apart, so that a deed which moves no case on the
-- map leaves its tiles as they are.
CREATE TABLE lotline.case_activity (
    case_id bigint PRIMARY KEY,
    last_on date,
    CONSTRAINT case_activity_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file
        ON DELETE CASCADE
);
CREATE INDEX case_activity_last ON lotline.case_activity (last_on);

CREATE FUNCTION lotline.keep_case_activity() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    INSERT INTO lotline.case_activity (case_id, last_on)
    SELECT case_id, max(happened_on) FROM arrived GROUP BY case_id
    ON CONFLICT (case_id) DO UPDATE
        SET last_on = greatest(case_activity.last_on, excluded.last_on)
        WHERE case_activity.last_on IS DISTINCT FROM
              greatest(case_activity.last_on, excluded.last_on);
    RETURN NULL;
END $$;
CREATE TRIGGER case_event_keeps_activity AFTER INSERT ON lotline.case_event
    REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT
    EXECUTE FUNCTION lotline.keep_case_activity();
INSERT INTO lotline.case_activity (case_id, last_on)
SELECT case_id, max(happened_on) FROM lotline.case_event GROUP BY case_id;

-- What waits for somebody is few among all there ever was.
CREATE INDEX case_open_by_due ON lotline.case_file (next_due, id)
    WHERE phase NOT IN ('closed', 'complied', 'unfounded', 'void');
CREATE INDEX case_open_by_zone ON lotline.case_file (zone_id, next_due)
    WHERE phase NOT IN ('closed', 'complied', 'unfounded', 'void');
CREATE INDEX case_open_by_phase ON lotline.case_file (phase, id)
    WHERE phase NOT IN ('closed', 'complied', 'unfounded', 'void');
CREATE INDEX case_to_close ON lotline.case_file (id)
    WHERE phase = 'complied' AND closed_on IS NULL;
CREATE INDEX case_number_like ON lotline.case_file USING gin (number gin_trgm_ops);
CREATE INDEX notice_waiting ON lotline.notice (status, case_id)
    WHERE status IN ('drafted', 'issued');
CREATE INDEX extension_waiting ON lotline.extension (case_id) WHERE status = 'requested';
CREATE INDEX citation_waiting ON lotline.citation (answer_by, case_id) WHERE status = 'served';
CREATE INDEX hearing_waiting ON lotline.hearing (status, case_id)
    WHERE status IN ('requested', 'continued', 'docketed', 'opened');
CREATE INDEX order_waiting ON lotline.enforcement_order (status, case_id)
    WHERE status IN ('entered', 'served', 'noncompliant', 'contested', 'certified');
CREATE INDEX lien_binding ON lotline.lien (case_id) WHERE status IN ('recorded', 'foreclosing');

-- A question somebody asks again and again.
CREATE TABLE lotline.saved_list (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id bigint NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    saved_at timestamptz NOT NULL,
    CONSTRAINT saved_list_of_staff FOREIGN KEY (staff_id) REFERENCES lotline.staff,
    CONSTRAINT saved_list_once UNIQUE (staff_id, name),
    CONSTRAINT saved_list_named CHECK (btrim(name) <> '' AND length(name) <= 80),
    CONSTRAINT saved_list_query_short CHECK (length(query) <= 4000)
);
