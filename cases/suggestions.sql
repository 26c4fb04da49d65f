-- Records that may be of the owner :name, who gets letters at number :house of ZIP code :zip: the
-- likest names first, and who else gets letters there. At most :most of each, by an index each.
(SELECT r.name, r.address, NULL AS mail_line, NULL AS mail_city, NULL AS mail_state,
        NULL AS mail_zip, r.since AS since, f.parcel_id, p.parcel_no, f.number AS case_no
 FROM lotline.respondent r
 JOIN lotline.case_file f ON f.id = r.case_id
 LEFT JOIN lotline.parcel p ON p.id = f.parcel_id
 WHERE r.name % :name AND r.id <> :respondent_id
 ORDER BY similarity(r.name, :name) DESC, r.id LIMIT :most)
UNION
(SELECT r.name, r.address, NULL, NULL, NULL, NULL, r.since, f.parcel_id, p.parcel_no, f.number
 FROM lotline.respondent r
 JOIN lotline.case_file f ON f.id = r.case_id
 LEFT JOIN lotline.parcel p ON p.id = f.parcel_id
 WHERE substring(r.address FROM '\d+') = :house
   AND coalesce(substring(r.address FROM '(\d{5})(?:-\d{4})?\s*$'), '') = :zip
   AND r.id <> :respondent_id
 ORDER BY r.id DESC LIMIT :most)
UNION
(SELECT o.owner_name, NULL, o.mail_line, o.mail_city, o.mail_state, o.mail_zip, NULL,
        o.parcel_id, p.parcel_no, NULL
 FROM lotline.ownership o
 JOIN lotline.parcel p ON p.id = o.parcel_id
 WHERE o.valid_to IS NULL AND o.owner_name % :name
 ORDER BY similarity(o.owner_name, :name) DESC, o.id LIMIT :most)
UNION
(SELECT o.owner_name, NULL, o.mail_line, o.mail_city, o.mail_state, o.mail_zip, NULL,
        o.parcel_id, p.parcel_no, NULL
 FROM lotline.ownership o
 JOIN lotline.parcel p ON p.id = o.parcel_id
 WHERE o.valid_to IS NULL AND substring(o.mail_line FROM '\d+') = :house
   AND coalesce(left(o.mail_zip, 5), '') = :zip
 ORDER BY o.id DESC LIMIT :most)
