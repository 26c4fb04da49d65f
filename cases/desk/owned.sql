-- Cases off the parcel :but that may be of whoever bears one of :names: on lots they own now, unless
-- the case ended before that, and those they answer in. The likest names first, :most of each.
(SELECT c.id AS case_id, o.owner_name AS name, NULL AS address, o.mail_line, o.mail_city,
        o.mail_state, o.mail_zip, NULL::date AS since, c.parcel_id, p.parcel_no
 FROM unnest(CAST(:names AS text[])) asked (name)
 JOIN lotline.ownership o ON o.valid_to IS NULL AND o.owner_name % asked.name
 JOIN lotline.case_file c ON c.parcel_id = o.parcel_id
 JOIN lotline.parcel p ON p.id = c.parcel_id
 WHERE c.id <> :but_case AND c.voided_on IS NULL
   AND c.parcel_id IS DISTINCT FROM CAST(:but AS bigint)
   AND (o.valid_from IS NULL OR c.closed_on IS NULL OR c.closed_on >= o.valid_from)
 ORDER BY similarity(o.owner_name, asked.name) DESC, c.id DESC LIMIT :most)
UNION ALL
(SELECT c.id, r.name, r.address, NULL, NULL, NULL, NULL, r.since, c.parcel_id, p.parcel_no
 FROM unnest(CAST(:names AS text[])) asked (name)
 JOIN lotline.respondent r ON r.name % asked.name
 JOIN lotline.case_file c ON c.id = r.case_id
 LEFT JOIN lotline.parcel p ON p.id = c.parcel_id
 WHERE c.id <> :but_case AND c.voided_on IS NULL
   AND (c.parcel_id IS NULL OR c.parcel_id IS DISTINCT FROM CAST(:but AS bigint))
 ORDER BY similarity(r.name, asked.name) DESC, c.id DESC LIMIT :most)
