"""The database itself refuses what no command may do, and names the rule."""

from collections.abc import Iterator
from pathlib import Path

import broken_after
import broken_intake
import broken_liens
import broken_owners
import pytest
import sqlalchemy as sa
from small_town import import_cases, import_liens, lay_out, violation

from geo.database import Database

CASE = "UPDATE lotline.case_file SET {} WHERE number = 'C-1'"
COMPLAINT = "UPDATE lotline.complaint SET {}"
VIOLATION = "UPDATE lotline.violation SET {}"
LIEN = "UPDATE lotline.lien SET {}"
EVENT = """INSERT INTO lotline.case_event
    (case_id, seq, kind, actor, recorded_at, prev_hash, hash)
    SELECT {case}, {seq}, 'x', 'x', now(), {hash}, sha256('') FROM lotline.case_file LIMIT 1"""
TWICE = "INSERT INTO lotline.{0} ({1}) SELECT {1} FROM lotline.{0}"
LAW = "INSERT INTO lotline.law_pack (name, version, sha256, content, adopted_on) "
LAW += "VALUES ({}, '2026-01-01')"
RESPONDENT = "UPDATE lotline.respondent SET {}"
INSPECTION = "UPDATE lotline.inspection SET {}"
NOTICE = "UPDATE lotline.notice SET {} WHERE status = 'drafted'"
CITATION = "UPDATE lotline.citation SET {}"
WAIVED = "waived_by = 'x', waived_on = '2026-{}', scra_checked_on = '2026-{}'"
HEARING = "UPDATE lotline.hearing SET {}"
ORDER = "UPDATE lotline.enforcement_order SET {}"
EXTENSION = "UPDATE lotline.extension SET {}"
GRID = "INSERT INTO lotline.case_grid VALUES ({})"


def _event(**changes: str) -> str:
    return EVENT.format(**{"case": "id", "seq": "2", "hash": "sha256('')", **changes})


def _order(**changes: str) -> str:
    columns = {
        "number": "'ORD-2'", "case_id": "case_id", "hearing_id": "hearing_id",
        "violation_id": "violation_id", "status": "'entered'", "kind": "'first'",
        "executed_on": "'2026-08-11'", "comply_by": "'2026-09-01'", "cents_per_day": "100",
        **changes,
    }  # fmt: skip
    return (
        f"INSERT INTO lotline.enforcement_order ({', '.join(columns)}) "  # noqa: S608 - ours
        f"SELECT {', '.join(columns.values())} FROM lotline.enforcement_order"
    )


