"""A real city's years: every open case goes where an independent overlay of the two says."""

from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import sqlalchemy as sa
from real_cases import MAPPINGS, load_violations

from cases.actors import Moment
from cases.models import Case, Succession
from cases.succession.taking_in import take_in_parcels
from cases.succession.undoing import undo_parcels
from geo.database import Database
from geo.loading.kinds import PARCELS
from geo.loading.mapping import load_mapping
from geo.loading.rows import Outcome
from geo.loading.runs import Request

pytestmark = [pytest.mark.realdata, pytest.mark.full]

LATER = date(2026, 7, 1)
MASSACHUSETTS = 26986
A_KEY = r"\d+[A-Z]?(\.\d+)?[A-Z]?-[A-Z]*\d+[A-Z]?"
CASES = sa.text("""
    SELECT c.number, parcel_no, voided_on IS NULL AND closed_on IS NULL AS is_open
    FROM lotline.case_file c JOIN lotline.parcel ON parcel.id = parcel_id ORDER BY c.number
""")
ROWS = sa.text("""
    SELECT md5(string_agg(all_rows.row::text, '|' ORDER BY all_rows.row::text)) FROM (
        SELECT to_jsonb(t) AS row FROM lotline.parcel t
        UNION ALL SELECT to_jsonb(t) FROM lotline.parcel_period t
        UNION ALL SELECT to_jsonb(t) FROM lotline.ownership t
        UNION ALL SELECT to_jsonb(t) FROM lotline.situs_address t
        UNION ALL SELECT to_jsonb(t) FROM lotline.parcel_lineage t
        UNION ALL SELECT to_jsonb(t) FROM lotline.case_file t
        UNION ALL SELECT to_jsonb(t) FROM lotline.complaint t
        UNION ALL SELECT to_jsonb(t) FROM lotline.violation t
        UNION ALL SELECT to_jsonb(t) FROM lotline.succession t) all_rows
""")
"""One hash of every row."""


def year(realdata: Path, named: str) -> gpd.GeoDataFrame:
    """Read a year of parcels without any code of ours: one valid shape a key, in metres."""
    shapes = gpd.read_file(realdata / "cambridge" / f"ASSESSING_Parcels{named}.topojson")
    shapes = shapes.set_crs(4326, allow_override=True)[["ML", "geometry"]].dropna()
    shapes = shapes[shapes["ML"].str.fullmatch(A_KEY) & ~shapes.geometry.is_empty]
    whole = shapes.make_valid(method="structure", keep_collapsed=False)
    return shapes.set_geometry(whole).to_crs(MASSACHUSETTS).dissolve("ML").reset_index()


def successors(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> dict[str, list[str]]:
    """Say by an overlay who took a tenth or more of each parcel that does not go on."""
    shared = gpd.overlay(before, after, how="intersection", keep_geom_type=True)
    areas = before.set_index("ML").area, after.set_index("ML").area
    shared["of_old"] = shared.area / shared["ML_1"].map(areas[0])
    shared["of_new"] = shared.area / shared["ML_2"].map(areas[1])
    core = shared.geometry.buffer(-0.5).area
    edge = (shared[["of_old", "of_new"]].max(axis=1) >= 0.5) | (
        (shared[["of_old", "of_new"]].max(axis=1) > 0.02) & (core > 0.25)
    )
    shared = shared[edge]
    half = shared[["of_old", "of_new"]].max(axis=1) >= 0.5
    goes_on = set(shared.loc[half & (shared["ML_1"] == shared["ML_2"]), "ML_1"])
    went = shared[~shared["ML_1"].isin(goes_on) & (shared["of_old"] >= 0.1)]
    parts = went.groupby("ML_1")["ML_2"].apply(sorted).to_dict()
    return {no: parts.get(no, []) for no in before["ML"] if no not in goes_on}


def take_in(connection: sa.Connection, realdata: Path, named: str, as_of: date | None) -> Outcome:
    mapping = load_mapping(MAPPINGS / "cambridge-parcels.toml", kind=PARCELS)
    path = realdata / "cambridge" / f"ASSESSING_Parcels{named}.topojson"
    return take_in_parcels(
        connection,
        Request(
            path=path, today=as_of or LATER, actor="S. Webb", mapping=mapping,
            mapping_name="cambridge-parcels.toml", as_of=as_of,
        ),
    )  # fmt: skip


def told(outcome: Outcome) -> dict[str, int]:
    """Return what an import says of each fate."""
    fates = (line.split() for line in outcome.notes if line.startswith("  "))
    return {fate: int(count.replace(",", "")) for fate, count, *_ in fates}


def check(
    connection: sa.Connection, realdata: Path, years: tuple[str, str]
) -> tuple[dict[str, int], int, int]:
    """Take the second year in; return its fates, and how many open cases moved and wait."""
    before = pd.DataFrame(connection.execute(CASES).all())
    rows = connection.scalar(ROWS)
    outcome = take_in(connection, realdata, years[1], LATER)
    went = successors(*(year(realdata, named) for named in years))
    expected = before["parcel_no"].copy()
    one = before["is_open"] & before["parcel_no"].map(lambda no: len(went.get(no, ())) == 1)
    expected[one] = before.loc[one, "parcel_no"].map(lambda no: went[no][0])
    after = pd.DataFrame(connection.execute(CASES).all())
    now = after["parcel_no"].str.replace(r" \(until .*\)", "", regex=True)
    assert now.tolist() == expected.tolist()
    several = before["is_open"] & before["parcel_no"].map(lambda no: no in went) & ~one
    waits = sa.select(Case.number).join(Succession, Succession.row_id == Case.id).where(
        Succession.kind == "case", Succession.decided_on.is_(None)
    )  # fmt: skip
    assert sorted(connection.scalars(waits)) == sorted(before.loc[several, "number"])
    kept = connection.scalar(ROWS)
    take_in(connection, realdata, years[1], LATER)  # again, which changes nothing
    assert connection.scalar(ROWS) == kept
    moment = Moment(on=LATER, now=connection.execute(sa.select(sa.func.now())).scalar_one())
    undo_parcels(connection, outcome.run_id or 0, actor="S. Webb", moment=moment)
    assert connection.scalar(ROWS) == rows
    return told(outcome), int(one.sum()), int(several.sum())


def test_backwards_seventeen_lots_split_and_their_open_cases_wait(
    cambridge: sa.Connection, realdata: Path
) -> None:
    fates, moved, wait = check(cambridge, realdata, ("FY2014", "FY2013"))
    assert fates["split"] == 17
    assert (moved, wait) == (1, 11)


def test_forwards_no_case_moves(fresh_database: Database, realdata: Path) -> None:
    with fresh_database.owner.begin() as connection:
        take_in(connection, realdata, "FY2013", None)
        load_violations(connection, realdata)
        fates, moved, wait = check(connection, realdata, ("FY2013", "FY2014"))
    assert (fates["split"], fates["vanished"]) == (4, 5)
    assert (moved, wait) == (0, 0)
