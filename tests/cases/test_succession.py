"""What is open on a parcel follows its ground or waits for a person; nothing goes unsaid."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
import sqlalchemy as sa
from desk import CLERK, day
from small_town import import_cases, import_liens, lay_out, violation

from cases.business_days import DAY
from cases.lien_facts import of_ancestors, of_parcel
from cases.models import (
    Case,
    CaseActivity,
    CaseEvent,
    Follower,
    Following,
    Lien,
    Succession,
)
from cases.story import whole
from cases.succession.deciding import SuccessionError, decide
from cases.succession.taking_in import take_in_parcels
from cases.succession.undoing import undo_parcels
from cases.succession.waiting import parts_of, waiting
from geo.layers import Parcel
from geo.loading.errors import UndoError
from geo.loading.rows import Outcome
from geo.loading.runs import Request

JULY = day(7, 1)
WHERE = sa.text("""
    SELECT number, parcel_no FROM lotline.case_file
    LEFT JOIN lotline.parcel ON parcel.id = parcel_id
    ORDER BY number
""")


def lot(at: float, *, width: float = 0.001, south: float = 27.3, north: float = 27.301) -> Any:
    """Draw lot A-`at` of the small town, or some of it, or some more."""
    west = -80.400 + at * 0.001
    return shapely.box(west, south, west + width, north)


AFTER = {
    "B-1": lot(1), "A-2a": lot(2, north=27.3005), "A-2b": lot(2, south=27.3005),
    "A-34": lot(3, width=0.002), "A-5": lot(5), "A-6": lot(6),
}  # fmt: skip


def take_in(connection: sa.Connection, folder: Path, lots: dict[str, Any]) -> Outcome:
    path = folder / "year.gpkg"
    frame = gpd.GeoDataFrame({"parcel_no": list(lots)}, geometry=list(lots.values()), crs=4326)
    frame.to_file(path)
    return take_in_parcels(
        connection, Request(path=path, today=JULY.on, actor="S. Webb", as_of=JULY.on)
    )


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    """A case on each lot and a lien on A-3 and A-2; C-5 is over."""
    lay_out(connection)
    cases = [violation(case_no=f"C-{n}", parcel_no=f"A-{n}") for n in range(1, 7)]
    cases[4] |= {"status": "closed"}
    import_cases(connection, tmp_path, *cases)
    liens = [
        {"instrument_no": f"L-{n}", "parcel_no": f"A-{n}", "case_no": f"C-{n}",
         "recorded_on": "2026-05-01", "amount": "100.00", "status": "recorded"}
        for n in (2, 3)
    ]  # fmt: skip
    import_liens(connection, tmp_path, *liens)
    return connection


def where(connection: sa.Connection) -> dict[str, str]:
    return {row.number: row.parcel_no for row in connection.execute(WHERE)}


def moved(connection: sa.Connection) -> dict[str, Any]:
    query = sa.select(Case.number, CaseActivity.last_on).join(CaseActivity)
    return {row.number: row.last_on for row in connection.execute(query)}


def lien_on(connection: sa.Connection, instrument_no: str) -> str | None:
    query = sa.select(Parcel.parcel_no).join(Lien, Lien.parcel_id == Parcel.id)
    return connection.scalar(query.where(Lien.instrument_no == instrument_no))


def run_of(outcome: Outcome) -> int:
    assert outcome.run_id is not None
    return outcome.run_id


def test_what_has_one_successor_follows_and_what_has_several_waits(
    town: sa.Connection, tmp_path: Path
) -> None:
    outcome = take_in(town, tmp_path, AFTER)
    assert where(town) == {
        "C-1": "B-1", "C-2": "A-2", "C-3": "A-34", "C-4": "A-34", "C-5": "A-5", "C-6": "A-6",
    }  # fmt: skip
    assert (lien_on(town, "L-3"), lien_on(town, "L-2")) == ("A-34", "A-2")
    waits = [(row.kind, row.fate, row.parcel_no) for row in town.execute(waiting())]
    assert waits == [("case", "split", "A-2"), ("lien", "split", "A-2")]
    told = "\n".join(outcome.notes)
    assert "kind case: 3 followed the ground, 1 wait for a person" in told
    assert "kind lien: 1 followed the ground, 1 wait for a person" in told
    assert "A-2 -> A-2a 50%, A-2b 50%" in told


def test_each_move_is_told_in_its_case(town: sa.Connection, tmp_path: Path) -> None:
    take_in(town, tmp_path, AFTER)
    said = {number: str(list(whole(town, number))[-1]) for number in ("C-1", "C-2", "C-3")}
    assert "The case C-1 belongs to parcel B-1 now: A-1 is no more" in said["C-1"]
    assert "where the lien L-2 belongs (A-2a 50%, A-2b 50%)" in said["C-2"]
    assert "The lien L-3 belongs to parcel A-34 now" in said["C-3"]


def test_no_case_has_moved_until_a_person_says_where_it_belongs(
    town: sa.Connection, tmp_path: Path
) -> None:
    before = moved(town)
    run = run_of(take_in(town, tmp_path, AFTER))
    assert moved(town) == before
    case, _lien = town.execute(waiting()).all()
    decide(
        town, succession_id=case.id, parcel_no="A-2b", because="The shed is there", actor=CLERK,
        moment=JULY,
    )  # fmt: skip
    now = before | {"C-2": JULY.on}
    assert moved(town) == now
    undo_parcels(town, run, actor="S. Webb", moment=JULY)
    assert moved(town) == now
    assert tuple(town.execute(sa.text("SELECT * FROM lotline.tally_anew()")).one()) == (0, 0)


def test_a_person_says_where_it_belongs_once(town: sa.Connection, tmp_path: Path) -> None:
    take_in(town, tmp_path, AFTER)
    case, lien = town.execute(waiting()).all()
    assert [row.parcel_no for row in town.execute(parts_of(case.from_parcel_id))] == [
        "A-2a",
        "A-2b",
    ]
    told: dict[str, Any] = {"because": "The shed is there", "actor": CLERK, "moment": JULY}
    with pytest.raises(SuccessionError, match="no parcel A-2 now"):
        decide(town, succession_id=case.id, parcel_no="A-2", **told)
    with pytest.raises(SuccessionError, match="Say what shows"):
        decide(town, succession_id=case.id, parcel_no="A-2b", **told | {"because": " "})
    decide(town, succession_id=case.id, parcel_no="A-2b", **told)
    assert where(town)["C-2"] == "A-2b"
    inside = sa.text("""
        SELECT ST_Within(point, geom) FROM lotline.case_file c JOIN lotline.parcel_period p
        ON p.parcel_id = c.parcel_id WHERE c.number = 'C-2' AND valid_to IS NULL
    """)
    assert town.scalar(inside) is True
    with pytest.raises(SuccessionError, match="decided already"):
        decide(town, succession_id=case.id, parcel_no="A-2a", **told)
    decide(town, succession_id=lien.id, parcel_no=None, **told)
    assert lien_on(town, "L-2") == "A-2"
    assert town.execute(waiting()).all() == []


def test_a_lien_put_on_one_part_binds_the_others_too(town: sa.Connection, tmp_path: Path) -> None:
    take_in(town, tmp_path, AFTER)
    (lien,) = (row for row in town.execute(waiting()) if row.kind == "lien")
    decide(
        town, succession_id=lien.id, parcel_no="A-2b", because="Recorded so", actor=CLERK,
        moment=JULY,
    )  # fmt: skip
    ids = dict(town.execute(sa.select(Parcel.parcel_no, Parcel.id)).all())
    (own,) = of_parcel(town, ids["A-2b"], on=JULY.on)
    (bound,) = of_ancestors(town, ids["A-2a"], on=JULY.on)
    assert own["instrument_no"] == bound["instrument_no"] == "L-2"
    assert list(of_ancestors(town, ids["A-2b"], on=JULY.on)) == []


def test_an_undo_puts_all_back(town: sa.Connection, tmp_path: Path) -> None:
    rows = [sa.select(table.__table__).order_by(table.id) for table in (Case, Lien, Parcel)]

    def stands() -> list[list[tuple[Any, ...]]]:
        return [list(map(tuple, town.execute(query))) for query in rows]

    before = stands()
    run = run_of(take_in(town, tmp_path, AFTER))
    case, _ = town.execute(waiting()).all()
    decide(
        town, succession_id=case.id, parcel_no="A-2b", because="Seen", actor=CLERK, moment=JULY
    )  # fmt: skip
    assert undo_parcels(town, run, actor="S. Webb", moment=JULY) == 6
    assert stands() == before
    assert town.scalar(sa.select(sa.func.count()).select_from(Succession)) == 0
    (last,) = town.execute(
        sa.select(CaseEvent.kind).join(Case, Case.id == CaseEvent.case_id)
        .where(Case.number == "C-1").order_by(CaseEvent.seq.desc()).limit(1)
    ).one()  # fmt: skip
    assert last == "succession_undone"


def test_what_came_since_goes_to_the_ground_it_stands_on(
    town: sa.Connection, tmp_path: Path
) -> None:
    run = run_of(take_in(town, tmp_path, AFTER))
    import_cases(
        town, tmp_path, violation(case_no="C-7", parcel_no="A-34", found_on="2026-07-01"),
        violation(case_no="C-8", parcel_no="A-5", found_on="2026-07-01"),
    )  # fmt: skip
    undo_parcels(town, run, actor="S. Webb", moment=JULY)
    now = where(town)
    assert (now["C-7"], now["C-8"]) == ("A-3", "A-5")
    periods = sa.text("""SELECT count(*) FROM lotline.case_file c
        LEFT JOIN lotline.parcel_period p ON p.id = c.parcel_period_id WHERE p.id IS NULL""")
    assert town.scalar(periods) == 0


def test_who_follows_a_lot_that_goes_follows_what_it_was_and_keeps_no_import(
    town: sa.Connection, tmp_path: Path
) -> None:
    run = run_of(take_in(town, tmp_path, {**AFTER, "A-9": lot(9)}))
    town.execute(sa.insert(Follower).values(email="a@b.org", language="en", told_until=JULY.now))
    for each in ("B-1", "A-9"):
        lots = sa.select(Parcel.id).where(Parcel.parcel_no == each).scalar_subquery()
        mine: Any = {"name": each, "page": "/", "asked_at": JULY.now, "parcel_id": lots}
        whose = sa.select(Follower.id).scalar_subquery()
        hashes = dict.fromkeys(("scope_sha256", "confirm_sha256"), each.ljust(32).encode())
        town.execute(sa.insert(Following).values(follower_id=whose, **mine, **hashes))
    undo_parcels(town, run, actor="S. Webb", moment=JULY)
    kept = sa.select(Following.name, Parcel.parcel_no).join(Parcel)
    assert [tuple(row) for row in town.execute(kept)] == [("B-1", "A-1")]
    assert town.scalar(sa.select(sa.func.count()).select_from(Following)) == 1


def test_the_parcels_of_either_year_are_drawn(town: sa.Connection, tmp_path: Path) -> None:
    take_in(town, tmp_path, AFTER)
    query = sa.text("""
        SELECT office.tile_parcels_on(15, floor((180 - 80.397) / 360 * 32768)::integer,
            floor((1 - ln(tan(pi() / 4 + radians(27.3005) / 2)) / pi()) * 16384)::integer, :on)
    """)
    before, now = (
        bytes(town.scalar(query, {"on": JULY.on - DAY * days}) or b"") for days in (1, 0)
    )
    assert b"A-2a" in now
    assert b"A-34" in now
    assert b"A-3" in before
    assert b"A-2a" not in before
    assert b"A-34" not in before


def test_what_would_be_left_without_ground_keeps_the_import(
    town: sa.Connection, tmp_path: Path
) -> None:
    run = run_of(take_in(town, tmp_path, {**AFTER, "A-9": lot(9)}))
    import_cases(town, tmp_path, violation(case_no="C-9", parcel_no="A-9"))
    with pytest.raises(UndoError, match="The case C-9 stands on a parcel that is new since"):
        undo_parcels(town, run, actor="S. Webb", moment=JULY)
