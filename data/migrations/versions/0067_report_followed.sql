-- A report that is followed by whoever has its code: what is told of it is what its page tells. It
-- is forgotten with the report.
ALTER TABLE lotline.following ADD COLUMN complaint_id bigint;
ALTER TABLE lotline.following ADD CONSTRAINT following_of_report
    FOREIGN KEY (complaint_id) REFERENCES lotline.resident_report ON DELETE CASCADE;
ALTER TABLE lotline.following DROP CONSTRAINT following_one_place;
ALTER TABLE lotline.following ADD CONSTRAINT following_one_place
    CHECK (num_nonnulls(case_id, parcel_id, zone_id, area, complaint_id) <= 1);
CREATE INDEX following_report ON lotline.following (complaint_id) WHERE complaint_id IS NOT NULL;
