-- What anyone may see of the ground. Rebuilt whole at every upgrade; holds no data.
-- Reads by plain equality are views. Reads by space or likeness are functions: their operators
-- are not leakproof, so a barrier view would keep the indexes from being used.

-- Only a loaded library's settings may be set on a function; any of its functions loads pg_trgm.
SELECT public.show_limit();

-- The stored extent reaches 20 km beyond the town's first layer; people are shown the town itself:
-- its outline where one is loaded, else the extent without that margin.
CREATE VIEW published.town WITH (security_barrier) AS
SELECT t.name, t.note, t.timezone, ST_XMin(shown) AS west, ST_YMin(shown) AS south,
       ST_XMax(shown) AS east, ST_YMax(shown) AS north
FROM lotline.town t,
     LATERAL (SELECT 20 / 111.2 AS lat, 20 / 111.2 / cosd(ST_Y(ST_Centroid(t.extent))) AS lon) km,
     LATERAL (SELECT coalesce(
         (SELECT ST_Extent(z.geom)::geometry FROM lotline.zone z WHERE z.kind = 'town'),
         CASE WHEN ST_XMax(t.extent) - ST_XMin(t.extent) > 2 * km.lon
               AND ST_YMax(t.extent) - ST_YMin(t.extent) > 2 * km.lat
              THEN ST_Expand(t.extent, -km.lon, -km.lat) ELSE t.extent END) AS shown) AS box;

CREATE VIEW published.generation WITH (security_barrier) AS
SELECT layer, sum(bumps)::bigint AS generation FROM lotline.layer_change GROUP BY layer;

-- A parcel that is withheld (an exempt place) is nobody's to look up: only its ground is drawn, as
-- that of any other.
CREATE VIEW published.parcel WITH (security_barrier) AS
SELECT * FROM office.parcel p
WHERE NOT EXISTS (SELECT FROM lotline.withheld_parcel w WHERE w.parcel_id = p.id);

CREATE VIEW published.lineage WITH (security_barrier) AS
SELECT * FROM office.lineage l
WHERE NOT EXISTS (SELECT FROM lotline.withheld_parcel w
                  WHERE w.parcel_id IN (l.parent_id, l.child_id));

-- One address the search finds, to show how to ask; of the first few only, so that it costs nothing.
CREATE VIEW published.address_example WITH (security_barrier) AS
SELECT split_part(label, ' #', 1) AS label
FROM (SELECT label, number_low, parcel_id FROM lotline.situs_address ORDER BY id LIMIT 100) first
WHERE number_low > 0
  AND NOT EXISTS (SELECT FROM lotline.withheld_parcel w WHERE w.parcel_id = first.parcel_id)
LIMIT 1;

CREATE VIEW published.zone WITH (security_barrier) AS
SELECT z.id, z.kind, z.code, z.name, z.officer_name,
       ST_X(inner_point) AS lon, ST_Y(inner_point) AS lat,
       ST_XMin(z.geom) AS west, ST_YMin(z.geom) AS south,
       ST_XMax(z.geom) AS east, ST_YMax(z.geom) AS north
FROM lotline.zone z, LATERAL (SELECT ST_PointOnSurface(z.geom) AS inner_point) inside;

-- The parcel a place lies in, unless it is withheld; the smallest where several overlap there.
CREATE FUNCTION published.parcel_at(lon double precision, lat double precision) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
    SELECT parcel_id FROM lotline.parcel_period
    WHERE valid_to IS NULL AND abs(lon) <= 180 AND abs(lat) <= 90
      AND ST_Intersects(geom, ST_SetSRID(ST_MakePoint(lon, lat), 4326))
      AND NOT EXISTS (SELECT FROM lotline.withheld_parcel w
                      WHERE w.parcel_id = parcel_period.parcel_id)
    ORDER BY area_m2 LIMIT 1
$$;

-- The officer's zone a place lies in; the smallest where several overlap there.
CREATE FUNCTION published.zone_at(lon double precision, lat double precision) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
    SELECT id FROM lotline.zone
    WHERE kind = 'officer' AND abs(lon) <= 180 AND abs(lat) <= 85
      AND ST_Intersects(geom_3857, ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 3857))
    ORDER BY ST_Area(geom_3857) LIMIT 1
$$;

