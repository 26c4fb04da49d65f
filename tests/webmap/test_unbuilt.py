"""A front end that was never built: one sentence at the start, plain text from a page."""

from pathlib import Path

import pytest
from alder_town import application
from click.testing import CliRunner

from geo.database import Database
from webmap import assets
from webmap.cli.serve import serve


@pytest.fixture(autouse=True)
def unbuilt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "BUILT", tmp_path)
    assets._manifest.cache_clear()


def test_serve_refuses_and_says_what_to_run() -> None:
    refused = CliRunner().invoke(serve, []).exception
    assert isinstance(refused, assets.NotBuiltError)
    assert "script/bootstrap" in str(refused)


@pytest.mark.parametrize(("path", "code"), [("/", 500), ("/nowhere", 404)])
def test_a_page_answers_in_plain_text(database: Database, path: str, code: int) -> None:
    with application(database) as app:
        answer = app.test_client().get(path)
    assert answer.status_code == code
    assert answer.mimetype == "text/plain"
    assert "script/bootstrap" in answer.text
