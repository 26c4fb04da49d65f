"""What the history calls each deed: written by hand, since histories keep these names for ever.

A line is: what is done = the event. An event that histories hold may get a new sentence, but never
a new name.
"""

EVENTS = """
case.open = case_opened
case.place = case_placed
case.name_respondent = respondent_named
case.transfer_ownership = ownership_transferred
case.block = collection_blocked
case.unblock = collection_unblocked
case.close = case_closed
case.assign = case_assigned
case.reopen = case_reopened
case.void = case_voided

complaint.receive = complaint_received
complaint.override = screening_overridden
complaint.place = complaint_placed
complaint.release = complaint_released
complaint.name_reporter = reporter_named
complaint.accept = complaint_accepted
complaint.link = complaint_linked
complaint.refer = complaint_referred
complaint.dismiss = complaint_dismissed
complaint.reopen = complaint_reopened
complaint.close = complaint_closed
complaint.follow = complaint_followed
complaint.disclose_reporter = reporter_disclosed

inspection.book = inspection_booked
inspection.confirm = inspection_confirmed
inspection.move = inspection_moved
inspection.make = inspection_made
inspection.find_no_access = access_not_had
inspection.cancel = inspection_cancelled

violation.allege = violation_alleged
violation.verify = violation_verified
violation.find_unfounded = violation_unfounded
violation.find_corrected = violation_corrected
violation.find_standing = violation_standing
violation.transfer = violation_transferred
violation.void = violation_voided
violation.reopen = violation_reopened
violation.confirm_repeat = repeat_confirmed
violation.withdraw_repeat = repeat_withdrawn

notice.draft = notice_drafted
notice.discard = notice_discarded
notice.issue = notice_issued
notice.record_attempt = service_attempted
notice.confirm_service = notice_served
notice.withdraw = notice_withdrawn

extension.request = extension_requested
extension.grant = extension_granted
extension.deny = extension_denied
extension.withdraw = extension_withdrawn

citation.issue = citation_issued
citation.confirm_service = citation_served
citation.request_hearing = citation_contested
citation.record_late_request = late_request_recorded
citation.withdraw_request = contest_withdrawn
citation.confirm_waiver = hearing_waived
citation.vacate_waiver = waiver_vacated
citation.uphold = citation_upheld
citation.dismiss = citation_dismissed
citation.impose_continuing = continuing_imposed
citation.settle = citation_settled
citation.void = citation_voided

hearing.request = hearing_requested
hearing.docket = hearing_docketed
hearing.move = hearing_moved
hearing.shift = hearing_shifted
hearing.open = hearing_opened
hearing.continue = hearing_continued
hearing.decide = hearing_decided
hearing.agree = compliance_agreed
hearing.cancel = hearing_cancelled

order.enter = order_entered
order.confirm_service = order_served
order.verify_compliance = compliance_verified
order.file_affidavit = affidavit_filed
order.contest = affidavit_contested
order.sustain_affidavit = affidavit_sustained
order.reject_affidavit = affidavit_rejected
order.certify = fine_certified
order.reduce = fine_reduced
order.pause = accrual_paused
order.resume = accrual_resumed
order.record = order_recorded
order.acknowledge = compliance_acknowledged
order.satisfy = order_satisfied
order.vacate = order_vacated
order.set_aside = order_set_aside

lien.record = lien_recorded
lien.state_homestead = homestead_stated
lien.release_in_part = lien_released_in_part
lien.satisfy = lien_satisfied
lien.release = lien_released
lien.expire = lien_expired
lien.foreclose = foreclosure_begun
lien.withdraw_foreclosure = foreclosure_withdrawn
lien.adjudge = lien_foreclosed

appeal.file = appeal_filed
appeal.stay = order_stayed
appeal.lift_stay = stay_lifted
appeal.affirm = order_affirmed
appeal.reverse = order_reversed
appeal.remand = order_remanded
appeal.dismiss = appeal_dismissed

abatement.authorize = abatement_authorized
abatement.order_work = work_ordered
abatement.complete = work_done
abatement.invoice = abatement_invoiced
abatement.certify = cost_certified
abatement.settle = abatement_settled
abatement.cancel = abatement_cancelled

legal_action.refer = action_referred
legal_action.decline = action_declined
legal_action.file = action_filed
legal_action.adjudge = judgment_entered
legal_action.dismiss = action_dismissed
legal_action.settle = action_settled
legal_action.satisfy = judgment_satisfied

document.add = document_added
document.redact = document_redacted
document.publish = document_published
document.hold_back = document_held_back
document.withdraw = document_withdrawn
"""
