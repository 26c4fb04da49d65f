"""A town's site bears its own colour, seal, contact and languages, and names its officers."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alder_town import application, settle
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from geo.cluster import Cluster
from geo.database import Database, from_cluster
from webmap.look_settings import READABLE, contrast, read_brand, read_languages
from webmap.setting_errors import SettingError

MARK = Path(__file__).parents[2] / "webmap" / "static" / "mark.svg"
TOWN_HALL = "City Hall, 1 Main St; 352-555-0100"


@pytest.fixture(scope="module")
def town(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[Database]:
    """A settled town in which nothing changes."""
    name = f"look_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database:
        settle(database)
        yield database
    cluster.drop_database(name)


@pytest.fixture
def plain(town: Database) -> Iterator[FlaskClient]:
    """A reader of a town that says nothing of its look."""
    with application(town) as app:
        yield app.test_client()


@pytest.fixture
def own(town: Database) -> Iterator[FlaskClient]:
    """A reader of a town that says how it looks, and speaks Spanish first."""
    said = {
        "LOTLINE_CITY_COLOR": "#FFD700", "LOTLINE_CITY_CONTACT": TOWN_HALL,
        "LOTLINE_LANGUAGES": "es, en",
    }  # fmt: skip
    with application(town, **said) as app:
        yield app.test_client()


@given(color=st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_words_on_any_colour_can_be_read(color: str) -> None:
    brand = read_brand({"LOTLINE_CITY_COLOR": color})
    assert brand is not None
    assert brand.color == color
    assert contrast(brand.color, brand.ink) >= READABLE


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48)]
)
def test_the_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("said", ["gold", "#fff", "#12345g", "#162e51; } body { display: none"])
def test_what_is_no_colour_is_told(said: str) -> None:
    with pytest.raises(SettingError, match="give a colour as #162e51") as refused:
        read_brand({"LOTLINE_CITY_COLOR": said})
    assert said in str(refused.value)


@pytest.mark.parametrize("said", ["de", "en,en", "en,EN"])
def test_a_language_that_there_is_not_is_told(said: str) -> None:
    with pytest.raises(SettingError, match="give each of the languages wanted once"):
        read_languages({"LOTLINE_LANGUAGES": said})


def test_the_colour_is_served_as_a_style_of_its_own(own: FlaskClient, plain: FlaskClient) -> None:
    assert own.get("/look.css").text == ":root { --brand: #ffd700; --brand-ink: #000000; }"
    assert 'href="/look.css"' in own.get("/").text
    assert 'href="/look.css"' in own.get("/sign-in").text
    assert plain.get("/look.css").text == ""
    assert "/look.css" not in plain.get("/").text
    again = own.get("/look.css", headers={"If-None-Match": own.get("/look.css").headers["ETag"]})
    assert again.status_code == 304


def test_pages_speak_the_towns_own_language_where_a_browser_asks_for_none(
    own: FlaskClient, plain: FlaskClient, town: Database
) -> None:
    assert '<html lang="es">' in own.get("/table").text
    assert '<html lang="en">' in own.get("/table", headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in plain.get("/table").text
    with application(town, LOTLINE_LANGUAGES="en") as app:
        client = app.test_client()
        page = client.get("/table", headers={"Accept-Language": "es"}).text
        assert '<html lang="en">' in page
        assert "/language/es" not in page
        assert client.get("/language/es").status_code == 404


def test_every_public_page_says_how_the_town_is_reached(own: FlaskClient) -> None:
    for path in ("/table", "/officers", "/no-such-page"):
        footer = re.sub(r"<[^>]+>", "", own.get(path).text.partition("site-footer")[2])
        assert "City Hall, 1 Main St · 352-555-0100" in footer, path


def test_the_towns_seal_stands_in_the_head_and_runs_nothing(
    town: Database, plain: FlaskClient, tmp_path: Path
) -> None:
    assert plain.get("/seal", buffered=True).data == MARK.read_bytes()
    assert "/seal" not in plain.get("/").text
    with application(town) as app:
        app.config["SEAL"] = lambda: tmp_path / "seal.svg"
        drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        (tmp_path / "seal.svg").write_text(drawing)
        answer = app.test_client().get("/seal", buffered=True)
        assert answer.mimetype == "image/svg+xml"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert re.match(r"default-src 'none'.*sandbox$", answer.headers["Content-Security-Policy"])
        assert 'src="/seal"' in app.test_client().get("/").text


def test_each_zone_is_told_with_its_officer_and_its_open_cases(own: FlaskClient) -> None:
    page = own.get("/officers", headers={"Accept-Language": "en"}).text
    rows = re.findall(r'<th scope="row".*?</tr>', page, re.DOTALL)
    told = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    table = own.get("/table", headers={"Accept-Language": "en"}).text
    assert told
    assert [each.partition(" ")[0] for each in told]
    for row in rows:
        zone = re.findall(r"zone=(\d+)", row)[0]
        shown = own.get(f"/table?zone={zone}", headers={"Accept-Language": "en"}).text
        count = int(re.findall(r">(\d+)<span", row)[0])
        assert shown.count('<th scope="row"') == count
    assert table.count('<th scope="row"') > 0
    assert "352-555-0100" in page
