-- A million lots in a square of 30 km, two million cases on them, 20,000 liens. Constraints and
-- checks stay on; triggers rest, and what they would have marked is marked at the end.
SET LOCAL maintenance_work_mem = '512MB';
ALTER TABLE lotline.parcel_period DISABLE TRIGGER USER;
ALTER TABLE lotline.parcel_period DROP CONSTRAINT parcel_period_no_overlap;
ALTER TABLE lotline.case_file DISABLE TRIGGER USER;
DROP INDEX lotline.parcel_period_now_on_map, lotline.parcel_period_geom, lotline.case_open_on_map;

INSERT INTO lotline.town (name, srid, extent)
VALUES ('Bench', 32617, ST_MakeEnvelope(-81.5, 26.5, -80.2, 27.8, 4326));
INSERT INTO lotline.import_run (kind, file_name, file_sha256, actor, started_at, finished_at,
    rows_read, rows_loaded, rows_repaired, rows_merged, rows_unchanged, rows_rejected)
VALUES ('parcels', 'bench', '0', 'bench', now(), now(), 0, 0, 0, 0, 0, 0);

INSERT INTO lotline.parcel (id, parcel_no) SELECT i, 'P-' || i FROM generate_series(1, 1000000) i;
-- Rows of lots of slightly different shape; blocks of 8 x 4 lie together on disk, as after a
-- load in Hilbert order.
INSERT INTO lotline.parcel_period (id, parcel_id, situs_address, area_m2, content_sha,
    import_run_id, source_row, geom, geom_3857)
SELECT i, i, i || ' Main St', 500, '\x00', 1, i, shape, ST_Transform(shape, 3857)
FROM (SELECT i, ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY[
                 ST_Point(x, y, 4326), ST_Point(x + .00025, y + .00001, 4326),
                 ST_Point(x + .00026, y + .00013, 4326), ST_Point(x + .00024, y + .00026, 4326),
                 ST_Point(x + .00001, y + .00025, 4326), ST_Point(x, y, 4326)]))) AS shape
      FROM (SELECT i, -81.0 + lot_x * .0003 AS x, 27.0 + lot_y * .0003 AS y
            FROM generate_series(1, 1000000) i,
                 LATERAL (SELECT (i - 1) / 32 AS block, (i - 1) % 32 AS lot) b,
                 LATERAL (SELECT block % 125 * 8 + lot % 8 AS lot_x,
                                 block / 125 * 4 + lot / 8 AS lot_y) c) corners) lots;

INSERT INTO lotline.case_file (number, category, phase, next_due, open_violations, published,
    parcel_id, parcel_period_id, tie_method, tie_confidence, point, point_3857)
SELECT '2026-' || i, (ARRAY['High grass', 'Trash and debris', 'Vehicle', 'Unsafe structure'])[1 + i % 4],
       CASE WHEN i % 3 = 0 THEN 'closed' WHEN i % 50 = 1 THEN 'lien' ELSE 'open' END,
       CASE WHEN i % 3 <> 0 THEN date '2026-11-01' + i % 60 END, least(i % 3, 1), true,
       lot, lot, 'parcel_no', 1, place, ST_Transform(place, 3857)
FROM generate_series(1, 2000000) i,
     LATERAL (SELECT 1 + (i - 1) / 2 AS lot) l
     JOIN lotline.parcel_period p ON p.id = lot,
     LATERAL (SELECT ST_Centroid(geom) AS place) c;
INSERT INTO lotline.lien (parcel_id, instrument_no, amount_cents, status)
SELECT i * 50, 'I-' || i, 100, 'recorded' FROM generate_series(1, 20000) i;

CREATE INDEX parcel_period_now_on_map ON lotline.parcel_period USING gist (geom_3857)
    WHERE valid_to IS NULL;
CREATE INDEX case_open_on_map ON lotline.case_file USING gist (point_3857)
    WHERE open_violations > 0 OR phase = 'lien';
ALTER TABLE lotline.parcel_period ENABLE TRIGGER USER;
ALTER TABLE lotline.case_file ENABLE TRIGGER USER;
INSERT INTO lotline.case_grid_stale SELECT DISTINCT cell_x, cell_y FROM lotline.case_file;
INSERT INTO lotline.layer_change (layer) VALUES ('ground'), ('cases');

-- The same features and attributes as plain views, for a server that makes its own tiles.
CREATE SCHEMA peer;
CREATE VIEW peer.parcel AS
SELECT pp.parcel_id AS id, pp.geom_3857 AS geom FROM lotline.parcel_period pp WHERE valid_to IS NULL;
CREATE VIEW peer."case" AS
SELECT min(id) AS id, min(zone_id) AS zone_id,
       CASE min(array_position(urgency, stage))
           WHEN 1 THEN 'overdue' WHEN 2 THEN 'lien' WHEN 3 THEN 'ordered' WHEN 4 THEN 'hearing'
           WHEN 5 THEN 'cited' WHEN 6 THEN 'due_soon' ELSE 'open' END AS stage,
       CASE WHEN count(*) = 1 THEN min(age) END AS aged,
       CASE WHEN count(*) = 1 THEN min(category) END AS category,
       CASE WHEN count(*) = 1 THEN min(number) END AS number,
       CASE WHEN count(*) > 1 THEN count(*)::integer END AS n,
       CASE WHEN count(*) > 1 THEN string_agg(
           E'\n' || age || '.' || stage || E'\t' || category || E'\t' || number || E'\t', '') END AS cases,
       point_3857 AS geom
FROM lotline.case_file,
     LATERAL (SELECT published.stage(phase, next_due, current_date),
                     published.age(open_since, current_date)) AS stands (stage, age),
     (VALUES ('{overdue,lien,ordered,hearing,cited,due_soon}'::text[])) AS known (urgency)
WHERE (open_violations > 0 OR phase = 'lien') AND published
GROUP BY point_3857;