def _reduction(**changes: str) -> str:
    columns = {
        "order_id": "order_id", "hearing_id": "hearing_id", "ordered_on": "ordered_on",
        "to_cents": "1", "reason": "'x'", **changes,
    }  # fmt: skip
    return (
        f"INSERT INTO lotline.fine_reduction ({', '.join(columns)}) "  # noqa: S608 - ours
        f"SELECT {', '.join(columns.values())} FROM lotline.fine_reduction"
    )


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
    ("case_event_append_only", "TRUNCATE lotline.case_event"),
    ("case_grid_audience_known", GRID.format("'press', 1, 0, 0, 1")),
    ("case_grid_level_known", GRID.format("'staff', 14, 0, 0, 1")),
    ("case_grid_counts_something", GRID.format("'staff', 1, 0, 0, 0")),
    ("case_under_law", CASE.format("law_pack_id = 999999")),
    ("law_pack_version_once", LAW.format("'town', '1', sha256('x'), 'x'")),
    ("law_pack_hash_of_content", LAW.format("'town', '2', sha256('x'), 'y'")),
    ("law_pack_append_only", "UPDATE lotline.law_pack SET content = 'x', sha256 = sha256('x')"),
    ("law_pack_append_only", "DELETE FROM lotline.law_pack"),
    ("counter_pk", "INSERT INTO lotline.counter VALUES ('CE', 2026, 2)"),
    ("counter_from_one", "INSERT INTO lotline.counter VALUES ('CE', 2025, 0)"),
    ("respondent_of_case", RESPONDENT.format("case_id = 999999")),
    ("respondent_kind_known", RESPONDENT.format("kind = 'ghost'")),
    ("respondent_named", RESPONDENT.format("address = ' '")),
    ("respondent_in_order", RESPONDENT.format("until = '2026-05-31'")),
    ("inspection_of_case", INSPECTION.format("case_id = 999999")),
    ("inspection_status_known", INSPECTION.format("status = 'dreamt'")),
    ("inspection_entry_known", INSPECTION.format("entry = 'ladder'")),
    ("inspection_made_says_how", INSPECTION.format("entry = NULL")),
    ("inspection_made_says_how", INSPECTION.format("officer = NULL")),
    ("inspection_entry_shown", INSPECTION.format("entry_detail = ' '")),
    ("inspection_planned_has_time", INSPECTION.format("status = 'booked'")),
    ("violation_correction_says_who", VIOLATION.format("corrected_on = '2026-06-03'")),
    ("violation_verification_says_who", VIOLATION.format("verified_by = 'M. Rivera'")),
    ("notice_of_case", NOTICE.format("case_id = 999999")),
    ("notice_to_respondent", NOTICE.format("respondent_id = 999999")),
    ("notice_kind_known", NOTICE.format("kind = 'poem'")),
    ("notice_status_known", NOTICE.format("status = 'lost'")),
    ("notice_issued_dated", NOTICE.format("status = 'issued'")),
    ("notice_served_dated", NOTICE.format("status = 'served', issued_on = '2026-06-02'")),
    ("notice_served_dated", NOTICE.format("served_on = '2026-06-03'")),
    ("notice_frozen", "UPDATE lotline.notice SET content = '{\"x\": 1}'"),
    ("notice_frozen", "UPDATE lotline.notice SET kind = 'order'"),
    ("notice_violation_pk", TWICE.format("notice_violation", "notice_id, violation_id")),
    ("notice_violation_notice", "UPDATE lotline.notice_violation SET notice_id = 999999"),
    ("notice_violation_violation", "UPDATE lotline.notice_violation SET violation_id = 999999"),
    ("service_attempt_of_notice", "UPDATE lotline.service_attempt SET notice_id = 999999"),
    ("service_attempt_method_known", "UPDATE lotline.service_attempt SET method = 'pigeon'"),
    ("citation_number_unique", TWICE.format(
        "citation", "number, case_id, violation_id, notice_id, status, penalty_cents, answer_by")),
    ("citation_of_case", CITATION.format("case_id = 999999")),
    ("citation_of_violation", CITATION.format("violation_id = 999999")),
    ("citation_by_notice", CITATION.format("notice_id = 999999")),
    ("citation_status_known", CITATION.format("status = 'lost'")),
    ("citation_penalty_positive", CITATION.format("penalty_cents = 0")),
    ("citation_excuse_known", CITATION.format("excused = 'tired'")),
    ("citation_served_has_answer_day", CITATION.format("answer_by = NULL")),
    ("citation_waiver_says_who", CITATION.format("waived_by = 'J. Okafor'")),
    ("citation_waiver_after_check", CITATION.format(WAIVED.format("07-09", "07-10"))),
    ("citation_waiver_after_check", CITATION.format(
        WAIVED.format("07-09", "07-09") + ", scra_result = 'in_service'")),
    ("citation_waiver_after_deadline", CITATION.format(WAIVED.format("07-07", "07-07"))),
    ("citation_waiver_after_check", CITATION.format(
        "waived_by = 'x', waived_on = '2026-07-09', scra_checked_on = NULL")),
    ("citation_admitted_is_waived", CITATION.format("status = 'admitted'")),
    ("citation_scra_result_known", CITATION.format("scra_result = 'maybe'")),
    ("citation_one_running", TWICE.format(
        "citation", "case_id, violation_id, notice_id, status, penalty_cents, answer_by",
    ).replace("citation (", "citation (number, ").replace("SELECT ", "SELECT 'other', ")),
    ("hearing_session_once", TWICE.format("hearing_session", "body, held_on, capacity")),
    ("hearing_session_has_room", "UPDATE lotline.hearing_session SET capacity = 0"),
    ("hearing_of_case", HEARING.format("case_id = 999999")),
    ("hearing_of_citation", HEARING.format("citation_id = 999999")),
    ("hearing_in_session", HEARING.format("session_id = 999999")),
    ("hearing_about_known", HEARING.format("about = 'weather'")),
    ("hearing_status_known", HEARING.format("status = 'lost'")),
    ("hearing_docketed_has_place", HEARING.format("docket_place = NULL")),
    ("hearing_place_from_one", HEARING.format("docket_place = 0")),
    ("hearing_opened_by_somebody", HEARING.format("status = 'opened'")),
    ("hearing_decided_under_oath", HEARING.format(
        "status = 'decided', members_sitting = 1, findings = 'x', outcome = 'violation'")),
    ("hearing_decided_under_oath", HEARING.format(
        "status = 'decided', members_sitting = 1, sworn = true, outcome = 'violation'")),
    ("hearing_outcome_known", HEARING.format("outcome = 'shrug'")),
    ("hearing_place_once", TWICE.format(
        "hearing", "case_id, about, status, requested_by, session_id, docket_place")),
    ("order_number_unique", TWICE.format(
        "enforcement_order", "number, case_id, hearing_id, violation_id, status, kind, "
        "executed_on, comply_by, cents_per_day")),
    ("order_of_case", _order(case_id="999999")),
    ("order_of_hearing", _order(hearing_id="999999")),
    ("order_of_violation", _order(violation_id="999999")),
    ("order_by_notice", ORDER.format("notice_id = 999999")),
    ("order_status_known", ORDER.format("status = 'lost'")),
    ("order_kind_known", _order(kind="'third'")),
    ("order_amounts_positive", _order(cents_per_day="0")),
    ("order_says_what_it_fines", _order(cents_per_day="NULL")),
    ("order_first_has_comply_by", _order(comply_by="NULL")),
    ("order_others_have_found_on", _order(kind="'repeat'")),
    ("order_comply_by_after_execution", _order(comply_by="'2026-08-10'")),
    ("order_compliance_known_after", ORDER.format(
        "complied_on = '2026-09-02', complied_known_on = '2026-09-01'")),
    ("order_noncompliant_by_affidavit", ORDER.format("status = 'noncompliant'")),
    ("order_certified_after_contest", ORDER.format(
        "contest_by = '2026-09-24', certified_on = '2026-09-24'")),
    ("order_frozen", ORDER.format("cents_per_day = 1")),
    ("order_frozen", ORDER.format("comply_by = '2026-10-01'")),
    ("fine_reduction_of_order", _reduction(order_id="999999", ordered_on="'2026-10-02'")),
    ("fine_reduction_by_hearing", _reduction(hearing_id="999999", ordered_on="'2026-10-02'")),
    ("fine_reduction_once_a_day", _reduction()),
    ("fine_reduction_not_below_zero", _reduction(ordered_on="'2026-10-02'", to_cents="-1")),
    ("fine_reduction_says_why", _reduction(ordered_on="'2026-10-02'", reason="' '")),
    ("fine_reduction_append_only", "UPDATE lotline.fine_reduction SET to_cents = 0"),
    ("extension_of_case", EXTENSION.format("case_id = 999999")),
    ("extension_of_violation", EXTENSION.format("violation_id = 999999")),
    ("extension_status_known", EXTENSION.format("status = 'lost'")),
    ("extension_says_why", EXTENSION.format("because = ' '")),
    ("extension_posted_before_received", EXTENSION.format("postmarked_on = '2026-06-06'")),
    ("extension_decision_says_who", EXTENSION.format("status = 'denied'")),
    ("extension_decision_says_who", EXTENSION.format("status = 'denied', decided_by = 'x'")),
    ("extension_granted_until_a_day", EXTENSION.format("granted_until = '2026-07-01'")),
    ("extension_one_waiting", TWICE.format(
        "extension", "case_id, violation_id, status, because, asked_until, received_on")),
    ("case_grid_pk", GRID.format("'staff', 0, 17, 26, 1") + ", ('staff', 0, 17, 26, 1)"),
    *broken_intake.BROKEN,
    *broken_liens.BROKEN,
    *broken_after.BROKEN,
    *broken_owners.BROKEN,
]  # fmt: skip


