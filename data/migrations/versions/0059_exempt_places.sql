-- What the public is told nothing of: exempt places, kinds of cases, and cases closed long ago.

-- What the settings of the town say, written as it starts.
CREATE TABLE lotline.public_rule (
    id smallint PRIMARY KEY DEFAULT 1,
    closed_days integer NOT NULL,
    hidden_kinds text[] NOT NULL,
    CONSTRAINT public_rule_one CHECK (id = 1),
    CONSTRAINT public_rule_days_counted CHECK (closed_days BETWEEN 0 AND 36500),
    CONSTRAINT public_rule_kinds_named CHECK (array_position(hidden_kinds, NULL) IS NULL)
);
INSERT INTO lotline.public_rule (closed_days, hidden_kinds) VALUES (365, '{}');

-- A place that is suppressed on somebody's written request; who asked, and why, is not kept here.
CREATE TABLE lotline.exempt_place (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parcel_id bigint,
    point geometry(Point, 4326),
    said text NOT NULL,
    provision text NOT NULL,
    requested_on date NOT NULL,
    note text,
    form_key uuid NOT NULL,
    noted_on date NOT NULL,
    noted_at timestamptz NOT NULL,
    noted_by text NOT NULL,
    ended_on date,
    ended_at timestamptz,
    ended_by text,
    ended_because text,
    CONSTRAINT exempt_place_of_parcel FOREIGN KEY (parcel_id) REFERENCES lotline.parcel,
    CONSTRAINT exempt_place_is_somewhere CHECK (num_nonnulls(parcel_id, point) >= 1),
    CONSTRAINT exempt_place_plausible CHECK (lotline.plausible(point)),
    CONSTRAINT exempt_place_says_where CHECK (btrim(said) <> ''),
    CONSTRAINT exempt_place_says_under_what CHECK (btrim(provision) <> ''),
    CONSTRAINT exempt_place_says_who CHECK (btrim(noted_by) <> ''),
    CONSTRAINT exempt_place_requested_before CHECK (requested_on <= noted_on),
    CONSTRAINT exempt_place_once UNIQUE (form_key),
    CONSTRAINT exempt_place_ended_whole CHECK
        (num_nonnulls(ended_on, ended_at, ended_by, ended_because) IN (0, 4)
         AND btrim(ended_because) <> '' AND btrim(ended_by) <> ''),
    CONSTRAINT exempt_place_ended_after CHECK (ended_on >= noted_on AND ended_at >= noted_at)
);
CREATE UNIQUE INDEX exempt_place_runs_once ON lotline.exempt_place (parcel_id)
    WHERE ended_at IS NULL AND parcel_id IS NOT NULL;

-- What was asked stays as it was said; only its end is added, once.
CREATE FUNCTION lotline.keep_exempt_place() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.ended_at IS NOT NULL
       OR (to_jsonb(NEW) - '{ended_on,ended_at,ended_by,ended_because}'::text[])
          <> (to_jsonb(OLD) - '{ended_on,ended_at,ended_by,ended_because}'::text[]) THEN
        RAISE EXCEPTION 'exempt place % stays as it was asked for', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'exempt_place_kept',
                  SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exempt_place_kept BEFORE UPDATE OR DELETE ON lotline.exempt_place
    FOR EACH ROW EXECUTE FUNCTION lotline.keep_exempt_place();

-- The parcels of exempt places, whole with all that came of them; and what they were made of.
CREATE TABLE lotline.withheld_parcel (
    parcel_id bigint PRIMARY KEY,
    whole boolean NOT NULL,
    CONSTRAINT withheld_parcel_is_one FOREIGN KEY (parcel_id) REFERENCES lotline.parcel
        ON DELETE CASCADE
);

-- A case that no public page tells of: it lies in an exempt place, or is of a hidden kind.
ALTER TABLE lotline.case_file ADD COLUMN withheld boolean NOT NULL DEFAULT false;

