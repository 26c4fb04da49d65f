-- What anyone may read of liens by themselves, and in figures of zones. Rebuilt whole at every
-- upgrade, after cases/published.sql.

-- Circles of how many liens bind lots near each other, all of them and those of each age: there are
-- few, and a map asks for these tiles only where liens are what it shows.
CREATE FUNCTION published.tile_lien_grid(z integer, x integer, y integer, on_date date)
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
    SELECT ST_AsMVT(circle, 'lien_grid', 4096, 'shape') INTO tile
    FROM (
        SELECT count(*)::integer AS n,
               count(*) FILTER (WHERE age = 'year')::integer AS year,
               count(*) FILTER (WHERE age = 'five')::integer AS five,
               count(*) FILTER (WHERE age = 'longer')::integer AS longer,
               count(*) FILTER (WHERE age = 'unknown')::integer AS unknown,
               ST_Point(round(avg(east)), round(avg(south))) AS shape
        FROM (SELECT published.lien_age(l.recorded_on, on_date) AS age,
                     (ST_X(spot) - west) * units AS east, (north - ST_Y(spot)) * units AS south
              FROM lotline.lien l
              JOIN lotline.parcel_period pp ON pp.parcel_id = l.parcel_id AND pp.valid_to IS NULL
              LEFT JOIN lotline.case_file c ON c.id = l.case_id,
              LATERAL (SELECT ST_Centroid(pp.geom_3857) AS spot) middle
              WHERE pp.geom_3857 && bounds AND l.status IN ('recorded', 'foreclosing')
                AND (l.case_id IS NULL OR c.published AND NOT c.withheld)
                AND NOT EXISTS (SELECT FROM lotline.withheld_parcel w
                                WHERE w.parcel_id = l.parcel_id)) placed
        WHERE east >= 0 AND east < 4096 AND south >= 0 AND south < 4096
        GROUP BY floor(east / 512), floor(south / 512)) circle;
    RETURN tile;
END $$;

-- Liens that bind, in a box of EPSG:4326 or everywhere where it is NULL, the latest first; a page
-- of them where `most` is given. One whose parcel ended lies nowhere, and is listed without a box.
CREATE FUNCTION published.liens_within(
    west float8, south float8, east float8, north float8, on_date date, of_age text,
    most integer, skip integer)
RETURNS TABLE (
    place bigint, id bigint, parcel_no text, situs_address text, case_number text,
    instrument_no text, recorded_on date, amount_cents bigint, status text, age text,
    lon float8, lat float8)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    box CONSTANT geometry := ST_Transform(ST_MakeEnvelope(west, south, east, north, 4326), 3857);
BEGIN
    RETURN QUERY
    WITH chosen AS MATERIALIZED (
        SELECT l.id, l.recorded_on AS day FROM published.lien l
        WHERE l.status IN ('recorded', 'foreclosing')
          AND (of_age IS NULL OR published.lien_age(l.recorded_on, on_date) = of_age)
          AND (box IS NULL OR EXISTS (
              SELECT FROM lotline.parcel_period pp
              WHERE pp.parcel_id = l.parcel_id AND pp.valid_to IS NULL AND pp.geom_3857 && box))
        ORDER BY day DESC NULLS LAST, l.id LIMIT most OFFSET skip)
    SELECT row_number() OVER (ORDER BY chosen.day DESC NULLS LAST, chosen.id),
           l.id, p.parcel_no, p.situs_address, c.number, l.instrument_no, l.recorded_on,
           l.amount_cents, l.status, published.lien_age(l.recorded_on, on_date), p.lon, p.lat
    FROM chosen
    JOIN published.lien l ON l.id = chosen.id
    JOIN published.parcel p ON p.id = l.parcel_id
    LEFT JOIN published."case" c ON c.id = l.case_id
    ORDER BY 1;
END $$;

