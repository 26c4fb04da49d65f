-- What staff see of the ground: all of it. Rebuilt whole at every upgrade, before geo/published.sql,
-- which takes from it what anyone may see.

CREATE VIEW office.parcel AS
SELECT p.id, p.parcel_no,
       coalesce(pp.situs_address, (
           SELECT a.label FROM lotline.situs_address a WHERE a.parcel_id = p.id
           ORDER BY a.unit NULLS FIRST, a.number_low, a.label LIMIT 1)) AS situs_address,
       pp.land_use, pp.area_m2, ST_X(inner_point) AS lon, ST_Y(inner_point) AS lat,
       ST_XMin(pp.geom) AS west, ST_YMin(pp.geom) AS south,
       ST_XMax(pp.geom) AS east, ST_YMax(pp.geom) AS north, pp.valid_to AS ended_on
FROM lotline.parcel p,
     LATERAL (SELECT * FROM lotline.parcel_period WHERE parcel_id = p.id
              ORDER BY valid_to DESC NULLS FIRST LIMIT 1) pp,
     LATERAL (SELECT ST_PointOnSurface(pp.geom) AS inner_point) inside;

-- What became of the ground of a parcel that ended, and what a parcel was made of.
CREATE VIEW office.lineage AS
SELECT parent_id, child_id, parent.parcel_no AS parent_no, child.parcel_no AS child_no, share, as_of
FROM lotline.parcel_lineage
JOIN lotline.parcel parent ON parent.id = parent_id
JOIN lotline.parcel child ON child.id = child_id;

