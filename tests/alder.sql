-- A town of 48 lots on two streets: every stage of a case once, one case not yet verified, one
-- lien, two zones, a park and water.
-- :today is the day its deadlines count from.
INSERT INTO lotline.town (name, srid, timezone, extent, note)
VALUES ('Alder', 32617, 'UTC', ST_MakeEnvelope(-80.6, 27.1, -80.2, 27.5, 4326), 'A town for tests.');

INSERT INTO lotline.import_run (kind, file_name, file_sha256, actor, started_at, finished_at,
    rows_read, rows_loaded, rows_repaired, rows_merged, rows_unchanged, rows_rejected)
VALUES ('parcels', 'alder', 'none', 'test', now(), now(), 0, 0, 0, 0, 0, 0);

-- Lot 12-1 to 12-48, twelve to a row; rows 0 and 1 face Alder St, 2 and 3 face Birch Ave.
CREATE TEMP TABLE lot ON COMMIT DROP AS
SELECT n AS id, '12-' || n AS parcel_no,
       CASE WHEN r < 2 THEN 'Alder St' ELSE 'Birch Ave' END AS street,
       100 + 2 * c + r % 2 AS house,
       ST_MakeEnvelope(-80.4 + c * 0.0003, 27.3 - r * 0.0004 - (r + 1) / 2 * 0.0002,
                       -80.4 + c * 0.0003 + 0.0003, 27.3 - r * 0.0004 - (r + 1) / 2 * 0.0002 + 0.0004,
                       4326) AS geom
FROM (SELECT n, (n - 1) % 12 AS c, (n - 1) / 12 AS r FROM generate_series(1, 48) n) lots;

INSERT INTO lotline.parcel (id, parcel_no) SELECT id, parcel_no FROM lot;
INSERT INTO lotline.parcel_period (id, parcel_id, situs_address, land_use, area_m2, content_sha,
    import_run_id, source_row, geom, geom_3857)
SELECT id, id, house || ' ' || street, 'single_family', ST_Area(geom::geography), '\x00', 1, id,
       ST_Multi(geom), ST_Transform(ST_Multi(geom), 3857) FROM lot;
INSERT INTO lotline.situs_address (parcel_id, label, number_low, number_high, street, street_key,
    content_sha, import_run_id, source_row, geom, geom_3857)
SELECT id, house || ' ' || street, house, house, street, lower(street), '\x00', 1, id,
       ST_Centroid(geom), ST_Transform(ST_Centroid(geom), 3857) FROM lot;

INSERT INTO lotline.street_name (street_key, name)
VALUES ('alder st', 'Alder St'), ('birch ave', 'Birch Ave');
INSERT INTO lotline.street (source_key, name, street_key, rank, oneway, content_sha, import_run_id,
    source_row, geom, geom_3857)
SELECT lower(name), name, lower(name), rank, oneway, '\x00', 1, 1, ST_Multi(line),
       ST_Transform(ST_Multi(line), 3857)
FROM (VALUES ('Alder St', 1, 0, ST_SetSRID(ST_MakeLine(ST_Point(-80.401, 27.2999),
                                                      ST_Point(-80.395, 27.2999)), 4326)),
             ('Birch Ave', 3, 1, ST_SetSRID(ST_MakeLine(ST_Point(-80.401, 27.2989),
                                                       ST_Point(-80.395, 27.2989)), 4326)))
     AS streets(name, rank, oneway, line);

INSERT INTO lotline.zone (id, kind, code, name, officer_name, content_sha, import_run_id, source_row,
    geom, geom_3857)
SELECT id, kind, code, name, officer, '\x00', 1, 1, ST_Multi(geom), ST_Transform(ST_Multi(geom), 3857)
FROM (VALUES
    (1, 'officer', '1', 'Zone 1', 'M. Rivera', ST_MakeEnvelope(-80.402, 27.296, -80.3982, 27.302, 4326)),
    (2, 'officer', '2', 'Zone 2', 'J. Okafor', ST_MakeEnvelope(-80.3982, 27.296, -80.394, 27.302, 4326)),
    (3, 'town', 'alder', 'Alder', NULL, ST_MakeEnvelope(-80.402, 27.296, -80.394, 27.302, 4326)),
    (4, 'park', 'p', 'Alder Green', NULL, ST_MakeEnvelope(-80.4, 27.3006, -80.398, 27.3014, 4326)),
    (5, 'water', 'w', 'Mill Pond', NULL, ST_MakeEnvelope(-80.398, 27.3006, -80.396, 27.3014, 4326)))
    AS zones(id, kind, code, name, officer, geom);
SELECT setval(pg_get_serial_sequence('lotline.zone', 'id'), 5);

INSERT INTO lotline.ordinance (id, citation, section, title)
VALUES (1, 'Sec. 30-36(b) High grass', '30-36(b)', 'High grass'),
       (2, 'Sec. 14-2 <b>Trash</b> & debris', '14-2', 'Trash & debris');

INSERT INTO lotline.case_file (id, number, category, opened_on, closed_on, phase, next_due,
    open_violations, open_since, published, parcel_id, parcel_period_id, tie_method,
    tie_confidence, zone_id, import_run_id, source_row, point, point_3857)
SELECT c.id, '2026-' || lpad(c.id::text, 4, '0'), c.category, :today - 30,
       CASE WHEN phase IN ('complied', 'closed') THEN :today - 2 END, phase, :today + due, open,
       CASE WHEN open > 0 THEN :today - 30 END, phase <> 'reported',
       lot, lot, 'parcel_no', 1, CASE WHEN (lot - 1) % 12 < 6 THEN 1 ELSE 2 END, 1, c.id,
       ST_Centroid(geom), ST_Transform(ST_Centroid(geom), 3857)
FROM (VALUES
    (1, 'High grass', 'open', 20, 1, 1),
    (2, 'High grass', 'open', 3, 1, 3),
    (3, 'Trash', 'open', -5, 2, 5),
    (4, 'Trash', 'cited', 10, 1, 7),
    (5, 'Trash', 'hearing', NULL, 1, 9),
    (6, 'High grass', 'ordered', NULL, 1, 13),
    (7, 'Trash', 'lien', NULL, 1, 15),
    (8, 'High grass', 'complied', NULL, 0, 5),
    (9, 'Trash', 'closed', NULL, 0, 5),
    (10, 'High grass', 'reported', NULL, 1, 20)) AS c(id, category, phase, due, open, lot)
JOIN lot ON lot.id = c.lot;
INSERT INTO lotline.violation (case_id, ordinance_id, found_on, comply_by, status, respondent_name,
    import_run_id, source_row)
SELECT id, CASE category WHEN 'Trash' THEN 2 ELSE 1 END, opened_on, next_due,
       CASE WHEN open_violations > 0 THEN 'open' ELSE 'closed' END, 'CANARY OWNER', 1, id
FROM lotline.case_file, generate_series(1, greatest(open_violations, 1));
INSERT INTO lotline.lien (parcel_id, case_id, instrument_no, book, page, recorded_on, amount_cents, status)
VALUES (15, 7, '2026-00815', '412', '88', :today - 10, 435000, 'recorded');
