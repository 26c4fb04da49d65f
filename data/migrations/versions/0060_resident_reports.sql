-- A report that a resident sent himself: by what key it was sent, by what code its sender asks after
-- it (only the code's hash is kept), and whether it was held back as maybe none.
CREATE TABLE lotline.resident_report (
    complaint_id bigint PRIMARY KEY,
    report_id uuid NOT NULL,
    code_sha256 text NOT NULL,
    about_case_id bigint,
    held_because text,
    released_by text,
    released_on date,
    CONSTRAINT resident_report_of_complaint FOREIGN KEY (complaint_id) REFERENCES lotline.complaint,
    CONSTRAINT resident_report_sent_once UNIQUE (report_id),
    CONSTRAINT resident_report_code_once UNIQUE (code_sha256),
    CONSTRAINT resident_report_code_hashed CHECK (code_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT resident_report_about_case
        FOREIGN KEY (about_case_id) REFERENCES lotline.case_file,
    CONSTRAINT resident_report_held_known CHECK (held_because IN ('trap', 'links')),
    CONSTRAINT resident_report_released_whole
        CHECK (num_nonnulls(released_by, released_on) IN (0, 2)),
    CONSTRAINT resident_report_released_if_held
        CHECK (held_because IS NOT NULL OR released_by IS NULL),
    CONSTRAINT resident_report_released_by_somebody CHECK (btrim(released_by) <> '')
);
CREATE INDEX resident_report_held ON lotline.resident_report (complaint_id)
    WHERE held_because IS NOT NULL AND released_by IS NULL;

-- The photographs of a report, which may come before its words and each more than once.
CREATE TABLE lotline.resident_photo (
    report_id uuid NOT NULL,
    sha256 text NOT NULL,
    kept_at timestamptz NOT NULL,
    PRIMARY KEY (report_id, sha256),
    CONSTRAINT resident_photo_of_document FOREIGN KEY (sha256) REFERENCES lotline.document
);
CREATE TRIGGER resident_photo_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.resident_photo FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