-- How many of them there are of each age.
CREATE FUNCTION published.lien_counts_within(
    west float8, south float8, east float8, north float8, on_date date)
RETURNS TABLE (age text, liens bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    box CONSTANT geometry := ST_Transform(ST_MakeEnvelope(west, south, east, north, 4326), 3857);
BEGIN
    RETURN QUERY
    SELECT published.lien_age(l.recorded_on, on_date), count(*)
    FROM published.lien l
    WHERE l.status IN ('recorded', 'foreclosing')
      AND (box IS NULL OR EXISTS (
          SELECT FROM lotline.parcel_period pp
          WHERE pp.parcel_id = l.parcel_id AND pp.valid_to IS NULL AND pp.geom_3857 && box))
    GROUP BY 1;
END $$;

-- What stands open in each of the officers' zones, outside them all (no zone), and in the whole town
-- (`everywhere`): of what anyone may look up case by case, so that no figure and no difference of two
-- tells of anything else. A median of fewer than five would tell of single ones, and is left out.
CREATE FUNCTION published.zone_figures(on_date date)
RETURNS TABLE (everywhere boolean, zone_id bigint, cases bigint, violations bigint,
               median_days integer, old bigint, liens bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp AS $$
DECLARE
    few CONSTANT integer := 5;
BEGIN
    RETURN QUERY
    WITH stands AS MATERIALIZED (
        SELECT f.id, f.zone_id FROM lotline.case_file f
        WHERE (f.open_violations > 0 OR f.phase = 'lien') AND f.published AND NOT f.withheld),
    aged AS (
        SELECT s.zone_id, on_date - coalesce(v.verified_on, v.found_on) AS days
        FROM stands s JOIN lotline.violation v ON v.case_id = s.id AND v.status = 'open'),
    bound AS (
        SELECT coalesce(c.zone_id, published.zone_at(p.lon, p.lat)) AS zone_id
        FROM published.lien l
        LEFT JOIN lotline.case_file c ON c.id = l.case_id
        LEFT JOIN published.parcel p ON p.id = l.parcel_id AND c.zone_id IS NULL
        WHERE l.status IN ('recorded', 'foreclosing')),
    counted AS (
        SELECT grouping(s.zone_id) = 1 AS whole, s.zone_id AS zone, count(*) AS n
        FROM stands s GROUP BY GROUPING SETS ((s.zone_id), ())),
    measured AS (
        SELECT grouping(a.zone_id) = 1 AS whole, a.zone_id AS zone, count(*) AS n,
               CASE WHEN count(a.days) >= few THEN
                   round(percentile_cont(0.5) WITHIN GROUP (ORDER BY a.days))::integer END AS median,
               count(*) FILTER (WHERE a.days > 180) AS old
        FROM aged a GROUP BY GROUPING SETS ((a.zone_id), ())),
    liened AS (
        SELECT grouping(b.zone_id) = 1 AS whole, b.zone_id AS zone, count(*) AS n
        FROM bound b GROUP BY GROUPING SETS ((b.zone_id), ())),
    named AS (
        SELECT false AS whole, z.id AS zone FROM lotline.zone z WHERE z.kind = 'officer'
        UNION SELECT true, NULL UNION SELECT whole, zone FROM counted
        UNION SELECT whole, zone FROM measured UNION SELECT whole, zone FROM liened)
    SELECT n.whole, n.zone, coalesce(c.n, 0), coalesce(m.n, 0), m.median, coalesce(m.old, 0),
           coalesce(l.n, 0)
    FROM named n
    LEFT JOIN counted c ON (c.whole, c.zone) IS NOT DISTINCT FROM (n.whole, n.zone)
    LEFT JOIN measured m ON (m.whole, m.zone) IS NOT DISTINCT FROM (n.whole, n.zone)
    LEFT JOIN liened l ON (l.whole, l.zone) IS NOT DISTINCT FROM (n.whole, n.zone);
END $$;
