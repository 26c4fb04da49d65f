-- What a complaint says and where, what the review of it decided, and what became of it. A
-- complaint that came from a file says less, so most rules speak of those received here.
ALTER TABLE lotline.complaint
    ADD COLUMN duplicate_of bigint,
    ADD COLUMN description text,
    ADD COLUMN entered_by text,
    ADD COLUMN law_pack_id bigint,
    ADD COLUMN priority smallint,
    ADD COLUMN respond_by date,
    ADD COLUMN screening jsonb,
    ADD COLUMN referred_to text,
    ADD COLUMN told_how text,
    ADD COLUMN told_on date,
    ADD COLUMN stated_parcel_no text,
    ADD COLUMN stated_address text,
    ADD COLUMN stated_point geometry(Point, 4326),
    ADD COLUMN parcel_id bigint,
    ADD COLUMN parcel_period_id bigint,
    ADD COLUMN tie_method text,
    ADD COLUMN tie_confidence real,
    ADD COLUMN tie_note text,
    ADD COLUMN zone_id bigint,
    ADD COLUMN point geometry(Point, 4326),
    ADD COLUMN point_3857 geometry(Point, 3857),
    DROP CONSTRAINT complaint_status_known,
    ADD CONSTRAINT complaint_status_known CHECK (status IN
        ('received', 'accepted', 'linked', 'referred', 'dismissed', 'closed')),
    ADD CONSTRAINT complaint_received_here_is_whole CHECK (import_run_id IS NOT NULL OR
        (channel IS NOT NULL AND entered_by IS NOT NULL AND received_on IS NOT NULL
         AND law_pack_id IS NOT NULL AND priority IS NOT NULL AND respond_by IS NOT NULL
         AND screening IS NOT NULL AND tie_method IS NOT NULL AND tie_confidence IS NOT NULL)),
    ADD CONSTRAINT complaint_says_where CHECK (import_run_id IS NOT NULL OR
        num_nonnulls(stated_parcel_no, stated_address, stated_point) > 0),
    ADD CONSTRAINT complaint_category_given CHECK
        (import_run_id IS NOT NULL OR btrim(category) <> ''),
    ADD CONSTRAINT complaint_under_law FOREIGN KEY (law_pack_id) REFERENCES lotline.law_pack,
    ADD CONSTRAINT complaint_priority_known CHECK (priority BETWEEN 1 AND 5),
    ADD CONSTRAINT complaint_answered_after_received CHECK (respond_by >= received_on),
    ADD CONSTRAINT complaint_screening_is_a_list CHECK (jsonb_typeof(screening) = 'array'),
    ADD CONSTRAINT complaint_repeats_another FOREIGN KEY (duplicate_of) REFERENCES lotline.complaint,
    -- Later to earlier only, so that links never run in a circle.
    ADD CONSTRAINT complaint_repeats_an_earlier CHECK (duplicate_of < id),
    ADD CONSTRAINT complaint_linked_to_something CHECK
        (status <> 'linked' OR num_nonnulls(duplicate_of, case_id) > 0),
    ADD CONSTRAINT complaint_referred_to_somebody CHECK
        (status <> 'referred' OR btrim(coalesce(referred_to, '')) <> ''),
    ADD CONSTRAINT complaint_ended_dated CHECK (import_run_id IS NOT NULL OR
        (status IN ('referred', 'dismissed', 'closed')) = (closed_on IS NOT NULL)),
    ADD CONSTRAINT complaint_told_how_known CHECK
        (told_how IN ('phone', 'email', 'letter', 'in_person', 'nobody')),
    ADD CONSTRAINT complaint_closed_says_told CHECK
        (import_run_id IS NOT NULL OR status <> 'closed'
         OR (told_how IS NOT NULL AND told_on IS NOT NULL)),
    ADD CONSTRAINT complaint_told_after_received CHECK (told_on >= received_on),
    ADD CONSTRAINT complaint_of_parcel FOREIGN KEY (parcel_id) REFERENCES lotline.parcel,
    ADD CONSTRAINT complaint_of_parcel_period
        FOREIGN KEY (parcel_period_id) REFERENCES lotline.parcel_period,
    ADD CONSTRAINT complaint_in_zone FOREIGN KEY (zone_id) REFERENCES lotline.zone,
    ADD CONSTRAINT complaint_tie_known CHECK
        (tie_method IN ('parcel_no', 'address', 'point', 'none')),
    ADD CONSTRAINT complaint_tie_names_its_parcel CHECK
        ((coalesce(tie_method, 'none') = 'none') = (parcel_id IS NULL)
         AND (parcel_id IS NULL) = (parcel_period_id IS NULL)),
    ADD CONSTRAINT complaint_tie_confidence_share CHECK (tie_confidence BETWEEN 0 AND 1),
    ADD CONSTRAINT complaint_stated_point_plausible CHECK (lotline.plausible(stated_point)),
    ADD CONSTRAINT complaint_point_plausible CHECK (lotline.plausible(point)),
    ADD CONSTRAINT complaint_point_both CHECK ((point IS NULL) = (point_3857 IS NULL));
