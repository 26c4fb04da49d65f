"""Checking a law pack on the command line: what holds is counted, what does not is named."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cases.lawpack.reading import BUNDLED, DEFAULT, read_pack
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
    assert rows["give records"].endswith("[ss. 119.07(1) and 119.071, Florida Statutes]")


def test_each_states_matrix_cites_its_own_law() -> None:
    for name in ("california-admin", "ohio-statutory", "texas-home-rule"):
        told = CliRunner().invoke(law, ["permissions", str(BUNDLED / f"{name}.toml")])
        assert told.exit_code == 0
        assert "Florida" not in told.output
        assert read_pack(BUNDLED / f"{name}.toml").steps.sources["appeal.file"] in told.output


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


@pytest.mark.parametrize(
    ("pack", "told"),
    [
        (
            "florida-town",
            (
                "An order is appealed to the circuit court within 30 days of its execution.",
                (
                    "A recorded order is a lien for 20 years. It is foreclosed after 3 months at "
                    "the earliest. A homestead is never foreclosed."
                ),
            ),
        ),
        (
            "california-admin",
            (
                (
                    "An order is appealed to the superior court within 20 days of its service. The "
                    "court hears it anew."
                ),
                "The town has no lien.",
                (
                    "A penalty (ordinance) is at most $100.00 for a first violation, $200.00 with "
                    "1 violation in 1 year before, $500.00 with 2 violations in 1 year before."
                ),
                "Hardship reduces the penalty of a further violation.",
            ),
        ),
        (
            "texas-home-rule",
            (
                "A warning that came back refused or unclaimed counts as delivered.",
                "A homestead is fined at most $10.00 a day.",
                "34-21 High grass: 7 days to correct. More time is not given.",
                ("Then the town may do the work itself (Health and Safety Code s. 342.006(a))."),
                "A notice that the town may act on stands until its anniversary after 1 year.",
                (
                    "A recorded order is a lien without end. It may be foreclosed at once. "
                    "A homestead is never foreclosed. A homestead is never bound."
                ),
            ),
        ),
        (
            "ohio-statutory",
            (
                "521.08 High grass: 5 days to correct.",
                (
                    "Then the town may do the work itself (R.C. 731.53). Its cost goes to the tax "
                    "list (weeds and litter)."
                ),
                (
                    "The cost of work (nuisance and unsafe building) is certified to the tax list. "
                    "Within 1 year it keeps its priority."
                ),
            ),
        ),
    ],
)
def test_a_law_is_told_in_plain_words(pack: str, told: tuple[str, ...]) -> None:
    said = CliRunner().invoke(law, ["check", str(BUNDLED / f"{pack}.toml")])
    assert said.exit_code == 0
    assert [each for each in told if each not in said.output] == []


def test_a_vector_that_does_not_hold_is_named_by_file_line_and_what_came(tmp_path: Path) -> None:
    broken = tmp_path / "city.toml"
    text = (BUNDLED / "california-admin.toml").read_text(encoding="utf-8")
    broken.write_text(text.replace("{ most_cents = 20000 }", "{ most_cents = 25000 }"))
    line = text[: text.index('name = "a second one within a year')].count("\n")
    told = CliRunner().invoke(law, ["check", str(broken)])
    assert told.exit_code == 1
    assert str(told.exception).splitlines()[1] == (
        f'{broken}:{line}: "a second one within a year costs 200 dollars at most" (Government Code '
        "s. 36900(b)(2)): expected most_cents = 25000, the rules give most_cents = 20000"
    )
