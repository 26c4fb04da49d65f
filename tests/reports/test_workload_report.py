"""The report of hours: those of today's zones and officers, evenly or not, each with its cases."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from asked_answers import answered
from generated_ground import UNTIL, lay_generated
from small_town import import_cases, lay_out, violation

from cases.assignment import assign_zones
from geo.loading.kinds import ZONES
from geo.loading.mapping import load_mapping
from geo.loading.runs import Request
from geo.loading.zones import load_zones
from reports.answers.answer import Answer, Row
from reports.errors import ReportError
from reports.workload.hours import Window, hours_in_all, worked_cases
from reports.workload.minutes import minutes_in_force

LAST = date(2016, 4, 1)
CAR_ROUTES = "cambridge/PUBLICSAFETY_PoliceCarRoutes.geojson"
MAPPINGS = Path(__file__).parents[2] / "data" / "mappings"


def by_key(answer: Answer, table: str) -> dict[str, Row]:
    return {row.key: row for row in answer.table(table).rows}


def figures(answer: Answer) -> dict[str, object]:
    return {each.key: each.value for each in answer.figures}


@pytest.fixture
def worked(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    """A town of two zones: three lots with a case in zone 1, one in zone 2."""
    lay_out(connection)
    import_cases(
        connection, tmp_path,
        *(violation(case_no=f"C-{at}", parcel_no=f"A-{at}", found_on="2026-02-10", comply_by="")
          for at in (1, 2, 3, 5)),
    )  # fmt: skip
    return connection


def test_each_zone_has_its_hours_its_share_of_an_even_one_and_its_cases(
    worked: sa.Connection,
) -> None:
    answer = answered(worked, "workload")
    zones = by_key(answer, "zones")
    assert [*zones] == ["1", "2"]
    one, two = zones["1"], zones["2"]
    # A visit of 15 minutes and a drive of 8, written up in 10: the file tells no day of opening.
    assert one.cells["hours"] == pytest.approx(3 * two.cells["hours"], abs=0.02)  # type: ignore[operator]
    assert (one.cells["share"], two.cells["share"]) == (1.5, 0.5)
    assert (one.cells["officer"], one.cells["parcels"]) == ("Officer 1", 3)
    assert [len(each.cases["cases"]) for each in (one, two)] == [3, 1]
    assert figures(answer)["ratio"] == pytest.approx(3)
    assert "Zone 1 has the most hours" in " ".join(answer.says)
    assert "3.00 times as many" in " ".join(answer.says)
    officers = by_key(answer, "officers")
    assert [row.cells["officer"] for row in officers.values()] == ["Officer 1", "Officer 2"]


def test_zones_are_shaded_by_hours_and_called_so(worked: sa.Connection) -> None:
    [layer] = answered(worked, "workload").layers
    assert (layer.title, layer.unit) == ("Hours of work", "hours of work")
    steps = {each["properties"]["key"]: each["properties"]["step"] for each in layer.features}
    assert steps["1"] > steps["2"]
    said = [each["properties"]["says"] for each in layer.features]
    assert all("Hours of work:" in lines[1] for lines in said)


def test_what_lies_in_no_zone_is_told_and_shared_out_to_none(worked: sa.Connection) -> None:
    worked.exec_driver_sql("UPDATE lotline.case_file SET zone_id = NULL WHERE number = 'C-3'")
    answer = answered(worked, "workload")
    last = answer.table("zones").rows[-1]
    assert (last.key, last.cells["zone"], last.cells["share"]) == ("no-zone", "no zone", None)
    assert len(last.cases["cases"]) == figures(answer)["no_zone"] == 1
    assert any("lie in no zone and count for none" in each for each in answer.says)
    assert by_key(answer, "zones")["1"].cells["share"] == pytest.approx(4 / 3, abs=1e-4)
    assert answer.table("officers").rows[-1].cells["officer"] == "nobody"


def test_a_zone_without_hours_leaves_no_ratio_and_is_told(worked: sa.Connection) -> None:
    away = sa.text("UPDATE lotline.case_file SET zone_id = (SELECT id FROM lotline.zone "
                   "WHERE code = '1')")  # fmt: skip
    worked.execute(away)
    answer = answered(worked, "workload")
    assert "ratio" not in figures(answer)
    assert by_key(answer, "zones")["2"].cells["hours"] == 0
    assert any("1 of 2 zones have none" in each for each in answer.says)


def test_days_that_are_not_asked_for_count_nothing(worked: sa.Connection) -> None:
    answer = answered(worked, "workload", since=date(2026, 2, 11), until=date(2026, 3, 1))
    assert figures(answer)["cases"] == 0
    assert answer.says[0] == "No work is on record from 2026-02-11 to 2026-03-01."
    assert answer.layers == ()


def test_days_turned_round_are_refused(worked: sa.Connection) -> None:
    with pytest.raises(ReportError, match="2026"):
        answered(worked, "workload", since=date(2026, 3, 2), until=date(2026, 3, 1))


def test_a_town_without_zones_is_told_so(connection: sa.Connection) -> None:
    lay_out(connection)
    connection.exec_driver_sql("DELETE FROM lotline.zone")
    says = answered(connection, "workload").says
    assert any("No officers' zones are loaded" in each for each in says)


def test_tables_sum_to_the_towns_hours_in_a_generated_town(connection: sa.Connection) -> None:
    lay_generated(connection, parcels=300, seed=5)
    window = Window(UNTIL - timedelta(days=364), UNTIL)
    answer = answered(connection, "workload", until=UNTIL)
    hours = hours_in_all(connection, window, minutes_in_force(connection, on=UNTIL))
    for table in ("zones", "officers", "tasks"):
        read = pd.DataFrame([row.cells for row in answer.table(table).rows])
        assert read["hours"].sum() == pytest.approx(hours.all, abs=0.01 * len(read))
    zones = pd.DataFrame([row.cells for row in answer.table("zones").rows])
    assert (zones["at_door"] + zones["driving"] + zones["at_desk"]).to_list() == pytest.approx(
        zones["hours"].to_list(), abs=0.02
    )
    listed = sorted(
        each for row in answer.table("zones").rows for each in row.cases["cases"].ids
    )  # fmt: skip
    assert listed == sorted(connection.scalars(worked_cases(connection, window)))


@pytest.mark.realdata
def test_cambridges_car_routes_are_as_uneven_as_pandas_finds_them(
    cambridge: sa.Connection, realdata: Path
) -> None:
    mapping = load_mapping(MAPPINGS / "cambridge-zones.toml", kind=ZONES)
    path = realdata / CAR_ROUTES
    nested = cambridge.begin_nested()
    load_zones(cambridge, Request(path=path, today=LAST, actor="clerk", mapping=mapping))
    assign_zones(cambridge)
    answer = answered(cambridge, "workload", until=LAST, since=date(2015, 4, 2))
    assert figures(answer)["cases"] == 4_097
    assert figures(answer)["visits"] == 6_289
    rows = pd.DataFrame([row.cells for row in answer.table("zones").rows])
    zones = rows[rows["share"].notna()]
    assert len(zones) == 9
    assert figures(answer)["ratio"] == pytest.approx(
        zones["hours"].max() / zones["hours"].min(), rel=1e-3
    )
    assert figures(answer)["ratio"] == pytest.approx(7.476, abs=0.01)
    nested.rollback()
