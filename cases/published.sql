-- What anyone may read of cases. Rebuilt whole at every upgrade, after geo/published.sql.
-- Reads by equality are barrier views; reads by space stand in published_map.sql.

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
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, lotline, pg_temp
SET plan_cache_mode = auto AS $$
BEGIN
    IF EXISTS (SELECT FROM withheld_parcel WHERE parcel_id = of_parcel) THEN
        RETURN NULL;
    END IF;
    RETURN office.address_of(of_parcel, of_period);
END $$;

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
