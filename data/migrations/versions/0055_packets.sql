-- A packet of a hearing as it was filed; its bytes are a document's.
CREATE TABLE lotline.hearing_packet (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hearing_id bigint NOT NULL,
    language text NOT NULL,
    sha256 text NOT NULL,
    pages integer NOT NULL,
    filed_at timestamptz NOT NULL,
    filed_by text NOT NULL,
    CONSTRAINT hearing_packet_once UNIQUE (hearing_id, sha256),
    CONSTRAINT hearing_packet_of_hearing FOREIGN KEY (hearing_id) REFERENCES lotline.hearing,
    CONSTRAINT hearing_packet_of_document FOREIGN KEY (sha256) REFERENCES lotline.document,
    CONSTRAINT hearing_packet_language_known CHECK (language IN ('en', 'es')),
    CONSTRAINT hearing_packet_has_pages CHECK (pages > 0),
    CONSTRAINT hearing_packet_filed_by_somebody CHECK (btrim(filed_by) <> '')
);
CREATE TRIGGER hearing_packet_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.hearing_packet
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- A letter of a case that is no notice, as it was issued; its bytes are a document's.
CREATE TABLE lotline.case_letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id bigint NOT NULL,
    kind text NOT NULL,
    part_id bigint NOT NULL,
    language text NOT NULL,
    recipient text NOT NULL,
    address text NOT NULL,
    sha256 text NOT NULL,
    pages integer NOT NULL,
    issued_on date NOT NULL,
    issued_at timestamptz NOT NULL,
    issued_by text NOT NULL,
    CONSTRAINT case_letter_once UNIQUE (case_id, kind, part_id, language, sha256),
    CONSTRAINT case_letter_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT case_letter_of_document FOREIGN KEY (sha256) REFERENCES lotline.document,
    CONSTRAINT case_letter_kind_known CHECK (kind IN ('service_affidavit',
        'noncompliance_affidavit', 'imposing_order', 'payoff', 'release', 'acknowledgment',
        'extension_decision')),
    CONSTRAINT case_letter_language_known CHECK (language IN ('en', 'es')),
    CONSTRAINT case_letter_to_somebody CHECK (btrim(recipient) <> ''),
    CONSTRAINT case_letter_has_pages CHECK (pages > 0),
    CONSTRAINT case_letter_issued_by_somebody CHECK (btrim(issued_by) <> '')
);
-- What a statement says depends on its day; everything else is said once in a language.
CREATE UNIQUE INDEX case_letter_frozen ON lotline.case_letter (kind, part_id, language)
    WHERE kind <> 'payoff';
CREATE INDEX case_letter_by_day ON lotline.case_letter (issued_on);
CREATE TRIGGER case_letter_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.case_letter
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

CREATE TABLE lotline.case_letter_sending (
    letter_id bigint PRIMARY KEY,
    sent_on date NOT NULL,
    told_at timestamptz NOT NULL,
    told_by text NOT NULL,
    CONSTRAINT case_letter_sending_of_letter FOREIGN KEY (letter_id)
        REFERENCES lotline.case_letter,
    CONSTRAINT case_letter_sending_told_by_somebody CHECK (btrim(told_by) <> '')
);
CREATE TRIGGER case_letter_sending_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.case_letter_sending
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- Only what was sent comes back.
CREATE TABLE lotline.case_letter_return (
    letter_id bigint PRIMARY KEY,
    returned_on date NOT NULL,
    because text NOT NULL,
    told_at timestamptz NOT NULL,
    told_by text NOT NULL,
    CONSTRAINT case_letter_return_of_sending FOREIGN KEY (letter_id)
        REFERENCES lotline.case_letter_sending,
    CONSTRAINT case_letter_return_says_why CHECK (btrim(because) <> ''),
    CONSTRAINT case_letter_return_told_by_somebody CHECK (btrim(told_by) <> '')
);
CREATE TRIGGER case_letter_return_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.case_letter_return
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
