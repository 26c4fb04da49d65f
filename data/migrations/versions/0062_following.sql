-- The latest steps of all histories are found without reading them all.
CREATE INDEX case_event_latest ON lotline.case_event (recorded_at, id);

-- Where a reader's program may stop mail of this kind (RFC 8058).
ALTER TABLE lotline.mail ADD COLUMN unsubscribe text
    CONSTRAINT mail_unsubscribe_address CHECK (unsubscribe ~ '^https?://[!-;=?-~]+$');

-- An address that follows something, or is asked whether it wants to. What was recorded up to
-- told_until was told to it, or never will be; told_on is the last day it was looked at.
CREATE TABLE lotline.follower (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    language text NOT NULL,
    told_until timestamptz NOT NULL,
    told_on date,
    CONSTRAINT follower_address_plain CHECK
        (email ~ '^[A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$'),
    CONSTRAINT follower_language_known CHECK (language IN ('en', 'es'))
);
CREATE UNIQUE INDEX follower_once ON lotline.follower (lower(email));

-- What one follows: the cases that suit all that is said, all of them where nothing is. It counts
-- once it was confirmed by the link that was mailed to the address.
CREATE TABLE lotline.following (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    follower_id bigint NOT NULL,
    name text NOT NULL,
    page text NOT NULL,
    scope_sha256 bytea NOT NULL,
    case_id bigint,
    parcel_id bigint,
    zone_id bigint,
    category text,
    area text,
    confirm_sha256 bytea NOT NULL,
    asked_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    CONSTRAINT following_of_follower FOREIGN KEY (follower_id)
        REFERENCES lotline.follower ON DELETE CASCADE,
    CONSTRAINT following_of_case FOREIGN KEY (case_id) REFERENCES lotline.case_file,
    CONSTRAINT following_of_parcel FOREIGN KEY (parcel_id) REFERENCES lotline.parcel,
    CONSTRAINT following_once UNIQUE (follower_id, scope_sha256),
    CONSTRAINT following_named CHECK (btrim(name) <> ''),
    CONSTRAINT following_page_ours CHECK (page ~ '^/([^/]|$)'),
    CONSTRAINT following_scope_hashed CHECK (octet_length(scope_sha256) = 32),
    CONSTRAINT following_one_place CHECK (num_nonnulls(case_id, parcel_id, zone_id, area) <= 1),
    CONSTRAINT following_area_drawn CHECK (area LIKE 'MULTIPOLYGON (%'),
    CONSTRAINT following_confirm_once UNIQUE (confirm_sha256),
    CONSTRAINT following_confirm_hashed CHECK (octet_length(confirm_sha256) = 32)
);

-- What was mailed to those who follow: of which kind, when, and what it told. Whoever has the link
-- in it may stop them all. It stays when the address has stopped.
CREATE TABLE lotline.follow_mail (
    mail_id bigint PRIMARY KEY,
    kind text NOT NULL,
    made_at timestamptz NOT NULL,
    told text[] NOT NULL,
    more integer NOT NULL DEFAULT 0,
    stop_sha256 bytea NOT NULL,
    CONSTRAINT follow_mail_of_mail FOREIGN KEY (mail_id) REFERENCES lotline.mail,
    CONSTRAINT follow_mail_kind_known CHECK (kind IN ('confirm', 'digest')),
    CONSTRAINT follow_mail_tells_something CHECK (cardinality(told) > 0 AND more >= 0),
    CONSTRAINT follow_mail_stop_once UNIQUE (stop_sha256),
    CONSTRAINT follow_mail_stop_hashed CHECK (octet_length(stop_sha256) = 32)
);
CREATE TRIGGER follow_mail_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON lotline.follow_mail FOR EACH STATEMENT EXECUTE FUNCTION lotline.refuse_rewriting();
