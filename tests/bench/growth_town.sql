-- A town of :cases cases on half as many lots in 20 zones, a fifth of them open, each with a
-- violation, a respondent, two events and a notice. Triggers rest while it is filled.
SET LOCAL maintenance_work_mem = '256MB';
ALTER TABLE lotline.parcel_period DISABLE TRIGGER USER;
ALTER TABLE lotline.case_file DISABLE TRIGGER USER;
ALTER TABLE lotline.violation DISABLE TRIGGER USER;
ALTER TABLE lotline.notice DISABLE TRIGGER USER;
ALTER TABLE lotline.inspection DISABLE TRIGGER USER;
ALTER TABLE lotline.case_activity DISABLE TRIGGER USER;
ALTER TABLE lotline.case_event DISABLE TRIGGER USER;
ALTER TABLE lotline.situs_address DISABLE TRIGGER USER;

INSERT INTO lotline.town (name, srid, extent)
VALUES ('Bench', 32617, ST_MakeEnvelope(-81.5, 26.5, -80.2, 27.8, 4326));
INSERT INTO lotline.import_run (kind, file_name, file_sha256, actor, started_at, finished_at,
    rows_read, rows_loaded, rows_repaired, rows_merged, rows_unchanged, rows_rejected)
VALUES ('parcels', 'bench', '0', 'bench', now(), now(), 0, 0, 0, 0, 0, 0);
INSERT INTO lotline.zone (kind, code, name, officer_name, content_sha, import_run_id, source_row,
    geom, geom_3857)
SELECT 'officer', z::text, 'Zone ' || z, 'Officer ' || z, '', 1, z, shape, ST_Transform(shape, 3857)
FROM generate_series(1, 20) z,
     LATERAL (SELECT ST_Multi(ST_MakeEnvelope(-81.0 + z * .01, 27.0, -80.99 + z * .01, 27.2, 4326))
              AS shape) s;

-- The first has the account that asks for the pages.
INSERT INTO lotline.staff (login, name, role, added_at)
SELECT 'officer' || z, 'Officer ' || z, 'officer', now() FROM generate_series(2, 20) z;

INSERT INTO lotline.parcel (id, parcel_no) SELECT i, 'P-' || i FROM generate_series(1, :cases / 2) i;
INSERT INTO lotline.parcel_period (id, parcel_id, situs_address, area_m2, content_sha,
    import_run_id, source_row, geom, geom_3857)
SELECT i, i, i % 900 + 1 || ' ' || (ARRAY['Tamarind', 'Sabal', 'Magnolia', 'Osprey'])[1 + i % 4] || ' St',
       500, '\x00', 1, i, shape, ST_Transform(shape, 3857)
FROM (SELECT i, ST_Multi(ST_MakeEnvelope(x, y, x + .00025, y + .00025, 4326)) AS shape
      FROM generate_series(1, :cases / 2) i,
           LATERAL (SELECT -81.0 + i % 500 * .0003 AS x, 27.0 + i / 500 * .0003 AS y) c) lots;
INSERT INTO lotline.situs_address (parcel_id, label, number_low, number_high, street, street_key,
    content_sha, import_run_id, source_row, geom, geom_3857)
SELECT parcel_id, situs_address || ' #' || parcel_id, split_part(situs_address, ' ', 1)::integer,
       split_part(situs_address, ' ', 1)::integer, split_part(situs_address, ' ', 2) || ' St',
       lower(split_part(situs_address, ' ', 2)) || ' st', '\x00', 1, parcel_id,
       ST_Centroid(geom), ST_Centroid(geom_3857)
FROM lotline.parcel_period;
INSERT INTO lotline.street_name
SELECT DISTINCT street_key, street FROM lotline.situs_address;
INSERT INTO lotline.ownership (parcel_id, owner_name, mail_line, mail_city, mail_state, mail_zip,
    import_run_id, source_row)
-- A hundred surnames, so that the commonest is one in a hundred, as in a real town.
SELECT id, (ARRAY['Whit', 'Stan', 'Mer', 'Hol', 'Brad', 'Car', 'Dun', 'Ash', 'Lang', 'Nor'])[1 + id % 10]
       || (ARRAY['field', 'ley', 'ton', 'land', 'ford', 'well', 'more', 'ham', 'worth', 'by'])[1 + id / 10 % 10] || ', '
       || chr(65 + (id % 26)::integer) || '. ' || md5(id::text), id || ' Elm St', 'Bench', 'FL', '34998', 1, id
