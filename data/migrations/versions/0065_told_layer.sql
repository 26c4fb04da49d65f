-- A generation of its own for what takes something away from what anybody may read, so that the
-- kept downloads are held against the records only then, and not at every event of them.
ALTER TABLE lotline.layer_change DROP CONSTRAINT layer_change_layer_known;
ALTER TABLE lotline.layer_change ADD CONSTRAINT layer_change_layer_known
    CHECK (layer IN ('ground', 'cases', 'records', 'held_back'));

CREATE TRIGGER case_file_bumps_held_back AFTER UPDATE ON lotline.case_file FOR EACH ROW
    WHEN (OLD.published AND NOT NEW.published OR NEW.withheld AND NOT OLD.withheld
          OR OLD.parcel_id IS DISTINCT FROM NEW.parcel_id
          OR OLD.parcel_period_id IS DISTINCT FROM NEW.parcel_period_id
          OR OLD.stated_address IS DISTINCT FROM NEW.stated_address
          OR OLD.point IS NOT NULL AND NEW.point IS NULL
          -- closed so long ago that it may have aged off at once
          OR NEW.phase IN ('closed', 'complied')
             AND coalesce(NEW.closed_on, NEW.opened_on) < current_date - 2
             AND (OLD.phase, OLD.closed_on) IS DISTINCT FROM (NEW.phase, NEW.closed_on))
    EXECUTE FUNCTION lotline.bump_layer('held_back');
CREATE TRIGGER violation_bumps_held_back AFTER UPDATE ON lotline.violation FOR EACH ROW
    WHEN (OLD.status IN ('open', 'corrected', 'closed')
          AND NEW.status NOT IN ('open', 'corrected', 'closed')
          OR OLD.case_id <> NEW.case_id)
    EXECUTE FUNCTION lotline.bump_layer('held_back');
CREATE TRIGGER lien_bumps_held_back AFTER UPDATE ON lotline.lien FOR EACH ROW
    WHEN (OLD.status <> NEW.status OR OLD.parcel_id IS DISTINCT FROM NEW.parcel_id
          OR OLD.case_id IS DISTINCT FROM NEW.case_id)
    EXECUTE FUNCTION lotline.bump_layer('held_back');
CREATE TRIGGER case_file_gone_bumps_held_back AFTER DELETE OR TRUNCATE ON lotline.case_file
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.bump_layer('held_back');
CREATE TRIGGER violation_gone_bumps_held_back AFTER DELETE OR TRUNCATE ON lotline.violation
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.bump_layer('held_back');
CREATE TRIGGER lien_gone_bumps_held_back AFTER DELETE OR TRUNCATE ON lotline.lien
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.bump_layer('held_back');
CREATE TRIGGER withheld_parcel_bumps_held_back AFTER INSERT ON lotline.withheld_parcel
    FOR EACH ROW EXECUTE FUNCTION lotline.bump_layer('held_back');
CREATE TRIGGER public_rule_bumps_held_back AFTER INSERT OR UPDATE ON lotline.public_rule
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.bump_layer('held_back');
