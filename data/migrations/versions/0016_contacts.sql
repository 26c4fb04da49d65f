-- What passed between the town and somebody, about a case or about a complaint.
CREATE TABLE lotline.contact (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id bigint,
    complaint_id bigint,
    direction text NOT NULL,
    way text NOT NULL,
    party text NOT NULL,
    who text,
    said text NOT NULL,
    happened_at timestamptz NOT NULL,
    noted_at timestamptz NOT NULL,
    noted_by text NOT NULL,
    CONSTRAINT contact_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT contact_of_complaint FOREIGN KEY (complaint_id) REFERENCES lotline.complaint,
    CONSTRAINT contact_about_one CHECK (num_nonnulls(case_id, complaint_id) = 1),
    CONSTRAINT contact_direction_known CHECK (direction IN ('in', 'out')),
    CONSTRAINT contact_way_known CHECK (way IN ('phone', 'in_person', 'letter', 'email')),
    CONSTRAINT contact_party_known CHECK
        (party IN ('respondent', 'representative', 'reporter', 'other')),
    -- Who made a complaint stands in `reporter` alone; everybody else is named.
    CONSTRAINT contact_names_no_reporter CHECK (party <> 'reporter' OR who IS NULL),
    CONSTRAINT contact_says_with_whom CHECK
        (party = 'reporter' OR btrim(coalesce(who, '')) <> ''),
    CONSTRAINT contact_says_what CHECK (btrim(said) <> ''),
    CONSTRAINT contact_noted_by_somebody CHECK (btrim(noted_by) <> ''),
    CONSTRAINT contact_noted_afterwards CHECK (noted_at >= happened_at)
);
CREATE INDEX contact_of_case_since ON lotline.contact (case_id, happened_at)
    WHERE case_id IS NOT NULL;
CREATE INDEX contact_of_complaint_since ON lotline.contact (complaint_id, happened_at)
    WHERE complaint_id IS NOT NULL;
CREATE TRIGGER contact_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.contact FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

-- What came of a form that may be sent twice, by the key its page was given.
CREATE TABLE lotline.intake_key (
    key text PRIMARY KEY,
    complaint_id bigint,
    case_id bigint,
    kept_at timestamptz NOT NULL,
    CONSTRAINT intake_key_given CHECK (length(btrim(key)) BETWEEN 16 AND 64),
    CONSTRAINT intake_key_of_complaint FOREIGN KEY (complaint_id) REFERENCES lotline.complaint,
    CONSTRAINT intake_key_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT intake_key_of_one CHECK (num_nonnulls(complaint_id, case_id) = 1)
);
CREATE TRIGGER intake_key_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.intake_key FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

CREATE INDEX complaint_by_status ON lotline.complaint (status, id DESC);

-- Certified mail that comes back says its number and nothing else.
CREATE INDEX service_attempt_carrier_no ON lotline.service_attempt
    (upper(translate(facts ->> 'carrier_no', ' -', ''))) WHERE facts ->> 'carrier_no' IS NOT NULL;
