"""Break each rule of citations, hearings, orders and reductions once, by its name."""

from broken import TWICE

FOLLOWS = ("broken_process",)

CITATION = "UPDATE lotline.citation SET {}"
WAIVED = "waived_by = 'x', waived_on = '2026-{}', scra_checked_on = '2026-{}'"
HEARING = "UPDATE lotline.hearing SET {}"
ORDER = "UPDATE lotline.enforcement_order SET {}"


def _order(**changes: str) -> str:
    columns = {
        "number": "'ORD-2'", "case_id": "case_id", "hearing_id": "hearing_id",
        "violation_id": "violation_id", "status": "'entered'", "kind": "'first'",
        "executed_on": "'2026-08-11'", "comply_by": "'2026-09-01'", "cents_per_day": "100",
        **changes,
    }  # fmt: skip
    return (
        f"INSERT INTO lotline.enforcement_order ({', '.join(columns)}) "  # noqa: S608 - ours
        f"SELECT {', '.join(columns.values())} FROM lotline.enforcement_order"
    )


def _reduction(**changes: str) -> str:
    columns = {
        "order_id": "order_id", "hearing_id": "hearing_id", "ordered_on": "ordered_on",
        "to_cents": "1", "reason": "'x'", **changes,
    }  # fmt: skip
    return (
        f"INSERT INTO lotline.fine_reduction ({', '.join(columns)}) "  # noqa: S608 - ours
        f"SELECT {', '.join(columns.values())} FROM lotline.fine_reduction"
    )


FILL = """
    INSERT INTO lotline.citation (number, case_id, violation_id, notice_id, status, penalty_cents,
        answer_by, scra_result)
    SELECT 'UCV-1', n.case_id, v.violation_id, n.id, 'served', 100, '2026-07-07', 'not_in_service'
    FROM lotline.notice n JOIN lotline.notice_violation v ON v.notice_id = n.id;
    INSERT INTO lotline.hearing_session (body, held_on, capacity)
    VALUES ('Special Magistrate', '2026-08-11', 1);
    INSERT INTO lotline.hearing (case_id, citation_id, about, status, requested_by, session_id,
        docket_place)
    SELECT c.case_id, c.id, 'citation', 'docketed', 'P. Lane', s.id, 1
    FROM lotline.citation c, lotline.hearing_session s;
    INSERT INTO lotline.enforcement_order (number, case_id, hearing_id, violation_id, status, kind,
        executed_on, comply_by, cents_per_day)
    SELECT 'ORD-1', h.case_id, h.id, c.violation_id, 'entered', 'first', '2026-08-11',
           '2026-09-01', 25000
    FROM lotline.hearing h JOIN lotline.citation c ON c.id = h.citation_id;
    INSERT INTO lotline.fine_reduction (order_id, hearing_id, ordered_on, to_cents, reason)
    SELECT id, hearing_id, '2026-10-01', 100, 'Illness' FROM lotline.enforcement_order;
"""

