"""Other property that liens bind: as each case's own list has it, in a table and on the map."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import MANAGER, day
from test_exposure import OWNERSHIP
from test_exposure_report import exposure, figures

from cases import releasing
from cases.exposure import other_property
from cases.instruments import Recording
from geo.layers import Parcel
from reports.exposure.each import LIEN

ON = date(2026, 10, 11)


@pytest.fixture
def bound(town: sa.Connection, lien: int) -> int:
    """The roll names P. Lane on A-1 (the lien's), A-2 (a homestead) and A-3."""
    town.exec_driver_sql(OWNERSHIP)
    return lien


@pytest.mark.usefixtures("bound")
def test_the_report_lists_what_the_case_does_without_homesteads(
    town: sa.Connection, case: int
) -> None:
    answer = exposure(town, ON)
    theirs = [
        row.parcel_no for row in town.execute(other_property(town, case)) if not row.homestead
    ]
    [row] = answer.table("elsewhere").rows
    assert [row.cells["parcel_no"]] == theirs == ["A-3"]
    assert (row.cells["homestead"], row.cells["liens"]) == ("not said", 1)
    assert row.cells["total"] == figures(answer)["principal"] + figures(answer)["accrued"]  # type: ignore[operator]
    assert [*row.cases["cases"].ids] == [case]
    assert answer.table("liens").rows[0].cells["elsewhere"] == figures(answer)["elsewhere"] == 1
    assert "elsewhere" in {each.key for each in LIEN}


@pytest.mark.usefixtures("bound")
def test_it_has_a_layer_of_its_own(town: sa.Connection) -> None:
    _, layer = exposure(town, ON).layers
    [feature] = layer.features
    assert (layer.key, feature["properties"]["key"][:3]) == ("elsewhere", "A-3")
    assert any("by its owner's name alone" in each for each in exposure(town, ON).cautions)


def test_what_was_freed_by_name_is_bound_no_more(town: sa.Connection, bound: int) -> None:
    freed = town.scalars(sa.select(Parcel.id).where(Parcel.parcel_no == "A-3")).one()
    releasing.release_in_part(
        town, lien_id=bound, parcel_id=freed, reason="Sold", actor=MANAGER, moment=day(11, 2),
        recording=Recording(instrument_no="R-1", recorded_on=date(2026, 11, 2)),
    )  # fmt: skip
    answer = exposure(town, date(2026, 11, 3))
    assert figures(answer)["elsewhere"] == 0
    assert "elsewhere" not in {each.key for each in answer.tables}


@pytest.mark.usefixtures("bound")
def test_one_name_spelled_in_two_ways_binds_once_however_many_are_sought_at_once(
    town: sa.Connection, case: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.exec_driver_sql(
        """INSERT INTO lotline.respondent (case_id, kind, name, address, since)
           VALUES (%s, 'owner', 'Lane, P.', '1 Elm St', '2026-06-01')""",
        (case,),
    )
    monkeypatch.setattr("reports.exposure.elsewhere.NAMES_AT_ONCE", 1)
    [row] = exposure(town, ON).table("elsewhere").rows
    assert (row.cells["parcel_no"], row.cells["liens"]) == ("A-3", 1)
