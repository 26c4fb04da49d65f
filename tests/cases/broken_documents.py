"""Break each rule of documents, of what hangs on cases, and of the copies for the public once."""

FOLLOWS = ("broken_after",)

FILL = """
    INSERT INTO lotline.document (sha256, media_type, byte_size, width, height, taken_at,
        taken_offset, taken_point, stored_at, original_name)
    VALUES (repeat('0a', 32), 'image/jpeg', 100, 40, 30, '2026-06-01 14:30Z', '-04:00',
            ST_Point(-80.39, 27.3, 4326), '2026-06-01 15:00Z', 'hedge.jpg'),
           (repeat('0b', 32), 'application/pdf', 100, NULL, NULL, NULL, NULL, NULL,
            '2026-06-01 15:00Z', NULL);
    INSERT INTO lotline.case_document (client_id, case_id, sha256, kind, status, added_by, added_on,
        inspection_id, violation_id, phone_point, phone_accuracy_m, distance_m, phone_distance_m)
    SELECT 'a0a0a0a0-0000-4000-8000-000000000001', i.case_id, repeat('0a', 32), 'photo', 'attached',
           'M. Rivera', date '2026-06-01', i.id,
           (SELECT min(id) FROM lotline.violation v WHERE v.case_id = i.case_id),
           ST_Point(-80.39, 27.3, 4326), 5, 0, 12.5
    FROM lotline.inspection i LIMIT 1;
    INSERT INTO lotline.document_redaction ("of", case_document_id, redacted_by, redacted_on)
    SELECT sha256, id, 'J. Okafor', date '2026-06-02' FROM lotline.case_document;
    INSERT INTO lotline.redaction_box (redaction_id, number, "left", top, width, height, exemption)
    SELECT id, 1, 0.1, 0.1, 0.2, 0.2, 's. 119.071(4)(d)' FROM lotline.document_redaction;
    INSERT INTO lotline.document_copy ("of", kind, redaction_id, sha256, media_type, byte_size,
        width, height)
    SELECT "of", kind, CASE WHEN kind = 'redacted' THEN id END, repeat('0c', 32), 'image/jpeg', 90,
           40, 30
    FROM lotline.document_redaction, (VALUES ('thumbnail'), ('redacted')) made (kind);
"""

FILE = """INSERT INTO lotline.document (sha256, media_type, byte_size, width, height, taken_at,
    taken_offset, taken_point, stored_at, original_name) VALUES ({})"""
_FILE = {
    "sha256": "repeat('0d', 32)", "media_type": "'image/png'", "byte_size": "9", "width": "4",
    "height": "3", "taken_at": "NULL", "taken_offset": "NULL", "taken_point": "NULL",
    "stored_at": "now()", "original_name": "NULL",
}  # fmt: skip
HUNG = """INSERT INTO lotline.case_document (client_id, case_id, sha256, kind, caption, status,
    audience, added_by, added_on, inspection_id, violation_id, phone_point, phone_accuracy_m,
    distance_m, phone_distance_m, withdrawn_on, withdrawn_by, withdrawn_because)
    SELECT {} FROM lotline.case_document"""
_HUNG = {
    "client_id": "gen_random_uuid()", "case_id": "case_id", "sha256": "sha256", "kind": "'photo'",
    "caption": "NULL", "status": "'attached'", "audience": "'staff'", "added_by": "'x'",
    "added_on": "date '2026-06-01'", "inspection_id": "NULL::bigint",
    "violation_id": "NULL::bigint", "phone_point": "NULL::geometry",
    "phone_accuracy_m": "NULL::double precision", "distance_m": "NULL::double precision",
    "phone_distance_m": "NULL::double precision", "withdrawn_on": "NULL::date",
    "withdrawn_by": "NULL", "withdrawn_because": "NULL",
}  # fmt: skip
_WITHDRAWN = {
    "status": "'withdrawn'", "withdrawn_on": "date '2026-06-02'", "withdrawn_by": "'x'",
    "withdrawn_because": "'x'",
}  # fmt: skip
BOX = """INSERT INTO lotline.redaction_box (redaction_id, number, "left", top, width, height,
    exemption) SELECT {} FROM lotline.document_redaction"""
COPY = """INSERT INTO lotline.document_copy ("of", kind, redaction_id, sha256, media_type,
    byte_size, width, height) SELECT {} FROM lotline.document_redaction"""
