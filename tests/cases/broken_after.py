"""Break each rule of what follows an order once, by its name."""

FOLLOWS = ("broken_liens",)

FILL = """
    INSERT INTO lotline.abatement (number, case_id, violation_id, status, authority, order_id,
        reason, authorized_on, contractor, entry, entry_detail, ordered_on, worked_on,
        photos_before, photos_after, invoiced_on, fee_cents)
    SELECT 'ABT-1', case_id, violation_id, 'invoiced', 'order', id, 'Rats', '2026-09-07', 'Green',
           'consent', 'P. Lane', '2026-09-08', '2026-09-10', ARRAY[repeat('0b', 32)],
           ARRAY[repeat('af', 32)], '2026-09-11', 15000
    FROM lotline.enforcement_order;
    INSERT INTO lotline.abatement_cost (abatement_id, what, cents)
    SELECT id, 'Mowing', 25000 FROM lotline.abatement;
    INSERT INTO lotline.legal_action (case_id, kind, order_id, lien_id, status, reason, referred_on,
        court_case_no, filed_on, resolution_no, resolved_on, paper_no, paper_on, judgment_cents,
        judgment_known_on)
    SELECT o.case_id, 'money_judgment', o.id, l.id, 'judgment', 'Unpaid', '2027-01-10', '27-CC-8',
           '2027-01-20', 'R-27-3', '2027-01-15', 'Final judgment', '2027-03-01', 100, '2027-03-04'
    FROM lotline.enforcement_order o, lotline.lien l WHERE l.instrument_no = 'I-1';
    INSERT INTO lotline.respondent (case_id, kind, name, address, since)
    SELECT case_id, 'owner', 'B. Reed', '4 Elm St', date '2026-07-15' FROM lotline.respondent;
    INSERT INTO lotline.ownership_transfer (case_id, seller_id, buyer_id, transferred_on, tell_by,
        correct_by)
    SELECT case_id, min(id), max(id), date '2026-07-15', date '2026-07-20', date '2026-07-30'
    FROM lotline.respondent GROUP BY case_id;
    INSERT INTO lotline.appeal (case_id, order_id, status, court_case_no, received_on,
        postmarked_on, filed_on, due_on, stay_no, stayed_on)
    SELECT case_id, id, 'stayed', '26-AP-7', '2026-09-09', '2026-09-07', '2026-09-09', '2026-09-10',
           'Stay', '2026-10-01'
    FROM lotline.enforcement_order;
    UPDATE lotline.hearing SET representative = 'A. Lane',
        representative_authorized_on = '2026-07-01',
        representative_signed_by = 'P. Lane', representative_document = 'Letter';
    INSERT INTO lotline.exhibit (hearing_id, number, what, offered_by)
    SELECT id, 1, 'Photograph', 'town' FROM lotline.hearing;
"""

TWICE = "INSERT INTO lotline.{0} ({1}) SELECT {1} FROM lotline.{0}"
ABATEMENT = "UPDATE lotline.abatement SET {}"
COST = "INSERT INTO lotline.abatement_cost (abatement_id, what, cents) SELECT {} "
COST += "FROM lotline.abatement"
SUIT = "UPDATE lotline.legal_action SET {}"
SALE = "UPDATE lotline.ownership_transfer SET {}"
SOLD = "case_id, seller_id, buyer_id, transferred_on, tell_by, correct_by"
APPEAL = "UPDATE lotline.appeal SET {}"
DECIDED = "status = 'affirmed', paper_no = {}, paper_on = {}"
HEARING = "UPDATE lotline.hearing SET {}"
HELD = "status = 'decided', members_sitting = 1, sworn = true, findings = 'x', "
HELD += "outcome = 'granted', {}"
EXHIBIT = "INSERT INTO lotline.exhibit (hearing_id, number, what, offered_by, sha256) SELECT {} "
EXHIBIT += "FROM lotline.hearing"
CONTINUANCE = "INSERT INTO lotline.continuance (hearing_id, session_id, docket_place, "
CONTINUANCE += "continued_on) SELECT {}, '2026-08-11' FROM lotline.hearing"
CANCELLATION = "INSERT INTO lotline.cancellation (hearing_id, session_id, docket_place, "
CANCELLATION += "cancelled_on, cancelled_by, reason) SELECT {}, '2026-07-03', {} "
CANCELLATION += "FROM lotline.hearing"
RESOLD = """WITH other AS (
    INSERT INTO lotline.respondent (case_id, kind, name, address, since)
    SELECT case_id, 'owner', 'C', 'C', transferred_on FROM lotline.ownership_transfer RETURNING id)
INSERT INTO lotline.ownership_transfer (case_id, seller_id, buyer_id, transferred_on, tell_by,
    correct_by)
SELECT t.case_id, other.id, t.buyer_id, t.transferred_on, t.tell_by, t.correct_by
FROM lotline.ownership_transfer t, other"""
ENJOINED = "kind = 'injunction', order_id = NULL, lien_id = NULL, {}"

