"""Break each rule of cases, complaints, violations, liens, events and the law once, by its name."""

from broken import TWICE, VIOLATION

CASE = "UPDATE lotline.case_file SET {} WHERE number = 'C-1'"
COMPLAINT = "UPDATE lotline.complaint SET {}"
LIEN = "UPDATE lotline.lien SET {}"
EVENT = """INSERT INTO lotline.case_event
    (case_id, seq, kind, actor, recorded_at, prev_hash, hash)
    SELECT {case}, {seq}, 'x', 'x', now(), {hash}, sha256('') FROM lotline.case_file LIMIT 1"""
LAW = "INSERT INTO lotline.law_pack (name, version, sha256, content, adopted_on) "
LAW += "VALUES ({}, '2026-01-01')"
GRID = "INSERT INTO lotline.case_grid VALUES ({})"


def _event(**changes: str) -> str:
    return EVENT.format(**{"case": "id", "seq": "2", "hash": "sha256('')", **changes})


FILL = """
    INSERT INTO lotline.law_pack (name, version, sha256, content, adopted_on)
    VALUES ('town', '1', sha256('law'), 'law', '2026-01-01');
    UPDATE lotline.case_file SET law_pack_id = (SELECT id FROM lotline.law_pack);
    INSERT INTO lotline.counter VALUES ('CE', 2026, 1);
"""

BROKEN = [
    ("ordinance_citation_unique", TWICE.format("ordinance", "citation")),
    ("ordinance_citation_given", "INSERT INTO lotline.ordinance (citation) VALUES (' ')"),
    ("case_number_unique", "UPDATE lotline.case_file SET number = 'C-1'"),
    ("case_number_given", CASE.format("number = ' '")),
    ("case_priority_known", CASE.format("priority = 6")),
    ("case_phase_known", CASE.format("phase = 'limbo'")),
    ("case_imported_stage_known", CASE.format("imported_stage = 'lost'")),
    ("case_published_after_verification", CASE.format("phase = 'reported', published = true")),
    ("case_open_violations_counted", CASE.format("open_violations = -1, next_due = NULL")),
    ("case_due_while_open", CASE.format("open_violations = 0")),
    ("case_of_parcel", CASE.format("parcel_id = 999999")),
    ("case_of_parcel_period", CASE.format("parcel_period_id = 999999")),
    ("case_in_zone", CASE.format("zone_id = 999999")),
    ("case_tie_known", CASE.format("tie_method = 'hunch'")),
    ("case_tie_names_its_parcel", CASE.format("tie_method = 'none'")),
    ("case_tie_names_its_parcel", CASE.format("parcel_period_id = NULL")),
    ("case_tie_confidence_share", CASE.format("tie_confidence = 1.1")),
    ("case_from_import", CASE.format("import_run_id = 999999")),
    ("case_point_plausible", CASE.format("point = ST_Point('NaN', 27.3, 4326)")),
    ("case_point_both", CASE.format("point = NULL")),
    ("case_file_inside_town", CASE.format("point = ST_Point(-90, 27.3, 4326)")),
    ("complaint_number_unique", "UPDATE lotline.complaint SET number = 'R-1'"),
    ("complaint_of_case", COMPLAINT.format("case_id = 999999")),
    ("complaint_channel_known", COMPLAINT.format("channel = 'pigeon'")),
    ("complaint_status_known", COMPLAINT.format("status = 'lost'")),
    ("complaint_accepted_has_case", COMPLAINT.format("case_id = NULL")),
    ("complaint_from_import", COMPLAINT.format("import_run_id = 999999 WHERE number = 'R-1'")),
    ("violation_of_case", VIOLATION.format("case_id = 999999 + id")),
    ("violation_of_ordinance", VIOLATION.format("ordinance_id = 999999")),
    ("violation_once", TWICE.format("violation", "case_id, external_no, ordinance_id, status")),
    ("violation_status_known", VIOLATION.format("status = 'forgotten'")),
    ("violation_from_import", VIOLATION.format("import_run_id = 999999")),
    ("lien_instrument_unique", "UPDATE lotline.lien SET instrument_no = 'I-1'"),
    ("lien_of_parcel", LIEN.format("parcel_id = 999999")),
    ("lien_of_case", LIEN.format("case_id = 999999")),
    ("lien_amount_not_negative", LIEN.format("amount_cents = -1")),
    ("lien_status_known", LIEN.format("status = 'lost'")),
    ("lien_released_after_recorded", LIEN.format("status = 'released', released_on = '20200101'")),
    ("lien_release_dated_when_released", LIEN.format("released_on = '2026-12-01'")),
    ("lien_from_import", LIEN.format("import_run_id = 999999")),
    ("case_event_of_case", _event(case="999999")),
    ("case_event_in_sequence", _event(seq="1")),
    ("case_event_seq_from_one", _event(seq="0")),
    ("case_event_hash_length", _event(hash="'\\x00'")),
    ("case_event_append_only", "UPDATE lotline.case_event SET kind = 'x'"),
    ("case_event_append_only", "DELETE FROM lotline.case_event"),
    ("case_event_append_only", "TRUNCATE lotline.case_event CASCADE"),
    ("case_grid_audience_known", GRID.format("'press', 1, 0, 0, 1")),
    ("case_grid_level_known", GRID.format("'staff', 14, 0, 0, 1")),
    ("case_grid_counts_something", GRID.format("'staff', 1, 0, 0, 0")),
    ("case_under_law", CASE.format("law_pack_id = 999999")),
    ("law_pack_version_once", LAW.format("'town', '1', sha256('x'), 'x'")),
    ("law_pack_hash_of_content", LAW.format("'town', '2', sha256('x'), 'y'")),
    (
        "law_pack_adopted_by_somebody",
        (
            "INSERT INTO lotline.law_pack (name, version, sha256, content, adopted_on, adopted_by) "
            "VALUES ('town', '2', sha256('x'), 'x', '2026-01-01', ' ')"
        ),
    ),
    ("law_pack_append_only", "UPDATE lotline.law_pack SET content = 'x', sha256 = sha256('x')"),
    ("law_pack_append_only", "DELETE FROM lotline.law_pack"),
    ("counter_pk", "INSERT INTO lotline.counter VALUES ('CE', 2026, 2)"),
    ("counter_from_one", "INSERT INTO lotline.counter VALUES ('CE', 2025, 0)"),
    ("case_grid_pk", GRID.format("'staff', 0, 17, 26, 1") + ", ('staff', 0, 17, 26, 1)"),
]  # fmt: skip
