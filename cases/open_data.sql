-- What programs read of the town: lists by pages, shapes, public steps and hearing days. Rebuilt
-- whole at every upgrade, after cases/published.sql. Whatever is told of a case, a lien or a parcel
-- is looked up in the views of the schema, so that what they hold back is held back here.

-- A box of degrees (EPSG:4326) in EPSG:3857; what lies beyond the projection is cut off. One whose
-- west is east of its east reaches over the antimeridian: this is the part of it up to there.
CREATE FUNCTION published.envelope(west float8, south float8, east float8, north float8)
RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT ST_Transform(ST_MakeEnvelope(
        greatest(least(west, 180), -180), greatest(least(south, 85.05), -85.05),
        CASE WHEN west > east THEN 180 ELSE greatest(least(east, 180), -180) END,
        greatest(least(north, 85.05), -85.05), 4326), 3857)
$$;

-- The part of such a box behind the antimeridian; NULL where it does not reach over it.
CREATE FUNCTION published.envelope_beyond(west float8, south float8, east float8, north float8)
RETURNS geometry
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN west > east THEN published.envelope(-180, south, east, north) END
$$;

-- Whether a shape lies in or touches a box, and not only its own box does. Without settings of its
-- own, so that it is put in place and the spatial index is used.
CREATE FUNCTION published.meets(shape geometry, box geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT shape OPERATOR(public.&&) box AND public.ST_Intersects(shape, box)
$$;

-- A shape as the text of a GeoJSON geometry, to a centimetre, wound as RFC 7946 asks.
CREATE FUNCTION published.as_geojson(shape geometry) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT ST_AsGeoJSON(ST_ForcePolygonCCW(shape), 7)
$$;

-- Cases in order of their ids, those after one. The loop ends as soon as a page is full.
CREATE FUNCTION published.cases_listed(
    west float8, south float8, east float8, north float8, on_date date,
    of_state text, of_stage text, of_category text, of_zone bigint, of_parcel bigint,
    since date, until date, after bigint, most integer)
RETURNS TABLE (
    id bigint, number text, category text, phase text, opened_on date, closed_on date,
    next_due date, open_violations integer, parcel_id bigint, parcel_no text, situs_address text,
    zone_id bigint, lon float8, lat float8, stage text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    box CONSTANT geometry := published.envelope(west, south, east, north);
    other CONSTANT geometry := published.envelope_beyond(west, south, east, north);
    told_since CONSTANT date := published.closed_since();  -- as the view has it, but picked by it
    picked bigint;
    given integer := 0;
BEGIN
    FOR picked IN
        SELECT f.id FROM lotline.case_file f
        WHERE f.published AND NOT f.withheld AND f.id > after
          AND (f.phase NOT IN ('closed', 'complied')
               OR coalesce(f.closed_on, f.opened_on) >= told_since)
          AND (box IS NULL OR f.point_3857 && box OR f.point_3857 && other)
          AND (of_state = 'any' OR (f.open_violations > 0 OR f.phase = 'lien') = (of_state = 'open'))
          AND (of_stage IS NULL OR published.stage(f.phase, f.next_due, on_date) = of_stage)
          AND (of_category IS NULL OR f.category = of_category)
          AND (of_zone IS NULL OR f.zone_id = of_zone)
          AND (of_parcel IS NULL OR f.parcel_id = of_parcel)
          AND (since IS NULL OR f.opened_on >= since) AND (until IS NULL OR f.opened_on <= until)
        ORDER BY f.id
    LOOP
        EXIT WHEN given >= most;
        RETURN QUERY
        SELECT c.id, c.number, c.category, c.phase, c.opened_on, c.closed_on, c.next_due,
               c.open_violations, c.parcel_id, c.parcel_no, c.situs_address, c.zone_id, c.lon,
               c.lat, published.stage(c.phase, c.next_due, on_date)
        FROM published."case" c WHERE c.id = picked
          AND (box IS NULL OR c.lon IS NOT NULL) AND (of_parcel IS NULL OR c.parcel_id = of_parcel);
        IF FOUND THEN given := given + 1; END IF;
    END LOOP;
END $$;

-- Liens in order of their ids, those after one, each with the ground it is recorded against.
CREATE FUNCTION published.liens_listed(
    west float8, south float8, east float8, north float8,
    of_status text, of_parcel bigint, since date, until date, after bigint, most integer)
RETURNS TABLE (
    id bigint, instrument_no text, book text, page_no text, recorded_on date, released_on date,
    amount_cents bigint, status text, parcel_no text, situs_address text, case_number text,
    shape text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    box CONSTANT geometry := published.envelope(west, south, east, north);
    other CONSTANT geometry := published.envelope_beyond(west, south, east, north);
    picked record;
    given integer := 0;
BEGIN
    FOR picked IN
        SELECT l.id, ground.geom FROM lotline.lien l
        LEFT JOIN LATERAL (SELECT pp.geom, pp.geom_3857 FROM lotline.parcel_period pp
                           WHERE pp.parcel_id = l.parcel_id
                           ORDER BY pp.valid_to DESC NULLS FIRST LIMIT 1) ground ON true
        WHERE l.id > after AND (box IS NULL OR published.meets(ground.geom_3857, box)
               OR published.meets(ground.geom_3857, other))
          AND (of_status IS NULL OR l.status = of_status)
          AND (of_parcel IS NULL OR l.parcel_id = of_parcel)
          AND NOT EXISTS (SELECT FROM lotline.withheld_parcel w WHERE w.parcel_id = l.parcel_id)
          AND (since IS NULL OR l.recorded_on >= since) AND (until IS NULL OR l.recorded_on <= until)
        ORDER BY l.id
    LOOP
        EXIT WHEN given >= most;
        RETURN QUERY
        SELECT l.id, l.instrument_no, l.book, l.page, l.recorded_on, l.released_on,
               l.amount_cents::bigint, l.status, p.parcel_no, p.situs_address, c.number,
               published.as_geojson(picked.geom)
        FROM published.lien l
        JOIN published.parcel p ON p.id = l.parcel_id
        LEFT JOIN published."case" c ON c.id = l.case_id
        WHERE l.id = picked.id;
        IF FOUND THEN given := given + 1; END IF;
    END LOOP;
END $$;

-- Parcels as they stand, in order of their ids, those after one.
CREATE FUNCTION published.parcels_listed(
    west float8, south float8, east float8, north float8, after bigint, most integer)
RETURNS TABLE (
    id bigint, parcel_no text, situs_address text, land_use text, area_m2 float8, shape text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    box CONSTANT geometry := published.envelope(west, south, east, north);
    other CONSTANT geometry := published.envelope_beyond(west, south, east, north);
    picked record;
    given integer := 0;
BEGIN
    FOR picked IN
        SELECT pp.parcel_id, pp.geom FROM lotline.parcel_period pp
        WHERE pp.valid_to IS NULL AND pp.parcel_id > after
          AND NOT EXISTS (SELECT FROM lotline.withheld_parcel w WHERE w.parcel_id = pp.parcel_id)
          AND (box IS NULL OR published.meets(pp.geom_3857, box)
               OR published.meets(pp.geom_3857, other))
        ORDER BY pp.parcel_id
    LOOP
        EXIT WHEN given >= most;
        RETURN QUERY
        SELECT p.id, p.parcel_no, p.situs_address, p.land_use, p.area_m2::float8,
               published.as_geojson(picked.geom)
        FROM published.parcel p WHERE p.id = picked.parcel_id;
        IF FOUND THEN given := given + 1; END IF;
    END LOOP;
END $$;

-- The officers' zones with their shapes, in order of their ids.
CREATE FUNCTION published.zones_listed(
    west float8, south float8, east float8, north float8, after bigint, most integer)
RETURNS TABLE (id bigint, code text, name text, officer_name text, shape text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    box CONSTANT geometry := published.envelope(west, south, east, north);
    other CONSTANT geometry := published.envelope_beyond(west, south, east, north);
BEGIN
    RETURN QUERY
    SELECT z.id, z.code, z.name, z.officer_name, published.as_geojson(drawn.geom)
    FROM published.zone z JOIN lotline.zone drawn ON drawn.id = z.id
    WHERE z.kind = 'officer' AND z.id > after
      AND (box IS NULL OR published.meets(drawn.geom_3857, box)
           OR published.meets(drawn.geom_3857, other))
    ORDER BY z.id LIMIT most;
END $$;

-- The events of a history that anybody may know of; cases/open_data.py says each in words.
CREATE FUNCTION published.step_kinds() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ARRAY[
    'case_opened', 'inspection_made', 'violation_verified', 'violation_corrected',
    'violation_standing', 'violation_reopened', 'notice_issued', 'notice_served',
    'extension_granted', 'citation_issued', 'citation_served', 'citation_dismissed',
    'citation_voided', 'hearing_docketed', 'hearing_shifted', 'hearing_continued',
    'hearing_decided', 'compliance_agreed', 'hearing_cancelled', 'order_entered',
    'compliance_verified', 'fine_certified', 'fine_reduced', 'order_satisfied', 'order_vacated',
    'order_set_aside', 'lien_recorded', 'lien_released_in_part', 'lien_satisfied',
    'lien_released', 'lien_expired', 'lien_foreclosed', 'foreclosure_begun',
    'foreclosure_withdrawn', 'appeal_filed', 'work_done', 'case_closed', 'case_reopened'] $$;

-- What happened in a case that anybody may know: which step on which day; never who, nor words.
CREATE VIEW published.case_step WITH (security_barrier) AS
SELECT e.case_id, e.seq, e.kind, e.happened_on, e.recorded_at
FROM lotline.case_event e
JOIN published."case" c ON c.id = e.case_id
WHERE e.kind = ANY (published.step_kinds());

-- On which day and where a case is or was heard, and by whom.
CREATE VIEW published.hearing_day WITH (security_barrier) AS
SELECT h.id, h.case_id, h.status, s.body, s.held_on, s.begins_at, s.place, s.id AS session_id
FROM lotline.hearing h
JOIN lotline.hearing_session s ON s.id = h.session_id
JOIN published."case" c ON c.id = h.case_id
WHERE h.status IN ('docketed', 'opened', 'continued', 'decided', 'agreed');

-- The latest steps of some cases that were recorded after a moment and until another, the latest
-- first: of one case, a parcel, a zone, a kind, an area (WKT in EPSG:4326), or of all where each is
-- NULL. A parcel that ended is asked for on those that a tenth of its ground or more became, as its
-- cases are. It is planned anew each time, for what is asked decides where to begin.
CREATE FUNCTION published.steps_told(
    of_case bigint, of_parcel bigint, of_zone bigint, of_category text, of_area text,
    after timestamptz, until timestamptz, most integer)
RETURNS TABLE (
    case_id bigint, seq integer, kind text, happened_on date, recorded_at timestamptz,
    number text, category text, situs_address text, parcel_no text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, published, lotline, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    area CONSTANT geometry := ST_Transform(ST_GeomFromText(of_area, 4326), 3857);
    lots CONSTANT bigint[] := ARRAY(
        WITH RECURSIVE became AS (
            SELECT of_parcel AS lot
            UNION
            SELECT l.child_id FROM became b JOIN lotline.parcel_lineage l ON l.parent_id = b.lot
            WHERE l.share >= 0.1
              AND NOT EXISTS (SELECT FROM lotline.parcel_period pp
                              WHERE pp.parcel_id = b.lot AND pp.valid_to IS NULL))
        SELECT b.lot FROM became b WHERE b.lot IS NOT NULL);
    told_since CONSTANT date := published.closed_since();  -- as the view has it, but picked by it
BEGIN
    RETURN QUERY
    WITH latest AS MATERIALIZED (
        SELECT e.id, e.case_id, e.seq, e.kind, e.happened_on, e.recorded_at
        FROM lotline.case_event e
        JOIN lotline.case_file f ON f.id = e.case_id
        WHERE e.kind = ANY (published.step_kinds())
          AND f.published AND NOT f.withheld
          AND (f.phase NOT IN ('closed', 'complied')
               OR coalesce(f.closed_on, f.opened_on) >= told_since)
          AND (of_case IS NULL OR f.id = of_case)
          AND (of_parcel IS NULL OR f.parcel_id = ANY (lots))
          AND (of_zone IS NULL OR f.zone_id = of_zone)
          AND (of_category IS NULL OR f.category = of_category)
          AND (of_area IS NULL OR ST_Intersects(f.point_3857, area))
          AND (after IS NULL OR e.recorded_at > after) AND (until IS NULL OR e.recorded_at <= until)
        ORDER BY e.recorded_at DESC, e.id DESC LIMIT most)
    SELECT l.case_id, l.seq, l.kind, l.happened_on, l.recorded_at, c.number, c.category,
           c.situs_address, c.parcel_no
    FROM latest l
    -- OFFSET 0 looks them up one by one, where a join would fetch the whole view.
    CROSS JOIN LATERAL (SELECT * FROM published."case" v WHERE v.id = l.case_id OFFSET 0) c
    ORDER BY l.recorded_at DESC, l.id DESC;
END $$;
