-- A later year's parcels taken in over those on record. One that is undone stays, and says by whom.
CREATE TABLE lotline.parcel_refresh (
    import_run_id bigint PRIMARY KEY,
    as_of date NOT NULL,
    unchanged integer NOT NULL,
    undone_at timestamptz,
    undone_by text,
    CONSTRAINT parcel_refresh_of_run FOREIGN KEY (import_run_id) REFERENCES lotline.import_run,
    CONSTRAINT parcel_refresh_counts CHECK (unchanged >= 0),
    CONSTRAINT parcel_refresh_undone_by_somebody
        CHECK ((undone_at IS NULL) = (undone_by IS NULL) AND btrim(undone_by) <> '')
);

-- What became in it of each parcel that did not stay as it was, and which are new. The number is
-- the one it had.
CREATE TABLE lotline.parcel_fate (
    import_run_id bigint NOT NULL,
    parcel_id bigint NOT NULL,
    fate text NOT NULL,
    parcel_no text NOT NULL,
    CONSTRAINT parcel_fate_pk PRIMARY KEY (import_run_id, parcel_id),
    CONSTRAINT parcel_fate_in_refresh FOREIGN KEY (import_run_id) REFERENCES lotline.parcel_refresh,
    CONSTRAINT parcel_fate_of_parcel FOREIGN KEY (parcel_id) REFERENCES lotline.parcel,
    CONSTRAINT parcel_fate_known CHECK (fate IN
        ('reshaped', 'renumbered', 'split', 'merged', 'regrouped', 'vanished', 'new'))
);
CREATE INDEX parcel_fate_parcel ON lotline.parcel_fate (parcel_id);

-- A parcel whose number was taken for other ground: the number it had, and by which run.
ALTER TABLE lotline.parcel
    ADD COLUMN was_no text,
    ADD COLUMN renamed_by_run bigint,
    ADD CONSTRAINT parcel_renamed_by FOREIGN KEY (renamed_by_run) REFERENCES lotline.import_run,
    ADD CONSTRAINT parcel_renamed_from CHECK ((was_no IS NULL) = (renamed_by_run IS NULL));

-- By which run a period or an ownership ended, a lineage was found, an address moved: what an undo
-- takes back. An address moves with the ground it stands on, from a parcel that ended.
ALTER TABLE lotline.parcel_period
    ADD COLUMN ended_by_run bigint,
    ADD CONSTRAINT parcel_period_ended_by FOREIGN KEY (ended_by_run) REFERENCES lotline.import_run,
    ADD CONSTRAINT parcel_period_ended_when CHECK (ended_by_run IS NULL OR valid_to IS NOT NULL);
CREATE INDEX parcel_period_ended ON lotline.parcel_period (ended_by_run)
    WHERE ended_by_run IS NOT NULL;
ALTER TABLE lotline.ownership
    ADD COLUMN ended_by_run bigint,
    ADD CONSTRAINT ownership_ended_by FOREIGN KEY (ended_by_run) REFERENCES lotline.import_run,
    ADD CONSTRAINT ownership_ended_when CHECK (ended_by_run IS NULL OR valid_to IS NOT NULL);
CREATE INDEX ownership_ended ON lotline.ownership (ended_by_run) WHERE ended_by_run IS NOT NULL;
ALTER TABLE lotline.parcel_lineage
    ADD COLUMN import_run_id bigint,
    ADD CONSTRAINT parcel_lineage_from FOREIGN KEY (import_run_id) REFERENCES lotline.import_run;
CREATE INDEX parcel_lineage_child ON lotline.parcel_lineage (child_id);
ALTER TABLE lotline.situs_address
    ADD COLUMN was_on_parcel_id bigint,
    ADD COLUMN moved_by_run bigint,
    ADD CONSTRAINT situs_address_was_on FOREIGN KEY (was_on_parcel_id) REFERENCES lotline.parcel,
    ADD CONSTRAINT situs_address_moved_by FOREIGN KEY (moved_by_run) REFERENCES lotline.import_run,
    ADD CONSTRAINT situs_address_moved_from
        CHECK ((was_on_parcel_id IS NULL) = (moved_by_run IS NULL));

-- The parcels of a day gone by are drawn too: those of today have an index of their own.
CREATE INDEX parcel_period_on_map ON lotline.parcel_period USING gist (geom_3857)
    WHERE valid_to IS NOT NULL;

-- What stood open on a parcel that ended, and where it went: by itself where there is one place to
-- go, else where a person said. Undecided until then, it stays on the parcel it was on.
CREATE TABLE lotline.succession (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    import_run_id bigint NOT NULL,
    kind text NOT NULL,
    row_id bigint NOT NULL,
    from_parcel_id bigint NOT NULL,
    to_parcel_id bigint,
    point_was geometry(Point, 4326),
    decided_on date,
    decided_by text,
    because text,
    CONSTRAINT succession_in_refresh FOREIGN KEY (import_run_id) REFERENCES lotline.parcel_refresh,
    CONSTRAINT succession_from FOREIGN KEY (from_parcel_id) REFERENCES lotline.parcel,
    CONSTRAINT succession_to FOREIGN KEY (to_parcel_id) REFERENCES lotline.parcel,
    CONSTRAINT succession_kind_known
        CHECK (kind IN ('case', 'complaint', 'lien', 'hazard', 'permit')),
    CONSTRAINT succession_once UNIQUE (import_run_id, kind, row_id),
    CONSTRAINT succession_decided_whole CHECK (
        (decided_on IS NULL) = (decided_by IS NULL) AND (decided_on IS NULL) = (because IS NULL)
        AND (decided_on IS NOT NULL OR to_parcel_id IS NULL)
        AND btrim(decided_by) <> '' AND btrim(because) <> ''),
    CONSTRAINT succession_point_plausible CHECK (lotline.plausible(point_was))
);
CREATE INDEX succession_undecided ON lotline.succession (id) WHERE decided_on IS NULL;
CREATE INDEX succession_from_parcel ON lotline.succession (from_parcel_id);
