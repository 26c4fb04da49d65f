-- What staff alone see on the map. Rebuilt whole at every upgrade, after cases/published.sql; the
-- functions read with the rights of whoever calls them, and only the app may.

-- Circles of counts for one audience: the pyramid's 64 cells a side of tile z gathered into 8, each
-- standing at the middle of its cases (a lattice of cell centres would look like a pattern in the
-- town).
CREATE FUNCTION office.tile_case_grid(reader text, z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
DECLARE
    level integer := least(z, 13);
    side integer := 64 >> (z - level);
    unit integer := 4096 / side;
    span integer := greatest(side / 8, 1);
    tile bytea;
BEGIN
    SELECT ST_AsMVT(circle, 'case_grid', 4096, 'shape') INTO tile
    FROM (
        SELECT sum(open_cases)::integer AS n,
               ST_Point(round(sum((cx - x * side + 0.5) * unit * open_cases) / sum(open_cases)),
                        round(sum((cy - y * side + 0.5) * unit * open_cases) / sum(open_cases)))
                   AS shape
        FROM lotline.case_grid g
        WHERE g.audience = reader AND g.z = level
          AND g.cx BETWEEN x * side AND x * side + side - 1
          AND g.cy BETWEEN y * side AND y * side + side - 1
        GROUP BY cx / span, cy / span) circle;
    RETURN tile;
END $$;

-- One feature a place, as on the public's map, of every case that has not ended. Beside the stage:
-- the officer where all its cases have one and the same, the days since the oldest was opened and
-- since the longest overdue was due, and whether one has no officer or is not verified yet.
CREATE FUNCTION office.tile_case_points(z integer, x integer, y integer, on_date date)
RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE
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
        SELECT id, zone_id, officer, age, late, unassigned, unverified,
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
                   CASE WHEN min(coalesce(s.name, b.officer_name))
                           = max(coalesce(s.name, b.officer_name))
                        THEN min(coalesce(s.name, b.officer_name)) END AS officer,
                   max(on_date - f.opened_on) AS age,
                   max(on_date - f.next_due) FILTER (WHERE f.next_due < on_date) AS late,
                   bool_or(o.id IS NULL) AS unassigned,
                   bool_or(NOT f.published) AS unverified,
                   published.together(E'\n' || published.age(f.open_since, on_date)
                       || '.' || published.stage(f.phase, f.next_due, on_date) || E'\t' || f.category || E'\t' || f.number || E'\t') AS told,
                   ST_X(f.point_3857) AS east, ST_Y(f.point_3857) AS up
            FROM lotline.case_file f
            LEFT JOIN lotline.zone b ON b.id = f.zone_id
            LEFT JOIN lotline.staff s ON s.id = f.officer_id
            LEFT JOIN lotline.staff o ON o.name = coalesce(s.name, b.officer_name)
                                     AND o.active AND o.role = 'officer'
            WHERE f.point_3857 && bounds
              AND f.phase NOT IN ('closed', 'complied', 'unfounded', 'void')
            GROUP BY east, up) place) feature;
    RETURN tile;
END $$;

-- Lots that a lien binds, or that one bound until lately; of several the gravest speaks.
CREATE FUNCTION office.tile_liens(z integer, x integer, y integer, on_date date) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
DECLARE
    lately CONSTANT integer := 90;
    bounds geometry := ST_TileEnvelope(z, x, y);
    margin geometry := ST_TileEnvelope(z, x, y, margin => 64.0 / 4096);
    tile bytea;
BEGIN
    SELECT ST_AsMVT(feature, 'lien', 4096, 'shape') INTO tile
    FROM (
        SELECT max(l.id) AS id, pp.parcel_id,
               CASE WHEN bool_or(l.status = 'foreclosing') THEN 'foreclosing'
                    WHEN bool_or(l.status = 'recorded') THEN 'recorded'
                    ELSE 'lately' END AS status,
               ST_AsMVTGeom(pp.geom_3857, bounds, 4096, 64) AS shape
        FROM lotline.parcel_period pp
        JOIN lotline.lien l ON l.parcel_id = pp.parcel_id
        WHERE pp.geom_3857 && margin AND pp.valid_to IS NULL
          AND (l.status IN ('recorded', 'foreclosing')
               OR l.status IN ('satisfied', 'released')
                  AND coalesce(l.satisfied_on, l.released_on) > on_date - lately)
        GROUP BY pp.id) feature;
    RETURN tile;
END $$;

-- The parcels of a day gone by, from the zoom at which those of today are drawn.
CREATE FUNCTION office.tile_parcels_on(z integer, x integer, y integer, on_date date) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
DECLARE
    bounds geometry := ST_TileEnvelope(z, x, y);
    margin geometry := ST_TileEnvelope(z, x, y, margin => 64.0 / 4096);
    tile bytea;
BEGIN
    SELECT ST_AsMVT(feature, 'parcel_then', 4096, 'shape') INTO tile
    FROM (SELECT p.id, coalesce(p.was_no, p.parcel_no) AS parcel_no,
                 ST_AsMVTGeom(pp.geom_3857, bounds, 4096, 64) AS shape
          FROM (SELECT * FROM lotline.parcel_period  -- each by the index of its own
                WHERE geom_3857 && margin AND valid_to IS NULL
                UNION ALL SELECT * FROM lotline.parcel_period
                WHERE geom_3857 && margin AND valid_to IS NOT NULL) pp
          JOIN lotline.parcel p ON p.id = pp.parcel_id
          WHERE z >= 14 AND daterange(pp.valid_from, pp.valid_to) @> on_date) feature;
    RETURN tile;
END $$;

-- One tile of the office, counts and shapes at the zooms of the public's.
CREATE FUNCTION office.tile_cases(z integer, x integer, y integer, on_date date) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, office, lotline, public, pg_temp AS $$
DECLARE
    crowded CONSTANT integer := 20000;
    tile bytea;
    side integer := 64 >> (z - 13);
BEGIN
    IF z <= 13 THEN
        tile := office.tile_case_grid('staff', z, x, y);
    ELSIF z <= 15 AND crowded < (
        SELECT sum(open_cases) FROM lotline.case_grid g
        WHERE g.audience = 'staff' AND g.z = 13
          AND g.cx BETWEEN x * side AND x * side + side - 1
          AND g.cy BETWEEN y * side AND y * side + side - 1) THEN
        tile := office.tile_case_grid('staff', z, x, y);
    ELSE
        tile := office.tile_case_points(z, x, y, on_date);
    END IF;
    IF z >= 13 THEN
        tile := coalesce(tile, '') || coalesce(office.tile_liens(z, x, y, on_date), '');
    END IF;
    RETURN tile;
END $$;