@pytest.fixture(scope="module")
def town(
    worker_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Connection]:
    """One town for all the broken rules, each of which is broken in a savepoint."""
    with worker_database.owner.connect() as connection, connection.begin() as transaction:
        _fill(connection, tmp_path_factory.mktemp("town"))
        yield connection
        transaction.rollback()


PROCESS = """
    INSERT INTO lotline.law_pack (name, version, sha256, content, adopted_on)
    VALUES ('town', '1', sha256('law'), 'law', '2026-01-01');
    UPDATE lotline.case_file SET law_pack_id = (SELECT id FROM lotline.law_pack);
    INSERT INTO lotline.counter VALUES ('CE', 2026, 1);
    INSERT INTO lotline.respondent (case_id, kind, name, address, since)
    SELECT min(id), 'owner', 'P. Lane', '9 Birch Ave', date '2026-06-01' FROM lotline.case_file;
    INSERT INTO lotline.inspection (case_id, status, made_on, officer, entry, entry_detail)
    SELECT min(id), 'made', '2026-06-01', 'M. Rivera', 'vantage', 'street' FROM lotline.case_file;
    INSERT INTO lotline.notice (id, case_id, respondent_id, kind, status, content, issued_on)
    SELECT 1, case_id, id, 'warning', 'issued', '{}'::jsonb, date '2026-06-02'
    FROM lotline.respondent
    UNION ALL SELECT 2, case_id, id, 'warning', 'drafted', '{}', NULL FROM lotline.respondent;
    INSERT INTO lotline.notice_violation (notice_id, violation_id)
    SELECT 1, min(id) FROM lotline.violation;
    INSERT INTO lotline.service_attempt (notice_id, method, made_on, facts)
    VALUES (1, 'hand', '2026-06-02', '{}');
    INSERT INTO lotline.citation (number, case_id, violation_id, notice_id, status, penalty_cents,
        answer_by, scra_result)
    SELECT 'UCV-1', n.case_id, v.violation_id, n.id, 'served', 100, '2026-07-07', 'not_in_service'
    FROM lotline.notice n JOIN lotline.notice_violation v ON v.notice_id = n.id;
    INSERT INTO lotline.hearing_session (body, held_on, capacity)
    VALUES ('Special Magistrate', '2026-08-11', 1);
    INSERT INTO lotline.hearing (case_id, citation_id, about, status, requested_by, session_id,
        docket_place)
    SELECT c.case_id, c.id, 'citation', 'docketed', 'P. Lane', s.id, 1
    FROM lotline.citation c, lotline.hearing_session s;
    INSERT INTO lotline.enforcement_order (number, case_id, hearing_id, violation_id, status, kind,
        executed_on, comply_by, cents_per_day)
    SELECT 'ORD-1', h.case_id, h.id, c.violation_id, 'entered', 'first', '2026-08-11',
           '2026-09-01', 25000
    FROM lotline.hearing h JOIN lotline.citation c ON c.id = h.citation_id;
    INSERT INTO lotline.fine_reduction (order_id, hearing_id, ordered_on, to_cents, reason)
    SELECT id, hearing_id, '2026-10-01', 100, 'Illness' FROM lotline.enforcement_order;
    INSERT INTO lotline.extension (case_id, violation_id, status, because, asked_until, received_on)
    SELECT case_id, id, 'requested', 'Roofer', date '2026-07-01', date '2026-06-05'
    FROM lotline.violation ORDER BY id LIMIT 1;
"""


