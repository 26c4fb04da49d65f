-- Since when the oldest open violation of a case has stood verified: by the day it was verified, or
-- where that is not on record the day it was found. Maps and lists count ages from it, and would
-- otherwise look every violation up.
ALTER TABLE lotline.case_file ADD COLUMN open_since date;
UPDATE lotline.case_file c SET open_since = told.since
FROM (SELECT case_id, min(coalesce(verified_on, found_on)) AS since
      FROM lotline.violation WHERE status = 'open' GROUP BY case_id) told
WHERE told.case_id = c.id AND told.since IS NOT NULL;
