"""Break each rule of the PDFs that are kept of notices and packets once, by its name."""

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


PACKET = """INSERT INTO lotline.hearing_packet
    (hearing_id, language, sha256, pages, filed_at, filed_by)
    SELECT {hearing}, {language}, {sha256}, {pages}, now(), {who}"""


def _packet(**changes: str) -> str:
    said = {"hearing": "(SELECT min(id) FROM lotline.hearing)", "language": "'es'", "pages": "1"}
    return PACKET.format(**said | {"sha256": "repeat('0b', 32)", "who": "'x'"} | changes)


FILL = _letter(language="'en'") + "; " + _packet()
BROKEN = [
    ("notice_letter_pkey", _letter(language="'en'")),
    ("notice_letter_of_notice", _letter(notice="999999")),
    ("notice_letter_of_document", _letter(sha256="repeat('ff', 32)")),
    ("notice_letter_language_known", _letter(language="'fr'")),
    ("notice_letter_set_by_somebody", _letter(who="' '")),
    ("notice_letter_of_issued", DRAFT.format() + _letter(notice="id") + " FROM draft"),
    ("notice_letter_append_only", "UPDATE lotline.notice_letter SET set_by = 'y'"),
    ("notice_letter_append_only", "DELETE FROM lotline.notice_letter"),
    ("hearing_packet_once", _packet()),
    ("hearing_packet_of_hearing", _packet(hearing="999999")),
    ("hearing_packet_of_document", _packet(sha256="repeat('ff', 32)")),
    ("hearing_packet_language_known", _packet(language="'fr'")),
    ("hearing_packet_has_pages", _packet(pages="0")),
    ("hearing_packet_filed_by_somebody", _packet(who="' '")),
    ("hearing_packet_append_only", "UPDATE lotline.hearing_packet SET filed_by = 'y'"),
    ("hearing_packet_append_only", "DELETE FROM lotline.hearing_packet"),
]
