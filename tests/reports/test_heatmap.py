"""The heat map: which cases it counts, and what its rates mean."""

from datetime import date

import numpy as np
import pytest
import sqlalchemy as sa
from asked_answers import answered, page_of

from reports.answers.words import WORDS
from reports.backdrop import Backdrop
from reports.caseload import Scope
from reports.errors import AssetsMissingError, NothingToReportError, UnknownNameError
from reports.heatmap import HeatMap, make_heatmap
from reports.heatmap_cells import heatmap_cells
from reports.offline_map import standalone_page

ON = date(2026, 3, 2)
OPENED = date(2026, 1, 31)
SQUARE_METRES_A_HECTARE = 10_000


@pytest.fixture
def heatmap(alder: sa.Connection) -> HeatMap:
    return make_heatmap(alder, Scope(on=ON))


def count(connection: sa.Connection, **scope: object) -> int:
    return make_heatmap(connection, Scope(on=ON, **scope)).cases  # type: ignore[arg-type]


def test_open_cases_are_counted_and_what_nobody_verified_is_not(heatmap: HeatMap) -> None:
    assert heatmap.cases == 7
    total = heatmap.per_hectare.sum() * heatmap.grid.cell**2 / SQUARE_METRES_A_HECTARE
    assert total == pytest.approx(7, rel=1e-9)
    assert (heatmap.first, heatmap.last) == (OPENED, OPENED)


def test_each_filter_narrows_the_count(alder: sa.Connection) -> None:
    assert count(alder, open_only=False) == 9
    assert count(alder, category="Trash") == 4
    assert count(alder, zone="1") == 5
    assert count(alder, since=OPENED) == count(alder, until=OPENED) == 7
    with pytest.raises(NothingToReportError, match="newest case was opened on 2026-01-31"):
        count(alder, since=ON)


def test_a_case_with_no_place_is_told_not_drawn(alder: sa.Connection) -> None:
    alder.exec_driver_sql(
        "UPDATE lotline.case_file SET point = NULL, point_3857 = NULL WHERE id = 1"
    )
    heatmap = make_heatmap(alder, Scope(on=ON))
    assert (heatmap.cases, heatmap.unplaced) == (6, 1)
    told = answered(alder, "heatmap")
    assert "Cases that are not on the map, for their place is unknown: 1." in told.cautions
    assert [(each.key, each.value) for each in told.figures if each.cases is not None] == [
        ("cases", 6), ("unplaced", 1),
    ]  # fmt: skip


def test_one_case_on_every_parcel_is_a_rate_of_100_everywhere(alder: sa.Connection) -> None:
    alder.exec_driver_sql("DELETE FROM lotline.lien; DELETE FROM lotline.violation;")
    alder.exec_driver_sql("DELETE FROM lotline.case_file")
    alder.exec_driver_sql(
        """INSERT INTO lotline.case_file (number, category, phase, open_violations, published,
               parcel_id, parcel_period_id, tie_method, tie_confidence, point, point_3857)
           SELECT id::text, 'Trash', 'open', 1, true, id, id, 'parcel_no', 1, ST_Centroid(geom),
               ST_Transform(ST_Centroid(geom), 3857) FROM lotline.parcel_period"""
    )
    rate = make_heatmap(alder, Scope(on=ON)).per_100_parcels
    assert rate is not None
    assert np.isfinite(rate).any()
    assert rate[np.isfinite(rate)] == pytest.approx(100)


def test_where_parcels_are_few_there_is_no_rate(alder: sa.Connection) -> None:
    coarse = make_heatmap(alder, Scope(on=ON), bandwidth=150).per_100_parcels
    fine = make_heatmap(alder, Scope(on=ON), bandwidth=10).per_100_parcels
    assert coarse is not None
    assert fine is not None
    assert np.isfinite(coarse).any()
    assert not np.isfinite(fine).any()


def test_the_top_parcels_have_two_cases_or_more(alder: sa.Connection) -> None:
    (top,) = make_heatmap(alder, Scope(on=ON, open_only=False)).top
    assert (top.parcel_no, top.address, top.cases, top.open_violations) == (
        "12-5",
        "108 Alder St",
        3,
        2,
    )
    assert make_heatmap(alder, Scope(on=ON)).top == ()


def test_an_unknown_zone_or_category_is_answered_with_those_there_are(
    alder: sa.Connection,
) -> None:
    zones = r"no officer's zone '9'\. The zones are: 1 \(Zone 1\), 2 \(Zone 2\)\."
    with pytest.raises(UnknownNameError, match=zones):
        make_heatmap(alder, Scope(on=ON, zone="9"))
    with pytest.raises(UnknownNameError, match="There is: 'High grass', 'Trash'"):
        make_heatmap(alder, Scope(on=ON, category="grass"))


def test_an_empty_database_says_what_to_load(connection: sa.Connection) -> None:
    with pytest.raises(NothingToReportError, match="lotline import parcels"):
        make_heatmap(connection, Scope(on=ON))


def test_a_town_without_cases_says_so(alder: sa.Connection) -> None:
    alder.exec_driver_sql("DELETE FROM lotline.lien; DELETE FROM lotline.violation;")
    alder.exec_driver_sql("DELETE FROM lotline.case_file")
    with pytest.raises(NothingToReportError, match="No cases are loaded yet"):
        make_heatmap(alder, Scope(on=ON))


def test_the_page_says_what_it_counts_and_names_nobody(alder: sa.Connection) -> None:
    page = page_of(alder, "heatmap")
    for words in (
        "Open cases per hectare",
        "Open cases per 100 parcels",
        "does not show where risk is",
        "bandwidth (standard deviation) of 150 m",
        "<dd>7</dd>",
        "Alder, 2026-03-02",
        "opened from 2026-01-31 to 2026-01-31",
        "A town for tests.",
        "Alder St",
    ):
        assert words in page
    for name in ("CANARY OWNER", "Rivera", "Okafor"):
        assert name not in page


def test_the_cells_cover_the_cases_in_squares_of_the_towns_system(heatmap: HeatMap) -> None:
    cells = heatmap_cells(heatmap)
    assert cells.crs == 32617
    assert cells.area.to_numpy() == pytest.approx(heatmap.grid.cell**2)
    inside = (cells["cases_per_hectare"] * cells.area).sum() / SQUARE_METRES_A_HECTARE
    assert 0.95 * heatmap.cases < inside <= heatmap.cases
    assert cells["lon"].between(-80.42, -80.38).all()


def test_a_page_without_its_leaflet_says_how_to_get_it(tmp_path: object) -> None:
    with pytest.raises(AssetsMissingError, match="script/bootstrap"):
        standalone_page(
            title="x",
            panel="",
            extent=[[0, 0], [1, 1]],
            layers=[],
            backdrop=NOTHING,
            words=WORDS,
            leaflet=tmp_path,  # type: ignore[arg-type]
        )


NOTHING = Backdrop(areas=[], streets=[], zones=[], labels=[])
