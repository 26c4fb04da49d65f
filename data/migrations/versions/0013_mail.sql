-- A message a row. What it says is written once; only what became of it changes.
CREATE TABLE lotline.mail (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id uuid NOT NULL DEFAULT gen_random_uuid(),
    case_id bigint,
    to_address text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    html text,
    status text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    last_error text,
    queued_at timestamptz NOT NULL,
    attempted_at timestamptz,
    sent_at timestamptz,
    CONSTRAINT mail_message_id_once UNIQUE (message_id),
    CONSTRAINT mail_about_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT mail_address_plain CHECK
        (to_address ~ '^[A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$'),
    CONSTRAINT mail_subject_one_line CHECK
        (btrim(subject) <> '' AND subject !~ '[[:cntrl:]]' AND length(subject) <= 200),
    CONSTRAINT mail_says_something CHECK (btrim(body, E' \t\r\n') <> ''),
    CONSTRAINT mail_status_known CHECK
        (status IN ('queued', 'sending', 'sent', 'failed', 'uncertain')),
    CONSTRAINT mail_attempted CHECK
        (attempts >= 0 AND (attempts = 0) = (attempted_at IS NULL)
         AND (attempts > 0 OR status = 'queued')),
    CONSTRAINT mail_sent_when CHECK ((status = 'sent') = (sent_at IS NOT NULL)),
    CONSTRAINT mail_trouble_told CHECK
        (status NOT IN ('failed', 'uncertain') OR btrim(coalesce(last_error, '')) <> '')
);
CREATE INDEX mail_unfinished ON lotline.mail (status, id) WHERE status <> 'sent';
CREATE INDEX mail_case ON lotline.mail (case_id) WHERE case_id IS NOT NULL;

-- What a server has accepted is with its reader: no later word makes it unsent.
CREATE FUNCTION lotline.refuse_unsending() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'mail % was sent and stays so', OLD.id
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'mail_sent_stays',
              SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER mail_sent_stays BEFORE UPDATE ON lotline.mail
    FOR EACH ROW WHEN (OLD.status = 'sent') EXECUTE FUNCTION lotline.refuse_unsending();
