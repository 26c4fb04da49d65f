"""Checking a law pack on the command line: what holds is counted, what does not is named."""

from pathlib import Path

from click.testing import CliRunner

from cases.lawpack.reading import DEFAULT
from webmap.cli.law import law


def test_the_bundled_law_holds_and_asks_for_counsel() -> None:
    told = CliRunner().invoke(law, ["check"])
    assert told.exit_code == 0
    assert "15 provisions" in told.output
    assert "have counsel review before use" in told.output


def test_a_law_that_contradicts_itself_names_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "town.toml"
    text = DEFAULT.read_text()
    broken.write_text(text.replace("life_years = 20", "life_years = 0"))
    line = text[: text.index("[liens]")].count("\n") + 1
    told = CliRunner().invoke(law, ["check", str(broken)])
    assert told.exit_code == 1
    assert f"{broken}:{line}: liens: " in str(told.exception)
