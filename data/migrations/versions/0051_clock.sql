-- What the clock noticed: a thing is noticed once for the day on which it fell due, by this key.
CREATE TABLE lotline.clock_notice (
    kind text NOT NULL,
    subject_id bigint NOT NULL,
    due_on date NOT NULL,
    case_id bigint,
    noticed_on date NOT NULL,
    noticed_at timestamptz NOT NULL,
    CONSTRAINT clock_notice_once UNIQUE (kind, subject_id, due_on),
    CONSTRAINT clock_notice_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT clock_notice_kind_known CHECK
        (kind IN ('run', 'root', 'visit', 'correction', 'order', 'waiver', 'mail', 'foreclosure',
                  'lien_ending', 'lien_over', 'dormant', 'retention')),
    CONSTRAINT clock_notice_of_something CHECK
        (CASE WHEN kind IN ('run', 'root') THEN subject_id = 0 AND case_id IS NULL
              ELSE subject_id > 0 AND case_id IS NOT NULL END),
    CONSTRAINT clock_notice_when_due CHECK (due_on <= noticed_on)
);
CREATE INDEX clock_notice_day ON lotline.clock_notice (noticed_on);
CREATE INDEX clock_notice_case ON lotline.clock_notice (case_id) WHERE case_id IS NOT NULL;
CREATE TRIGGER clock_notice_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.clock_notice
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- What the clock asks for, each of what still waits or binds.
CREATE INDEX violation_open_until ON lotline.violation (comply_by) WHERE status = 'open';
CREATE INDEX citation_unanswered ON lotline.citation (answer_by) WHERE status = 'served';
CREATE INDEX order_served_until ON lotline.enforcement_order (comply_by) WHERE status = 'served';
CREATE INDEX lien_binding_since ON lotline.lien (recorded_on)
    WHERE status IN ('recorded', 'foreclosing');
CREATE INDEX case_closed_since ON lotline.case_file (closed_on) WHERE closed_on IS NOT NULL;
