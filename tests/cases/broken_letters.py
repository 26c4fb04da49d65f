"""Break each rule of the PDFs that are kept of notices, packets and letters once, by its name."""

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


OTHER = """INSERT INTO lotline.case_letter (case_id, kind, part_id, language, recipient, address,
        sha256, pages, issued_on, issued_at, issued_by, of_event, respondent_id, copy)
    SELECT {case}, {kind}, 1, {language}, {to}, '', {sha256}, {pages}, current_date, now(), {who},
        {event}, {respondent}, {copy}"""
SENT = """INSERT INTO lotline.case_letter_sending (letter_id, sent_on, told_at, told_by)
    SELECT {letter}, current_date, now(), {who}"""
BACK = """INSERT INTO lotline.case_letter_return (letter_id, returned_on, because, told_at, told_by)
    SELECT {letter}, current_date, {because}, now(), {who}"""
NEWEST = "(SELECT max(id) FROM lotline.case_letter)"
UNSENT = "(SELECT min(id) FROM lotline.case_letter)"


def _other(**changes: str) -> str:
    said = {"case": "(SELECT min(id) FROM lotline.case_file)", "kind": "'release'", "pages": "1"}
    more = {"language": "'es'", "to": "'x'", "sha256": "repeat('0b', 32)", "who": "'x'"}
    more |= {"event": "NULL", "respondent": "NULL", "copy": "1"}
    return OTHER.format(**said | more | changes)


def _sent(**changes: str) -> str:
    return SENT.format(**{"letter": NEWEST, "who": "'x'"} | changes)


def _back(**changes: str) -> str:
    return BACK.format(**{"letter": NEWEST, "because": "'x'", "who": "'x'"} | changes)


FILL = "; ".join(
    (_letter(language="'en'"), _packet(), _other(kind="'payoff'"), _other(), _sent(), _back())
)
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
    ("case_letter_once", _other(kind="'payoff'")),
    ("case_letter_frozen", _other(sha256="repeat('0a', 32)")),
    ("case_letter_of_case", _other(case="999999", language="'en'")),
    ("case_letter_of_event", _other(event="999999", language="'en'")),
    ("case_letter_to_respondent", _other(respondent="999999", language="'en'")),
    ("case_letter_copies_counted", _other(copy="0", language="'en'")),
    ("case_letter_of_document", _other(sha256="repeat('ff', 32)", language="'en'")),
    ("case_letter_kind_known", _other(kind="'x'")),
    ("case_letter_language_known", _other(language="'fr'")),
    ("case_letter_to_somebody", _other(to="' '")),
    ("case_letter_has_pages", _other(pages="0")),
    ("case_letter_issued_by_somebody", _other(who="' '")),
    ("case_letter_append_only", "DELETE FROM lotline.case_letter"),
    ("case_letter_sending_pkey", _sent()),
    ("case_letter_sending_of_letter", _sent(letter="999999")),
    ("case_letter_sending_told_by_somebody", _sent(letter=UNSENT, who="' '")),
    ("case_letter_sending_append_only", "DELETE FROM lotline.case_letter_sending"),
    ("case_letter_return_pkey", _back()),
    ("case_letter_return_of_sending", _back(letter=UNSENT)),
    ("case_letter_return_says_why", _back(letter=UNSENT, because="' '")),
    ("case_letter_return_told_by_somebody", _back(letter=UNSENT, who="' '")),
    ("case_letter_return_append_only", "DELETE FROM lotline.case_letter_return"),
]