-- An address as it is compared: small letters, digits and single blanks.
CREATE FUNCTION lotline.plain_address(said text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
    SELECT btrim(regexp_replace(lower(said), '[^a-z0-9]+', ' ', 'g'))
$$;
CREATE INDEX case_withheld ON lotline.case_file (id) WHERE withheld;
CREATE INDEX case_stated_address
    ON lotline.case_file (lotline.plain_address(stated_address) text_pattern_ops)
    WHERE stated_address IS NOT NULL;

-- The addresses of exempt places, as they are compared.
CREATE VIEW lotline.withheld_address AS
SELECT lotline.plain_address(label) AS plain
FROM (SELECT a.label FROM lotline.withheld_parcel w
      JOIN lotline.situs_address a ON a.parcel_id = w.parcel_id WHERE w.whole
      UNION SELECT pp.situs_address FROM lotline.withheld_parcel w
      JOIN lotline.parcel_period pp ON pp.parcel_id = w.parcel_id WHERE w.whole
      UNION SELECT e.said FROM lotline.exempt_place e
      WHERE e.ended_at IS NULL AND e.parcel_id IS NULL AND e.said ~ '^\d+\D*[a-zA-Z]{2}') told
WHERE label IS NOT NULL;

-- Whether a place is exempt: its parcel is, or its address, or its point lies in the ground of one
-- (or 30 m about an exempt point) and no other parcel it is tied to holds that point.
CREATE FUNCTION lotline.is_exempt(of_parcel bigint, at geometry, stated text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, lotline, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM exempt_place WHERE ended_at IS NULL) THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT FROM withheld_parcel WHERE parcel_id = of_parcel) THEN
        RETURN true;
    END IF;
    IF stated IS NOT NULL AND EXISTS (
        SELECT FROM withheld_address a WHERE plain_address(stated) = a.plain
            OR starts_with(plain_address(stated), a.plain || ' ')) THEN
        RETURN true;
    END IF;
    IF at IS NULL OR EXISTS (SELECT FROM parcel_period pp
                             WHERE pp.parcel_id = of_parcel AND ST_Intersects(pp.geom, at)) THEN
        RETURN false;
    END IF;
    RETURN EXISTS (SELECT FROM parcel_period pp
                   JOIN withheld_parcel w ON w.parcel_id = pp.parcel_id AND w.whole
                   WHERE ST_Intersects(pp.geom, at))
        OR EXISTS (SELECT FROM exempt_place e
                   WHERE e.ended_at IS NULL AND e.parcel_id IS NULL
                     AND ST_DWithin(e.point::geography, at::geography, 30));
END $$;

CREATE FUNCTION lotline.is_withheld(
    kind text, of_parcel bigint, at geometry, stated text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, lotline, public AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public_rule WHERE lower(kind) = ANY (hidden_kinds))
        OR lotline.is_exempt(of_parcel, at, stated);
END $$;

-- No page and no command says of a case whether it is withheld: the database does.
CREATE FUNCTION lotline.withhold_case() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline, public AS $$
BEGIN
    NEW.withheld := lotline.is_withheld(
        NEW.category, NEW.parcel_id, NEW.point, NEW.stated_address);
    RETURN NEW;
END $$;
CREATE TRIGGER case_file_withheld
    BEFORE INSERT OR UPDATE OF category, parcel_id, point, stated_address, withheld
    ON lotline.case_file FOR EACH ROW EXECUTE FUNCTION lotline.withhold_case();

-- Find the parcels and the cases of exempt places anew, and what changed tell the tiles. Only cases
-- near exempt places are looked at: there may be very many others.
CREATE FUNCTION lotline.withhold_anew() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, lotline, public, pg_temp AS $$
DECLARE
    changed integer;
    wrong bigint[];