BROKEN = [
    ("abatement_number_unique", TWICE.format(
        "abatement", "number, case_id, violation_id, status, authority, order_id, reason, "
        "authorized_on, contractor, entry, entry_detail, ordered_on, worked_on, photos_before, "
        "photos_after, invoiced_on, fee_cents")),
    ("abatement_of_case", ABATEMENT.format("case_id = 999999")),
    ("abatement_of_violation", ABATEMENT.format("violation_id = 999999")),
    ("abatement_by_order", ABATEMENT.format("order_id = 999999")),
    ("abatement_status_known", ABATEMENT.format("status = 'lost'")),
    ("abatement_authority_known", ABATEMENT.format("authority = 'mood', order_id = NULL")),
    ("abatement_authority_shown", ABATEMENT.format("order_id = NULL")),
    ("abatement_authority_shown", ABATEMENT.format("authority = 'emergency'")),
    ("abatement_says_why", ABATEMENT.format("reason = ' '")),
    ("abatement_entry_known", ABATEMENT.format("entry = 'ladder'")),
    ("abatement_work_by_right", ABATEMENT.format("entry = NULL")),
    ("abatement_work_by_right", ABATEMENT.format("entry_detail = ' '")),
    ("abatement_work_by_right", ABATEMENT.format("contractor = NULL")),
    ("abatement_work_by_right", ABATEMENT.format("ordered_on = NULL")),
    ("abatement_photos_by_hash", ABATEMENT.format("photos_after = ARRAY['mown.jpg']")),
    ("abatement_photos_by_hash", ABATEMENT.format("photos_after = photos_after || ''::text")),
    ("abatement_photos_by_hash", ABATEMENT.format("photos_after = photos_after || NULL::text")),
    ("abatement_done_is_shown", ABATEMENT.format("photos_before = '{}'")),
    ("abatement_done_is_shown", ABATEMENT.format("photos_after = '{}'")),
    ("abatement_done_is_shown", ABATEMENT.format("worked_on = NULL")),
    ("abatement_in_order", ABATEMENT.format("ordered_on = '2026-09-06'")),
    ("abatement_in_order", ABATEMENT.format("worked_on = '2026-09-07'")),
    ("abatement_in_order", ABATEMENT.format("invoiced_on = '2026-09-09'")),
    ("abatement_invoiced_with_fee", ABATEMENT.format("fee_cents = NULL")),
    ("abatement_invoiced_with_fee", ABATEMENT.format("invoiced_on = NULL")),
    ("abatement_fee_not_negative", ABATEMENT.format("fee_cents = -1")),
    ("abatement_certified_once_invoiced", ABATEMENT.format("certified_on = invoiced_on - 1")),
    ("abatement_cost_of_abatement", COST.format("999999, 'x', 1")),
    ("abatement_cost_says_what", COST.format("id, ' ', 1")),
    ("abatement_cost_positive", COST.format("id, 'x', 0")),
    ("abatement_cost_append_only", "UPDATE lotline.abatement_cost SET cents = 1"),
    ("abatement_cost_append_only", "DELETE FROM lotline.abatement_cost"),
    ("legal_action_of_case", SUIT.format("case_id = 999999")),
    ("legal_action_on_order", SUIT.format("order_id = 999999")),
    ("legal_action_on_lien", SUIT.format("lien_id = 999999")),
    ("legal_action_kind_known", SUIT.format("kind = 'duel'")),
    ("legal_action_status_known", SUIT.format("status = 'lost', judgment_known_on = NULL")),
    ("legal_action_has_its_ground", SUIT.format("order_id = NULL")),
    ("legal_action_has_its_ground", SUIT.format("lien_id = NULL")),
    ("legal_action_has_its_ground", SUIT.format(
        "kind = 'injunction', relief = 'Mow', judgment_cents = NULL")),
    ("legal_action_says_why", SUIT.format("reason = ' '")),
    ("legal_action_filed_by_resolution", SUIT.format("court_case_no = ' '")),
    ("legal_action_filed_by_resolution", SUIT.format("filed_on = NULL")),
    ("legal_action_filed_by_resolution", SUIT.format("resolution_no = NULL")),
    ("legal_action_filed_by_resolution", SUIT.format("resolved_on = NULL")),
    ("legal_action_in_order", SUIT.format("filed_on = '2027-01-09', resolved_on = '2027-01-09'")),
    ("legal_action_in_order", SUIT.format("resolved_on = '2027-01-21'")),
    ("legal_action_in_order", SUIT.format("paper_on = '2027-01-19'")),
    ("legal_action_in_order", SUIT.format("settled_on = '2027-01-19'")),
    ("legal_action_ended_by_paper", SUIT.format("paper_no = ' '")),
    ("legal_action_ended_by_paper", SUIT.format("paper_on = NULL")),
    ("legal_action_judgment_says_what", SUIT.format("judgment_cents = NULL")),
    ("legal_action_judgment_says_what", SUIT.format("relief = 'Mow'")),
    ("legal_action_judgment_says_what", SUIT.format(ENJOINED.format("judgment_cents = NULL"))),
    ("legal_action_judgment_says_what", SUIT.format(ENJOINED.format("relief = 'Mow'"))),
    ("legal_action_judgment_positive", SUIT.format("judgment_cents = 0")),
    ("legal_action_judgment_known", SUIT.format("judgment_known_on = NULL")),
    ("legal_action_judgment_known", SUIT.format("judgment_known_on = '2027-02-28'")),
    ("legal_action_judgment_known", SUIT.format("status = 'filed'")),
    ("legal_action_settled_by_resolution", SUIT.format(
        "status = 'settled', judgment_known_on = NULL, settled_on = '2027-03-01'")),
    ("legal_action_settled_by_resolution", SUIT.format(
        "status = 'settled', judgment_known_on = NULL, settlement_no = 'R-27-9'")),
    ("ownership_transfer_of_case", SALE.format("case_id = 999999")),
    ("ownership_transfer_from", SALE.format("seller_id = 999999")),
    ("ownership_transfer_to", SALE.format("buyer_id = 999999")),
    ("ownership_transfer_sold_once", TWICE.format("ownership_transfer", SOLD)),
    ("ownership_transfer_bought_once", RESOLD),
    ("ownership_transfer_changes_hands", SALE.format("seller_id = buyer_id")),
    ("ownership_transfer_gives_time", SALE.format("tell_by = transferred_on")),
    ("ownership_transfer_gives_time", SALE.format("correct_by = transferred_on")),
    ("appeal_of_case", APPEAL.format("case_id = 999999")),
    ("appeal_of_order", APPEAL.format("order_id = 999999")),
    ("appeal_pauses_fine", APPEAL.format("pause_id = 999999")),
    ("appeal_status_known", APPEAL.format(
        "status = 'lost', paper_no = 'x', paper_on = '2027-01-05'")),
    ("appeal_numbered_in_court", APPEAL.format("court_case_no = ' '")),
    ("appeal_posted_before_received", APPEAL.format("postmarked_on = '2026-09-10'")),
    ("appeal_in_time", APPEAL.format("filed_on = '2026-09-11'")),
    ("appeal_stayed_by_paper", APPEAL.format("stay_no = ' '")),
    ("appeal_stayed_by_paper", APPEAL.format("stayed_on = NULL, stay_no = NULL")),
    ("appeal_stayed_by_paper", APPEAL.format("stayed_on = '2026-09-08'")),
    ("appeal_lifted_by_paper", APPEAL.format("lifted_no = 'x', lifted_on = '2026-10-02'")),
    ("appeal_lifted_by_paper", APPEAL.format("status = 'filed', lifted_on = '2026-10-02'")),
    ("appeal_lifted_by_paper", APPEAL.format("status = 'filed', lifted_no = 'x'")),
    ("appeal_lifted_by_paper", APPEAL.format(
        "status = 'filed', lifted_no = 'x', lifted_on = '2026-09-30'")),
    ("appeal_decided_by_paper", APPEAL.format("paper_no = 'x', paper_on = '2027-01-05'")),
    ("appeal_decided_by_paper", APPEAL.format(DECIDED.format("' '", "'2027-01-05'"))),
    ("appeal_decided_by_paper", APPEAL.format(DECIDED.format("'x'", "NULL"))),
    ("appeal_decided_by_paper", APPEAL.format(DECIDED.format("'x'", "'2026-09-08'"))),
    ("appeal_one_running", TWICE.format(
        "appeal", "case_id, order_id, status, court_case_no, received_on, filed_on, due_on, "
        "stay_no, stayed_on")),
    ("hearing_representative_authorized", HEARING.format("representative = ' '")),
    ("hearing_representative_authorized", HEARING.format("representative = NULL")),
    ("hearing_representative_authorized", HEARING.format("representative_authorized_on = NULL")),
    ("hearing_representative_authorized", HEARING.format("representative_signed_by = ' '")),
    ("hearing_representative_authorized", HEARING.format("representative_document = NULL")),
    ("hearing_appeared_known", HEARING.format("appeared = 'a crowd'")),
    ("hearing_representative_may_speak", HEARING.format(
        "appeared = 'both', representative = NULL, representative_authorized_on = NULL, "
        "representative_signed_by = NULL, representative_document = NULL")),
    ("hearing_decided_with_minutes", HEARING.format(HELD.format("minutes = 'Heard'"))),
    ("hearing_decided_with_minutes", HEARING.format(
        HELD.format("appeared = 'nobody', minutes = ' '"))),
    ("continuance_of_hearing", CONTINUANCE.format("999999, session_id, 1")),
    ("continuance_from_session", CONTINUANCE.format("id, 999999, 1")),
    ("continuance_place_from_one", CONTINUANCE.format("id, session_id, 0")),
    ("continuance_append_only", "UPDATE lotline.continuance SET docket_place = 2"),
    ("cancellation_of_hearing", CANCELLATION.format("999999, session_id, 1", "'C', 'Ill'")),
    ("cancellation_from_session", CANCELLATION.format("id, 999999, 1", "'C', 'Ill'")),
    ("cancellation_once", CANCELLATION.format("id, session_id, 1", "'C', 'Ill'") + ", (VALUES "
     "(1), (2)) twice"),
    ("cancellation_place_from_one", CANCELLATION.format("id, session_id, 0", "'C', 'Ill'")),
    ("cancellation_by_somebody", CANCELLATION.format("id, session_id, 1", "' ', 'Ill'")),
    ("cancellation_says_why", CANCELLATION.format("id, session_id, 1", "'C', ' '")),
    ("cancellation_append_only", "UPDATE lotline.cancellation SET docket_place = 2"),
    ("hearing_people_named", HEARING.format("came_by_name = 'A. Lane'")),
    ("hearing_people_named", HEARING.format(HELD.format(
        "appeared = 'nobody', minutes = 'x', testified = ' '"))),
    ("exhibit_of_hearing", EXHIBIT.format("999999, 2, 'x', 'town', NULL")),
    ("exhibit_number_once", EXHIBIT.format("id, 1, 'x', 'town', NULL")),
    ("exhibit_numbered_from_one", EXHIBIT.format("id, 0, 'x', 'town', NULL")),
    ("exhibit_says_what", EXHIBIT.format("id, 2, ' ', 'town', NULL")),
    ("exhibit_offered_by_known", EXHIBIT.format("id, 2, 'x', 'press', NULL")),
    ("exhibit_by_hash", EXHIBIT.format("id, 2, 'x', 'town', 'mown.jpg'")),
    ("exhibit_append_only", "UPDATE lotline.exhibit SET what = 'x'"),
    ("exhibit_append_only", "DELETE FROM lotline.exhibit"),
]  # fmt: skip
