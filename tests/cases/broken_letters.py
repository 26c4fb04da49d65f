"""Break each rule of the PDFs that are kept of notices once, by its name."""

FOLLOWS = ("broken_documents",)

LETTER = """INSERT INTO lotline.notice_letter (notice_id, language, sha256, set_at, set_by)
    SELECT {notice}, {language}, {sha256}, now(), {who}"""
ISSUED = "(SELECT min(id) FROM lotline.notice WHERE issued_on IS NOT NULL)"
DRAFT = """WITH draft AS (INSERT INTO lotline.notice
    (id, case_id, respondent_id, kind, status, content)
    SELECT 99999, case_id, respondent_id, 'warning', 'drafted', '{{}}' FROM lotline.notice LIMIT 1
    RETURNING id) """


def _letter(**changes: str) -> str:
    said = {"notice": ISSUED, "language": "'es'", "sha256": "repeat('0b', 32)", "who": "'x'"}
    return LETTER.format(**said | changes)


FILL = _letter(language="'en'")
BROKEN = [
    ("notice_letter_pkey", _letter(language="'en'")),
    ("notice_letter_of_notice", _letter(notice="999999")),
    ("notice_letter_of_document", _letter(sha256="repeat('ff', 32)")),
    ("notice_letter_language_known", _letter(language="'fr'")),
    ("notice_letter_set_by_somebody", _letter(who="' '")),
    ("notice_letter_of_issued", DRAFT.format() + _letter(notice="id") + " FROM draft"),
    ("notice_letter_append_only", "UPDATE lotline.notice_letter SET set_by = 'y'"),
    ("notice_letter_append_only", "DELETE FROM lotline.notice_letter"),
]