_COPY = {
    "of": '"of"', "kind": "'public'", "redaction_id": "NULL::bigint", "sha256": "repeat('0e', 32)",
    "media_type": "'image/png'", "byte_size": "9", "width": "4", "height": "3",
}  # fmt: skip
REDACTED = 'INSERT INTO lotline.document_redaction ("of", case_document_id, redacted_by, '
REDACTED += "redacted_on) SELECT {}, date '2026-06-02' FROM lotline.case_document"
NOWHERE = "ST_Point(0, 0, 4326)"
OFF_THE_GLOBE = "ST_Point(181, 27, 4326)"
NAN = "ST_Point('NaN', 27, 4326)"
PLACE = "ST_Point(-80.39, 27.3, 4326)"


def _file(**changes: str) -> str:
    return FILE.format(", ".join((_FILE | changes).values()))


def _hung(**changes: str) -> str:
    return HUNG.format(", ".join((_HUNG | changes).values()))


def _copy(**changes: str) -> str:
    return COPY.format(", ".join((_COPY | changes).values()))


def _of_other(statement: str) -> str:
    """Have a statement speak of a picture of which there is no copy."""
    return f"WITH other AS ({_file()} RETURNING sha256) {statement}"


BROKEN = [
    ("document_named_by_hash", _file(sha256="'hedge.jpg'")),
    ("document_media_type_known", _file(media_type="'image/svg+xml'")),
    ("document_has_bytes", _file(byte_size="0")),
    ("document_picture_has_pixels", _file(width="NULL")),
    ("document_picture_has_pixels", _file(width="NULL", height="NULL")),
    ("document_picture_has_pixels", _file(media_type="'application/pdf'")),
    ("document_pixels_bounded", _file(width="0")),
    ("document_pixels_bounded", _file(width="7746", height="7746")),
    ("document_taken_by_camera", _file(
        media_type="'application/pdf'", width="NULL", height="NULL", taken_at="now()")),
    ("document_taken_by_camera", _file(
        media_type="'application/pdf'", width="NULL", height="NULL", taken_point=PLACE)),
    ("document_offset_of_moment", _file(taken_offset="'-04:00'")),
    ("document_offset_of_moment", _file(taken_at="now()", taken_offset="'EST'")),
    ("document_taken_at_a_place", _file(taken_point=NOWHERE)),
    ("document_taken_at_a_place", _file(taken_point=OFF_THE_GLOBE)),
    ("document_taken_at_a_place", _file(taken_point=NAN)),
    ("document_original_name_short", _file(original_name="' '")),
    ("document_original_name_short", _file(original_name="repeat('x', 256)")),
    ("document_append_only", "UPDATE lotline.document SET original_name = 'x'"),
    ("document_append_only", "DELETE FROM lotline.document"),
    ("case_document_uploaded_once", _hung(client_id="client_id")),
    ("case_document_of_case", _hung(case_id="999999")),
    ("case_document_of_document", _hung(sha256="repeat('ff', 32)")),
    ("case_document_of_inspection", _hung(inspection_id="999999")),
    ("case_document_of_violation", _hung(violation_id="999999")),
    ("case_document_kind_known", _hung(kind="'selfie'")),
    ("case_document_caption_said", _hung(caption="' '")),
    ("case_document_status_known", _hung(status="'lost'")),
    ("case_document_audience_known", _hung(audience="'press'")),
    ("case_document_says_who", _hung(added_by="' '")),
    ("case_document_phone_at_a_place", _hung(phone_point=NOWHERE)),
    ("case_document_phone_at_a_place", _hung(phone_point=OFF_THE_GLOBE)),
    ("case_document_phone_at_a_place", _hung(phone_point=NAN)),
    ("case_document_phone_accuracy", _hung(phone_accuracy_m="5")),
    ("case_document_phone_accuracy", _hung(phone_point=PLACE, phone_accuracy_m="-1")),
    ("case_document_phone_accuracy", _hung(phone_point=PLACE, phone_accuracy_m="'NaN'")),
    ("case_document_distance", _hung(distance_m="-1")),
    ("case_document_distance", _hung(distance_m="'Infinity'")),
    ("case_document_phone_distance", _hung(phone_distance_m="5")),
    ("case_document_phone_distance", _hung(phone_point=PLACE, phone_distance_m="-1")),
    ("case_document_withdrawn_says_why", _hung(**_WITHDRAWN | {"withdrawn_because": "NULL"})),
    ("case_document_withdrawn_says_why", _hung(**_WITHDRAWN | {"withdrawn_because": "' '"})),
    ("case_document_withdrawn_says_why", _hung(**_WITHDRAWN | {"withdrawn_by": "NULL"})),
    ("case_document_withdrawn_says_why", _hung(**_WITHDRAWN | {"withdrawn_on": "NULL::date"})),
    ("case_document_withdrawn_says_why", _hung(**_WITHDRAWN | {"status": "'attached'"})),
    ("case_document_withdrawn_after_added", _hung(
        **_WITHDRAWN | {"withdrawn_on": "date '2026-05-31'"})),
    ("case_document_withdrawn_is_hidden", _hung(**_WITHDRAWN | {"audience": "'public'"})),
    ("case_document_append_only", "UPDATE lotline.case_document SET caption = 'x'"),
    ("case_document_append_only", "DELETE FROM lotline.case_document"),
    ("case_document_parts_of_case", _hung(
        case_id="(SELECT max(id) FROM lotline.case_file)", inspection_id="inspection_id")),
    ("case_document_parts_of_case", _hung(
        case_id="(SELECT max(id) FROM lotline.case_file)", violation_id="violation_id")),
    ("case_document_public_by_copy", _of_other(_hung(
        sha256="(SELECT sha256 FROM other)", audience="'public'"))),
    ("document_redaction_of_document", REDACTED.format("repeat('ff', 32), id, 'x'")),
    ("document_redaction_from_case", REDACTED.format("sha256, 999999, 'x'")),
    ("document_redaction_says_who", REDACTED.format("sha256, id, ' '")),
    ("document_redaction_append_only", "UPDATE lotline.document_redaction SET redacted_by = 'x'"),
    ("document_redaction_append_only", "DELETE FROM lotline.document_redaction"),
    ("redaction_box_of_redaction", BOX.format("999999, 2, 0, 0, 1, 1, 's. 1'")),
    ("redaction_box_numbered_from_one", BOX.format("id, 0, 0, 0, 1, 1, 's. 1'")),
    ("redaction_box_inside_picture", BOX.format("id, 2, -0.1, 0, 1, 1, 's. 1'")),
    ("redaction_box_inside_picture", BOX.format("id, 2, 0, 0.5, 1, 0.6, 's. 1'")),
    ("redaction_box_inside_picture", BOX.format("id, 2, 0, 0, 0, 1, 's. 1'")),
    ("redaction_box_inside_picture", BOX.format("id, 2, 0, 'NaN', 1, 1, 's. 1'")),
    ("redaction_box_cites_exemption", BOX.format("id, 2, 0, 0, 1, 1, 'privacy'")),
    ("redaction_box_append_only", "UPDATE lotline.redaction_box SET exemption = 's. 1'"),
    ("redaction_box_append_only", "DELETE FROM lotline.redaction_box"),
    ("document_copy_of_document", _copy(of="repeat('ff', 32)")),
    ("document_copy_of_redaction", _copy(kind="'redacted'", redaction_id="999999")),
    ("document_copy_kind_known", _copy(kind="'poster'")),
    ("document_copy_redacted_by_one", _copy(kind="'redacted'")),
    ("document_copy_redacted_by_one", _copy(redaction_id="id")),
    ("document_copy_once", _copy(kind="'thumbnail'")),
    ("document_copy_once", _copy(kind="'redacted'", redaction_id="id")),
    ("document_copy_named_by_hash", _copy(sha256="'copy.jpg'")),
    ("document_copy_named_by_hash", _copy(sha256='"of"')),
    ("document_copy_media_type_known", _copy(media_type="'image/heic'")),
    ("document_copy_has_bytes", _copy(byte_size="0")),
    ("document_copy_bounded", _copy(width="0")),
    ("document_copy_bounded", _copy(height="2049")),
    ("document_copy_bounded", _copy(
        kind="'redacted_thumbnail'", redaction_id="id", width="321")),
    ("document_copy_append_only", "UPDATE lotline.document_copy SET kind = 'public'"),
    ("document_copy_append_only", "DELETE FROM lotline.document_copy"),
]  # fmt: skip
