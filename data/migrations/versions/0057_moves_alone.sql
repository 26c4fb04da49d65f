-- A case that a year's parcels put elsewhere has not moved either, unless a person said where to.
CREATE OR REPLACE FUNCTION lotline.keep_case_activity() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, lotline AS $$
BEGIN
    PERFORM FROM lotline.case_file WHERE id IN (SELECT case_id FROM arrived)
        ORDER BY id FOR NO KEY UPDATE;
    UPDATE lotline.case_activity kept SET last_on = moved.last_on
    FROM (SELECT case_id, max(happened_on) AS last_on FROM arrived
          WHERE kind NOT IN ('case_assigned', 'parcel_ended', 'parcel_followed',
                             'succession_undone')
          GROUP BY case_id) moved
    WHERE kept.case_id = moved.case_id AND (kept.last_on < moved.last_on OR kept.last_on IS NULL);
    RETURN NULL;
END $$;

CREATE OR REPLACE VIEW lotline.case_activity_told AS
SELECT c.id AS case_id, e.last_on, i.inspected_on, n.noticed_on, v.corrected_on,
    z.case_id IS NOT NULL AS cited
FROM lotline.case_file c
LEFT JOIN (SELECT case_id, max(happened_on) AS last_on FROM lotline.case_event
           WHERE kind NOT IN ('case_assigned', 'parcel_ended', 'parcel_followed',
                              'succession_undone')
           GROUP BY 1) e
    ON e.case_id = c.id
LEFT JOIN (SELECT case_id, min(made_on) AS inspected_on FROM lotline.inspection GROUP BY 1) i
    ON i.case_id = c.id
LEFT JOIN (SELECT case_id, min(issued_on) AS noticed_on FROM lotline.notice GROUP BY 1) n
    ON n.case_id = c.id
LEFT JOIN (SELECT case_id, max(corrected_on) AS corrected_on FROM lotline.violation GROUP BY 1) v
    ON v.case_id = c.id
LEFT JOIN (SELECT DISTINCT case_id FROM lotline.citation WHERE status <> 'voided') z
    ON z.case_id = c.id;
