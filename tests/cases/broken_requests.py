"""Break each rule of the database on what people outside ask, once, by its name."""

DAY = "DATE '2026-06-01'"
OTHER = "(SELECT id FROM lotline.lien_search WHERE number = '{}')"
SEARCH = """INSERT INTO lotline.lien_search (number, parcel_id, requester, email, received_on,
        due_on, because, fee_cents, paid_first, law_pack_id, noted_at, noted_by)
    VALUES ({number}, {parcel}, {who}, {email}, {received}, {due}, 'x', {fee}, true, {law}, now(),
            {by})"""
FEE = """INSERT INTO lotline.lien_search_fee (lien_search_id, receipt_no, paid_on, noted_at,
        noted_by) VALUES ({id}, {receipt}, DATE '2026-06-02', now(), {by})"""
END = """INSERT INTO lotline.lien_search_end (lien_search_id, how, good_through, content, sha256,
        reason, ended_on, ended_at, ended_by)
    VALUES ({id}, {how}, {through}, {content}, {sha256}, {reason}, {on}, now(), {by})"""


def _search(**changes: str) -> str:
    said = {
        "number": "'LS-9'", "parcel": "(SELECT min(id) FROM lotline.parcel)", "who": "'R. Vance'",
        "email": "NULL", "received": DAY, "due": DAY, "fee": "7500",
        "law": "(SELECT min(id) FROM lotline.law_pack)", "by": "'x'", **changes,
    }  # fmt: skip
    return SEARCH.format(**said)


def _fee(**changes: str) -> str:
    said = {"id": OTHER.format("LS-2"), "receipt": "'T-2'", "by": "'x'", **changes}
    return FEE.format(**said)


def _end(**changes: str) -> str:
    said = {
        "id": OTHER.format("LS-3"), "how": "'answered'", "through": DAY, "content": "'{}'",
        "sha256": "sha256('{}')", "reason": "NULL", "on": DAY, "by": "'x'", **changes,
    }  # fmt: skip
    return END.format(**said)


WITHDRAWN = {
    "how": "'withdrawn'", "through": "NULL", "content": "NULL", "sha256": "NULL", "reason": "'x'"
}  # fmt: skip
FOLLOWS = ("broken_casefile",)

FILL = ";".join(
    [
        *(_search(number=f"'LS-{n}'") for n in (1, 2, 3)),
        *(_fee(id=OTHER.format(f"LS-{n}"), receipt=f"'T-{n}0'") for n in (1, 3)),
        _end(id=OTHER.format("LS-1")),
    ]
)

BROKEN = [
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
]
