-- A question somebody asks of a report again and again, for one or for the office, and to whom its
-- answer is mailed by itself.
CREATE TABLE lotline.report_saved (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key uuid NOT NULL,
    staff_id bigint NOT NULL,
    name text NOT NULL,
    report text NOT NULL,
    asked jsonb NOT NULL,
    shared boolean NOT NULL DEFAULT false,
    rhythm text NOT NULL DEFAULT 'none',
    since_day date NOT NULL,
    recipients text[] NOT NULL DEFAULT '{}',
    language text NOT NULL DEFAULT 'en',
    last_day date,
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT report_saved_key_once UNIQUE (key),
    CONSTRAINT report_saved_of_staff FOREIGN KEY (staff_id) REFERENCES lotline.staff,
    CONSTRAINT report_saved_named CHECK
        (btrim(name) <> '' AND length(name) <= 80 AND name !~ '[[:cntrl:]]'),
    CONSTRAINT report_saved_report_named CHECK (report ~ '^[a-z][a-z_-]{1,40}$'),
    CONSTRAINT report_saved_asks_something CHECK (jsonb_typeof(asked) = 'object'),
    CONSTRAINT report_saved_rhythm_known CHECK (rhythm IN ('none', 'weekly', 'monthly')),
    CONSTRAINT report_saved_language_known CHECK (language IN ('en', 'es')),
    CONSTRAINT report_saved_few_recipients CHECK (cardinality(recipients) <= 20),
    -- As mail_address_plain has it, each of them.
    CONSTRAINT report_saved_recipients_plain CHECK
        (array_position(recipients, NULL) IS NULL AND
         (array_to_string(recipients, ' ') || ' ') ~
         '^ $|^([A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+ )+$'),
    -- No address stands between two blanks and, whatever comes between, once more.
    CONSTRAINT report_saved_recipients_differ CHECK
        (lower(' ' || array_to_string(recipients, ' ') || ' ') !~ ' ([^ ]+) (.* )?\1 '),
    CONSTRAINT report_saved_sent_to_somebody CHECK
        (rhythm = 'none' OR cardinality(recipients) > 0),
    CONSTRAINT report_saved_ended_later CHECK (made_at <= ended_at),
    CONSTRAINT report_saved_ended_sends_nothing CHECK
        (ended_at IS NULL OR (rhythm = 'none' AND cardinality(recipients) = 0 AND NOT shared))
);
CREATE UNIQUE INDEX report_saved_name_once ON lotline.report_saved (staff_id, lower(name))
    WHERE ended_at IS NULL;

-- What a kept question asked by itself: once a day at the most, and mailed of once.
ALTER TABLE lotline.report_run
    ADD COLUMN saved_id bigint,
    ADD COLUMN mailed_at timestamptz,
    ADD CONSTRAINT report_run_of_saved FOREIGN KEY (saved_id) REFERENCES lotline.report_saved,
    ADD CONSTRAINT report_run_mailed CHECK
        (mailed_at IS NULL OR (saved_id IS NOT NULL AND ended_at IS NOT NULL));
CREATE UNIQUE INDEX report_run_saved_once ON lotline.report_run (saved_id, on_day)
    WHERE saved_id IS NOT NULL;
-- Who asks the same by hand waits for neither: the mail is of a run of its own.
DROP INDEX lotline.report_run_open_once;
CREATE UNIQUE INDEX report_run_open_once ON lotline.report_run (report, asked, on_day)
    WHERE state IN ('queued', 'running') AND saved_id IS NULL;

-- What hangs on a message until a server has taken it.
CREATE TABLE lotline.mail_file (
    mail_id bigint NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (mail_id, name),
    CONSTRAINT mail_file_of_mail FOREIGN KEY (mail_id) REFERENCES lotline.mail ON DELETE CASCADE,
    CONSTRAINT mail_file_named CHECK (name ~ '^[^/\\[:cntrl:].][^/\\[:cntrl:]]{0,119}$'),
    CONSTRAINT mail_file_type_named CHECK (media_type ~ '^[a-z]+/[a-z0-9.+-]{1,100}$'),
    CONSTRAINT mail_file_size CHECK (octet_length(body) BETWEEN 1 AND 10485760)
);
