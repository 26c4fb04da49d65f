-- What was agreed was in the history alone; by when it is to be kept was written nowhere.
ALTER TABLE lotline.hearing
    ADD COLUMN agreement text,
    ADD COLUMN keep_by date;
UPDATE lotline.hearing h SET agreement = coalesce(
    (SELECT nullif(btrim(e.details ->> 'agreement'), '') FROM lotline.case_event e
     WHERE e.case_id = h.case_id AND e.kind = 'compliance_agreed'
       AND (e.details ->> 'hearing')::bigint = h.id
     ORDER BY e.seq DESC LIMIT 1),
    'Not kept.')
WHERE h.status = 'agreed';
ALTER TABLE lotline.hearing
    ADD CONSTRAINT hearing_agreed_in_words CHECK
        (CASE WHEN status = 'agreed' THEN btrim(coalesce(agreement, '')) <> ''
              ELSE agreement IS NULL END),
    ADD CONSTRAINT hearing_kept_as_agreed CHECK (keep_by IS NULL OR status = 'agreed');
CREATE INDEX hearing_agreed ON lotline.hearing (keep_by) WHERE status = 'agreed';

-- A case is due when the order that runs says so, which outlives what a warning said.
UPDATE lotline.case_file c SET next_due = d.due
FROM (SELECT v.case_id, min(coalesce(
          (SELECT o.comply_by FROM lotline.enforcement_order o
           WHERE o.violation_id = v.id AND o.comply_by IS NOT NULL
             AND o.status IN ('entered', 'served', 'noncompliant', 'contested', 'certified')
           ORDER BY o.id DESC LIMIT 1), v.comply_by)) AS due
      FROM lotline.violation v WHERE v.status = 'open' GROUP BY v.case_id) d
WHERE d.case_id = c.id AND c.next_due IS DISTINCT FROM d.due;
