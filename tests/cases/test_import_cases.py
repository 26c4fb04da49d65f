"""Cases from another system arrive whole, tied, told, and only once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from small_town import import_cases, lay_out, violation

from cases.errors import NoPlaceError
from cases.importing import load_cases
from cases.importing.kinds import CASES
from cases.models import Case, CaseEvent, Complaint, Ordinance, Violation
from geo.layers import Parcel, ParcelPeriod, Zone
from geo.loading.mapping import load_mapping
from geo.loading.runs import Request


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    return connection


def _case(connection: sa.Connection, number: str = "C-1") -> Any:
    return connection.execute(sa.select(Case).where(Case.number == number)).one()


def _count(connection: sa.Connection, model: type[Any]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_the_columns_of_our_own_names_need_no_mapping(town: sa.Connection, tmp_path: Path) -> None:
    outcome = import_cases(
        town,
        tmp_path,
        violation(
            severity="2",
            owner_name="Ada Lovell",
            complaint_no="R-9",
            complaint_channel="walk_in",
            complaint_received_on="2026-05-30",
            case_status="open",
        ),
        violation(section="Sec. 30-40", section_text="", status="corrected", comply_by=""),
    )
    assert (outcome.read, outcome.loaded, outcome.rejected) == (2, 2, 0)
    case = _case(town)
    assert (case.phase, case.open_violations, case.next_due) == ("open", 1, date(2026, 6, 10))
    assert (case.opened_on, case.closed_on, case.published) == (date(2026, 5, 30), None, True)
    violations = town.execute(sa.select(Violation).order_by(Violation.id)).all()
    assert [(v.status, v.source_row, v.comply_by) for v in violations] == [
        ("open", 1, date(2026, 6, 10)),
        ("corrected", 2, None),
    ]
    assert violations[0].respondent_name == "Ada Lovell"
    complaint = town.execute(sa.select(Complaint)).one()
    assert (complaint.number, complaint.channel, complaint.status) == ("R-9", "walk_in", "accepted")
    cited = town.execute(sa.select(Ordinance).order_by(Ordinance.id)).all()
    assert [(o.citation, o.section, o.title) for o in cited] == [
        ("Sec. 30-36(b) - Grass over 12 inches", "30-36(b)", "Grass over 12 inches"),
        ("Sec. 30-40", "30-40", None),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"parcel_no": "A-2"}, ("A-2", "parcel_no", 1.0)),
        ({"parcel_no": "a2"}, ("A-2", "parcel_no", 0.95)),
        ({"parcel_no": "", "address": "104 ALDER STREET"}, ("A-4", "address", 0.98)),
        ({"parcel_no": "Z-9", "address": "104 Alder St"}, ("A-4", "address", 0.98)),
        ({"parcel_no": "", "latlon": "(27.3005, -80.3945)"}, ("A-5", "point", 0.95)),
        ({"parcel_no": "", "lonlat": "-80.3945 27.3005"}, ("A-5", "point", 0.95)),
        ({"parcel_no": "", "lat": "27.3005", "lon": "-80.3945"}, ("A-5", "point", 0.95)),
        ({"parcel_no": "A-1", "latlon": "(27.3005, -80.3945)"}, ("A-1", "parcel_no", 1.0)),
    ],
)
def test_a_case_is_tied_by_number_then_address_then_point(
    town: sa.Connection, tmp_path: Path, said: dict[str, str], expected: tuple[str, str, float]
) -> None:
    import_cases(town, tmp_path, violation(**said))
    query = sa.text("""
        SELECT parcel_no, tie_method, tie_confidence, ST_Within(point, geom) AS inside
        FROM lotline.case_file c JOIN lotline.parcel p ON p.id = c.parcel_id
        JOIN lotline.parcel_period pp ON pp.id = c.parcel_period_id
    """)
    row = town.execute(query).one()
    assert (row.parcel_no, row.tie_method) == expected[:2]
    assert row.tie_confidence == pytest.approx(expected[2])
    assert row.inside


def test_a_point_outside_every_parcel_makes_a_case_that_keeps_its_own_point(
    town: sa.Connection, tmp_path: Path
) -> None:
    import_cases(
        town, tmp_path, violation(parcel_no="", address="1 Far Rd", latlon="(27.31, -80.3985)")
    )
    case = town.execute(
        sa.text(
            "SELECT tie_method, stated_address, tie_note, ST_AsText(point) FROM lotline.case_file"
        )
    ).one()
    assert case[:2] == ("none", "1 Far Rd")
    assert "the point lies in no parcel" in case[2]
    assert case[3] == "POINT(-80.3985 27.31)"


@pytest.mark.parametrize(
    ("opened", "since", "note"),
    [
        ("2019-05-01", None, None),
        ("2020-01-01", date(2020, 1, 1), None),
        ("2026-05-01", date(2020, 1, 1), None),
    ],
)
def test_a_case_is_tied_to_what_its_parcel_was_on_its_opening_day(
    town: sa.Connection, tmp_path: Path, opened: str, since: date | None, note: str | None
) -> None:
    import_cases(town, tmp_path, violation(parcel_no="A-6", opened_on=opened))
    query = sa.text("""
        SELECT valid_from, tie_note FROM lotline.case_file c
        JOIN lotline.parcel_period pp ON pp.id = c.parcel_period_id
    """)
    assert town.execute(query).one() == (since, note)


def test_a_case_from_before_the_records_is_tied_to_the_first_period_and_says_so(
    town: sa.Connection, tmp_path: Path
) -> None:
    town.exec_driver_sql("UPDATE lotline.parcel_period SET valid_from = '2015-01-01' "
                         "WHERE valid_from IS NULL")  # fmt: skip
    import_cases(town, tmp_path, violation(opened_on="2001-01-01"))
    assert _case(town).tie_note == "opened before the parcel's first period on record"


def test_the_officer_zone_comes_from_where_the_case_is(town: sa.Connection, tmp_path: Path) -> None:
    import_cases(town, tmp_path, violation(), violation(case_no="C-2", parcel_no="A-5"))
    codes = {zone.id: zone.code for zone in town.execute(sa.select(Zone.id, Zone.code))}
    assert codes[_case(town).zone_id] == "1"
    assert codes[_case(town, "C-2").zone_id] == "2"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"case_no": ""}, "no_case_no"),
        ({"section": ""}, "no_section"),
        ({"category": ""}, "no_category"),
        ({"status": ""}, "unknown_status"),
        ({"status": "Pending"}, "unknown_status"),
        ({"case_status": "In limbo"}, "unknown_case_status"),
        ({"found_on": "2026-02-30"}, "bad_date"),
        ({"comply_by": "soon"}, "bad_date"),
        ({"priority": "9"}, "bad_priority"),
        ({"priority": "high"}, "bad_priority"),
        ({"complaint_channel": "pigeon"}, "unknown_channel"),
        ({"parcel_no": "Z-9"}, "no_such_parcel"),
        ({"parcel_no": "", "address": "7 Nowhere Ln"}, "no_such_address"),
        ({"parcel_no": ""}, "no_place"),
        ({"latlon": "(27.3005)"}, "bad_point"),
        ({"latlon": "(47.3, -10.3)"}, "outside_town"),
        ({"case_no": "C-1", "parcel_no": "A-3"}, "two_places"),
        ({"case_no": "C-1", "parcel_no": "A-1", "violation_no": "7"}, "repeated_violation"),
        ({"complaint_no": "R-1"}, "complaint_of_two_cases"),
    ],
)
def test_a_row_that_cannot_be_right_is_rejected_by_its_number_and_a_code(
    town: sa.Connection, tmp_path: Path, said: dict[str, str], code: str
) -> None:
    good = violation(violation_no="7", complaint_no="R-1", latlon="(27.3005, -80.3985)")
    bad = violation(**{"case_no": "C-2", "parcel_no": "A-2", **said})
    outcome = import_cases(town, tmp_path, good, bad)
    assert [(reject.row, reject.code) for reject in outcome.rejects] == [(2, code)]
    assert (outcome.read, outcome.loaded) == (2, 1)
    assert list(town.scalars(sa.select(Case.number))) == ["C-1"]


def test_a_violation_without_a_number_takes_one_no_other_of_its_case_has(
    town: sa.Connection, tmp_path: Path
) -> None:
    rows = [violation(violation_no=number) for number in ("2", "", "1", "")]
    outcome = import_cases(town, tmp_path, *rows)
    assert (outcome.loaded, outcome.rejected) == (4, 0)
    query = sa.select(Violation.external_no).order_by(Violation.source_row)
    assert town.scalars(query).all() == ["2", "3", "1", "4"]


def test_the_same_file_again_changes_nothing(town: sa.Connection, tmp_path: Path) -> None:
    rows = [violation(complaint_no="R-1"), violation(status="corrected")]
    import_cases(town, tmp_path, *rows)
    tables = (Case, Complaint, Violation, CaseEvent, Ordinance)
    before = [
        town.execute(sa.select(sa.text("xmin, ctid, *")).select_from(t)).all() for t in tables
    ]
    outcome = import_cases(town, tmp_path, *rows)
    after = [town.execute(sa.select(sa.text("xmin, ctid, *")).select_from(t)).all() for t in tables]
    assert (outcome.loaded, outcome.unchanged) == (2, 2)
    assert before == after


def test_a_changed_row_brings_its_case_up_to_date_and_tells_it(
    town: sa.Connection, tmp_path: Path
) -> None:
    other = violation(case_no="C-2", parcel_no="A-2")
    import_cases(town, tmp_path, violation(), other)
    untouched = _case(town, "C-2")
    outcome = import_cases(
        town, tmp_path, violation(status="corrected", case_status="complied"), other
    )
    assert outcome.unchanged == 1
    case = _case(town)
    assert (case.phase, case.open_violations, case.next_due) == ("complied", 0, None)
    assert _count(town, Violation) == 2
    query = sa.select(CaseEvent.seq, CaseEvent.kind, CaseEvent.actor)
    events = town.execute(query.where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq)).all()
    assert events == [(1, "imported", "clerk"), (2, "import_changed", "clerk")]
    assert _case(town, "C-2") == untouched


def test_a_case_tied_to_no_parcel_is_tied_once_the_same_file_comes_after_the_parcels(
    town: sa.Connection, tmp_path: Path
) -> None:
    rows = [violation(parcel_no="", latlon="(27.3005, -80.3945)")]
    lot = sa.select(Parcel.id).where(Parcel.parcel_no == "A-5").scalar_subquery()
    period = sa.update(ParcelPeriod).where(ParcelPeriod.parcel_id == lot)
    town.execute(period.values(valid_to=date(2000, 1, 1)))
    import_cases(town, tmp_path, *rows)
    assert import_cases(town, tmp_path, *rows).unchanged == 1
    assert _case(town).tie_method == "none"
    town.execute(period.values(valid_to=None))
    assert import_cases(town, tmp_path, *rows).unchanged == 0
    assert _case(town).tie_method == "point"
    assert import_cases(town, tmp_path, *rows).unchanged == 1
    kinds = town.scalars(sa.select(CaseEvent.kind).order_by(CaseEvent.seq)).all()
    assert kinds == ["imported", "import_changed"]


def test_a_violation_the_next_file_does_not_name_stays_on_record(
    town: sa.Connection, tmp_path: Path
) -> None:
    import_cases(town, tmp_path, violation(), violation(comply_by="2026-06-05"))
    import_cases(town, tmp_path, violation(status="corrected"))
    case = _case(town)
    assert (case.open_violations, case.next_due) == (1, date(2026, 6, 5))


def test_a_case_made_here_is_never_overwritten_by_a_file(
    town: sa.Connection, tmp_path: Path
) -> None:
    import_cases(town, tmp_path, violation())
    town.execute(sa.update(Case).values(import_run_id=None, category="Fence"))
    outcome = import_cases(town, tmp_path, violation())
    assert outcome.rejected_by_code == {"kept_here": 1}
    assert _case(town).category == "Fence"


def test_without_parcels_and_points_the_file_is_refused_in_a_sentence(
    connection: sa.Connection, tmp_path: Path
) -> None:
    with pytest.raises(NoPlaceError, match="Load the parcels first"):
        import_cases(connection, tmp_path, violation())


@pytest.mark.parametrize("name", ["cases.toml", "cambridge-cases.toml", "baltimore-cases.toml"])
def test_the_bundled_mappings_are_in_order(name: str) -> None:
    folder = Path(__file__).parents[2] / "data" / "mappings"
    assert load_mapping(folder / name, kind=CASES).kind == "cases"


@pytest.mark.realdata
def test_baltimores_notices_become_cases_with_points_and_no_parcel(
    connection: sa.Connection, realdata: Path
) -> None:
    folder = Path(__file__).parents[2] / "data" / "mappings"
    request = Request(
        path=realdata / "baltimore" / "vacant_building_notices.csv.gz",
        today=date(2026, 6, 15),
        actor="clerk",
        mapping=load_mapping(folder / "baltimore-cases.toml", kind=CASES),
    )
    outcome = load_cases(connection, request)
    assert (outcome.read, outcome.loaded, outcome.rejected) == (2310, 2310, 0)
    assert any("14,411 of 16,721 rows" in note for note in outcome.notes)
    query = sa.text("""
        SELECT count(*), count(*) FILTER (WHERE tie_method = 'none'), count(next_due),
               count(*) FILTER (WHERE point && ST_MakeEnvelope(-76.65, 39.2, -76.5, 39.4, 4326))
        FROM lotline.case_file
    """)
    assert connection.execute(query).one() == (2310, 2310, 0, 2310)
