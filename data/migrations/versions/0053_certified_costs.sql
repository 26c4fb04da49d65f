-- Some laws let the town do the work itself once a notice of it was served and its time is over, or
-- while an earlier notice still stands; and have the cost certified to the county's tax list.
ALTER TABLE lotline.abatement DROP CONSTRAINT abatement_authority_known;
ALTER TABLE lotline.abatement ADD CONSTRAINT abatement_authority_known CHECK
    (authority IN ('order', 'emergency', 'notice', 'earlier_notice'));
ALTER TABLE lotline.abatement ADD COLUMN certified_on date;
ALTER TABLE lotline.abatement ADD CONSTRAINT abatement_certified_once_invoiced CHECK
    (certified_on IS NULL OR (status IN ('invoiced', 'settled') AND certified_on >= invoiced_on));