-- The address a parcel was known by in a period: the roll's own, else its first situs address,
-- whole buildings before their units.
CREATE FUNCTION office.address_of(of_parcel bigint, of_period bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE  -- which keeps its plans, where SQL makes them at each call
SET search_path = pg_catalog, lotline, pg_temp
SET plan_cache_mode = auto AS $$
BEGIN
    RETURN coalesce(
        (SELECT situs_address FROM parcel_period WHERE id = of_period),
        (SELECT label FROM situs_address WHERE parcel_id = of_parcel
         ORDER BY unit NULLS FIRST, number_low, label LIMIT 1));
END $$;

-- Addresses on the given streets at, around or beginning with a number; units of one house are one.
CREATE FUNCTION office.houses_like(
    wanted bigint, keys text[], scores real[], most integer, everything boolean)
RETURNS TABLE (id bigint, parcel_id bigint, label text, lon double precision,
               lat double precision, score real)
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
    SELECT min(a.id), a.parcel_id, split_part(a.label, ' #', 1) AS house,
           ST_X(min(a.geom)), ST_Y(min(a.geom)),
           max(street.score * CASE
               WHEN a.number_low = wanted AND a.number_high = wanted THEN 1.0
               WHEN wanted BETWEEN a.number_low AND a.number_high THEN 0.99
               WHEN a.number_low::text LIKE wanted || '%' THEN 0.8
               ELSE 0.6 - 0.01 * abs(a.number_low - wanted) END)::real AS score
    FROM unnest(keys, scores) AS street(key, score)
    JOIN lotline.situs_address a ON a.street_key = street.key
    WHERE (a.number_low BETWEEN wanted - 300 AND wanted + 20
           AND (a.number_high >= wanted - 20)
        OR a.number_low BETWEEN wanted * 10 AND wanted * 10 + 9
        OR a.number_low BETWEEN wanted * 100 AND wanted * 100 + 99)
      AND (everything OR NOT EXISTS (SELECT FROM lotline.withheld_parcel w
                                     WHERE w.parcel_id = a.parcel_id))
    GROUP BY a.parcel_id, house
    ORDER BY score DESC, house
    LIMIT most
$$;

-- Places by what someone typed: an address, a street, a parcel number, a zone, or their beginning;
-- of those that are withheld from the public only where everything is asked for.
CREATE FUNCTION office.search_places(words text, most integer, everything boolean)
RETURNS TABLE (kind text, id bigint, parcel_id bigint, label text, hint text,
               lon double precision, lat double precision, score real)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, published, lotline, public, pg_temp AS $$
DECLARE
    typed text := left(btrim(regexp_replace(split_part(split_part(words, ',', 1), '#', 1),
                                            '\s+', ' ', 'g')), 100);
    numbered text[] := regexp_match(typed, '^(\d{1,6})(?:[-&/.]\d+)*[a-zA-Z]?\s+(.+)$');
    street text := published.street_key(coalesce(numbered[2], typed));
    found_keys text[];
    found_scores real[];
BEGIN
    IF typed = '' OR most < 1 THEN RETURN; END IF;
    SELECT array_agg(s.street_key), array_agg(s.score) INTO found_keys, found_scores
    FROM published.streets_like(street, 8) s;
    RETURN QUERY
    SELECT * FROM (
        SELECT 'address', h.id, h.parcel_id, h.label, p.parcel_no, h.lon, h.lat, h.score
        FROM office.houses_like(
            numbered[1]::bigint, found_keys, found_scores, most, everything) h
        JOIN lotline.parcel p ON p.id = h.parcel_id
        WHERE numbered IS NOT NULL
        UNION ALL
        SELECT 'parcel', p.id, p.id, p.parcel_no,
               coalesce(pp.situs_address, (SELECT a.label FROM lotline.situs_address a
                                           WHERE a.parcel_id = p.id
                                           ORDER BY a.unit NULLS FIRST, a.label LIMIT 1)),
               ST_X(ST_PointOnSurface(pp.geom)), ST_Y(ST_PointOnSurface(pp.geom)),
               (CASE WHEN lower(p.parcel_no) = lower(typed) THEN 1.0 ELSE 0.9 END)::real
        FROM (SELECT * FROM lotline.parcel
              WHERE lower(parcel.parcel_no)
                    LIKE regexp_replace(lower(typed), '([%_\\])', '\\\1', 'g') || '%'
                AND (everything OR NOT EXISTS (SELECT FROM lotline.withheld_parcel w
                                               WHERE w.parcel_id = parcel.id))
              ORDER BY length(parcel.parcel_no), parcel.parcel_no LIMIT most) p
        JOIN lotline.parcel_period pp ON pp.parcel_id = p.id AND pp.valid_to IS NULL
        UNION ALL
        SELECT 'street', s.id, NULL::bigint, n.name, NULL, ST_X(s.middle), ST_Y(s.middle),
               (found.score * CASE WHEN numbered IS NULL THEN 0.95 ELSE 0.4 END)::real
        FROM unnest(found_keys, found_scores) AS found(key, score)
        JOIN lotline.street_name n ON n.street_key = found.key
        CROSS JOIN LATERAL (  -- its longest stretch; any of its houses where no centreline is loaded
            (SELECT st.id, ST_PointOnSurface(st.geom) AS middle, ST_Length(st.geom_3857) AS metres
             FROM lotline.street st WHERE st.street_key = found.key)
            UNION ALL
            (SELECT NULL, a.geom, 0 FROM lotline.situs_address a
             WHERE a.street_key = found.key
               AND (everything OR NOT EXISTS (SELECT FROM lotline.withheld_parcel w
                                              WHERE w.parcel_id = a.parcel_id)) LIMIT 1)
            ORDER BY metres DESC LIMIT 1) s
        UNION ALL
        SELECT 'zone', z.id, NULL::bigint, z.name, coalesce(z.officer_name, z.code), z.lon, z.lat,
               (0.9 * word_similarity(lower(typed), lower(z.name)))::real
        FROM published.zone z
        WHERE word_similarity(lower(typed), lower(z.name)) > 0.6
    ) AS place(kind, id, parcel_id, label, hint, lon, lat, score)
    ORDER BY place.score DESC, length(place.label), place.label
    LIMIT most;
END $$;

-- The lots with the numbers of their parcels, those of exempt places too.
CREATE FUNCTION office.tile_parcels(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, published, lotline, public, pg_temp AS $$
DECLARE
    bounds geometry := ST_TileEnvelope(z, x, y);
    margin geometry := ST_TileEnvelope(z, x, y, margin => 64.0 / 4096);
    west float8 := ST_XMin(bounds);
    north float8 := ST_YMax(bounds);
    units float8 := 4096 / (ST_XMax(bounds) - west);
    tile bytea;
BEGIN
    SELECT ST_AsMVT(feature, 'parcel', 4096, 'shape') INTO tile
    FROM (SELECT p.id, p.parcel_no,
                 CASE WHEN z >= 16 AND pp.geom_3857 @ margin
                      THEN published.in_units(
                          ST_ForcePolygonCW(pp.geom_3857), west, north, units)
                      ELSE ST_AsMVTGeom(pp.geom_3857, bounds, 4096, 64) END AS shape
          FROM lotline.parcel_period pp JOIN lotline.parcel p ON p.id = pp.parcel_id
          WHERE pp.geom_3857 && margin AND pp.valid_to IS NULL) feature;
    RETURN tile;
END $$;

-- The public's ground, but for the lots.
CREATE FUNCTION office.tile_ground(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, published, pg_temp AS $$
BEGIN
    RETURN coalesce(published.tile_areas(z, x, y), '')
        || coalesce(published.tile_streets(z, x, y), '')
        || CASE WHEN z >= 14 THEN coalesce(office.tile_parcels(z, x, y), '') ELSE '' END
        || CASE WHEN z >= 17 THEN coalesce(published.tile_addresses(z, x, y), '') ELSE '' END;
END $$;
