"""What is told of closed cases, and which kinds are hidden, is set; what cannot be is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from small_town import import_cases, lay_out, violation

from cases.public_rule import Rule, told
from geo.database import Database
from webmap.cli.telling import keep_public_rule
from webmap.public_settings import CLOSED, HIDDEN
from webmap.setting_errors import SettingError
from webmap.settings import Settings

LOTLINE = Path(sys.executable).with_name("lotline")


def _read(**said: str) -> Rule:
    return Settings(home=Path(), environ=said).public_rule


def test_unset_a_closed_case_is_told_of_for_a_year_and_no_kind_is_hidden() -> None:
    assert _read() == _read(**{CLOSED: "", HIDDEN: " "}) == Rule(closed_days=365, hidden_kinds=())


def test_days_and_kinds_are_read_whatever_their_capitals_and_blanks() -> None:
    read = _read(**{CLOSED: "30", HIDDEN: "Hoarding;  animal   Neglect"})
    assert read == Rule(closed_days=30, hidden_kinds=("animal neglect", "hoarding"))
    assert _read(**{CLOSED: "0"}).closed_days == 0


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        (CLOSED, "a year", "give whole days, such as 365, or 0"),
        (CLOSED, "-1", "give whole days"),
        (CLOSED, "1.5", "give whole days"),
        (CLOSED, "٣", "give whole days"),
        (CLOSED, "99999", "give 36500 days at most"),
        (CLOSED, "9" * 5000, "give whole days"),
        (HIDDEN, "Hoarding;;Trash", "with a semicolon between two"),
        (HIDDEN, "x" * 201, "give kinds of cases"),
    ],
)
def test_what_cannot_be_is_told_by_the_name_of_the_setting(name: str, said: str, told: str) -> None:
    with pytest.raises(SettingError, match=told) as refused:
        _read(**{name: said})
    assert str(refused.value).startswith(name)
    assert len(str(refused.value)) < 300


def test_what_is_set_reaches_the_views_as_the_server_starts(
    fresh_database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
        import_cases(connection, tmp_path, violation(), violation(case_no="C-2", category="Trash"))
    seen = sa.text("""SELECT number FROM published."case" ORDER BY number""")
    both = ["C-1", "C-2"]
    for kinds, cases in ((("high grass",), ["C-2"]), ((), both), (("trsh",), both)):
        rule = Rule(closed_days=9, hidden_kinds=kinds)
        keep_public_rule(fresh_database, rule)
        with fresh_database.public.connect() as connection:
            assert told(connection) == rule
            assert connection.scalars(seen).all() == cases
    assert "names trsh, and no case here is of that kind" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["serve"], ["db", "upgrade"]])
def test_no_command_starts_with_a_setting_that_cannot_be(
    command: list[str], tmp_path: Path
) -> None:
    environ = {**os.environ, "LOTLINE_HOME": str(tmp_path), CLOSED: "soon"}
    answer = subprocess.run(
        [LOTLINE, *command], capture_output=True, text=True, check=False, env=environ
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith(f'Error: {CLOSED} is "soon"'), answer.stderr
    assert not list(tmp_path.iterdir())
