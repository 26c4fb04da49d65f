"""Break each rule of what comes from the field once, by its name."""

FOLLOWS = ("broken_intake",)


def _id(last: str) -> str:
    return f"'00000000-0000-0000-0000-0000000000{last}'"


DEVICE, OTHER = _id("d1"), _id("ff")
VISIT, SETTLING = _id("a1"), _id("a2")
NOW = "timestamptz '2026-06-15 12:00Z'"
STAFF = "(SELECT id FROM lotline.staff WHERE login = 'field-officer')"
DEED = """INSERT INTO lotline.field_deed (id, device_id, seq, kind, case_id, complaint_id, told,
    made_at, received_at, status, answer, from_event, to_event)
    VALUES ({id}, {device}, {seq}, {kind}, {case}, {complaint}, '{{}}', now(), now(), {status},
            '{{}}', {first}, {last})"""
SETTLE = """INSERT INTO lotline.field_settlement (deed_id, by_deed, how, reason)
    VALUES ({deed}, {by}, {how}, {reason})"""
NUMBER = "INSERT INTO lotline.field_number VALUES ({number}, {device}, now(), {used})"
PHOTO = """INSERT INTO lotline.field_photo (id, device_id, visit_id, sha256, byte_size, media_type,
    taken_at, lon, lat, caption, received_at)
    VALUES ({id}, {device}, {visit}, {sha256}, {size}, 'image/jpeg', now(), {lon}, {lat},
            {caption}, now())"""
STAFF_ROW = """INSERT INTO lotline.staff (login, name, role, added_at)
    VALUES ('field-officer', 'F. Ield', 'officer', now())"""
PHONE = "INSERT INTO lotline.field_device VALUES ({}, {}, 'phone', now(), 2)"
ADDRESS = "INSERT INTO lotline.calendar_token VALUES ({sha256}, {staff}, {made}, {revoked})"
HAZARD = """INSERT INTO lotline.hazard (parcel_id, kind, note, flagged_by, flagged_at, lifted_by,
    lifted_at, lifted_why) VALUES ({parcel}, {kind}, {note}, {by}, {at}, {lifted})"""


def _deed(**changes: str) -> str:
    said = {
        "id": OTHER, "device": DEVICE, "seq": "9", "kind": "'visit'", "case": "NULL",
        "complaint": "NULL", "status": "'stored'", "first": "NULL", "last": "NULL",
    }  # fmt: skip
    return DEED.format(**{**said, **changes})


def _settle(**changes: str) -> str:
    said = {"deed": SETTLING, "by": VISIT, "how": "'note'", "reason": "'x'"}
    return SETTLE.format(**{**said, **changes})


def _number(**changes: str) -> str:
    return NUMBER.format(**{"number": "'N-2'", "device": DEVICE, "used": "NULL", **changes})


def _photo(**changes: str) -> str:
    said = {
        "id": OTHER, "device": DEVICE, "visit": VISIT, "sha256": "repeat('a', 64)", "size": "1",
        "lon": "NULL", "lat": "NULL", "caption": "NULL",
    }  # fmt: skip
    return PHOTO.format(**{**said, **changes})


def _token(**changes: str) -> str:
    said = {"sha256": "sha256('b')", "staff": STAFF, "made": NOW, "revoked": NOW}
    return ADDRESS.format(**{**said, **changes})


def _hazard(**changes: str) -> str:
    said = {
        "parcel": "(SELECT min(id) FROM lotline.parcel)", "kind": "'dog'", "note": "'x'",
        "by": "'x'", "at": NOW, "lifted": "NULL, NULL, NULL",
    }  # fmt: skip
    return HAZARD.format(**{**said, **changes})


FILL = ";".join((
    STAFF_ROW,
    PHONE.format(DEVICE, STAFF),
    _deed(id=VISIT, seq="1"),
    _deed(id=SETTLING, seq="2", status="'conflict'"),
    _settle(),
    _number(number="'N-1'", used=VISIT),
    _photo(id=_id("b1")),
    _token(sha256="sha256('a')", revoked="NULL"),
    _hazard(),
))  # fmt: skip

BROKEN = [
    ("hazard_of_parcel", _hazard(parcel="999999")),
    ("hazard_kind_known", _hazard(kind="'ghost'")),
    ("hazard_says_what", _hazard(note="' '")),
    ("hazard_says_who", _hazard(by="' '")),
    ("hazard_lifted_whole", _hazard(lifted=f"'x', {NOW}, NULL")),
    ("hazard_lifted_whole", _hazard(lifted=f"NULL, {NOW}, 'x'")),
    ("hazard_lifted_whole", _hazard(lifted=f"'x', {NOW}, ' '")),
    ("hazard_lifted_after", _hazard(lifted=f"'x', {NOW} - interval '1 day', 'x'")),
    ("hazard_kept", "UPDATE lotline.hazard SET note = 'another'"),
    ("field_device_of_staff", PHONE.format(OTHER, 999999)),
    ("field_device_seq_counts", "UPDATE lotline.field_device SET last_seq = -1"),
    ("field_deed_of_device", _deed(device=OTHER)),
    ("field_deed_of_case", _deed(case="999999")),
    ("field_deed_of_complaint", _deed(complaint="999999")),
    ("field_deed_in_sequence", _deed(seq="1")),
    ("field_deed_seq_from_one", _deed(seq="0")),
    ("field_deed_kind_known", _deed(kind="'nap'")),
    ("field_deed_status_known", _deed(status="'lost'")),
    ("field_deed_events_both", _deed(first="1")),
    ("field_deed_append_only", "UPDATE lotline.field_deed SET status = 'stored'"),
    ("field_deed_append_only", "DELETE FROM lotline.field_deed"),
    ("field_deed_append_only", "TRUNCATE lotline.field_deed CASCADE"),
    ("field_settlement_of_deed", _settle(deed=OTHER)),
    ("field_settlement_by_deed", _settle(deed=VISIT, by=OTHER)),
    ("field_settlement_how_known", _settle(deed=VISIT, how="'shrug'")),
    ("field_settlement_says_why", _settle(deed=VISIT, reason="' '")),
    ("field_settlement_append_only", "UPDATE lotline.field_settlement SET reason = 'y'"),
    ("field_settlement_append_only", "DELETE FROM lotline.field_settlement"),
    ("field_settlement_append_only", "TRUNCATE lotline.field_settlement"),
    ("field_number_of_device", _number(device=OTHER)),
    ("field_number_used_once", _number(used=VISIT)),
    ("field_number_used_by_deed", _number(used=OTHER)),
    ("field_photo_of_device", _photo(device=OTHER)),
    ("field_photo_of_visit", _photo(visit=OTHER)),
    ("field_photo_named_by_hash", _photo(sha256="'x'")),
    ("field_photo_caption_says", _photo(caption="' '")),
    ("field_photo_not_empty", _photo(size="0")),
    ("field_photo_position_both", _photo(lon="1")),
    ("field_photo_position_both", _photo(lon="181", lat="0")),
    ("field_photo_append_only", "UPDATE lotline.field_photo SET byte_size = 2"),
    ("field_photo_append_only", "DELETE FROM lotline.field_photo"),
    ("field_photo_append_only", "TRUNCATE lotline.field_photo"),
    ("calendar_token_of_staff", _token(staff="999999")),
    ("calendar_token_hashed", _token(sha256="'\\x00'")),
    ("calendar_token_in_order", _token(revoked=f"{NOW} - interval '1 day'")),
    ("calendar_token_one_runs", _token(revoked="NULL")),
]  # fmt: skip
