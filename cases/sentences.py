"""Hold the sentence that each event of a case or a complaint is told by."""

_SUCCEEDED = (
    "The {what} {named} belongs to parcel {successor} now: {ended} is no more since {since} "
    "({fate}): {because}."
)
SENTENCES: dict[str, str] = {
    "case_opened": "Case {number} was opened under {law}.",
    "case_placed": "The case was placed.",
    "parcel_ended": "Parcel {ended} is no more since {since} ({fate}): somebody is to say "
    "where the {what} {named} belongs ({parts}).",
    "parcel_followed": _SUCCEEDED,
    "parcel_succeeded": _SUCCEEDED,
    "parcel_kept": "The {what} {named} stays on parcel {ended}, which is no more since {since} "
    "({fate}): {because}.",
    "succession_undone": "The {what} {named} is on parcel {successor} again: the parcels as of "
    "{since} were taken back.",
    "case_assigned": "The case was assigned to {officer}.",
    "respondent_named": "{name} ({kind}) was named as respondent.",
    "ownership_transferred": "The property passed from {seller} to {buyer} on {transferred_on}. "
    "The buyer is bound by {bound_by}. Disclosure: {disclosure}.",
    "collection_blocked": "Collection was blocked since {since} ({block_kind}: {paper}).",
    "collection_unblocked": "A block of collection was lifted ({block_kind}: {paper}).",
    "case_closed": "The case was closed.",
    "case_reopened": "The case was reopened.",
    "case_voided": "The case was voided as opened by mistake.",
    "complaint_received": "Complaint {complaint} ({channel}, received on {received_on}) came in: "
    "{category}.",
    "screening_overridden": "A person overrode what the review said of the {rule}: {value}.",
    "complaint_placed": "Complaint {complaint} ({channel}, received on {received_on}) was placed.",
    "complaint_released": "Somebody looked at the complaint, which was held back, and let "
    "it through.",
    "reporter_named": "Whoever made the complaint said since who they are, which is kept apart.",
    "complaint_accepted": "Complaint {complaint} ({channel}, received on {received_on}) was "
    "accepted into case {case}: {because}.",
    "complaint_linked": "Complaint {complaint} ({channel}, received on {received_on}) was linked "
    "to {to}, about the same matter.",
    "complaint_followed": "Complaint {complaint} ({channel}, received on {received_on}) came with "
    "{to}, which it repeats.",
    "complaint_referred": "The complaint was referred to {to}.",
    "complaint_dismissed": "The complaint was dismissed.",
    "complaint_reopened": "The complaint was taken up again.",
    "complaint_closed": "The complaint was closed; its maker was told on {told_on} ({told}).",
    "reporter_disclosed": "Staff were told who made the complaint.",
    "inspection_booked": "A visit was planned for {booked_for}.",
    "inspection_confirmed": "The visit was confirmed.",
    "inspection_moved": "The visit was moved to {booked_for}.",
    "inspection_made": "The property was inspected ({entry}: {entry_detail_text}).",
    "access_not_had": "The officer came and could not see the property.",
    "inspection_cancelled": "The visit was called off.",
    "violation_alleged": "A violation of section {section} was alleged: {title}.",
    "violation_verified": "The violation of section {section} was verified on the spot.",
    "violation_unfounded": "No violation of section {section} was found.",
    "violation_corrected": "The violation of section {section} was found corrected.",
    "violation_standing": "The violation of section {section} was found to stand.",
    "violation_transferred": "The violation of section {section} was handed to another department.",
    "violation_voided": "The violation of section {section} was taken back.",
    "violation_reopened": "The violation of section {section} was opened again.",
    "repeat_confirmed": "A person confirmed a repeat by {respondent}: {established} {section} on "
    "{established_on} ({prior}, case {prior_case}). {ground}.",
    "repeat_withdrawn": "The violation is no longer held to be a repeat of {prior}.",
    "notice_drafted": "A draft was begun: {notice_kind}.",
    "notice_discarded": "A draft was thrown away: {notice_kind}.",
    "notice_issued": "The {notice_kind} to {recipient} was issued; its words can no longer change.",
    "service_attempted": "Service of the {notice_kind} was tried by {method} on {made_on}.",
    "notice_served": "The {notice_kind} was served on {served_on} by {method}.",
    "notice_withdrawn": "The {notice_kind} was withdrawn.",
    "extension_requested": "More time was asked for to correct section {section}, "
    "until {asked_until}: {because}.",
    "extension_granted": "More time was granted: the deadline moved from {before} to {until}.",
    "extension_denied": "More time was denied; the deadline stays.",
    "extension_withdrawn": "The request for more time was withdrawn.",
    "citation_issued": "Citation {number} was issued for section {section}, with a "
    "penalty of {penalty_cents}.",
    "citation_served": "Citation {number} was served; it is to be answered by {answer_by}, "
    "{because}.",
    "citation_contested": "A hearing on citation {number} was asked for in time, on {asked_on}.",
    "late_request_recorded": "A request for a hearing on citation {number} came on {received_on}; "
    "the last day to ask was {answer_by}. It came {late_request}.",
    "contest_withdrawn": "The request for a hearing on citation {number} was withdrawn.",
    "hearing_waived": "A person confirmed that the hearing on citation {number} was waived, "
    "which admits the violation. Records of {scra_checked_on} show the respondent {scra}.",
    "waiver_vacated": "The waiver of citation {number} was set aside.",
    "citation_upheld": "Citation {number} was upheld.",
    "citation_dismissed": "Citation {number} was dismissed.",
    "continuing_imposed": "The penalty of citation {number} was imposed again for each further day "
    "of violation, {days_in_words}: {cents}.",
    "citation_settled": "The violation is corrected and citation {number} paid.",
    "citation_voided": "Citation {number} was taken back.",
    "hearing_requested": "A hearing was asked for about {about}.",
    "hearing_docketed": "The hearing was put on the docket of {held_on}, in place {place}.",
    "hearing_moved": "The hearing was moved on the docket of {held_on}, from place {before} to "
    "place {place}.",
    "hearing_shifted": "The sitting of {held_on} that hears it is at {after}; it was to be at "
    "{before}.",
    "hearing_opened": "The hearing was opened.",
    "hearing_continued": "The hearing was continued to another day.",
    "hearing_decided": "The hearing was decided ({outcome}): {findings}. For the respondent "
    "appeared: {appeared}.",
    "compliance_agreed": "The town and the respondent agreed how to comply: {agreement}.",
    "hearing_cancelled": "The hearing was cancelled.",
    "order_entered": "Order {number} was entered: {terms}.",
    "order_served": "Order {number} was served.",
    "compliance_verified": "Compliance with order {number} was verified, since {complied_on}.",
    "affidavit_filed": "An affidavit that order {number} is not met was filed, to be contested by "
    "{contest_by}. Any fine is potential, not imposed.",
    "affidavit_contested": "The respondent contested the affidavit.",
    "affidavit_sustained": "The affidavit was sustained.",
    "affidavit_rejected": "The affidavit was rejected.",
    "fine_certified": "The fine of order {number} was certified at {cents}, running at "
    "{per_diem_cents} a day.",
    "fine_reduced": "The fine was reduced from {before_cents} to {to_cents}.",
    "accrual_paused": "The fine stands still from {first_day}, by {paper}.",
    "accrual_resumed": "The fine runs again after {last_day}, by {paper}.",
    "order_recorded": "The order was recorded as instrument {instrument_no}; it is no lien.",
    "compliance_acknowledged": "Compliance was acknowledged on record ({instrument_no}).",
    "order_satisfied": "Order {number} is satisfied.",
    "order_vacated": "The order was vacated.",
    "order_set_aside": "Order {number} was set aside by the court ({paper}); no fine stands by it.",
    "lien_recorded": "A lien (a claim on the property for an unpaid fine) of {amount_cents} "
    "was recorded on {recorded_on} as instrument {instrument_no}.",
    "homestead_stated": "The property was said to be {said}.",
    "lien_released_in_part": "The lien was released in part, by instrument {instrument_no}.",
    "lien_satisfied": "Lien {instrument_no} was paid and satisfied.",
    "lien_released": "Lien {instrument_no} was released.",
    "lien_expired": "The life of lien {instrument_no} is over.",
    "foreclosure_begun": "Foreclosure of lien {instrument_no} was begun (suit {court_case}).",
    "foreclosure_withdrawn": "Foreclosure was withdrawn (suit {court_case}).",
    "lien_foreclosed": "Lien {instrument_no} was foreclosed by judgment of {judged_on}.",
    "appeal_filed": "Order {number} was appealed on {filed_on} to the court, in court case "
    "{court_case}; the last day was {due_on}.",
    "order_stayed": "The court stayed the order on {signed_on} ({paper}, in {court_case}).",
    "stay_lifted": "The court lifted its stay on {signed_on} ({paper}, in {court_case}).",
    "order_affirmed": "The court affirmed the order on {signed_on} ({paper}, in {court_case}).",
    "order_reversed": "The court reversed the order on {signed_on} ({paper}, in {court_case}).",
    "order_remanded": "The court sent the order back on {signed_on} ({paper}, in {court_case}).",
    "appeal_dismissed": "The appeal was dismissed on {signed_on} ({paper}, in {court_case}).",
    "abatement_authorized": "Abatement {number}: the town was authorized to do the work itself "
    "({authority}).",
    "work_ordered": "Abatement {number} was ordered from {contractor} "
    "({entry}: {entry_detail_text}).",
    "work_done": "The work of abatement {number} was done on {worked_on} by {contractor}.",
    "abatement_invoiced": "Abatement {number} was invoiced at {cost_cents} ({lines}), and a fee of "
    "{fee_cents}.",
    "cost_certified": "The cost of abatement {number}, {cents}, was certified to the tax list "
    "({source}).",
    "abatement_settled": "Abatement {number} is paid.",
    "abatement_cancelled": "Abatement {number} was cancelled.",
    "action_referred": "Counsel was asked to sue ({suit_kind}).",
    "action_declined": "Counsel declined to sue ({suit_kind}).",
    "action_filed": "The suit ({suit_kind}) was filed as court case {court_case}, by "
    "resolution {resolution} of {resolved_on}.",
    "judgment_entered": "Judgment of {signed_on} in court case {court_case} ({paper}): {award}.",
    "action_dismissed": "Court case {court_case} was dismissed on {signed_on} ({paper}).",
    "action_settled": "Court case {court_case} was settled, by resolution {resolution} of "
    "{resolved_on}.",
    "judgment_satisfied": "The judgment in court case {court_case} is satisfied.",
    "document_added": "A document was added ({document_kind}): {title_text}.",
    "document_redacted": "In the public copy of a document ({document_kind}: {title_text}) was "
    "blacked out what is exempt under {exemptions}.",
    "document_published": "A document was opened to the public ({document_kind}): {title_text}.",
    "document_held_back": "A document is no longer open to the public ({document_kind}): "
    "{title_text}.",
    "document_withdrawn": "A document was withdrawn ({document_kind}): {title_text}. "
    "It stays on file.",
    "address_noted": "An e-mail address was noted for {name}: {email}.",
    "contact_noted": "{direction} {contact_way} of {happened_at} with {with_whom}.",
    "letter_issued": "The {letter_kind} to {recipient} was issued as a letter in "
    "{letter_language}.",
    "letter_sent": "The {letter_kind} to {recipient} was sent by mail on {sent_on}.",
    "letter_returned": "The {letter_kind} to {recipient} came back by mail on {returned_on}: "
    "{because_text}.",
    "code_revoked": "The code of {recipient} that {scope} was taken back: {because_text}.",
    "packet_filed": "The packet for the hearing about {about} was filed in {letter_language}, of "
    "{pages} pages.",
    "field_noted": "Told from the field and kept as a note: {field_deed} of {done_at}. What was "
    "told: {field_told}.",
    "charged": "{cents} was charged ({component}) by {authority}.",
    "paid": "{cents} was paid by {method}.",
    "payment_returned": "A payment of {cents} was returned by the bank.",
    "payment_voided": "Receipt {payment} of {cents} was voided.",
    "waived": "{cents} of the {component} was waived by {authority}.",
    "refunded": "{cents} was refunded.",
    "refund_cancelled": "A refund of {cents} was cancelled.",
    "credit_applied": "{cents} of credit was applied to what is owed.",
    "credit_taken_back": "{cents} of credit was taken back.",
    "imported": "The case was taken over from another system ({file}).",
    "import_changed": "A later file of that system said something else ({file}).",
    "moved_in": 'Moved in from {system}, where it was case {number}, "{status}" as of {as_of}. '
    "What happened before stands as that system told it.",
    "move_changed": 'A later export of {system} told of it otherwise: "{status}" as of {as_of}.',
    "note_moved_in": "{by} noted in {system}: {text}.",
}
"""What each event says; filled with its details."""


