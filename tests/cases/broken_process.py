"""Break each rule of respondents, visits, notices, their service and requests for time once."""

from broken import TWICE, VIOLATION

FOLLOWS = ("broken_casefile",)

RESPONDENT = "UPDATE lotline.respondent SET {}"
INSPECTION = "UPDATE lotline.inspection SET {}"
NOTICE = "UPDATE lotline.notice SET {} WHERE status = 'drafted'"
EXTENSION = "UPDATE lotline.extension SET {}"


FILL = """
    INSERT INTO lotline.respondent (case_id, kind, name, address, since)
    SELECT min(id), 'owner', 'P. Lane', '9 Birch Ave', date '2026-06-01' FROM lotline.case_file;
    INSERT INTO lotline.inspection (case_id, status, made_on, officer, entry, entry_detail)
    SELECT min(id), 'made', '2026-06-01', 'M. Rivera', 'vantage', 'street' FROM lotline.case_file;
    INSERT INTO lotline.notice (id, case_id, respondent_id, kind, status, content, issued_on)
    SELECT 1, case_id, id, 'warning', 'issued', '{}'::jsonb, date '2026-06-02'
    FROM lotline.respondent
    UNION ALL SELECT 2, case_id, id, 'warning', 'drafted', '{}', NULL FROM lotline.respondent;
    INSERT INTO lotline.notice_violation (notice_id, violation_id)
    SELECT 1, min(id) FROM lotline.violation;
    INSERT INTO lotline.service_attempt (notice_id, method, made_on, facts)
    VALUES (1, 'hand', '2026-06-02', '{}');
    INSERT INTO lotline.extension (case_id, violation_id, status, because, asked_until, received_on)
    SELECT case_id, id, 'requested', 'Roofer', date '2026-07-01', date '2026-06-05'
    FROM lotline.violation ORDER BY id LIMIT 1;
"""

BROKEN = [
    ("respondent_of_case", RESPONDENT.format("case_id = 999999")),
    ("respondent_kind_known", RESPONDENT.format("kind = 'ghost'")),
    ("respondent_named", RESPONDENT.format("address = ' '")),
    ("respondent_email_plain", RESPONDENT.format("email = 'P. Lane <p@example.org>'")),
    ("respondent_in_order", RESPONDENT.format("until = '2026-05-31'")),
    ("inspection_of_case", INSPECTION.format("case_id = 999999")),
    ("inspection_status_known", INSPECTION.format("status = 'dreamt'")),
    ("inspection_entry_known", INSPECTION.format("entry = 'ladder'")),
    ("inspection_made_says_how", INSPECTION.format("entry = NULL")),
    ("inspection_made_says_how", INSPECTION.format("officer = NULL")),
    ("inspection_entry_shown", INSPECTION.format("entry_detail = ' '")),
    ("inspection_looked_answered", INSPECTION.format("looked = '{}'")),
    ("inspection_looked_answered", INSPECTION.format("looked = '[{\"line\": \"x\"}]'")),
    ("inspection_tried_in_vain", INSPECTION.format("tried_at = now()")),
    ("inspection_no_access_has_time", INSPECTION.format("status = 'no_access'")),
    ("inspection_planned_has_time", INSPECTION.format("status = 'booked'")),
    ("violation_correction_says_who", VIOLATION.format("corrected_on = '2026-06-03'")),
    ("violation_verification_says_who", VIOLATION.format("verified_by = 'M. Rivera'")),
    ("notice_of_case", NOTICE.format("case_id = 999999")),
    ("notice_to_respondent", NOTICE.format("respondent_id = 999999")),
    ("notice_kind_known", NOTICE.format("kind = 'poem'")),
    ("notice_status_known", NOTICE.format("status = 'lost'")),
    ("notice_issued_dated", NOTICE.format("status = 'issued'")),
    ("notice_served_dated", NOTICE.format("status = 'served', issued_on = '2026-06-02'")),
    ("notice_served_dated", NOTICE.format("served_on = '2026-06-03'")),
    ("notice_frozen", "UPDATE lotline.notice SET content = '{\"x\": 1}'"),
    ("notice_frozen", "UPDATE lotline.notice SET kind = 'order'"),
    ("notice_violation_pk", TWICE.format("notice_violation", "notice_id, violation_id")),
    ("notice_violation_notice", "UPDATE lotline.notice_violation SET notice_id = 999999"),
    ("notice_violation_violation", "UPDATE lotline.notice_violation SET violation_id = 999999"),
    ("service_attempt_of_notice", "UPDATE lotline.service_attempt SET notice_id = 999999"),
    ("service_attempt_method_known", "UPDATE lotline.service_attempt SET method = 'pigeon'"),
    ("extension_of_case", EXTENSION.format("case_id = 999999")),
    ("extension_of_violation", EXTENSION.format("violation_id = 999999")),
    ("extension_status_known", EXTENSION.format("status = 'lost'")),
    ("extension_says_why", EXTENSION.format("because = ' '")),
    ("extension_posted_before_received", EXTENSION.format("postmarked_on = '2026-06-06'")),
    ("extension_decision_says_who", EXTENSION.format("status = 'denied'")),
    ("extension_decision_says_who", EXTENSION.format("status = 'denied', decided_by = 'x'")),
    ("extension_granted_until_a_day", EXTENSION.format("granted_until = '2026-07-01'")),
    ("extension_one_waiting", TWICE.format(
        "extension", "case_id, violation_id, status, because, asked_until, received_on")),
]  # fmt: skip
