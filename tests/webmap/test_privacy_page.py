"""The statement says what the settings and the law say, in both languages, from every page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask.testing import FlaskClient

from cases import public_rule
from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.public_rule import Rule
from geo.database import Database
from webmap.languages import COOKIE as LANGUAGE
from webmap.public import kept

FRONTEND = Path(__file__).parents[2] / "webmap" / "frontend"


@pytest.fixture
def town(fresh_database: Database) -> Database:
    settle(fresh_database)
    return fresh_database


@pytest.fixture
def client(town: Database) -> Iterator[FlaskClient]:
    contact = {"LOTLINE_CITY_CONTACT": "Town Hall; code@alder.example"}
    with application(town, **contact) as app:
        yield app.test_client()


def test_it_is_made_of_the_settings_and_the_law(client: FlaskClient, town: Database) -> None:
    page = client.get("/privacy").text
    assert "365 days after it was closed" in page
    assert "s. 119.071" not in page  # no law is adopted yet
    with town.app.begin() as connection:
        public_rule.keep(connection, Rule(closed_days=0, hidden_kinds=("trash",)))
        adopt(connection, DEFAULT, on=datetime.now(UTC).date())
    page = client.get("/privacy").text
    assert "no longer shown from the day after it was closed" in page
    assert "Cases of the kind: Trash." in page
    assert "s. 119.071(4)(d), Florida Statutes" in page
    assert "code@alder.example" in page


def test_it_says_what_is_kept_on_the_device_and_how_to_delete_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get("/privacy").text
    for each in (
        "cookie (language) for 365 days", "cookie (lotline) that ends", "for 7 days at most",
        "cookie (lotline_notice), until 45 minutes", "storage (lotline-report)",
        "Throw it away and begin anew", "Leave this page", "delete the cookies",
    ):  # fmt: skip
        assert each in page, each
    monkeypatch.setattr(kept, "LASTS", timedelta(minutes=20))
    monkeypatch.setattr(kept, "A_YEAR", 86_400)
    page = client.get("/privacy").text
    assert "until 20 minutes" in page
    assert "cookie (language) for 1 day." in page


def test_its_names_and_buttons_are_those_of_the_pages_themselves(client: FlaskClient) -> None:
    script = FRONTEND / "js" / "report" / "draft.js"
    assert f'const NAME = "{kept.DRAFT}"' in script.read_text("utf-8")
    templates = FRONTEND.parent / "templates"
    for name, button in (("report/form.html", "Throw it away and begin anew"),
                         ("respondent/_frame.html", "Leave this page")):  # fmt: skip
        assert button in (templates / name).read_text("utf-8"), name
    answer = client.get("/language/es")
    assert answer.headers["Set-Cookie"].startswith(f"{LANGUAGE}=es; Expires=")


def test_every_public_page_leads_to_it(client: FlaskClient) -> None:
    for path in ("/table", "/search", "/parcel/12-5", "/case/2026-0003", "/privacy"):
        assert 'href="/privacy"' in client.get(path).text, path


def test_a_town_that_is_not_there_yet_has_none(fresh_database: Database) -> None:
    with application(fresh_database) as app:
        assert app.test_client().get("/privacy").status_code == 200


def test_the_public_reads_the_rule_and_may_not_write_it(town: Database) -> None:
    with (
        town.public.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        public_rule.keep(connection, Rule(closed_days=1))


def test_a_hidden_kind_is_told_in_the_language_of_the_page(
    client: FlaskClient, town: Database
) -> None:
    with town.app.begin() as connection:
        adopt(connection, DEFAULT, on=datetime.now(UTC).date())
        public_rule.keep(connection, Rule(hidden_kinds=("high grass", "own kind")))
    page = client.get("/privacy", headers={"Accept-Language": "es"}).text
    assert "Césped alto" in page
    assert "high grass" not in page.lower()
    assert "Own kind" in page


def test_it_does_not_say_more_than_the_site_keeps(client: FlaskClient, town: Database) -> None:
    page = client.get("/privacy").text
    assert "It names nobody but the officers who work for the town." in page
    assert "M. Rivera" in client.get("/officers").text  # whom it names
    for each in ("the day, hour and place of its hearings", "The name of the officer of each zone",
                 "draws the outline and the house number of every lot", "within a minute",
                 "cannot be taken back", "IP address"):  # fmt: skip
        assert each in page, each
    assert page.count("What is never published") == 1
    assert "If you pay online" not in page
    paid = {"LOTLINE_PAY_URL": "https://pay.example.org/x", "LOTLINE_PAY_SECRET": "s" * 40}
    with application(town, **paid) as app:
        assert "If you pay online" in app.test_client().get("/privacy").text