UNTITLED = "untitled"
PHOTO_ADDED = "A photo was added."
"""How a photo that nobody gave a title is told."""

ALSO = {
    "tried_at": "Nobody had planned it; it was tried on {tried_at}.",
    "released_parcel": "Parcel {released_parcel} is free of it.",
    "released_part": "Free of it is: {released_part}.",
    "parcel_no": "It is on parcel {parcel_no}.",
    "pointed_at": "It lies at {pointed_at}, on no parcel.",
    "situs": "The roll gives its address as {situs}.",
    "placed_in": "It lies in {placed_in}.",
    "falls_to": "It falls to {falls_to}.",
    "satisfaction": "Its satisfaction is recorded as instrument {satisfaction}.",
    "release": "Its release is recorded as instrument {release}.",
    "failed": "Did not pass: {failed}.",
    "inspected_on": "Seen on the inspection of {inspected_on}.",
    "note": "Note: {note}.",
    "taken_where": "The photograph was taken {taken_where}.",
    "came": "Added to it: {came}.",
    "representative": "{representative} may speak for the respondent ({document}).",
    "interpreter": "An interpreter is needed ({interpreter}).",
    "interpreted_by": "Interpreter present: {interpreted_by}.",
    "came_by_name": "Who came: {came_by_name}.",
    "testified": "Testified: {testified}.",
    "exhibits": "Shown: {exhibits}.",
    "payer": "It was received from {payer}.",
    "fee_charged_cents": "A fee of {fee_charged_cents} was charged for it.",
    "postmarked_on": "It was postmarked on {postmarked_on}.",
    "keep_by": "It is to be kept by {keep_by}.",
    "reason": "Reason: {reason}.",
}
"""What is said beside it where an event has such a detail."""

