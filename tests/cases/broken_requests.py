"""Break each rule of the database on what people outside ask, once, by its name."""

DAY = "DATE '2026-06-01'"
OTHER = "(SELECT id FROM lotline.lien_search WHERE number = '{}')"
SEARCH = """INSERT INTO lotline.lien_search (number, parcel_id, requester, email, received_on,
        due_on, because, fee_cents, paid_first, law_pack_id, noted_at, noted_by,
        form_key)
    VALUES ({number}, {parcel}, {who}, {email}, {received}, {due}, 'x', {fee}, true, {law}, now(),
            {by}, {key})"""
A_KEY = "'0b6c1b0e-5d3e-4a56-8f0a-9c1d5a7e2b11'"
FEE = """INSERT INTO lotline.lien_search_fee (lien_search_id, receipt_no, paid_on, noted_at,
        noted_by) VALUES ({id}, {receipt}, {on}, now(), {by})"""
WAITS = "INSERT INTO lotline.lien_search_waiting (lien_search_id, due_on) VALUES ({id}, {due})"
END = """INSERT INTO lotline.lien_search_end (lien_search_id, how, good_through, content, sha256,
        reason, ended_on, ended_at, ended_by)
    VALUES ({id}, {how}, {through}, {content}, {sha256}, {reason}, {on}, now(), {by})"""


def _search(**changes: str) -> str:
    said = {
        "number": "'LS-9'", "parcel": "(SELECT min(id) FROM lotline.parcel)", "who": "'R. Vance'",
        "email": "NULL", "received": DAY, "due": DAY, "fee": "7500",
        "law": "(SELECT min(id) FROM lotline.law_pack)", "by": "'x'",
        "key": "gen_random_uuid()", **changes,
    }  # fmt: skip
    return SEARCH.format(**said)


def _fee(**changes: str) -> str:
    said = {"id": OTHER.format("LS-2"), "receipt": "'T-2'", "on": DAY, "by": "'x'", **changes}
    return FEE.format(**said)


def _end(**changes: str) -> str:
    said = {
        "id": OTHER.format("LS-3"), "how": "'answered'", "through": DAY, "content": "'{}'",
        "sha256": "sha256('{}')", "reason": "NULL", "on": DAY, "by": "'x'", **changes,
    }  # fmt: skip
    return END.format(**said)


WANTED = """INSERT INTO lotline.records_request (number, asked, received_on, noted_at, noted_by,
        form_key) VALUES ({number}, {asked}, DATE '2026-06-01', now(), {by}, {key})"""
ANSWERED, OVER, OPEN = (
    f"(SELECT id FROM lotline.records_request WHERE number = 'PR-{n}')"  # noqa: S608 - ours
    for n in (1, 2, 3)
)
THE_CASE = "(SELECT case_id FROM lotline.case_document LIMIT 1)"
A_DOCUMENT = "(SELECT id FROM lotline.case_document LIMIT 1)"
A_REDACTION = "(SELECT id FROM lotline.document_redaction LIMIT 1)"
CHOSEN = "INSERT INTO lotline.records_case (request_id, case_id) VALUES ({request}, {case})"
DECIDED = """INSERT INTO lotline.records_decision (request_id, case_id, subject, case_document_id,
        complaint_id, notice_id, hearing_id, outcome, exemption, passages, text_sha256,
        redaction_id, decided_on, decided_at, decided_by)
    VALUES ({request}, {case}, {subject}, {document}, {complaint}, {notice}, {hearing},
            {outcome}, {exemption}, {passages}, {text}, {redaction}, DATE '2026-06-01', now(),
            {by})"""
MADE = """INSERT INTO lotline.records_export (request_id, sha256, byte_size, made_on, made_at,
        made_by) VALUES ({request}, {sha256}, {size}, DATE '2026-06-01', now(), {by})"""
ENDED = """INSERT INTO lotline.records_end (request_id, reason, ended_on, ended_at, ended_by)
    VALUES ({request}, {reason}, DATE '2026-06-01', now(), {by})"""


def _wanted(**changes: str) -> str:
    usual = {"number": "'PR-9'", "asked": "'x'", "by": "'x'", "key": "gen_random_uuid()"}
    return WANTED.format(**{**usual, **changes})


def _chosen(**changes: str) -> str:
    return CHOSEN.format(**{"request": ANSWERED, "case": THE_CASE, **changes})