-- The address nearest to a place, of those that are not withheld.
CREATE FUNCTION published.address_near(lon double precision, lat double precision) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
    SELECT a.label FROM lotline.situs_address a
    WHERE abs(lon) <= 180 AND abs(lat) <= 85
      AND NOT EXISTS (SELECT FROM lotline.withheld_parcel w WHERE w.parcel_id = a.parcel_id)
    ORDER BY a.geom_3857 <-> ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 3857)
    LIMIT 1
$$;

-- The one spelling all spellings of a street share; geo.addresses.street_key is its twin.
CREATE FUNCTION published.street_key(street text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog AS $$
    SELECT coalesce(string_agg(coalesce(short.words ->> word, word), ' ' ORDER BY place), '')
    FROM regexp_split_to_table(
             btrim(replace(regexp_replace(lower(street), '[^\w\s-]|_', '', 'g'), '-', ' ')), '\s+')
             WITH ORDINALITY AS split(word, place),
         (SELECT '{
        "alley": "aly", "avenue": "ave", "av": "ave", "boulevard": "blvd", "bend": "bnd",
        "bridge": "brg", "center": "ctr", "centre": "ctr", "circle": "cir", "court": "ct",
        "cove": "cv", "crescent": "cres", "crossing": "xing", "drive": "dr", "estates": "ests",
        "expressway": "expy", "extension": "ext", "freeway": "fwy", "garden": "gdn",
        "gardens": "gdns", "glen": "gln", "green": "grn", "grove": "grv", "heights": "hts",
        "highway": "hwy", "island": "is", "junction": "jct", "landing": "lndg", "lane": "ln",
        "manor": "mnr", "park": "pk", "parkway": "pkwy", "pky": "pkwy", "place": "pl",
        "plaza": "plz", "point": "pt", "ridge": "rdg", "road": "rd", "route": "rte",
        "square": "sq", "station": "sta", "street": "st", "str": "st", "terrace": "ter",
        "terr": "ter", "trail": "trl", "turnpike": "tpke", "tpk": "tpke", "valley": "vly",
        "view": "vw", "village": "vlg", "north": "n", "south": "s", "east": "e", "west": "w",
        "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw",
        "saint": "st", "mount": "mt", "fort": "ft", "first": "1st", "second": "2nd",
        "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
        "eighth": "8th", "ninth": "9th", "tenth": "10th"
         }'::jsonb AS words) short
$$;

-- Streets whose name begins with, holds, or is spelt like what was typed; best first.
CREATE FUNCTION published.streets_like(typed text, most integer)
RETURNS TABLE (street_key text, name text, score real)
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.4 AS $$
    SELECT n.street_key, n.name,
           (CASE WHEN n.street_key = typed THEN 1.0
                 WHEN n.street_key LIKE typed || '%' THEN 0.98
                 WHEN n.street_key LIKE '% ' || typed || '%' THEN 0.9
                 ELSE 0.85 * word_similarity(typed, n.street_key) END)::real AS score
    FROM lotline.street_name n
    WHERE typed <> '' AND (n.street_key LIKE typed || '%' OR n.street_key LIKE '% ' || typed || '%'
                           OR typed <% n.street_key)
    ORDER BY score DESC, length(n.street_key), n.street_key
    LIMIT most
$$;

-- Places by what someone typed, of those that anyone may see.
CREATE FUNCTION published.search_places(words text, most integer)
RETURNS TABLE (kind text, id bigint, parcel_id bigint, label text, hint text,
               lon double precision, lat double precision, score real)
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT * FROM office.search_places(words, most, false);
END $$;

-- One tile of the ground (Mapbox vector tile 2.1), as much of it as the zoom can show.
-- A tile is made by functions in PL/pgSQL alone: those in SQL are planned anew at every call.
CREATE FUNCTION published.tile_areas(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
DECLARE
    bounds geometry := ST_TileEnvelope(z, x, y);
    margin geometry := ST_TileEnvelope(z, x, y, margin => 64.0 / 4096);
    tile bytea;
    labels bytea;
BEGIN
    SELECT string_agg(part, '') INTO tile
    FROM (SELECT ST_AsMVT(feature, feature.layer, 4096, 'shape') AS part
          FROM (SELECT CASE a.kind WHEN 'officer' THEN 'zone' ELSE a.kind END AS layer,
                       a.id, a.code, a.name, a.officer_name,
                       ST_AsMVTGeom(a.geom_3857, bounds, 4096, 64) AS shape
                FROM lotline.zone a
                WHERE a.kind IN ('town', 'water', 'park', 'officer')
                  AND a.geom_3857 && margin) feature
          GROUP BY feature.layer) parts;
    IF tile IS NULL THEN RETURN NULL; END IF;
    SELECT ST_AsMVT(feature, 'zone_label', 4096, 'shape') INTO labels
    FROM (SELECT a.id, a.code, a.name, a.officer_name,
                 ST_AsMVTGeom(ST_PointOnSurface(a.geom_3857), bounds, 4096, 64) AS shape
          FROM lotline.zone a
          WHERE a.kind = 'officer' AND a.geom_3857 && margin) feature;
    RETURN tile || coalesce(labels, '');
END $$;

CREATE FUNCTION published.tile_streets(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
DECLARE
    bounds geometry := ST_TileEnvelope(z, x, y);
    margin geometry := ST_TileEnvelope(z, x, y, margin => 64.0 / 4096);
    narrowest integer := CASE WHEN z <= 11 THEN 1 WHEN z = 12 THEN 2 WHEN z = 13 THEN 3 ELSE 4 END;
    tile bytea;
BEGIN
    SELECT ST_AsMVT(feature, 'street', 4096, 'shape') INTO tile
    FROM (SELECT s.name, s.rank, s.oneway, ST_AsMVTGeom(s.geom_3857, bounds, 4096, 64) AS shape
          FROM lotline.street s
          WHERE s.geom_3857 && margin AND s.rank <= narrowest) feature;
    RETURN tile;
END $$;

-- A shape in a tile's own units, 4096 a side, y downwards, neither clipped nor mended.
CREATE FUNCTION published.in_units(
    shape geometry, west float8, north float8, units_a_metre float8) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ST_SnapToGrid(ST_TransScale(shape, -west, -north, units_a_metre, -units_a_metre), 1)
$$;

-- From z16 a unit is 15 cm at most, less than surveys are good for: a valid lot stays one, so a
-- lot wholly inside is only moved, its rings in the order the format asks for. To look for
-- what rounding broke, as ST_AsMVTGeom does, would cost more than all the rest. A lot bears no
-- number of a parcel here, and one that is withheld is drawn byte for byte as it was before.
CREATE FUNCTION published.tile_parcels(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
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
    FROM (SELECT pp.parcel_id AS id,
                 CASE WHEN z >= 16 AND pp.geom_3857 @ margin
                      THEN published.in_units(
                          ST_ForcePolygonCW(pp.geom_3857), west, north, units)
                      ELSE ST_AsMVTGeom(pp.geom_3857, bounds, 4096, 64) END AS shape
          FROM lotline.parcel_period pp
          WHERE pp.geom_3857 && margin AND pp.valid_to IS NULL) feature;
    RETURN tile;
END $$;

-- House numbers, of every house: they stand on the houses, and name nobody. One left out where all
-- others have theirs would point at the very place that is to be left alone.
CREATE FUNCTION published.tile_addresses(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, public, pg_temp AS $$
DECLARE
    bounds geometry := ST_TileEnvelope(z, x, y);
    tile bytea;
BEGIN
    SELECT ST_AsMVT(feature, 'address', 4096, 'shape') INTO tile
    FROM (SELECT DISTINCT split_part(a.label, ' ', 1) AS label,
                 ST_AsMVTGeom(a.geom_3857, bounds, 4096, 0) AS shape
          FROM lotline.situs_address a
          WHERE a.geom_3857 && bounds AND a.number_low IS NOT NULL) feature;
    RETURN tile;
END $$;

CREATE FUNCTION published.tile_ground(z integer, x integer, y integer) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, published, pg_temp AS $$
BEGIN  -- no SQL function: those are planned anew at every call
    RETURN coalesce(published.tile_areas(z, x, y), '')
        || coalesce(published.tile_streets(z, x, y), '')
        || CASE WHEN z >= 14 THEN coalesce(published.tile_parcels(z, x, y), '') ELSE '' END
        || CASE WHEN z >= 17 THEN coalesce(published.tile_addresses(z, x, y), '') ELSE '' END;
END $$;