BEGIN
    IF NOT EXISTS (SELECT FROM exempt_place WHERE ended_at IS NULL)
       AND NOT EXISTS (SELECT FROM withheld_parcel)
       AND NOT EXISTS (SELECT FROM case_file WHERE withheld) THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(7011623);
    WITH RECURSIVE place AS (
        SELECT parcel_id FROM exempt_place WHERE ended_at IS NULL AND parcel_id IS NOT NULL),
    later AS (
        SELECT parcel_id FROM place
        UNION SELECT l.child_id FROM later JOIN parcel_lineage l ON l.parent_id = later.parcel_id),
    earlier AS (
        SELECT parcel_id FROM place
        UNION SELECT l.parent_id FROM earlier
        JOIN parcel_lineage l ON l.child_id = earlier.parcel_id),
    wanted AS (
        SELECT parcel_id, bool_or(is_whole) AS whole
        FROM (SELECT parcel_id, true AS is_whole FROM later
              UNION ALL SELECT parcel_id, false FROM earlier) found
        GROUP BY parcel_id),
    gone AS (
        DELETE FROM withheld_parcel w
        WHERE NOT EXISTS (SELECT FROM wanted t WHERE t.parcel_id = w.parcel_id) RETURNING 1),
    come AS (
        INSERT INTO withheld_parcel AS w SELECT parcel_id, whole FROM wanted
        ON CONFLICT (parcel_id) DO UPDATE SET whole = excluded.whole
        WHERE w.whole <> excluded.whole RETURNING 1)
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM come) INTO changed;
    IF changed > 0 THEN
        INSERT INTO layer_change (layer) VALUES ('ground'), ('cases');
    END IF;

    wrong := ARRAY(
        SELECT f.id FROM case_file f JOIN (
            SELECT id FROM case_file WHERE withheld
            UNION SELECT c.id FROM withheld_parcel w JOIN case_file c ON c.parcel_id = w.parcel_id
            UNION SELECT c.id FROM withheld_parcel w
                JOIN parcel_period pp ON pp.parcel_id = w.parcel_id AND w.whole
                JOIN case_file c ON c.point_3857 && pp.geom_3857
            UNION SELECT c.id FROM exempt_place e
                JOIN case_file c ON c.point_3857 && ST_Expand(ST_Transform(e.point, 3857), 120)
                WHERE e.ended_at IS NULL
            UNION SELECT c.id FROM withheld_address a
                JOIN case_file c ON plain_address(c.stated_address) ~>=~ a.plain
                                AND plain_address(c.stated_address) ~<~ (a.plain || '!')
                WHERE c.stated_address IS NOT NULL) near ON near.id = f.id
        WHERE f.withheld
            <> lotline.is_withheld(f.category, f.parcel_id, f.point, f.stated_address));
    IF wrong <> '{}' THEN
        UPDATE case_file SET withheld = NOT withheld WHERE id = ANY (wrong);
        INSERT INTO layer_change (layer) VALUES ('cases');  -- one without a point moves no tile
    END IF;
END $$;

-- The same where nobody else is at it, as an import may be for long; tells whether it was done.
CREATE FUNCTION lotline.withhold_anew_unless_busy() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, lotline, public, pg_temp AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(7011623) THEN
        RETURN false;
    END IF;
    PERFORM lotline.withhold_anew();
    RETURN true;
END $$;

CREATE FUNCTION lotline.exemptions_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    PERFORM lotline.withhold_anew();
    RETURN NULL;
END $$;
CREATE TRIGGER exempt_place_withholds AFTER INSERT OR UPDATE OR DELETE ON lotline.exempt_place
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.exemptions_changed();
CREATE TRIGGER parcel_lineage_withholds AFTER INSERT OR UPDATE OR DELETE ON lotline.parcel_lineage
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.exemptions_changed();
CREATE TRIGGER parcel_period_withholds AFTER INSERT OR UPDATE OR DELETE ON lotline.parcel_period
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.exemptions_changed();
CREATE TRIGGER situs_address_withholds AFTER INSERT OR UPDATE OR DELETE ON lotline.situs_address
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.exemptions_changed();

-- A kind that is hidden, or no longer, is so for every case of it: each is looked at, so only then.
CREATE FUNCTION lotline.public_rule_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, lotline, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' OR OLD.hidden_kinds IS DISTINCT FROM NEW.hidden_kinds THEN
        UPDATE case_file SET withheld = NOT withheld
        WHERE withheld <> lotline.is_withheld(category, parcel_id, point, stated_address);
    END IF;
    INSERT INTO layer_change (layer) VALUES ('cases');
    RETURN NULL;
END $$;
CREATE TRIGGER public_rule_withholds AFTER INSERT OR UPDATE ON lotline.public_rule
    FOR EACH ROW EXECUTE FUNCTION lotline.public_rule_changed();
