"""The command line: help with an example everywhere, one sentence for every mistake."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from geo.database import Database
from webmap.cli import COMMANDS, EXAMPLES, LazyGroup, cli
from webmap.cli.days import DAY

LOTLINE = Path(sys.executable).with_name("lotline")


def _run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LOTLINE, *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )


def _commands(
    group: click.Group, path: tuple[str, ...]
) -> list[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    found: list[tuple[tuple[str, ...], click.Command]] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found.append(((*path, name), command))
        if isinstance(command, click.Group):
            found += _commands(command, (*path, name))
    return found


def test_every_command_has_help_with_an_example() -> None:
    lacking = [
        " ".join(path)
        for path, command in _commands(cli, ())  # type: ignore[arg-type]
        if "Example: lotline" not in (command.help or "")
    ]
    assert lacking == []


def test_help_lists_every_command_without_importing_any() -> None:
    told = _run("--help")
    assert told.returncode == 0
    assert isinstance(cli, LazyGroup)
    for name, (_, words) in COMMANDS.items():
        assert name in told.stdout
        assert words.split()[0] in told.stdout


def test_help_shows_an_example_of_every_command_there_is() -> None:
    every = {
        " ".join(path)
        for path, command in _commands(cli, ())  # type: ignore[arg-type]
        if not isinstance(command, click.Group)
    }
    shown = {" ".join(words.split()[:2]) for words in EXAMPLES}
    assert {
        name for name in every if not any(f"{words} ".startswith(f"{name} ") for words in shown)
    } == set()
    assert len(EXAMPLES) == len(every)
    told = _run("--help").stdout
    assert [words for words in EXAMPLES if f"  lotline {words}\n" not in told] == []


HEAVY = (
    "{'geopandas', 'pandas', 'shapely', 'scipy', 'numpy', 'sqlalchemy', 'pyarrow', 'weasyprint'}"
)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["import", "parcels", "--help"],
        ["import", "parcels", "--mappin", "x"],
        ["report", "heatmap", "--help"],
        ["report", "repeat", "--date", "soon"],
        ["routes", "plan", "--help"],
        ["town", "build", "--help"],
        ["mail", "list", "--help"],
        ["worker", "--help"],
    ],
)
def test_help_and_a_typing_error_cost_no_heavy_import(words: list[str]) -> None:
    script = (
        "import sys\nfrom webmap.cli import main\ntry:\n    main()\n"
        f"except SystemExit:\n    pass\nprint('HEAVY', sorted({HEAVY} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "HEAVY []"


@pytest.mark.parametrize(
    "words",
    [
        ("report", "heatmap", "--since", "2026-02-30"),
        ("report", "repeat", "--date", "2026-02-30"),
        ("routes", "plan", "--date", "2026-02-30"),
    ],
)
def test_a_day_that_is_none_is_refused_alike_by_every_command(words: tuple[str, ...]) -> None:
    told = _run(*words)
    assert told.returncode == 2
    assert "'2026-02-30' is no day: give it as YYYY-MM-DD, such as 2026-11-25" in told.stderr
    assert "%Y" not in told.stderr
    assert f"{words[2]} YYYY-MM-DD" in _run(*words[:2], "--help").stdout


@pytest.mark.parametrize("text", ["20260302", "2026-W10-1", "2026-3-2", "٢٠٢٦-٠٣-٠٢", ""])
def test_a_day_is_written_in_one_way(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is no day"):
        DAY.convert(text, None, None)


@pytest.mark.parametrize("words", [("nonsense",), ("serve", "--port", "99999"), ("db", "sideways")])
def test_wrong_words_exit_2_and_say_so(words: tuple[str, ...]) -> None:
    told = _run(*words)
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    assert "Error:" in told.stderr


def test_a_server_that_does_not_answer_is_one_sentence() -> None:
    nowhere = "127.0.0.1:1/none"
    told = _run(
        "db",
        "status",
        DATABASE_URL=f"postgresql://app@{nowhere}",
        DATABASE_URL_OWNER=f"postgresql://owner@{nowhere}",
        DATABASE_URL_PUBLIC=f"postgresql://public@{nowhere}",
    )
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert "did not answer" in told.stderr


def test_status_of_a_home_never_used_says_how_to_start_it(tmp_path: Path) -> None:
    told = _run("db", "status", LOTLINE_HOME=str(tmp_path / "new"))
    assert told.returncode == 0
    assert "lotline db up" in told.stdout


def test_a_database_never_upgraded_says_what_to_run(bare_home: Path) -> None:
    told = _run("report", "heatmap", LOTLINE_HOME=str(bare_home))
    assert told.returncode == 1
    assert "lotline db upgrade" in told.stderr
    assert "Traceback" not in told.stderr


def test_what_another_release_published_is_not_served_till_upgraded(
    fresh_database: Database, tmp_path: Path
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql("COMMENT ON SCHEMA published IS 'another release'")
    environ = {
        "LOTLINE_HOME": str(tmp_path),
        "DATABASE_URL": fresh_database.app_url,
        "DATABASE_URL_OWNER": fresh_database.owner_url,
        "DATABASE_URL_PUBLIC": fresh_database.public_url,
    }
    told = _run("serve", "--port", "8765", **environ)
    assert told.returncode == 1
    assert "made by another release" in told.stderr
    assert "lotline db upgrade" in told.stderr
    assert "run: lotline db upgrade" in _run("db", "status", **environ).stdout
    assert _run("db", "upgrade", **environ).returncode == 0
    assert "run: lotline" not in _run("db", "status", **environ).stdout