FROM lotline.parcel;

INSERT INTO lotline.ordinance (citation, section, title)
VALUES ('Sec. 30-36(a) Grass', '30-36(a)', 'Grass'), ('Sec. 58-203 Fences', '58-203', 'Fences');
INSERT INTO lotline.case_file (id, number, category, priority, opened_on, closed_on, phase, next_due,
    open_violations, published, parcel_id, parcel_period_id, tie_method, tie_confidence, zone_id,
    law_pack_id, point, point_3857)
SELECT i, 'CE-2025-' || lpad(i::text, 6, '0'), (ARRAY['High grass', 'Fence in disrepair'])[1 + i % 2],
       1 + i % 5, date '2026-11-01' - i % 600,
       CASE WHEN i % 5 > 0 THEN date '2026-11-01' - i % 300 END,
       CASE WHEN i % 5 > 0 THEN 'complied' WHEN i % 35 = 0 THEN 'reported' ELSE 'open' END,
       CASE WHEN i % 5 = 0 AND i % 35 > 0 THEN date '2026-11-25' + i % 90 - 45 END,
       CASE WHEN i % 5 = 0 AND i % 35 > 0 THEN 1 ELSE 0 END, i % 5 > 0 OR i % 35 > 0,
       lot, lot, 'parcel_no', 1, 1 + (i / 5) % 20, 1, place, ST_Transform(place, 3857)
FROM generate_series(1, :cases) i, LATERAL (SELECT 1 + (i - 1) / 2 AS lot) l
     JOIN lotline.parcel_period p ON p.id = lot, LATERAL (SELECT ST_Centroid(geom) AS place) c;
INSERT INTO lotline.violation (case_id, ordinance_id, found_on, comply_by, status, section)
SELECT id, 1 + id % 2, opened_on, next_due,
       CASE phase WHEN 'complied' THEN 'closed' WHEN 'reported' THEN 'alleged' ELSE 'open' END,
       (ARRAY['30-36(a)', '58-203'])[1 + id % 2]
FROM lotline.case_file;
INSERT INTO lotline.respondent (id, case_id, kind, name, address, since)
SELECT id, id, 'owner', 'Lane, ' || md5(id::text), id || ' Elm St', opened_on FROM lotline.case_file;
INSERT INTO lotline.notice (case_id, respondent_id, kind, status, content, issued_on, served_on, served_by)
SELECT id, id, 'warning', CASE WHEN waits THEN 'issued' ELSE 'served' END, '{"violations": []}',
       told, CASE WHEN NOT waits THEN told END, CASE WHEN NOT waits THEN 'hand' END
FROM lotline.case_file,
     -- Most soon after the opening, some late, as in life: there are as many tallies as days taken.
     LATERAL (SELECT id % 25 = 0 AS waits, opened_on + (id % 7 * (id % 11))::integer AS told) w;
INSERT INTO lotline.inspection (case_id, status, made_on, officer, entry, entry_detail)
SELECT id, 'made', opened_on + (id % 7 * (id % 11) / 3)::integer, 'Officer 1', 'vantage', 'the street'
FROM lotline.case_file;
INSERT INTO lotline.case_event (case_id, seq, kind, actor, happened_on, recorded_at, details,
    prev_hash, hash)
SELECT id, seq, 'inspection_made', 'Officer 1', opened_on + seq * 10, now(), '{}',
       sha256((id || '-' || seq - 1)::bytea), sha256((id || '-' || seq)::bytea)
FROM lotline.case_file, generate_series(1, 2) seq;
SELECT lotline.tally_anew();

ALTER TABLE lotline.parcel_period ENABLE TRIGGER USER;
ALTER TABLE lotline.case_file ENABLE TRIGGER USER;
ALTER TABLE lotline.violation ENABLE TRIGGER USER;
ALTER TABLE lotline.notice ENABLE TRIGGER USER;
ALTER TABLE lotline.inspection ENABLE TRIGGER USER;
ALTER TABLE lotline.case_activity ENABLE TRIGGER USER;
ALTER TABLE lotline.case_event ENABLE TRIGGER USER;
ALTER TABLE lotline.situs_address ENABLE TRIGGER USER;
