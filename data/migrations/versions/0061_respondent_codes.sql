-- A code on a letter to a respondent. Of the code itself only a hash is kept: it is made anew from
-- the salt and a key that only the server has.
CREATE TABLE lotline.respondent_code (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    respondent_id bigint NOT NULL,
    scope text NOT NULL,
    salt bytea NOT NULL,
    sha256 bytea NOT NULL,
    made_at timestamptz NOT NULL,
    made_by text NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    revoked_because text,
    CONSTRAINT respondent_code_of_respondent FOREIGN KEY (respondent_id)
        REFERENCES lotline.respondent,
    CONSTRAINT respondent_code_scope_known CHECK (scope IN ('acts', 'reads')),
    CONSTRAINT respondent_code_salted CHECK (octet_length(salt) = 16),
    CONSTRAINT respondent_code_hashed CHECK (octet_length(sha256) = 32),
    CONSTRAINT respondent_code_once UNIQUE (sha256),
    CONSTRAINT respondent_code_made_by_somebody CHECK (btrim(made_by) <> ''),
    CONSTRAINT respondent_code_revoked_whole CHECK (
        (revoked_at IS NULL) = (revoked_by IS NULL)
        AND (revoked_at IS NULL) = (revoked_because IS NULL)
        AND btrim(revoked_by) <> '' AND btrim(revoked_because) <> '')
);
CREATE UNIQUE INDEX respondent_code_in_force ON lotline.respondent_code (respondent_id, scope)
    WHERE revoked_at IS NULL;

-- What a form of a respondent's page did, by its key: sent again, it does nothing more. Whether it
-- is the same that is sent again, a hash of all that it said tells.
CREATE TABLE lotline.respondent_form (
    key uuid PRIMARY KEY,
    code_id bigint NOT NULL,
    deed text NOT NULL,
    said bytea NOT NULL,
    done_at timestamptz NOT NULL,
    CONSTRAINT respondent_form_by_code FOREIGN KEY (code_id) REFERENCES lotline.respondent_code,
    CONSTRAINT respondent_form_deed_named CHECK (btrim(deed) <> ''),
    CONSTRAINT respondent_form_hashed CHECK (octet_length(said) = 32)
);

-- What came by a respondent's page, for the list of what is to be answered.
CREATE INDEX contact_by_page ON lotline.contact (case_id, id)
    WHERE way = 'page' AND direction = 'in';
