-- Cases and liens by where they are: lists of a box, counts, tiles. Rebuilt whole at every upgrade,
-- after cases/published.sql. Reads by space are functions with the owner's rights, because `&&` is
-- not leakproof and a barrier would keep the spatial index from being used.

-- Open cases (and those at lien) in a box of EPSG:4326, or everywhere where it is NULL; a page
-- of them where `most` is given. The page is chosen before anything about it is looked up. By
-- stage the most pressing come first, as `most_urgent` has them.
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
SET search_path = pg_catalog, published, lotline, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    box CONSTANT geometry := ST_Transform(ST_MakeEnvelope(west, south, east, north, 4326), 3857);
BEGIN
    RETURN QUERY
    WITH chosen AS MATERIALIZED (
        SELECT f.id,
               CASE sort WHEN 'due' THEN f.next_due WHEN 'opened' THEN f.opened_on
                         WHEN 'age' THEN f.open_since END AS day,
               CASE sort WHEN 'stage' THEN array_position(ARRAY[
                             'overdue', 'lien', 'ordered', 'hearing', 'cited', 'due_soon', 'open'],
                             published.stage(f.phase, f.next_due, on_date))::text
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
SET search_path = pg_catalog, published, lotline, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
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
