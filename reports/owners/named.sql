-- Whom each verified case names: its respondents, or without one whom the file it came from names.
-- An address nobody wrote down is empty; where nobody knows the day, the roll of :on is asked.
SELECT c.id AS case_id, c.parcel_id, p.parcel_no, r.name, r.address, r.since AS named_on
FROM lotline.respondent r
JOIN lotline.case_file c ON c.id = r.case_id
LEFT JOIN lotline.parcel p ON p.id = c.parcel_id
WHERE c.published AND c.voided_on IS NULL
UNION ALL
SELECT c.id, c.parcel_id, p.parcel_no, v.respondent_name, '',
       coalesce(c.opened_on, min(v.found_on), :on)
FROM lotline.violation v
JOIN lotline.case_file c ON c.id = v.case_id
LEFT JOIN lotline.parcel p ON p.id = c.parcel_id
WHERE v.respondent_name IS NOT NULL AND c.published AND c.voided_on IS NULL
  AND NOT EXISTS (SELECT FROM lotline.respondent r WHERE r.case_id = c.id)
GROUP BY c.id, p.parcel_no, v.respondent_name