BROKEN = [
    ("citation_number_unique", TWICE.format(
        "citation", "number, case_id, violation_id, notice_id, status, penalty_cents, answer_by")),
    ("citation_of_case", CITATION.format("case_id = 999999")),
    ("citation_of_violation", CITATION.format("violation_id = 999999")),
    ("citation_by_notice", CITATION.format("notice_id = 999999")),
    ("citation_status_known", CITATION.format("status = 'lost'")),
    ("citation_penalty_positive", CITATION.format("penalty_cents = 0")),
    ("citation_excuse_known", CITATION.format("excused = 'tired'")),
    ("citation_served_has_answer_day", CITATION.format("answer_by = NULL")),
    ("citation_waiver_says_who", CITATION.format("waived_by = 'J. Okafor'")),
    ("citation_waiver_after_check", CITATION.format(WAIVED.format("07-09", "07-10"))),
    ("citation_waiver_after_check", CITATION.format(
        WAIVED.format("07-09", "07-09") + ", scra_result = 'in_service'")),
    ("citation_waiver_after_deadline", CITATION.format(WAIVED.format("07-07", "07-07"))),
    ("citation_waiver_after_check", CITATION.format(
        "waived_by = 'x', waived_on = '2026-07-09', scra_checked_on = NULL")),
    ("citation_admitted_is_waived", CITATION.format("status = 'admitted'")),
    ("citation_scra_result_known", CITATION.format("scra_result = 'maybe'")),
    ("citation_one_running", TWICE.format(
        "citation", "case_id, violation_id, notice_id, status, penalty_cents, answer_by",
    ).replace("citation (", "citation (number, ").replace("SELECT ", "SELECT 'other', ")),
    ("hearing_session_once", TWICE.format("hearing_session", "body, held_on, capacity")),
    ("hearing_session_has_room", "UPDATE lotline.hearing_session SET capacity = 0"),
    ("hearing_session_place_named",
     "UPDATE lotline.hearing_session SET begins_at = '09:00', place = ' '"),
    ("hearing_session_hour_with_place", "UPDATE lotline.hearing_session SET begins_at = '09:00'"),
    ("hearing_of_case", HEARING.format("case_id = 999999")),
    ("hearing_of_citation", HEARING.format("citation_id = 999999")),
    ("hearing_in_session", HEARING.format("session_id = 999999")),
    ("hearing_about_known", HEARING.format("about = 'weather'")),
    ("hearing_status_known", HEARING.format("status = 'lost'")),
    ("hearing_docketed_has_place", HEARING.format("docket_place = NULL")),
    ("hearing_place_from_one", HEARING.format("docket_place = 0")),
    ("hearing_opened_by_somebody", HEARING.format("status = 'opened'")),
    ("hearing_decided_under_oath", HEARING.format(
        "status = 'decided', members_sitting = 1, findings = 'x', outcome = 'violation'")),
    ("hearing_decided_under_oath", HEARING.format(
        "status = 'decided', members_sitting = 1, sworn = true, outcome = 'violation'")),
    ("hearing_outcome_known", HEARING.format("outcome = 'shrug'")),
    ("hearing_place_once", TWICE.format(
        "hearing", "case_id, about, status, requested_by, session_id, docket_place")),
    ("hearing_agreed_in_words", HEARING.format("status = 'agreed'")),
    ("hearing_agreed_in_words", HEARING.format("agreement = 'Mown'")),
    ("hearing_kept_as_agreed", HEARING.format("keep_by = '2026-09-01'")),
    ("hearing_interpreted_by_somebody", HEARING.format("interpreted_by = ' '")),
    ("hearing_interpreted_by_somebody", HEARING.format("interpreted_by = 'L. Ruiz'")),
    ("hearing_representative_by_hash", HEARING.format("representative_sha256 = 'x'")),
    ("hearing_place_kept", HEARING.format("status = 'opened', members_sitting = 1") + "; "
     + HEARING.format("docket_place = 2")),
    ("order_number_unique", TWICE.format(
        "enforcement_order", "number, case_id, hearing_id, violation_id, status, kind, "
        "executed_on, comply_by, cents_per_day")),
    ("order_of_case", _order(case_id="999999")),
    ("order_of_hearing", _order(hearing_id="999999")),
    ("order_of_violation", _order(violation_id="999999")),
    ("order_by_notice", ORDER.format("notice_id = 999999")),
    ("order_status_known", ORDER.format("status = 'lost'")),
    ("order_kind_known", _order(kind="'third'")),
    ("order_amounts_positive", _order(cents_per_day="0")),
    ("order_says_what_it_fines", _order(cents_per_day="NULL")),
    ("order_first_has_comply_by", _order(comply_by="NULL")),
    ("order_others_have_found_on", _order(kind="'repeat'")),
    ("order_comply_by_after_execution", _order(comply_by="'2026-08-10'")),
    ("order_compliance_known_after", ORDER.format(
        "complied_on = '2026-09-02', complied_known_on = '2026-09-01'")),
    ("order_noncompliant_by_affidavit", ORDER.format("status = 'noncompliant'")),
    ("order_certified_after_contest", ORDER.format(
        "contest_by = '2026-09-24', certified_on = '2026-09-24'")),
    ("order_frozen", ORDER.format("cents_per_day = 1")),
    ("order_frozen", ORDER.format("comply_by = '2026-10-01'")),
    ("fine_reduction_of_order", _reduction(order_id="999999", ordered_on="'2026-10-02'")),
    ("fine_reduction_by_hearing", _reduction(hearing_id="999999", ordered_on="'2026-10-02'")),
    ("fine_reduction_once_a_day", _reduction()),
    ("fine_reduction_not_below_zero", _reduction(ordered_on="'2026-10-02'", to_cents="-1")),
    ("fine_reduction_says_why", _reduction(ordered_on="'2026-10-02'", reason="' '")),
    ("fine_reduction_append_only", "UPDATE lotline.fine_reduction SET to_cents = 0"),
]  # fmt: skip
