-- The notices, hearings and the ledger of a case are pieces of its record too.
ALTER TABLE lotline.records_decision
    ADD COLUMN notice_id bigint,
    ADD COLUMN hearing_id bigint,
    ADD CONSTRAINT records_decision_of_notice FOREIGN KEY (notice_id) REFERENCES lotline.notice,
    ADD CONSTRAINT records_decision_of_hearing FOREIGN KEY (hearing_id) REFERENCES lotline.hearing,
    DROP CONSTRAINT records_decision_subject_known,
    ADD CONSTRAINT records_decision_subject_known CHECK (subject IN
        ('place', 'story', 'contacts', 'notice', 'hearing', 'ledger', 'document', 'reporter')),
    DROP CONSTRAINT records_decision_names_subject,
    ADD CONSTRAINT records_decision_names_subject CHECK
        ((subject = 'document') = (case_document_id IS NOT NULL)
         AND (subject = 'reporter') = (complaint_id IS NOT NULL)
         AND (subject = 'notice') = (notice_id IS NOT NULL)
         AND (subject = 'hearing') = (hearing_id IS NOT NULL)),
    DROP CONSTRAINT records_decision_of_text_read,
    ADD CONSTRAINT records_decision_of_text_read CHECK
        ((subject IN ('story', 'contacts', 'notice', 'hearing', 'ledger'))
         = (text_sha256 IS NOT NULL));