def _fill(connection: sa.Connection, folder: Path) -> None:
    lay_out(connection)
    complaint = {"complaint_received_on": "2026-05-30", "complaint_channel": "phone"}
    import_cases(
        connection,
        folder,
        violation(complaint_no="R-1", **complaint),
        violation(case_no="C-2", parcel_no="A-2", complaint_no="R-2", **complaint),
    )
    lien = {"parcel_no": "A-3", "amount": "100", "recorded_on": "2026-05-01"}
    import_liens(
        connection, folder, {"instrument_no": "I-1", **lien}, {"instrument_no": "I-2", **lien}
    )
    connection.exec_driver_sql(PROCESS)
    connection.exec_driver_sql(broken_intake.FILL)
    connection.exec_driver_sql(broken_liens.FILL)
    connection.exec_driver_sql(broken_after.FILL)
    connection.exec_driver_sql(broken_owners.FILL)


@pytest.mark.parametrize(("rule", "statement"), BROKEN)
def test_a_broken_rule_is_refused_by_its_name(
    town: sa.Connection, rule: str, statement: str
) -> None:
    with pytest.raises(sa.exc.IntegrityError) as refused, town.begin_nested():
        town.exec_driver_sql(statement)
    assert refused.value.orig is not None
    assert refused.value.orig.diag.constraint_name == rule  # type: ignore[attr-defined]


def test_every_named_rule_of_cases_is_broken_once_above(town: sa.Connection) -> None:
    query = sa.text("""
        SELECT conname FROM pg_constraint
        WHERE conrelid::regclass::text IN ('ordinance', 'case_file', 'complaint', 'violation',
                                           'lien', 'case_event', 'case_grid', 'law_pack',
                                           'counter', 'respondent', 'inspection', 'notice',
                                           'notice_violation', 'service_attempt', 'extension',
                                           'citation', 'hearing_session', 'hearing',
                                           'enforcement_order', 'fine_reduction',
                                           'complaint_event', 'reporter', 'collection_block',
                                           'accrual_pause', 'lien_release', 'abatement',
                                           'abatement_cost', 'legal_action',
                                           'ownership_transfer', 'appeal', 'exhibit',
                                           'owner_confirmation')
          AND contype IN ('c', 'u', 'f')
    """)
    assert set(town.scalars(query)) - {rule for rule, _ in BROKEN} == set()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lotline.case_event SET kind = 'x'",
        "DELETE FROM lotline.case_event",
        "TRUNCATE lotline.case_event",
        "ALTER TABLE lotline.case_event DISABLE TRIGGER ALL",
    ],
)
def test_the_app_may_not_even_try_to_rewrite_history(database: Database, statement: str) -> None:
    with (
        database.app.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"),
    ):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "table",
    [
        "case_file",
        "complaint",
        "violation",
        "lien",
        "case_event",
        "complaint_event",
        "reporter",
    ],
)
def test_the_public_may_read_no_table_of_cases(database: Database, table: str) -> None:
    with (
        database.public.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        connection.execute(sa.select(sa.text("*")).select_from(sa.table(table, schema="lotline")))
