-- A town's own ordinance may excuse the warning of whoever is here for a short time only; which of
-- the excuses a town knows, its law says.
ALTER TABLE lotline.citation DROP CONSTRAINT citation_excuse_known;
ALTER TABLE lotline.citation ADD CONSTRAINT citation_excuse_known CHECK
    (excused IN ('repeat', 'serious_threat', 'irreparable', 'itinerant'));
