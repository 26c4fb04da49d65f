-- What the notices of a bench's town say, and streets beside every other row of its lots.
ALTER TABLE lotline.notice DISABLE TRIGGER USER;
UPDATE lotline.notice n
SET content = jsonb_build_object(
    'recipient', r.name, 'address', r.address, 'law', 'florida-town 2026.1', 'says', '{}'::jsonb,
    'violations', jsonb_build_array(jsonb_build_object(
        'violation', v.id, 'section', v.section, 'days', 10,
        'title', 'Grass or weeds over 12 inches on an improved lot',
        'text', 'Grass and weeds shall not exceed 12 inches in height on any improved lot.',
        'corrected_by', 'Cut the grass on the whole lot, edges and right-of-way included.')))
FROM lotline.respondent r, lotline.violation v
WHERE r.id = n.respondent_id AND v.case_id = n.case_id;
ALTER TABLE lotline.notice ENABLE TRIGGER USER;

INSERT INTO lotline.street (source_key, name, street_key, rank, oneway, content_sha, import_run_id,
    source_row, geom, geom_3857)
SELECT 'row ' || n, 'Tamarind St ' || n, 'tamarind st', 1 + n % 4, 0, '\x00', 1, n, line,
       ST_Transform(line, 3857)
FROM generate_series(0, 20) n,
     LATERAL (SELECT 27.0 - .00003 + n * .0006 AS y) at,
     LATERAL (SELECT ST_Multi(ST_SetSRID(
         ST_MakeLine(ST_Point(-81.0, y), ST_Point(-80.85, y)), 4326)) AS line) l;
