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
