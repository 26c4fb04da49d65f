-- Who may do what, said anew after every upgrade. {app} and {public} are role names.
REVOKE ALL ON SCHEMA lotline, published, office, jobs FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA published, office, jobs FROM PUBLIC;

GRANT USAGE ON SCHEMA lotline, published, office, jobs TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA lotline TO {app};
GRANT SELECT ON ALL TABLES IN SCHEMA published, office TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO {app};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA lotline, jobs TO {app};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA lotline, published, office, jobs TO {app};
REVOKE UPDATE, DELETE, TRUNCATE
    ON lotline.case_event, lotline.complaint_event, lotline.reporter, lotline.law_pack,
       lotline.ledger_posting, lotline.ledger_entry, lotline.fine_reduction,
       lotline.lien_release, lotline.abatement_cost, lotline.exhibit, lotline.continuance,
       lotline.cancellation,
       lotline.owner_confirmation, lotline.account_event, lotline.document,
       lotline.case_document, lotline.document_redaction, lotline.redaction_box,
       lotline.document_copy, lotline.notice_letter, lotline.hearing_packet,
       lotline.case_letter, lotline.case_letter_sending, lotline.case_letter_return,
       lotline.zone_drawing, lotline.zone_handing, lotline.contact,
       lotline.intake_key, lotline.field_deed, lotline.field_settlement,
       lotline.field_photo, lotline.deposit, lotline.deposit_receipt,
       lotline.deposit_clearing, lotline.deposit_correction,
       lotline.unrecorded_payment, lotline.unrecorded_settlement, lotline.lien_search,
       lotline.lien_search_fee, lotline.lien_search_end, lotline.records_request,
       lotline.records_decision, lotline.records_export, lotline.records_end,
       lotline.clock_notice, lotline.moving_cut_over, lotline.resident_report,
       lotline.resident_photo, lotline.respondent_form, lotline.follow_mail,
       lotline.office_place, lotline.working_event, lotline.visit_setting, lotline.visit_stop,
       lotline.visit_item, lotline.work_minutes FROM {app};
REVOKE UPDATE, DELETE, TRUNCATE ON lotline.visit_plan FROM {app};
GRANT UPDATE (superseded_at, superseded_by, withdrawn_because) ON lotline.visit_plan TO {app};
REVOKE DELETE, TRUNCATE ON lotline.visit_outcome FROM {app};
REVOKE DELETE, TRUNCATE ON lotline.working_exception FROM {app};
GRANT UPDATE (released_by, released_on) ON lotline.resident_report TO {app};
REVOKE UPDATE, DELETE, TRUNCATE ON lotline.respondent_code FROM {app};
GRANT UPDATE (revoked_at, revoked_by, revoked_because) ON lotline.respondent_code TO {app};
GRANT UPDATE (name, address, phone, email) ON lotline.reporter TO {app};
GRANT UPDATE (status, audience, withdrawn_on, withdrawn_by, withdrawn_because)
    ON lotline.case_document TO {app};
REVOKE DELETE, TRUNCATE
    ON lotline.hazard, lotline.field_device, lotline.field_number, lotline.calendar_token FROM {app};
REVOKE DELETE, TRUNCATE ON lotline.staff, lotline.password_link FROM {app};
REVOKE DELETE, TRUNCATE ON lotline.collection_block, lotline.accrual_pause FROM {app};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON lotline.ledger_balance, lotline.withheld_parcel FROM {app};
REVOKE DELETE, TRUNCATE ON lotline.exempt_place FROM {app};
REVOKE INSERT, DELETE, TRUNCATE ON lotline.public_rule FROM {app};
REVOKE UPDATE, DELETE, TRUNCATE ON lotline.mail FROM {app};
GRANT UPDATE (status, attempts, last_error, queued_at, attempted_at, sent_at)
    ON lotline.mail TO {app};
REVOKE UPDATE, TRUNCATE ON lotline.mail_file FROM {app};
REVOKE DELETE, TRUNCATE ON lotline.report_saved FROM {app};

REVOKE ALL ON ALL TABLES IN SCHEMA lotline, jobs FROM {public};
GRANT USAGE ON SCHEMA published TO {public};
GRANT SELECT ON ALL TABLES IN SCHEMA published TO {public};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA published TO {public};
