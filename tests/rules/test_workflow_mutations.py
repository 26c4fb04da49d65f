"""Whatever is wrong in the table of steps, the checks against the process notice."""

from collections.abc import Callable
from itertools import islice
from types import ModuleType

import pytest
from mutants import SOURCE, TWISTS, rows_wrong_in_one, table_from, table_with
from process_checks import check_left_out, check_section, check_whole

from cases.workflow.registry import NAMES, SECTIONS

FEW = 37
"""In the gate every so many-th mutant is tried, `--full` tries all."""


def _holds(table: ModuleType, check: Callable[..., None], *about: str) -> bool:
    """Tell whether a check passes a mutant; whatever the check stumbles over is a failing test."""
    try:
        check(table, *about)
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 - see above
        return False
    return True


def _survivors(section: str, *, every: int) -> tuple[int, list[str]]:
    tried, survivors = 0, []
    for told, rows in islice(rows_wrong_in_one(section), None, None, every):
        tried += 1
        if _holds(table_with(section, rows), check_section, section):
            survivors.append(told)
    return tried, survivors


def test_the_table_itself_survives() -> None:
    for section, module in SECTIONS.items():
        assert _holds(table_with(section, module.STEPS), check_section, section)
    check_whole(table_from(SOURCE))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_sample_of_mutated_rows_is_noticed(section: str) -> None:
    tried, survivors = _survivors(section, every=FEW)
    assert tried >= 4
    assert survivors == []


@pytest.mark.full
@pytest.mark.parametrize("section", SECTIONS)
def test_every_mutated_row_is_noticed(section: str, capsys: pytest.CaptureFixture[str]) -> None:
    tried, survivors = _survivors(section, every=1)
    with capsys.disabled():
        print(f"\n{section}: {tried} mutants, {len(survivors)} survive")  # noqa: T201
    assert survivors == []


@pytest.mark.parametrize(("line", "bent"), TWISTS)
def test_a_bent_look_up_is_noticed(line: str, bent: str) -> None:
    assert SOURCE.count(line) == 1
    table = table_from(SOURCE.replace(line, bent))
    held = [_holds(table, check_section, section) for section in SECTIONS]
    held += [_holds(table, check_left_out, action) for action in sorted(NAMES)]
    assert not all(held)
