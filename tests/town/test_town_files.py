"""Check the files a generated town hands over."""

import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import networkx as nx
import numpy as np
import osrm
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from data.town import plat, roads, streets_osm
from data.town.design import design
from data.town.errors import TownError
from data.town.files import TownFiles, write_town

UNTIL = date(2026, 11, 20)
COMPANIES = ("LLC", "Trust", "Bank", "County", "Town of")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> TownFiles:
    return write_town(
        tmp_path_factory.mktemp("town"), design(parcels=600, years=2, seed=11, until=UNTIL)
    )


def _read(town: TownFiles) -> list[pd.DataFrame]:
    layers = [gpd.read_file(path) for path in (town.parcels, town.addresses, town.zones)]
    tables = (town.violations, town.liens, town.permits)
    return [*layers, *map(pd.read_csv, tables)]


def test_the_same_seed_gives_the_same_town(town: TownFiles, tmp_path: Path) -> None:
    again = write_town(tmp_path, design(parcels=600, years=2, seed=11, until=UNTIL))
    for first, second in zip(_read(town), _read(again), strict=True):
        assert_frame_equal(first, second)
    assert town.streets.read_bytes() == again.streets.read_bytes()
    assert town.counts == again.counts


def test_another_seed_gives_another_town(town: TownFiles, tmp_path: Path) -> None:
    other = write_town(tmp_path, design(parcels=600, years=2, seed=12, until=UNTIL))
    assert other.name != town.name
    first, second = gpd.read_file(town.parcels), gpd.read_file(other.parcels)
    assert not first.geometry.iloc[0].equals(second.geometry.iloc[0])


def test_layers_say_their_coordinate_system_and_hold_what_is_counted(town: TownFiles) -> None:
    for kind in ("parcels", "addresses", "zones"):
        layer = gpd.read_file(getattr(town, kind))
        assert layer.crs is not None
        assert layer.crs.to_epsg() == 4326
        assert len(layer) == town.counts[kind]
        assert layer.geometry.is_valid.all()
    assert town.counts["parcels"] >= 600
    assert "generated" in town.name


def test_every_parcel_has_an_address_and_every_address_a_parcel(town: TownFiles) -> None:
    parcels, addresses = gpd.read_file(town.parcels), gpd.read_file(town.addresses)
    assert set(parcels.parcel_no) == set(addresses.parcel_no)
    assert not addresses.label.duplicated().any()
    shape = parcels.set_index("parcel_no").geometry
    inside = shape.loc[addresses.parcel_no].reset_index(drop=True).contains(addresses.geometry)
    assert inside.all()


def test_a_homestead_is_where_its_owner_gets_the_mail(town: TownFiles) -> None:
    parcels = gpd.read_file(town.parcels)
    homes = parcels[parcels.homestead]
    assert 0.3 < len(homes) / len(parcels) < 0.75
    assert (homes.mail_line == homes.situs_address).all()
    assert not homes.owner_name.str.contains("LLC").any()


def test_one_landlord_stands_behind_companies_that_share_an_address(town: TownFiles) -> None:
    parcels = gpd.read_file(town.parcels)
    companies = parcels[parcels.owner_name.str.endswith("LLC")]
    names = companies.groupby(["mail_line", "mail_city"]).owner_name.nunique()
    assert names.max() >= 3
    assert "landlord" not in " ".join(parcels.columns)


def _street_graph(path: Path) -> nx.DiGraph:
    graph = nx.DiGraph()
    for way in ET.parse(path).getroot().iter("way"):  # noqa: S314 - our own file
        tags = {tag.get("k"): tag.get("v") for tag in way.iter("tag")}
        assert tags.keys() >= {"highway", "name", "maxspeed", "lanes"}
        for a, b in pairwise(ref.get("ref") for ref in way.iter("nd")):
            graph.add_edge(a, b)
            if tags.get("oneway") != "yes":
                graph.add_edge(b, a)
    return graph


def test_every_street_can_be_reached_and_left_by_car(town: TownFiles) -> None:
    graph = _street_graph(town.streets)
    largest = max(nx.strongly_connected_components(graph), key=len)
    assert len(largest) / len(graph) >= 0.99


def test_a_part_cut_off_by_creek_and_railway_is_given_a_crossing(tmp_path: Path) -> None:
    paper = plat.lay(parcels=800, seed=2)  # without crossings, a sixth of it stood alone
    paved = roads.pave(paper)
    path = tmp_path / "streets.osm"
    streets_osm.write(path, places=np.array(paved.places), ways=paved.ways)
    graph = _street_graph(path)
    largest = max(nx.strongly_connected_components(graph), key=len)
    assert len(largest) / len(graph) >= 0.99


def test_some_streets_are_one_way_and_each_has_a_rank(town: TownFiles) -> None:
    text = town.streets.read_text()
    assert 'k="oneway" v="yes"' in text
    for rank in ("primary", "secondary", "residential"):
        assert f'k="highway" v="{rank}"' in text
    assert 'v="Main St"' in text


def test_the_routing_engine_reads_the_streets(town: TownFiles, tmp_path: Path) -> None:
    streets = tmp_path / "streets.osm"
    streets.write_bytes(town.streets.read_bytes())
    profile = Path(osrm.__file__).parent / "share" / "profiles" / "car.lua"
    command = [sys.executable, "-P", "-m", "osrm", "extract", "-p", str(profile), str(streets)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_years_is_no_history(tmp_path: Path) -> None:
    with pytest.raises(TownError, match="ask for 1 or more"):
        write_town(tmp_path, design(parcels=600, years=0, seed=1, until=UNTIL))
