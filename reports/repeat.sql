-- Parcels with several published cases opened in a window, most cases first.
WITH chosen AS (
    SELECT c.id, c.parcel_id, c.opened_on, c.open_violations, c.zone_id
    FROM lotline.case_file c
    LEFT JOIN lotline.zone z ON z.id = c.zone_id
    WHERE c.parcel_id IS NOT NULL AND c.published
      AND c.opened_on > :after AND c.opened_on <= :until
      AND (CAST(:zone AS text) IS NULL OR (z.kind = 'officer' AND z.code = :zone))
      AND NOT (:outside AND EXISTS (SELECT FROM lotline.withheld_parcel w
                                    WHERE w.parcel_id = c.parcel_id))
      AND (CAST(:category AS text) IS NULL OR c.category = :category)
), counted AS (
    SELECT parcel_id, count(*) AS cases,
           count(*) FILTER (WHERE open_violations > 0) AS open_cases,
           count(*) FILTER (WHERE opened_on > :year_before) AS last_year,
           count(*) FILTER (WHERE opened_on > :two_before AND opened_on <= :year_before)
               AS year_before,
           array_agg(id ORDER BY opened_on, id) AS case_ids,
           array_agg(id ORDER BY opened_on, id) FILTER (WHERE open_violations > 0) AS open_ids,
           min(opened_on) AS first_opened, max(opened_on) AS last_opened,
           (array_agg(zone_id ORDER BY opened_on DESC, id DESC))[1] AS zone_id
    FROM chosen GROUP BY parcel_id HAVING count(*) >= :at_least
), cited AS (
    SELECT chosen.parcel_id, count(*) AS violations,
           count(DISTINCT v.ordinance_id) AS sections
    FROM counted
    JOIN chosen USING (parcel_id)
    JOIN lotline.violation v ON v.case_id = chosen.id
    WHERE v.status = ANY (:stood)
    GROUP BY chosen.parcel_id
)
SELECT p.id AS parcel_id, rank() OVER (ORDER BY cases DESC) AS rank, p.parcel_no,
       cases, open_cases, last_year, year_before, case_ids,
       coalesce(open_ids, '{}') AS open_ids, coalesce(violations, 0) AS violations, coalesce(sections, 0) AS sections,
       first_opened, last_opened,
       (last_opened - first_opened) / greatest(cases - 1, 1)::float8 AS mean_days_between,
       z.code AS zone, ST_X(spot) AS lon, ST_Y(spot) AS lat, ST_AsBinary(outline) AS outline,
       EXISTS (SELECT FROM lotline.withheld_parcel w WHERE w.parcel_id = p.id) AS exempt
FROM counted
JOIN lotline.parcel p ON p.id = counted.parcel_id
-- A parcel that is no more is drawn as it last was.
JOIN LATERAL (
    SELECT geom AS outline, ST_PointOnSurface(geom) AS spot FROM lotline.parcel_period pp
    WHERE pp.parcel_id = p.id ORDER BY pp.valid_to DESC NULLS FIRST LIMIT 1) place ON true
LEFT JOIN cited USING (parcel_id)
LEFT JOIN lotline.zone z ON z.id = counted.zone_id
ORDER BY cases DESC, open_cases DESC, p.parcel_no