def _decided(**changes: str) -> str:
    said = {
        "request": ANSWERED, "case": THE_CASE, "subject": "'story'", "document": "NULL",
        "complaint": "NULL", "notice": "NULL", "hearing": "NULL",
        "outcome": "'released'", "exemption": "NULL", "passages": "'{}'",
        "text": "repeat('0a', 32)", "redaction": "NULL", "by": "'x'", **changes,
    }  # fmt: skip
    return DECIDED.format(**said)


def _made(**changes: str) -> str:
    usual = {"request": ANSWERED, "sha256": "repeat('0a', 32)", "size": "1", "by": "'x'"}
    return MADE.format(**{**usual, **changes})


def _ended(**changes: str) -> str:
    return ENDED.format(**{"request": OPEN, "reason": "'x'", "by": "'x'", **changes})


NO_TEXT = {"text": "NULL"}
A_PICTURE = {"subject": "'document'", "document": A_DOCUMENT, **NO_TEXT}
STRUCK = {"outcome": "'redacted'", "exemption": "'s. 119.071'"}
WITHDRAWN = {
    "how": "'withdrawn'", "through": "NULL", "content": "NULL", "sha256": "NULL", "reason": "'x'"
}  # fmt: skip
FOLLOWS = ("broken_casefile", "broken_documents", "broken_intake")

FILL = ";".join(
    [
        *(_search(number=f"'LS-{n}'") for n in (1, 2)),
        _search(number="'LS-3'", key=A_KEY),
        *(_fee(id=OTHER.format(f"LS-{n}"), receipt=f"'T-{n}0'") for n in (1, 3)),
        _end(id=OTHER.format("LS-1")),
        *(_wanted(number=f"'PR-{n}'") for n in (1, 2)),
        _wanted(number="'PR-3'", key=A_KEY),
        *(_chosen(request=each) for each in (ANSWERED, OVER)),
        _decided(),
        _made(),
        _ended(request=OVER),
    ]
)

