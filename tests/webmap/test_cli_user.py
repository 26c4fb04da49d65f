"""The command line adds those who may sign in, and prints the link for the first of them."""

import re
from pathlib import Path

import pytest
from alder_town import application, settle
from click.testing import CliRunner, Result
from staffed import Desk

from cases.accounts import members
from cases.accounts.errors import AccountError, WeakPasswordError
from geo.database import Database
from webmap.cli.user import user

PASSWORD = "orange boat in the harbor"  # noqa: S105 - of a town for tests


@pytest.fixture
def environ(fresh_database: Database, tmp_path: Path) -> dict[str, str]:
    return {
        "LOTLINE_HOME": str(tmp_path),
        "LOTLINE_URL": "https://code.alder.example",
        "DATABASE_URL": fresh_database.app_url,
        "DATABASE_URL_OWNER": fresh_database.owner_url,
        "DATABASE_URL_PUBLIC": fresh_database.public_url,
    }


def _run(environ: dict[str, str], *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(user, words, env=environ, input=typed)


def _link(told: Result) -> str:
    found = re.search(r"https://code\.alder\.example(/set-password/\S+)", told.output)
    assert found is not None, told.output
    return found[1]


def test_the_first_administrator_is_added_and_signs_in_by_the_link(
    environ: dict[str, str], fresh_database: Database
) -> None:
    settle(fresh_database)
    told = _run(environ, "add", "webb", "--role", "admin", "--full-name", "T. Webb")
    assert told.exit_code == 0
    assert "webb may sign in as admin." in told.output
    with application(fresh_database) as app:
        desk = Desk(app.test_client())
        link = _link(told)
        assert desk.send(link, page=link, password=PASSWORD).status_code == 302
        assert desk.sign_in("webb", PASSWORD).location == "/home"


def test_a_password_is_read_from_standard_input(
    environ: dict[str, str], fresh_database: Database
) -> None:
    words = ("add", "bell", "--role", "hearing_officer", "--password-stdin")
    told = _run(environ, *words, typed=f"{PASSWORD}\n")
    assert told.output == "bell may sign in as hearing officer.\n"
    with fresh_database.app.connect() as connection:
        added = members.find(connection, "bell")
    assert added is not None
    assert added.has_password


def test_a_weak_password_adds_nobody(environ: dict[str, str], fresh_database: Database) -> None:
    told = _run(environ, "add", "bell", "--role", "clerk", "--password-stdin", typed="short\n")
    assert isinstance(told.exception, WeakPasswordError)
    with fresh_database.app.connect() as connection:
        assert members.find(connection, "bell") is None


def test_everybody_is_listed_and_a_new_link_ends_the_older(environ: dict[str, str]) -> None:
    first = _run(environ, "add", "lane", "--role", "clerk", "--email", "lane@alder.example")
    second = _run(environ, "link", "lane@alder.example")
    assert _link(first) != _link(second)
    assert _run(environ, "list").output.split() == ["lane", "clerk", "lane"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("link", "nobody"), "Nobody signs in as nobody: lotline user list"),
        (("add", "lane", "--role", "clerk"), "already the sign-in name of lane"),
        (("add", "l", "--role", "clerk"), "cannot be a sign-in name"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    environ: dict[str, str], words: tuple[str, ...], told: str
) -> None:
    _run(environ, "add", "lane", "--role", "clerk")
    refused = _run(environ, *words)
    assert isinstance(refused.exception, AccountError)
    assert told in str(refused.exception)


def test_a_role_that_is_none_is_refused_before_anything_is_asked() -> None:
    refused = _run({}, "add", "lane", "--role", "resident")
    assert refused.exit_code == 2
    assert "hearing_officer" in refused.output
