"""The named rules of what residents send themselves, each broken once."""

REPORT = """INSERT INTO lotline.resident_report
    (complaint_id, report_id, code_sha256, about_case_id, held_because, released_by, released_on)
    SELECT {complaint}, {report}, {code}, {about}, {held}, {by}, {on}
    FROM lotline.complaint WHERE number = 'R-2'"""
PHOTO = "INSERT INTO lotline.resident_photo (report_id, sha256, kept_at) VALUES ({}, {}, now())"
HERS = "11111111-1111-4111-8111-111111111111"


def _report(**changes: str) -> str:
    usual = {
        "complaint": "id", "report": "gen_random_uuid()", "code": "repeat('b', 64)",
        "about": "NULL", "held": "NULL", "by": "NULL", "on": "NULL",
    }  # fmt: skip
    return REPORT.format(**(usual | changes))


FOLLOWS = ("broken_intake", "broken_documents")

BROKEN = [
    ("resident_report_of_complaint", _report(complaint="999999")),
    ("resident_report_sent_once", _report(report=f"'{HERS}'")),
    ("resident_report_code_once", _report(code="repeat('a', 64)")),
    ("resident_report_code_hashed", _report(code="'ABCDE-FGHJK'")),
    ("resident_report_about_case", _report(about="999999")),
    ("resident_report_held_known", _report(held="'hunch'")),
    ("resident_report_released_whole", _report(held="'trap'", by="'x'")),
    ("resident_report_released_if_held", _report(by="'x'", on="'2026-06-01'")),
    ("resident_report_released_by_somebody", _report(held="'trap'", by="' '", on="'2026-06-01'")),
    ("resident_photo_of_document", PHOTO.format(f"'{HERS}'", "repeat('f', 64)")),
    ("resident_photo_append_only", "UPDATE lotline.resident_photo SET kept_at = now()"),
    ("resident_photo_append_only", "DELETE FROM lotline.resident_photo"),
]

FILL = """
INSERT INTO lotline.resident_report (complaint_id, report_id, code_sha256)
SELECT id, '11111111-1111-4111-8111-111111111111', repeat('a', 64)
FROM lotline.complaint WHERE number = 'CP-1';
INSERT INTO lotline.resident_photo (report_id, sha256, kept_at)
SELECT '11111111-1111-4111-8111-111111111111', min(sha256), now() FROM lotline.document;
"""
