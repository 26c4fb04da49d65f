"""The named rules of what people follow, each broken once."""

FOLLOWER = "INSERT INTO lotline.follower (email, language, told_until) VALUES ({}, {}, now())"
PHONE = "INSERT INTO lotline.follower (phone, language, told_until) VALUES ({}, 'en', now())"
FOLLOWING = """INSERT INTO lotline.following (follower_id, name, page, scope_sha256, case_id,
        parcel_id, zone_id, area, complaint_id, confirm_sha256, asked_at)
    SELECT {follower}, {name}, {page}, {scope}, {case}, {parcel}, {zone}, {area}, {report},
        {confirm}, now()
    FROM lotline.follower WHERE email IS NOT NULL"""
UNSUBSCRIBED = """INSERT INTO lotline.mail
        (to_address, subject, body, status, queued_at, unsubscribe)
    VALUES ('a@example.org', 'x', 'x', 'queued', now(), 'https://a.example/b> x')"""
MAILED = """INSERT INTO lotline.follow_mail (mail_id, kind, made_at, told, more, stop_sha256)
    SELECT {mail}, {kind}, now(), {told}, {more}, {stop} FROM lotline.mail
    WHERE id = (SELECT max(id) FROM lotline.mail)"""
HASH = "decode(repeat('{}', 32), 'hex')"


def _following(**changes: str) -> str:
    usual = {
        "follower": "id", "name": "'x'", "page": "'/'", "scope": HASH.format("0b"),
        "case": "NULL", "parcel": "NULL", "zone": "NULL", "area": "NULL", "report": "NULL",
        "confirm": HASH.format("0b"),
    }  # fmt: skip
    return FOLLOWING.format(**(usual | changes))


def _mailed(**changes: str) -> str:
    usual = {
        "mail": "id", "kind": "'digest'", "told": "ARRAY['x']", "more": "0",
        "stop": HASH.format("0b"),
    }  # fmt: skip
    return MAILED.format(**(usual | changes))


FOLLOWS = ("broken_mail", "broken_residents")

BROKEN = [
    ("mail_unsubscribe_address", UNSUBSCRIBED),
    ("follower_address_plain", FOLLOWER.format("'nobody'", "'en'")),
    ("follower_language_known", FOLLOWER.format("'b@example.org'", "'la'")),
    ("follower_once", FOLLOWER.format("'A@Example.org'", "'en'")),
    ("follower_phone_plain", PHONE.format("'352-555-0100'")),
    ("follower_phone_once", PHONE.format("'+13525550100'")),
    ("follower_reached_by_one", PHONE.format("NULL")),
    ("follower_reached_by_one", "UPDATE lotline.follower SET phone = '+13525550101'"),
    ("following_of_follower", _following(follower="999999")),
    ("following_of_case", _following(case="999999")),
    ("following_of_parcel", _following(parcel="999999")),
    ("following_of_report", _following(report="999999")),
    ("following_once", _following(scope=HASH.format("0a"))),
    ("following_named", _following(name="' '")),
    ("following_page_ours", _following(page="'//elsewhere.example'")),
    ("following_scope_hashed", _following(scope="'x'")),
    ("following_one_place", _following(case="1", zone="1")),
    ("following_one_place", _following(report="1", zone="1")),
    ("following_area_drawn", _following(area="'POINT (1 1)'")),
    ("following_confirm_once", _following(confirm=HASH.format("0a"))),
    ("following_confirm_hashed", _following(confirm="'x'")),
    ("follow_mail_of_mail", _mailed(mail="999999")),
    ("follow_mail_kind_known", _mailed(kind="'x'")),
    ("follow_mail_tells_something", _mailed(told="'{}'")),
    ("follow_mail_tells_something", _mailed(more="-1")),
    ("follow_mail_stop_once", _mailed(stop=HASH.format("0a"))),
    ("follow_mail_stop_hashed", _mailed(stop="'x'")),
    ("follow_mail_append_only", "DELETE FROM lotline.follow_mail"),
]  # fmt: skip

_FIRST = HASH.format("0a")
FILL = "; ".join(
    [
        FOLLOWER.format("'a@example.org'", "'en'"),
        _following(scope=_FIRST, confirm=_FIRST),
        _mailed(stop=_FIRST).replace("max(id)", "min(id)"),
        PHONE.format("'+13525550100'"),
    ]
)