CREATE INDEX complaint_duplicate ON lotline.complaint (duplicate_of)
    WHERE duplicate_of IS NOT NULL;
CREATE INDEX complaint_parcel ON lotline.complaint (parcel_id);
CREATE INDEX complaint_point ON lotline.complaint USING gist (point_3857);
CREATE INDEX complaint_due ON lotline.complaint (respond_by, id) WHERE status = 'received';
-- case_open_on_map holds cases with an open violation; a complaint may repeat any other as well.
CREATE INDEX case_point ON lotline.case_file USING gist (point_3857);

CREATE TRIGGER complaint_inside_town_insert AFTER INSERT ON lotline.complaint
    REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT
    EXECUTE FUNCTION lotline.refuse_outside_town('point');
CREATE TRIGGER complaint_inside_town_update AFTER UPDATE ON lotline.complaint
    REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT
    EXECUTE FUNCTION lotline.refuse_outside_town('point');

-- What was reported is what it says for ever; a file of another system may correct its own.
CREATE FUNCTION lotline.refuse_changing_complaint() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'complaint % was received: what it says is frozen', OLD.number
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'complaint_frozen',
              SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER complaint_frozen BEFORE UPDATE ON lotline.complaint
    FOR EACH ROW WHEN (OLD.import_run_id IS NULL AND
        (OLD.number, OLD.channel, OLD.category, OLD.description, OLD.entered_by, OLD.received_on,
         OLD.law_pack_id, OLD.stated_parcel_no, OLD.stated_address, OLD.import_run_id)
        IS DISTINCT FROM
        (NEW.number, NEW.channel, NEW.category, NEW.description, NEW.entered_by, NEW.received_on,
         NEW.law_pack_id, NEW.stated_parcel_no, NEW.stated_address, NEW.import_run_id))
    EXECUTE FUNCTION lotline.refuse_changing_complaint();

-- Who made a complaint: in no other table, in no event and in nothing published.
CREATE TABLE lotline.reporter (
    complaint_id bigint PRIMARY KEY,
    name text,
    address text,
    phone text,
    email text,
    told_public_record boolean NOT NULL,
    CONSTRAINT reporter_of_complaint FOREIGN KEY (complaint_id) REFERENCES lotline.complaint,
    CONSTRAINT reporter_says_something CHECK (btrim(concat(name, address, phone, email)) <> ''),
    -- Chapter 119, Florida Statutes: whoever asks may read it, and this is said before the name.
    CONSTRAINT reporter_told_first CHECK (told_public_record)
);
CREATE TRIGGER reporter_append_only BEFORE UPDATE OR TRUNCATE ON lotline.reporter
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();

CREATE TABLE lotline.complaint_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    complaint_id bigint NOT NULL,
    seq integer NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    happened_on date,
    recorded_at timestamptz NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT complaint_event_of_complaint FOREIGN KEY (complaint_id) REFERENCES lotline.complaint,
    CONSTRAINT complaint_event_in_sequence UNIQUE (complaint_id, seq),
    CONSTRAINT complaint_event_seq_from_one CHECK (seq >= 1),
    CONSTRAINT complaint_event_hash_length CHECK
        (octet_length(hash) = 32 AND octet_length(prev_hash) = 32)
);
CREATE TRIGGER complaint_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.complaint_event FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
