-- What anyone may read of cases. Rebuilt whole at every upgrade, after geo/published.sql.
-- Reads by equality are barrier views. Reads by space are functions with the owner's rights,
-- because `&&` is not leakproof and a barrier would keep the spatial index from being used.

CREATE FUNCTION published.stage(phase text, next_due date, on_date date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN phase IN ('open', 'reported') THEN
            CASE WHEN next_due < on_date THEN 'overdue'
                 WHEN next_due <= on_date + 7 THEN 'due_soon'
                 ELSE 'open' END
        WHEN phase = 'legal' THEN 'hearing'
        WHEN phase IN ('cited', 'hearing', 'ordered', 'lien', 'complied') THEN phase
        ELSE 'closed' END
$$;

-- How old what is open is, by the day it was verified, in the classes of data/look/ages.json.
CREATE FUNCTION published.age(since date, on_date date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN since IS NULL THEN 'unknown'
                WHEN since >= on_date - 30 THEN 'month'
                WHEN since >= on_date - 90 THEN 'quarter'
                WHEN since >= on_date - 180 THEN 'half'
                ELSE 'older' END
$$;

-- How long ago a lien was recorded, as a list of liens is narrowed.
CREATE FUNCTION published.lien_age(recorded_on date, on_date date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN recorded_on IS NULL THEN 'unknown'
                WHEN recorded_on > on_date - interval '1 year' THEN 'year'
                WHEN recorded_on > on_date - interval '5 years' THEN 'five'
                ELSE 'longer' END
$$;

-- The address a parcel was known by in a period, unless it is withheld.
CREATE FUNCTION published.address_of(of_parcel bigint, of_period bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, pg_temp AS $$
    SELECT office.address_of(of_parcel, of_period)
    WHERE NOT EXISTS (SELECT FROM withheld_parcel WHERE parcel_id = of_parcel)
$$;

-- The first closing day that is still told: cases closed before it have aged off.
CREATE FUNCTION published.closed_since() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, pg_temp AS $$
    SELECT (now() AT TIME ZONE coalesce((SELECT timezone FROM town), 'UTC'))::date - closed_days
    FROM public_rule
$$;

-- What the town keeps on its public pages, and for how long: what its statement is made of.
CREATE VIEW published.public_rule WITH (security_barrier) AS
SELECT closed_days, hidden_kinds FROM lotline.public_rule;

-- The town's law, which is everybody's to read.
CREATE VIEW published.adopted_law WITH (security_barrier) AS
SELECT id, name, version, adopted_on, content FROM lotline.law_pack;

CREATE VIEW published."case" WITH (security_barrier) AS
SELECT c.id, c.number, c.category, c.phase, c.priority, c.opened_on, c.closed_on, c.next_due,
       c.open_violations, c.parcel_id, p.parcel_no,
       coalesce(published.address_of(c.parcel_id, c.parcel_period_id), c.stated_address)
           AS situs_address,
       c.zone_id, c.tie_method, c.tie_confidence,
       ST_X(c.point) AS lon, ST_Y(c.point) AS lat, c.open_since
FROM lotline.case_file c
LEFT JOIN lotline.parcel p ON p.id = c.parcel_id
WHERE c.published AND NOT c.withheld
  AND (c.phase NOT IN ('closed', 'complied')
       OR coalesce(c.closed_on, c.opened_on) >= (SELECT published.closed_since()));

CREATE VIEW published.violation WITH (security_barrier) AS
SELECT v.id, v.case_id, o.citation, v.found_on, v.comply_by, v.status,
       -- By when it is to be corrected, as cases/standing.py says it: an order that runs has the
       -- last word.
       coalesce(
           (SELECT e.comply_by FROM lotline.enforcement_order e
            WHERE e.violation_id = v.id AND e.comply_by IS NOT NULL
              AND e.status IN ('entered', 'served', 'noncompliant', 'contested', 'certified')
            ORDER BY e.id DESC LIMIT 1),
           v.comply_by) AS due_on
FROM lotline.violation v
JOIN lotline.case_file c ON c.id = v.case_id
JOIN lotline.ordinance o ON o.id = v.ordinance_id
WHERE v.status IN ('open', 'corrected', 'closed') AND c.published AND NOT c.withheld
  AND (c.phase NOT IN ('closed', 'complied')
       OR coalesce(c.closed_on, c.opened_on) >= (SELECT published.closed_since()));

CREATE VIEW published.lien WITH (security_barrier) AS
SELECT l.id, l.parcel_id, l.case_id, l.instrument_no, l.book, l.page, l.recorded_on,
       l.released_on, l.amount_cents, l.status
FROM lotline.lien l
LEFT JOIN lotline.case_file c ON c.id = l.case_id
WHERE (l.case_id IS NULL OR c.published AND NOT c.withheld)
  AND NOT EXISTS (SELECT FROM lotline.withheld_parcel w WHERE w.parcel_id = l.parcel_id)
  AND (l.status IN ('recorded', 'foreclosing')
       OR coalesce(l.released_on, l.satisfied_on, l.expired_on, l.foreclosed_on, l.recorded_on)
          >= (SELECT published.closed_since()));

-- Which layers the town has loaded: one it has not is absent from the map, not empty.
CREATE VIEW published.layers_present WITH (security_barrier) AS
SELECT EXISTS (SELECT FROM lotline.parcel_period WHERE valid_to IS NULL) AS parcels,
       EXISTS (SELECT FROM lotline.situs_address) AS addresses,
       EXISTS (SELECT FROM lotline.zone WHERE kind = 'officer') AS zones,
       EXISTS (SELECT FROM lotline.street) AS streets,
       EXISTS (SELECT FROM lotline.case_file WHERE published AND NOT withheld) AS cases,
       EXISTS (SELECT FROM published.lien) AS liens;

-- Open cases (and those at lien) in a box of EPSG:4326, or everywhere where it is NULL; a page
-- of them where `most` is given. The page is chosen before anything about it is looked up.
CREATE FUNCTION published.cases_within(
    west float8, south float8, east float8, north float8, on_date date,
    of_stage text DEFAULT NULL, of_category text DEFAULT NULL, of_zone bigint DEFAULT NULL,
    sort text DEFAULT 'due', most integer DEFAULT NULL, skip integer DEFAULT 0,
    of_age text DEFAULT NULL)
RETURNS TABLE (
    place bigint, id bigint, number text, category text, phase text, priority smallint,
    opened_on date, closed_on date, next_due date, open_violations integer, parcel_id bigint,
    parcel_no text, situs_address text, zone_id bigint, tie_method text, tie_confidence real,
    lon float8, lat float8, open_since date, stage text, age text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp AS $$
DECLARE
    box CONSTANT geometry := ST_Transform(ST_MakeEnvelope(west, south, east, north, 4326), 3857);
BEGIN
    RETURN QUERY
    WITH chosen AS MATERIALIZED (
        SELECT f.id,
               CASE sort WHEN 'due' THEN f.next_due WHEN 'opened' THEN f.opened_on
                         WHEN 'age' THEN f.open_since END AS day,
               CASE sort WHEN 'stage' THEN published.stage(f.phase, f.next_due, on_date)
                         WHEN 'number' THEN f.number
                         WHEN 'address' THEN coalesce(
                             published.address_of(f.parcel_id, f.parcel_period_id), f.stated_address)
               END AS word
        FROM lotline.case_file f
        WHERE (box IS NULL OR f.point_3857 && box)
          AND (f.open_violations > 0 OR f.phase = 'lien') AND f.published
          AND NOT f.withheld
          AND (of_stage IS NULL OR published.stage(f.phase, f.next_due, on_date) = of_stage)
          AND (of_category IS NULL OR f.category = of_category)
          AND (of_zone IS NULL OR f.zone_id = of_zone)
          AND (of_age IS NULL OR published.age(f.open_since, on_date) = of_age)
        ORDER BY day, word, f.id LIMIT most OFFSET skip)
    -- OFFSET 0 looks the chosen up one by one, where a join would fetch the whole view.
    SELECT row_number() OVER (ORDER BY chosen.day, chosen.word, chosen.id),
           v.*, published.stage(v.phase, v.next_due, on_date), published.age(v.open_since, on_date)
    FROM chosen
    CROSS JOIN LATERAL (SELECT * FROM published."case" c WHERE c.id = chosen.id OFFSET 0) v
    ORDER BY 1;
END $$;

-- How many of them there are, by stage, category, zone and age, without fetching any.
CREATE FUNCTION published.case_counts_within(
    west float8, south float8, east float8, north float8, on_date date)
RETURNS TABLE (stage text, category text, zone_id bigint, age text, cases bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp AS $$
DECLARE
    box CONSTANT geometry := ST_Transform(ST_MakeEnvelope(west, south, east, north, 4326), 3857);
BEGIN
    RETURN QUERY
    SELECT published.stage(f.phase, f.next_due, on_date), f.category, f.zone_id,
           published.age(f.open_since, on_date), count(*)
    FROM lotline.case_file f
    WHERE (box IS NULL OR f.point_3857 && box)
      AND (f.open_violations > 0 OR f.phase = 'lien') AND f.published
          AND NOT f.withheld
    GROUP BY 1, 2, 3, 4;
END $$;

-- Circles of counts of what is published.
CREATE FUNCTION published.tile_case_grid(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
BEGIN
    RETURN office.tile_case_grid('public', z, x, y);
END $$;

-- Texts one after another. string_agg would set a buffer aside for every place, and most hold one.
CREATE AGGREGATE published.together(text) (SFUNC = textcat, STYPE = text, PARALLEL = SAFE);

-- The most urgent stage among lines that each begin with an age and a stage.
CREATE FUNCTION published.most_urgent(told text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN told LIKE E'%.overdue\t%' THEN 'overdue'
        WHEN told LIKE E'%.lien\t%' THEN 'lien'
        WHEN told LIKE E'%.ordered\t%' THEN 'ordered'
        WHEN told LIKE E'%.hearing\t%' THEN 'hearing'
        WHEN told LIKE E'%.cited\t%' THEN 'cited'
        WHEN told LIKE E'%.due_soon\t%' THEN 'due_soon'
        ELSE 'open' END
$$;

-- One feature a place: its most urgent stage; of a lone case its age, kind and number, of several
-- how many (n) and a line for each, by which a map narrows and finds them: age and stage with a
-- dot between, kind, number.
CREATE FUNCTION published.tile_case_points(z integer, x integer, y integer, on_date date)
RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp AS $$
DECLARE
    bounds geometry := ST_TileEnvelope(z, x, y);
    west float8 := ST_XMin(bounds);
    north float8 := ST_YMax(bounds);
    units float8 := 4096 / (ST_XMax(bounds) - west);
    tile bytea;
BEGIN
    SELECT ST_AsMVT(feature, 'case', 4096, 'shape', 'id') INTO tile
    FROM (
        SELECT id, zone_id,
               CASE WHEN n = 1 THEN split_part(split_part(told, E'\t', 1), '.', 2)
                    ELSE published.most_urgent(told) END AS stage,
               CASE WHEN n = 1 THEN substr(split_part(told, '.', 1), 2) END AS aged,
               CASE WHEN n = 1 THEN split_part(told, E'\t', 2) END AS category,
               CASE WHEN n = 1 THEN split_part(told, E'\t', 3) END AS number,
               CASE WHEN n > 1 THEN n END AS n,
               CASE WHEN n > 1 THEN told END AS cases,
               ST_Point(round((east - west) * units), round((north - up) * units)) AS shape
        FROM (
            SELECT min(f.id) AS id, min(f.zone_id) AS zone_id, count(*)::integer AS n,
                   published.together(E'\n' || published.age(f.open_since, on_date)
                       || '.' || published.stage(f.phase, f.next_due, on_date) || E'\t' || f.category || E'\t' || f.number || E'\t') AS told,
                   ST_X(f.point_3857) AS east, ST_Y(f.point_3857) AS up
            FROM lotline.case_file f
            WHERE f.point_3857 && bounds
              AND (f.open_violations > 0 OR f.phase = 'lien') AND f.published
          AND NOT f.withheld
            GROUP BY east, up) place) feature;
    RETURN tile;
END $$;

-- Lots that a lien binds, with how long ago each of them was recorded.
CREATE FUNCTION published.tile_liens(z integer, x integer, y integer, on_date date) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp AS $$
DECLARE
    bounds geometry := ST_TileEnvelope(z, x, y);
    margin geometry := ST_TileEnvelope(z, x, y, margin => 64.0 / 4096);
    tile bytea;
BEGIN
    SELECT ST_AsMVT(feature, 'lien', 4096, 'shape') INTO tile
    FROM (
        SELECT max(l.id) AS id, pp.parcel_id,
               string_agg(DISTINCT published.lien_age(l.recorded_on, on_date), ',') AS ages,
               ST_AsMVTGeom(pp.geom_3857, bounds, 4096, 64) AS shape
        FROM lotline.parcel_period pp
        JOIN lotline.lien l ON l.parcel_id = pp.parcel_id
        LEFT JOIN lotline.case_file c ON c.id = l.case_id
        WHERE pp.geom_3857 && margin AND pp.valid_to IS NULL
          AND l.status IN ('recorded', 'foreclosing') AND (l.case_id IS NULL OR c.published AND NOT c.withheld)
          AND NOT EXISTS (SELECT FROM lotline.withheld_parcel w
                          WHERE w.parcel_id = pp.parcel_id)
        GROUP BY pp.id) feature;
    RETURN tile;
END $$;

-- One tile of cases. Up to z13 counts; from z14 each open case, unless one tile holds more
-- than a phone can draw: then counts again, so that nothing is hidden. Liens from z13.
CREATE FUNCTION published.tile_cases(z integer, x integer, y integer, on_date date) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp AS $$
DECLARE
    crowded CONSTANT integer := 20000;
    tile bytea;
    side integer := 64 >> (z - 13);
BEGIN
    IF z <= 13 THEN
        tile := published.tile_case_grid(z, x, y);
    ELSIF z <= 15 AND crowded < (
        SELECT sum(open_cases) FROM lotline.case_grid g
        WHERE g.audience = 'public' AND g.z = 13
          AND g.cx BETWEEN x * side AND x * side + side - 1
          AND g.cy BETWEEN y * side AND y * side + side - 1) THEN
        tile := published.tile_case_grid(z, x, y);
    ELSE
        tile := published.tile_case_points(z, x, y, on_date);
    END IF;
    IF z >= 13 THEN
        tile := coalesce(tile, '') || coalesce(published.tile_liens(z, x, y, on_date), '');
    END IF;
    RETURN tile;
END $$;

-- Where a report stands, to whoever has its code: the hash is looked up whole, so that one unknown
-- costs what one known does. Never who made it, nor where it is.
CREATE FUNCTION published.report_standing(of_code_sha256 text)
RETURNS TABLE (
    category text, received_on date, respond_by date, status text, may_open boolean,
    closed_on date, because text, referred_to text, photos bigint, has_case boolean,
    case_number text, case_phase text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, lotline, pg_temp AS $$
    SELECT c.category, c.received_on, c.respond_by, c.status,
           coalesce((SELECT coalesce(each -> 'overridden' ->> 'value' IS NOT NULL, false)
                            OR (each ->> 'value')::boolean
                     FROM jsonb_array_elements(c.screening) each
                     WHERE each ->> 'rule' = 'may_open'), true),
           c.closed_on,
           (SELECT e.details ->> 'reason' FROM complaint_event e
            WHERE e.complaint_id = c.id AND e.kind IN ('complaint_dismissed', 'complaint_referred')
              AND c.status IN ('dismissed', 'referred')
            ORDER BY e.seq DESC LIMIT 1),
           c.referred_to,
           (SELECT count(*) FROM resident_photo p WHERE p.report_id = r.report_id),
           c.case_id IS NOT NULL, f.number, f.phase
    FROM resident_report r
    JOIN complaint c ON c.id = r.complaint_id
    LEFT JOIN published."case" f ON f.id = c.case_id
    WHERE r.code_sha256 = of_code_sha256
$$;

-- What became of a report, step by step, as its page tells it to whoever has its code: what was
-- recorded after a moment and until another. Why it was set aside is told while it is; the number of
-- the case it feeds, where that was public by then. That the case became so is a step of it as well.
CREATE FUNCTION published.report_steps(
    of_code_sha256 text, after timestamptz, until timestamptz)
RETURNS TABLE (
    kind text, happened_on date, recorded_at timestamptz, because text, referred_to text,
    has_case boolean, case_number text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, lotline, pg_temp AS $$
    WITH report AS (
        SELECT c.id, c.status, c.referred_to, c.case_id, f.number, seen.happened_on,
               seen.recorded_at
        FROM resident_report r
        JOIN complaint c ON c.id = r.complaint_id
        LEFT JOIN published."case" f ON f.id = c.case_id
        LEFT JOIN LATERAL (
            SELECT e.happened_on, e.recorded_at FROM case_event e
            WHERE e.case_id = f.id AND e.kind = 'violation_verified'
            ORDER BY e.seq LIMIT 1) seen ON true
        WHERE r.code_sha256 = of_code_sha256),
    steps AS (
        SELECT e.kind, e.happened_on, e.recorded_at,
               CASE WHEN 'complaint_' || r.status = e.kind THEN e.details ->> 'reason' END AS because,
               r.referred_to, r.case_id IS NOT NULL AS has_case,
               CASE WHEN r.recorded_at IS NULL OR r.recorded_at <= e.recorded_at
                    THEN r.number END AS case_number
        FROM report r
        JOIN complaint_event e ON e.complaint_id = r.id
        WHERE e.kind IN ('complaint_accepted', 'complaint_linked', 'complaint_followed',
                         'complaint_referred', 'complaint_dismissed', 'complaint_reopened',
                         'complaint_closed')
        UNION ALL
        SELECT 'case_public', r.happened_on, r.recorded_at, NULL, NULL, true, r.number
        FROM report r WHERE r.recorded_at IS NOT NULL)
    SELECT s.* FROM steps s
    WHERE (after IS NULL OR s.recorded_at > after) AND (until IS NULL OR s.recorded_at <= until)
    ORDER BY s.recorded_at
$$;

-- The case a report feeds, once that is public.
CREATE FUNCTION published.report_case(of_code_sha256 text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, lotline, pg_temp AS $$
    SELECT f.id FROM resident_report r
    JOIN complaint c ON c.id = r.complaint_id
    JOIN published."case" f ON f.id = c.case_id
    WHERE r.code_sha256 = of_code_sha256
$$;
