"""What is done again is told by a letter of its own, and what came back may be issued again."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from counter import Counter
from desk import day
from lettered import issue, said, stored
from played import LOOKED_AGAIN

from cases import inspections
from cases.actors import Actor
from cases.letters.kinds import LetterKind
from cases.workflow.roles import Role

type On = Callable[[int], Counter]


@pytest.fixture
def desk(on_case: On, case: int, sworn: int, tmp_path: Path) -> Counter:
    """The counter on a case whose order is not met, as an officer swore the day before."""
    assert sworn
    return stored(on_case(case).at(9, 5), tmp_path)


def test_whoever_swore_is_named_in_the_affidavit_and_the_visit_that_was_sworn_to(
    desk: Counter, case: int, sworn: int, town: sa.Connection
) -> None:
    other = Actor("R. Reed", Role.OFFICER)
    inspections.make(town, case_id=case, visit=LOOKED_AGAIN, actor=other, moment=day(9, 4))
    letter = said(issue(desk, LetterKind.NONCOMPLIANCE_AFFIDAVIT, sworn, "en"))
    assert "M. Rivera, being sworn, says" in letter
    assert "Inspected on Sep 4, 2026, by M. Rivera" in letter
    assert "R. Reed" not in letter