BROKEN = [
    ("lien_search_once", _search(key=A_KEY)),
    ("lien_search_number_once", _search(number="'LS-1'")),
    ("lien_search_of_parcel", _search(parcel="999999")),
    ("lien_search_under_law", _search(law="999999")),
    ("lien_search_numbered", _search(number="' '")),
    ("lien_search_says_who", _search(who="' '")),
    ("lien_search_email_plain", _search(email="'vance'")),
    ("lien_search_due_afterwards", _search(due="DATE '2026-05-31'")),
    ("lien_search_fee_plausible", _search(fee="-1")),
    ("lien_search_noted_by_somebody", _search(by="' '")),
    ("lien_search_append_only", "UPDATE lotline.lien_search SET fee_cents = 0"),
    ("lien_search_append_only", "DELETE FROM lotline.lien_search"),
    ("lien_search_fee_once", _fee(id=OTHER.format("LS-1"))),
    ("lien_search_fee_of_search", _fee(id="999999")),
    ("lien_search_fee_receipt_once", _fee(receipt="'T-10'")),
    ("lien_search_fee_receipt_given", _fee(receipt="' '")),
    ("lien_search_fee_noted_by_somebody", _fee(by="' '")),
    ("lien_search_fee_after_request", _fee(on="DATE '2026-05-31'")),
    ("lien_search_waiting_once", WAITS.format(id=OTHER.format("LS-2"), due=DAY)),
    ("lien_search_waiting_of_search", WAITS.format(id="999999", due=DAY)),
    ("lien_search_fee_append_only", "UPDATE lotline.lien_search_fee SET receipt_no = 'x'"),
    ("lien_search_fee_append_only", "DELETE FROM lotline.lien_search_fee"),
    ("lien_search_fee_append_only", "TRUNCATE lotline.lien_search_fee"),
    ("lien_search_ended_once", _end(id=OTHER.format("LS-1"))),
    ("lien_search_end_of_search", _end(id="999999")),
    ("lien_search_end_known", _end(**WITHDRAWN | {"how": "'lost'"})),
    ("lien_search_answer_whole", _end(through="NULL")),
    ("lien_search_answer_whole", _end(**WITHDRAWN | {"through": DAY})),
    ("lien_search_answer_hash_of_content", _end(content="'[]'")),
    ("lien_search_answer_good_ahead", _end(through="DATE '2026-05-31'")),
    ("lien_search_withdrawn_says_why", _end(**WITHDRAWN | {"reason": "' '"})),
    ("lien_search_withdrawn_says_why", _end(reason="'x'")),
    ("lien_search_ended_by_somebody", _end(by="' '")),
    ("lien_search_answer_paid_first", _end(id=OTHER.format("LS-2"))),
    ("lien_search_end_append_only", "UPDATE lotline.lien_search_end SET reason = 'x'"),
    ("lien_search_end_append_only", "DELETE FROM lotline.lien_search_end"),
    ("lien_search_end_append_only", "TRUNCATE lotline.lien_search_end"),
    ("records_request_once", _wanted(key=A_KEY)),
    ("records_request_number_once", _wanted(number="'PR-1'")),
    ("records_request_numbered", _wanted(number="' '")),
    ("records_request_says_what", _wanted(asked="' '")),
    ("records_request_noted_by_somebody", _wanted(by="' '")),
    ("records_request_append_only", "UPDATE lotline.records_request SET asked = 'y'"),
    ("records_request_append_only", "DELETE FROM lotline.records_request"),
    ("records_waiting_of_request", "INSERT INTO lotline.records_waiting SELECT 999999"),
    ("records_case_once", _chosen()),
    ("records_case_of_request", _chosen(request="999999")),
    ("records_case_of_case", _chosen(case="999999")),
    ("records_decision_of_case", _decided(case="999999")),
    ("records_decision_of_case", "DELETE FROM lotline.records_case"),
    ("records_decision_of_document", _decided(**A_PICTURE | {"document": "999999"})),
    (
        "records_decision_of_complaint",
        _decided(subject="'reporter'", complaint="999999", **NO_TEXT),
    ),
    ("records_decision_of_notice", _decided(subject="'notice'", notice="999999")),
    ("records_decision_of_hearing", _decided(subject="'hearing'", hearing="999999")),
    ("records_decision_names_subject", _decided(subject="'notice'")),
    ("records_decision_names_subject", _decided(subject="'hearing'")),
    ("records_decision_of_text_read", _decided(subject="'ledger'", **NO_TEXT)),
    ("records_decision_of_redaction", _decided(**A_PICTURE | STRUCK | {"redaction": "999999"})),
    ("records_decision_subject_known", _decided(subject="'rumour'", **NO_TEXT)),
    ("records_decision_names_subject", _decided(subject="'document'", **NO_TEXT)),
    ("records_decision_names_subject", _decided(subject="'reporter'", **NO_TEXT)),
    ("records_decision_names_subject", _decided(document=A_DOCUMENT)),
    ("records_decision_outcome_known", _decided(outcome="'lost'", exemption="'s. 1'")),
    ("records_decision_cites_exemption", _decided(outcome="'withheld'")),
    ("records_decision_cites_exemption", _decided(outcome="'withheld'", exemption="'private'")),
    ("records_decision_cites_exemption", _decided(exemption="'s. 1'")),
    ("records_decision_redacts_something", _decided(**STRUCK)),
    ("records_decision_redacts_something", _decided(passages="'{x}'")),
    ("records_decision_redacts_something", _decided(**STRUCK | {"redaction": A_REDACTION})),
    ("records_decision_text_by_hash", _decided(text="'all of it'")),
    ("records_decision_of_text_read", _decided(**NO_TEXT)),
    ("records_decision_of_text_read", _decided(**A_PICTURE | {"text": "repeat('0a', 32)"})),
    ("records_decision_by_somebody", _decided(by="' '")),
    ("records_decision_append_only", "UPDATE lotline.records_decision SET exemption = 's. 1'"),
    ("records_decision_append_only", "DELETE FROM lotline.records_decision"),
    ("records_decision_append_only", "TRUNCATE lotline.records_decision"),
    ("records_export_of_request", _made(request="999999")),
    ("records_export_named_by_hash", _made(sha256="'records.zip'")),
    ("records_export_has_bytes", _made(size="0")),
    ("records_export_by_somebody", _made(by="' '")),
    ("records_export_append_only", "UPDATE lotline.records_export SET made_by = 'y'"),
    ("records_export_append_only", "DELETE FROM lotline.records_export"),
    ("records_export_append_only", "TRUNCATE lotline.records_export"),
    ("records_decision_while_open", _decided(request=OVER)),
    ("records_export_while_open", _made(request=OVER)),
    ("records_end_unanswered", _ended(request=ANSWERED)),
    ("records_ended_once", _ended(request=OVER)),
    ("records_end_of_request", _ended(request="999999")),
    ("records_end_says_why", _ended(reason="' '")),
    ("records_end_by_somebody", _ended(by="' '")),
    ("records_end_append_only", "UPDATE lotline.records_end SET reason = 'y'"),
    ("records_end_append_only", "DELETE FROM lotline.records_end"),
    ("records_end_append_only", "TRUNCATE lotline.records_end"),
]
