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


def test_the_matrix_says_who_may_do_what_and_by_what_law() -> None:
    told = CliRunner().invoke(law, ["permissions"])
    assert told.exit_code == 0
    rows = {line[:38].strip(): line for line in told.output.splitlines()}
    assert rows["CITATION"].split()[1:] == (
        ["officer", "clerk", "manager", "hearing", "officer", "admin", "respondent", "resident"]
    )
    waiver = rows["confirm waiver"].split("[")
    assert waiver[0].split()[2:] == ["-", "yes", "yes", "-", "-", "-", "-"]
    assert waiver[1].startswith("50 U.S.C. s. 3931")
    assert rows["withdraw (once served)"].split()[3:] == ["-", "-", "yes", "-", "-", "-", "-"]
    assert "take payment" in rows


def test_one_role_is_told_of_alone_and_an_admin_decides_nothing() -> None:
    judge = CliRunner().invoke(law, ["permissions", "--role", "hearing_officer"]).output
    assert "CITATION" in judge
    assert "uphold" in judge
    assert "confirm waiver" not in judge
    admin = CliRunner().invoke(law, ["permissions", "--role", "admin"])
    assert admin.output.split("\n", 1)[0].split() == ["PROGRAM", "admin"]
    assert "look after accounts" in admin.output


def test_a_step_the_town_leaves_out_is_not_in_its_matrix(tmp_path: Path) -> None:
    town = tmp_path / "town.toml"
    text = DEFAULT.read_text().replace("without = []", 'without = ["citation.void"]')
    town.write_text(text)
    told = CliRunner().invoke(law, ["permissions", str(town), "--role", "manager"]).output
    citation = told[told.index("CITATION") : told.index("HEARING")]
    assert "confirm waiver" in citation
    assert "void" not in citation
