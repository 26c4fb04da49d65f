"""Recorded liens arrive with their money exact, and their cases know of them."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from small_town import import_cases, import_liens, lay_out, violation

from cases.importing.kinds import LIENS
from cases.models import Case, CaseEvent, Lien
from cases.money import read_cents
from geo.loading.mapping import Mapping, load_mapping

LIEN = {
    "instrument_no": "2026-001",
    "parcel_no": "A-1",
    "case_no": "C-1",
    "book": "4312",
    "page": "87",
    "recorded_on": "2026-05-20",
    "amount": "4,350.00",
}


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    lay_out(connection)
    import_cases(connection, tmp_path, violation(status="ordered"))
    return connection


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("4350", 435_000),
        ("4,350.00", 435_000),
        ("$1,200", 120_000),
        ("$ 0.5", 50),
        (".05", 5),
        ("0.1", 10),
        ("1234567.89", 123_456_789),
        ("", None),
        ("-5", None),
        ("(5.00)", None),
        ("4,35.00", None),
        ("4.350,00", None),
        ("1.005", None),
        ("1e3", None),
        ("USD 5", None),
        ("NaN", None),
        ("99999999999999", None),
    ],
)
def test_dollars_are_read_as_exact_cents_or_not_at_all(text: str, cents: int | None) -> None:
    assert read_cents(text) == cents


def test_a_recorded_lien_brings_its_case_to_lien_and_says_so(
    town: sa.Connection, tmp_path: Path
) -> None:
    outcome = import_liens(town, tmp_path, LIEN)
    assert (outcome.read, outcome.loaded) == (1, 1)
    lien = town.execute(sa.select(Lien)).one()
    assert (lien.amount_cents, lien.status, lien.recorded_on) == (
        435_000,
        "recorded",
        date(2026, 5, 20),
    )
    assert town.scalar(sa.select(Case.phase)) == "lien"
    event = town.execute(sa.select(CaseEvent).where(CaseEvent.seq == 2)).one()
    assert (event.kind, event.happened_on) == ("lien_recorded", date(2026, 5, 20))
    assert event.details["amount_cents"] == 435_000


def test_a_release_takes_the_case_back_to_where_its_violations_stand(
    town: sa.Connection, tmp_path: Path
) -> None:
    import_liens(town, tmp_path, LIEN)
    import_liens(town, tmp_path, {**LIEN, "status": "released", "released_on": "2026-06-01"})
    assert town.scalar(sa.select(Case.phase)) == "ordered"
    kinds = town.scalars(sa.select(CaseEvent.kind).order_by(CaseEvent.seq)).all()
    assert kinds == ["imported", "lien_recorded", "lien_released"]


def test_a_lien_that_turns_out_to_be_of_another_case_lets_the_first_one_go(
    town: sa.Connection, tmp_path: Path
) -> None:
    import_cases(town, tmp_path, violation(case_no="C-2", status="ordered"))
    phases = sa.select(Case.phase).order_by(Case.number)
    import_liens(town, tmp_path, LIEN)
    assert town.scalars(phases).all() == ["lien", "ordered"]
    import_liens(town, tmp_path, {**LIEN, "case_no": "C-2"})
    assert town.scalars(phases).all() == ["ordered", "lien"]
    import_liens(town, tmp_path, {**LIEN, "case_no": ""})
    assert town.scalars(phases).all() == ["ordered", "ordered"]
    told = sa.select(Case.number, CaseEvent.kind).join(Case, Case.id == CaseEvent.case_id)
    assert town.execute(told.where(CaseEvent.seq > 1).order_by(CaseEvent.id)).all() == [
        ("C-1", "lien_recorded"),
        ("C-2", "lien_recorded"),
        ("C-1", "lien_unlinked"),
        ("C-2", "lien_unlinked"),
    ]


def test_an_unknown_day_of_release_releases_nothing(town: sa.Connection, tmp_path: Path) -> None:
    mapping = Mapping.model_validate(
        {
            "kind": "liens",
            "columns": {name: name for name in (*LIEN, "released_on")},
            "unknown": {"dates": ["1900-01-01"]},
        }
    )
    import_liens(town, tmp_path, {**LIEN, "released_on": "1900-01-01"}, mapping=mapping)
    lien = town.execute(sa.select(Lien.status, Lien.released_on)).one()
    assert lien == ("recorded", None)


def test_cases_loaded_again_under_a_lien_stay_at_lien(town: sa.Connection, tmp_path: Path) -> None:
    import_liens(town, tmp_path, LIEN)
    import_cases(town, tmp_path, violation(status="ordered", severity="3"))
    assert town.scalar(sa.select(Case.phase)) == "lien"


def test_the_same_liens_again_change_nothing(town: sa.Connection, tmp_path: Path) -> None:
    import_liens(town, tmp_path, LIEN)
    before = town.execute(sa.select(sa.text("xmin, *")).select_from(Lien)).all()
    outcome = import_liens(town, tmp_path, LIEN)
    assert outcome.unchanged == 1
    assert town.execute(sa.select(sa.text("xmin, *")).select_from(Lien)).all() == before
    assert town.scalar(sa.select(sa.func.count()).select_from(CaseEvent)) == 2


def test_a_lien_without_a_parcel_binds_that_of_its_case(
    town: sa.Connection, tmp_path: Path
) -> None:
    import_liens(town, tmp_path, {**LIEN, "parcel_no": ""})
    lien, case = town.scalar(sa.select(Lien.parcel_id)), town.scalar(sa.select(Case.parcel_id))
    assert lien == case


def test_a_lien_of_an_unknown_case_binds_its_parcel_and_is_told(
    town: sa.Connection, tmp_path: Path
) -> None:
    outcome = import_liens(town, tmp_path, {**LIEN, "case_no": "C-404"})
    assert town.scalar(sa.select(Lien.case_id)) is None
    assert any("1 liens name a case that is not on record" in note for note in outcome.notes)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"instrument_no": ""}, "no_key"),
        ({"instrument_no": "2026-000"}, "repeated_key"),
        ({"amount": ""}, "bad_amount"),
        ({"amount": "lots"}, "bad_amount"),
        ({"recorded_on": "May"}, "bad_date"),
        ({"status": "pending"}, "unknown_status"),
        ({"released_on": "2026-05-19"}, "released_before_recorded"),
        ({"released_on": "2026-06-19", "status": "recorded"}, "released_before_recorded"),
        ({"parcel_no": "Z-9"}, "no_such_parcel"),
        ({"parcel_no": "", "case_no": "C-404"}, "no_parcel"),
    ],
)
def test_a_lien_that_cannot_be_right_is_rejected_by_code(
    town: sa.Connection, tmp_path: Path, said: dict[str, str], code: str
) -> None:
    good = {**LIEN, "instrument_no": "2026-000"}
    outcome = import_liens(town, tmp_path, good, {**LIEN, **said})
    assert [(reject.row, reject.code) for reject in outcome.rejects] == [(2, code)]


def test_the_bundled_mapping_is_in_order() -> None:
    folder = Path(__file__).parents[2] / "data" / "mappings"
    assert load_mapping(folder / "liens.toml", kind=LIENS).kind == "liens"


def test_a_file_may_say_how_a_lien_ended(town: sa.Connection, tmp_path: Path) -> None:
    import_liens(town, tmp_path, {**LIEN, "status": "satisfied"})
    kinds = town.scalars(sa.select(CaseEvent.kind).order_by(CaseEvent.seq)).all()
    assert kinds[-1] == "lien_satisfied"
    impossible = {**LIEN, "status": "satisfied", "released_on": "2026-06-01"}
    codes = import_liens(town, tmp_path, impossible).rejected_by_code
    assert codes == {"released_before_recorded": 1}
