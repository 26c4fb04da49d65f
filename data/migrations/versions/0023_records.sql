-- What a deed or a posting changes besides the map: whatever was counted from records before it
-- is counted anew, and nothing is counted again where none was made.
ALTER TABLE lotline.layer_change DROP CONSTRAINT layer_change_layer_known;
ALTER TABLE lotline.layer_change ADD CONSTRAINT layer_change_layer_known
    CHECK (layer IN ('ground', 'cases', 'records'));
CREATE TRIGGER case_event_bumps_records AFTER INSERT OR TRUNCATE ON lotline.case_event
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.bump_layer('records');
CREATE TRIGGER ledger_posting_bumps_records AFTER INSERT OR TRUNCATE ON lotline.ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION lotline.bump_layer('records');
