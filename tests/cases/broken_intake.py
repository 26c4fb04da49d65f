"""The named rules of intake, each broken once: of complaints, their makers and their events."""

HERE = "UPDATE lotline.complaint SET {} WHERE number = 'CP-1'"
IMPORTED = "UPDATE lotline.complaint SET {} WHERE number = 'R-1'"
REPORTER = "UPDATE lotline.reporter SET {}"
TELL = "INSERT INTO lotline.reporter (complaint_id, name, told_public_record) {}"
NEW = """INSERT INTO lotline.complaint (number, category, channel, entered_by, received_on, status,
    law_pack_id, priority, respond_by, screening, tie_method, tie_confidence, stated_address)
    SELECT {number}, {category}, 'phone', 'J. Okafor', '2026-06-01', {status}, law_pack_id, 4,
        '2026-06-08', '[]', 'none', 0, {address}
    FROM lotline.complaint WHERE number = 'CP-1'"""
EVENT = """INSERT INTO lotline.complaint_event
    (complaint_id, seq, kind, actor, recorded_at, prev_hash, hash)
    SELECT {about}, {seq}, 'x', 'x', now(), {hash}, sha256('')
    FROM lotline.complaint WHERE number = 'CP-1'"""


def _new(**changes: str) -> str:
    usual = {"number": "'CP-9'", "category": "'x'", "status": "'received'", "address": "'y'"}
    return NEW.format(**(usual | changes))


def _event(**changes: str) -> str:
    return EVENT.format(**{"about": "id", "seq": "2", "hash": "sha256('')", **changes})


WHOLE = ("priority", "respond_by", "screening", "tie_method", "tie_confidence")

FOLLOWS = ("broken_process",)

BROKEN = [
    *(("complaint_received_here_is_whole", HERE.format(f"{name} = NULL")) for name in WHOLE),
    ("complaint_says_where", _new(address="NULL")),
    ("complaint_category_given", _new(category="' '")),
    ("complaint_under_law", IMPORTED.format("law_pack_id = 999999")),
    ("complaint_priority_known", HERE.format("priority = 0")),
    ("complaint_answered_after_received", HERE.format("respond_by = '2026-05-31'")),
    ("complaint_screening_is_a_list", HERE.format("screening = '{}'")),
    ("complaint_repeats_another", HERE.format("duplicate_of = 0")),
    ("complaint_repeats_an_earlier", HERE.format("duplicate_of = id")),
    ("complaint_linked_to_something", HERE.format("status = 'linked'")),
    ("complaint_referred_to_somebody", HERE.format(
        "status = 'referred', closed_on = '2026-06-02'")),
    ("complaint_referred_to_somebody", HERE.format(
        "status = 'referred', closed_on = '2026-06-02', referred_to = ' '")),
    ("complaint_ended_dated", HERE.format("status = 'dismissed'")),
    ("complaint_ended_dated", HERE.format("closed_on = '2026-06-02'")),
    ("complaint_told_how_known", HERE.format("told_how = 'pigeon'")),
    ("complaint_closed_says_told", HERE.format("status = 'closed', closed_on = '2026-06-02'")),
    ("complaint_closed_says_told", HERE.format(
        "status = 'closed', closed_on = '2026-06-02', told_how = 'phone'")),
    ("complaint_told_after_received", HERE.format("told_on = '2026-05-31'")),
    ("complaint_of_parcel", HERE.format(
        "tie_method = 'address', parcel_id = 999999, parcel_period_id = "
        "(SELECT min(id) FROM lotline.parcel_period)")),
    ("complaint_of_parcel_period", HERE.format(
        "tie_method = 'address', parcel_period_id = 999999, parcel_id = "
        "(SELECT min(id) FROM lotline.parcel)")),
    ("complaint_in_zone", HERE.format("zone_id = 999999")),
    ("complaint_tie_known", HERE.format("tie_method = 'hunch', parcel_id = 1, "
                                        "parcel_period_id = 1")),
    ("complaint_tie_names_its_parcel", HERE.format("tie_method = 'address'")),
    ("complaint_tie_names_its_parcel", HERE.format("parcel_period_id = 1")),
    ("complaint_tie_names_its_parcel", IMPORTED.format("parcel_id = 1, parcel_period_id = 1")),
    ("complaint_tie_confidence_share", HERE.format("tie_confidence = 1.1")),
    ("complaint_stated_point_plausible", HERE.format("stated_point = ST_Point('NaN', 1, 4326)")),
    ("complaint_point_plausible", HERE.format(
        "point = ST_Point('NaN', 1, 4326), point_3857 = ST_Point(1, 1, 3857)")),
    ("complaint_point_both", HERE.format("point = ST_Point(-80.4, 27.3, 4326)")),
    ("complaint_inside_town", HERE.format(
        "point = ST_Point(-90, 27.3, 4326), "
        "point_3857 = ST_Transform(ST_Point(-90, 27.3, 4326), 3857)")),
    ("complaint_frozen", HERE.format("description = 'x'")),
    ("complaint_frozen", HERE.format("received_on = '2026-05-31'")),
    ("complaint_frozen", HERE.format("entered_by = NULL")),
    ("complaint_frozen", HERE.format(
        "import_run_id = (SELECT min(id) FROM lotline.import_run)")),
    ("reporter_of_complaint", TELL.format("VALUES (0, 'x', true)")),
    ("reporter_says_something", TELL.format(
        "SELECT id, ' ', true FROM lotline.complaint WHERE number = 'R-1'")),
    ("reporter_told_first", TELL.format(
        "SELECT id, 'x', false FROM lotline.complaint WHERE number = 'R-1'")),
    ("reporter_append_only", "TRUNCATE lotline.reporter"),
    ("reporter_kept", REPORTER.format("name = 'x'")),
    ("reporter_kept", REPORTER.format("name = NULL, phone = '555-0101'")),
    ("complaint_event_of_complaint", _event(about="0")),
    ("complaint_event_in_sequence", _event(seq="1")),
    ("complaint_event_seq_from_one", _event(seq="0")),
    ("complaint_event_hash_length", _event(hash="'\\x00'")),
    ("complaint_event_append_only", "UPDATE lotline.complaint_event SET kind = 'x'"),
    ("complaint_event_append_only", "DELETE FROM lotline.complaint_event"),
    ("complaint_event_append_only", "TRUNCATE lotline.complaint_event"),
]  # fmt: skip

FILL = """
    INSERT INTO lotline.complaint (number, category, channel, entered_by, received_on, status,
        law_pack_id, priority, respond_by, screening, tie_method, tie_confidence, stated_address)
    SELECT 'CP-1', 'High grass', 'phone', 'J. Okafor', '2026-06-01', 'received', id, 4,
        '2026-06-08', '[]', 'none', 0, '101 Alder St'
    FROM lotline.law_pack;
    INSERT INTO lotline.reporter (complaint_id, name, told_public_record)
    SELECT id, 'P. Ortiz', true FROM lotline.complaint WHERE number = 'CP-1';
    INSERT INTO lotline.complaint_event
        (complaint_id, seq, kind, actor, recorded_at, prev_hash, hash)
    SELECT id, 1, 'x', 'x', now(), sha256(''), sha256('')
    FROM lotline.complaint WHERE number = 'CP-1';
"""