FACTS: dict[str, str] = {
    "carrier_no": "carrier no {value}",
    "signed_on": "signed on {day}",
    "returned_on": "returned on {day}",
    "return_reason": "return reason {value}",
    "resident_age": "resident age {value}",
    "told_contents": "told contents {value}",
    "commercial": "commercial premises {value}",
    "photos": "photos of it {value}",
    "published_weeks": "published weeks {value}",
    "affidavit_on": "affidavit on {day}",
    "server": "server {value}",
    "citation": "citation {value}",
    "number": "citation {value}",
    "taker": "taken by {value}",
    "to": "name {value}",
    "places": "posted at: {value}",
    "where": "where: {value}",
    "capacity": "capacity {value}",
    "age": "age told: {value}",
    "sworn": "sworn {value}",
    "entry": "seen {value}",
    "entry_detail": "told how it was seen: {value}",
    "note": "note: {value}",
    "result": "result {value}",
    "seen_broken": "found broken: {value}",
    "addressee": "addressed to {value}",
    "sections": "sections: {value}",
    "penalty_cents": "penalty {money}",
}
"""How one fact of several is told by its name."""

WORDS: dict[str, dict[str, str]] = {
    "entry": {
        "vantage": "from where anybody may stand",
        "consent": "with consent",
        "warrant": "by warrant",
        "refused": "entry refused",
    },
    "method": {
        "resident": "leaving it with a resident",
        "manager": "leaving it with the manager",
        "cheque": "check",
    },
    "outcome": {
        "violation": "a violation was found",
        "no_violation": "no violation was found",
        "granted": "what was asked for was granted to whoever asked",
        "refused": "what was asked for was refused to whoever asked",
    },
    "component": {"penalty": "fine"},
    "scra": {"not_in_service": "not to be in military service"},
    "about": {
        "citation": "the citation",
        "violation": "the violation",
        "noncompliance": "the affidavit of non-compliance",
        "mitigation": "a lower fine",
    },
    "late_request": {
        "late": "too late: it is refused, and the citation stands",
        "in_time": "in time: the waiver may be set aside",
    },
    "appeared": {
        "respondent": "the respondent",
        "representative": "a representative",
        "both": "the respondent and a representative",
    },
    "field_deed": {
        "open": "a case opened",
        "visit": "a visit",
        "no_access": "a visit without access",
        "result": "what became of a violation",
        "warn": "a warning",
        "cite": "a citation",
        "serve": "a citation handed over",
        "post": "a notice posted",
        "close": "the end of the case",
        "hazard": "a hazard",
        "settle": "a decision",
    },
    "taker": {
        "recipient": "the recipient",
        "resident": "somebody else who lives there",
        "manager": "whoever was in charge of the business there",
    },
    "capacity": {
        "officer": "officer",
        "manager": "manager",
        "registered_agent": "registered agent",
        "trustee": "trustee",
    },
    "direction": {"in": "Incoming", "out": "Outgoing"},
    "contact_way": {
        "phone": "call",
        "in_person": "visit",
        "email": "e-mail",
        "page": "message by their page",
    },
    "letter_kind": {
        "service_affidavit": "affidavit of service",
        "noncompliance_affidavit": "affidavit of non-compliance",
        "imposing_order": "order that imposes a fine",
        "payoff": "payoff statement",
        "release": "release of the lien",
        "acknowledgment": "acknowledgment of compliance",
        "extension_decision": "decision on more time",
    },
    "letter_language": {"en": "English", "es": "Spanish"},
    "notice_kind": {
        "warning": "warning of violation",
        "citation": "notice of citation",
        "order": "notice of order",
    },
}
"""What a detail says in plain words, where the word it is kept by does not."""

LAW_IN_DETAILS = frozenset({
    "notice_served", "citation_issued", "continuing_imposed", "late_request_recorded",
    "abatement_authorized",
})  # fmt: skip
"""Events that rest on what the town's own law says, which their details keep."""

TOLD_WITH_ANOTHER = frozenset({("notice_issued", "citation"), ("notice_issued", "order")})
"""Notices whose law stands with the citation or the order that they bring."""
