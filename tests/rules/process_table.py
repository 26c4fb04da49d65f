"""The town's process as a person reads it out of the law: written by hand, apart from the code.

A line is: from > what is done > to : by whom ; what must hold. A dash means that the part does not
exist yet; an exclamation mark, that a reason must be given. O is an officer, C a clerk, M a
manager, H the hearing officer, R the respondent, P anybody who reports.
"""

PROCESS = """
case
- > open > open : O C M
open > place > open : O C M
open > assign > open : C M
open > name_respondent > open : O C
open > transfer_ownership > open : C M
open > block > open : C M !
open > unblock > open : M !
open > close > closed : O C M ; nothing_pending !
closed > reopen > open : M !
open > void > void : M !

complaint
- > receive > received : O C M P
received > override > received : O C M !
received > place > received : O C M
received > release > received : O C M
received > name_reporter > received : O C M
received > accept > accepted : O C M ; may_open
received > link > linked : O C M
received > refer > referred : O C M !
received > dismiss > dismissed : O C M !
dismissed > reopen > received : M !
linked > follow > linked : O C M
accepted > close > closed : O C M ; matter_ended told
linked > close > closed : O C M ; matter_ended told
received > disclose_reporter > received : O C M !
accepted > disclose_reporter > accepted : O C M !
linked > disclose_reporter > linked : O C M !
referred > disclose_reporter > referred : O C M !
dismissed > disclose_reporter > dismissed : O C M !
closed > disclose_reporter > closed : O C M !

inspection
- > book > booked : R O C
- > make > made : O ; right_of_entry
- > find_no_access > no_access : O !
booked > confirm > confirmed : R O C
booked > move > booked : R O C
confirmed > move > booked : R O C
booked > make > made : O ; right_of_entry
confirmed > make > made : O ; right_of_entry
booked > find_no_access > no_access : O !
confirmed > find_no_access > no_access : O !
booked > cancel > cancelled : O C !
confirmed > cancel > cancelled : O C !

violation
- > allege > alleged : O C
alleged > verify > open : O ; inspected right_of_entry
alleged > find_unfounded > unfounded : O ; inspected
open > find_corrected > corrected : O ; inspected right_of_entry seen_since
open > find_standing > open : O ; inspected right_of_entry
open > transfer > transferred : M !
alleged > void > voided : M !
open > void > voided : M !
corrected > reopen > open : M !
unfounded > reopen > alleged : M !
open > confirm_repeat > open : O M ; prior_counts
corrected > confirm_repeat > corrected : O M ; prior_counts
open > withdraw_repeat > open : M ; repeat_on_record nothing_rests_on_it !
corrected > withdraw_repeat > corrected : M ; repeat_on_record nothing_rests_on_it !

notice
- > draft > drafted : O C
drafted > discard > discarded : O C
drafted > issue > issued : O C ; names_violations addressed names_hearing
issued > record_attempt > issued : O C
issued > confirm_service > served : O C ; service_proved
issued > withdraw > withdrawn : O C !
served > withdraw > withdrawn : M !

extension
- > request > requested : R O C ; extendable before_deadline says_why
requested > grant > granted : O M !
requested > deny > denied : O M !
requested > withdraw > withdrawn : R O C

citation
- > issue > issued : O ; violation_open warned_or_excused deadline_passed within_penalties
issued > confirm_service > served : O C ; service_proved
served > request_hearing > contested : R C ; in_time
served > record_late_request > served : C ; late
admitted > record_late_request > admitted : C
contested > withdraw_request > served : R C
served > confirm_waiver > admitted : C M ; service_proved deadline_passed scra_checked
admitted > vacate_waiver > contested : H M !
contested > uphold > upheld : H ; hearing_decided
contested > dismiss > dismissed : H ; hearing_decided !
admitted > impose_continuing > admitted : C ; days_to_fine
upheld > impose_continuing > upheld : C ; days_to_fine
served > settle > settled : O C ; violation_corrected paid_in_full
admitted > settle > settled : O C ; violation_corrected paid_in_full
upheld > settle > settled : O C ; violation_corrected paid_in_full
issued > void > voided : M !
served > void > voided : M !
admitted > void > voided : M !
upheld > void > voided : M !

hearing
- > request > requested : R O C M
requested > docket > docketed : C ; service_proved new_owner_had_time seat_free
continued > docket > docketed : C H ; service_proved new_owner_had_time seat_free
docketed > move > docketed : C H ; another_waits
docketed > shift > docketed : C !
docketed > open > opened : H ; hearing_notice_served new_owner_had_time quorum
docketed > continue > continued : C H !
opened > continue > continued : H !
opened > decide > decided : H ; under_oath findings_made
docketed > agree > agreed : C H ; signed_by_both
opened > agree > agreed : H ; signed_by_both
requested > cancel > cancelled : C H !
docketed > cancel > cancelled : C H !
continued > cancel > cancelled : C H !

order
- > enter > entered : H ; hearing_decided within_caps repeat_confirmed
entered > confirm_service > served : C ; service_proved
entered > verify_compliance > complied : O ; inspected not_yet_complied
served > verify_compliance > complied : O ; inspected not_yet_complied
served > file_affidavit > noncompliant : O ; comply_by_passed inspected not_yet_complied
noncompliant > verify_compliance > noncompliant : O ; inspected not_yet_complied
contested > verify_compliance > contested : O ; inspected not_yet_complied
certified > verify_compliance > certified : O ; inspected not_yet_complied
noncompliant > contest > contested : R C ; in_time
contested > sustain_affidavit > noncompliant : H ; hearing_decided !
contested > reject_affidavit > served : H ; hearing_decided !
noncompliant > certify > certified : H ; contest_over within_caps
certified > reduce > certified : H ; mitigation_heard !
entered > record > entered : C ; recording_data not_blocked
served > record > served : C ; recording_data not_blocked
noncompliant > record > noncompliant : C ; recording_data not_blocked
contested > record > contested : C ; recording_data not_blocked
certified > record > certified : C ; recording_data not_blocked
entered > pause > entered : C M ; court_or_counsel !
served > pause > served : C M ; court_or_counsel !
noncompliant > pause > noncompliant : C M ; court_or_counsel !
contested > pause > contested : C M ; court_or_counsel !
certified > pause > certified : C M ; court_or_counsel !
entered > resume > entered : C M ; court_or_counsel !
served > resume > served : C M ; court_or_counsel !
noncompliant > resume > noncompliant : C M ; court_or_counsel !
contested > resume > contested : C M ; court_or_counsel !
certified > resume > certified : C M ; court_or_counsel !
complied > acknowledge > complied : C ; order_recorded
certified > satisfy > satisfied : C ; violation_corrected paid_in_full
entered > vacate > vacated : H !
served > vacate > vacated : H !
noncompliant > vacate > vacated : H !
contested > vacate > vacated : H !
certified > vacate > vacated : H !
entered > set_aside > vacated : C ; court_said_so
served > set_aside > vacated : C ; court_said_so
noncompliant > set_aside > vacated : C ; court_said_so
contested > set_aside > vacated : C ; court_said_so
certified > set_aside > vacated : C ; court_said_so
complied > set_aside > vacated : C ; court_said_so
satisfied > set_aside > vacated : C ; court_said_so

lien
- > record > recorded : C ; fine_certified something_owed not_blocked recording_data
recorded > state_homestead > recorded : C M !
foreclosing > state_homestead > foreclosing : C M !
recorded > release_in_part > recorded : M ; recording_data !
recorded > satisfy > satisfied : C ; paid_in_full
foreclosing > satisfy > satisfied : C ; paid_in_full
recorded > release > released : M ; authorized !
recorded > expire > expired : C ; life_over
recorded > foreclose > foreclosing : M ; foreclosure_due not_homestead not_blocked authorized
foreclosing > withdraw_foreclosure > recorded : M !
foreclosing > adjudge > foreclosed : C ; court_said_so

appeal
- > file > filed : R C ; in_time
filed > stay > stayed : C ; court_said_so
stayed > lift_stay > filed : C ; court_said_so
filed > affirm > affirmed : C ; court_said_so
filed > reverse > reversed : C ; court_said_so
filed > remand > remanded : C ; court_said_so
filed > dismiss > dismissed : C ; court_said_so
stayed > affirm > affirmed : C ; court_said_so
stayed > reverse > reversed : C ; court_said_so
stayed > remand > remanded : C ; court_said_so
stayed > dismiss > dismissed : C ; court_said_so

abatement
- > authorize > authorized : M H ; violation_open authority !
authorized > order_work > ordered : O M ; work_lawful
ordered > complete > done : O ; photos
done > invoice > invoiced : C ; cost_lines
invoiced > certify > invoiced : C ; on_tax_list
invoiced > settle > settled : C ; paid_in_full
authorized > cancel > cancelled : M !
ordered > cancel > cancelled : M !

legal_action
- > refer > referred : M !
referred > decline > declined : M !
referred > file > filed : C ; not_blocked authorized lien_ripe
filed > adjudge > judgment : C ; court_said_so
filed > dismiss > dismissed : C ; court_said_so
filed > settle > settled : M ; authorized !
judgment > satisfy > satisfied : C ; paid_in_full

document
- > add > attached : R O C M H
attached > redact > attached : C M ; exemption_cited
attached > publish > attached : C M ; public_copy
attached > hold_back > attached : C M !
attached > withdraw > withdrawn : O C M !
"""

ENDS = {
    "case": {"void"},
    "complaint": {"referred", "closed"},
    "inspection": {"made", "no_access", "cancelled"},
    "violation": {"closed", "voided", "transferred"},
    "notice": {"discarded", "withdrawn"},
    "extension": {"granted", "denied", "withdrawn"},
    "citation": {"settled", "dismissed", "voided"},
    "hearing": {"decided", "agreed", "cancelled"},
    "order": {"vacated"},
    "lien": {"satisfied", "released", "foreclosed", "expired"},
    "appeal": {"affirmed", "reversed", "remanded", "dismissed"},
    "abatement": {"settled", "cancelled"},
    "legal_action": {"declined", "satisfied", "settled", "dismissed"},
    "document": {"withdrawn"},
}
