"""A case's phase follows from its parts, and its stage from phase and deadline."""

import itertools
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from cases.desk.passed import REACH, Age
from cases.phases import ImportedStage, Phase, phase
from cases.stages import Stage, stage
from cases.standing import Standing, standing
from cases.workflow.casefile import CaseStatus
from cases.workflow.violation import ViolationStatus

TODAY = date(2026, 6, 15)
V = ViolationStatus


@pytest.mark.parametrize(
    ("violations", "expected"),
    [
        ([], Phase.REPORTED),
        ([V.ALLEGED], Phase.REPORTED),
        ([V.ALLEGED, V.CORRECTED], Phase.REPORTED),
        ([V.OPEN, V.CORRECTED, V.ALLEGED], Phase.OPEN),
        ([V.CORRECTED, V.CORRECTED], Phase.COMPLIED),
        ([V.CORRECTED, V.UNFOUNDED, V.VOIDED], Phase.COMPLIED),
        ([V.CORRECTED, V.CLOSED], Phase.CLOSED),
        ([V.UNFOUNDED, V.TRANSFERRED], Phase.UNFOUNDED),
        ([V.VOIDED, V.TRANSFERRED], Phase.VOID),
    ],
)
def test_a_phase_follows_from_the_violations(
    violations: list[ViolationStatus], expected: Phase
) -> None:
    assert phase(violations) is expected


@pytest.mark.parametrize("claimed", list(ImportedStage))
def test_how_far_a_source_says_a_case_went_holds_only_while_a_violation_is_open(
    claimed: ImportedStage,
) -> None:
    assert phase([V.OPEN, V.CLOSED], imported_stage=claimed) == claimed.value
    assert phase([V.CLOSED], imported_stage=claimed) is Phase.CLOSED


def test_a_recorded_lien_outlives_the_violation_it_came_from() -> None:
    assert phase([V.CORRECTED], running=[Phase.LIEN]) is Phase.LIEN


@pytest.mark.parametrize(
    ("running", "expected"),
    [
        ([Phase.CITED], Phase.CITED),
        ([Phase.HEARING, Phase.CITED], Phase.HEARING),
        ([Phase.ORDERED, Phase.HEARING], Phase.ORDERED),
        ([Phase.LEGAL, Phase.ORDERED], Phase.LEGAL),
        ([Phase.LEGAL, Phase.LIEN], Phase.LIEN),
    ],
)
def test_the_farthest_of_what_runs_says_the_phase_whatever_became_of_the_violation(
    running: list[Phase], expected: Phase
) -> None:
    for violation in (V.OPEN, V.CORRECTED):
        assert phase([violation], running=running) is expected


def test_a_case_that_ended_without_a_violation_was_unfounded_and_a_void_one_is_void() -> None:
    assert phase([], status=CaseStatus.CLOSED) is Phase.UNFOUNDED
    assert phase([V.CORRECTED], status=CaseStatus.VOID, running=[Phase.CITED]) is Phase.VOID


def test_a_hearing_on_what_nobody_verified_publishes_nothing() -> None:
    now = standing([(V.ALLEGED, None, None)], running=[Phase.HEARING])
    assert (now.phase, now.published) == (Phase.HEARING, False)


def test_a_case_is_due_when_its_first_open_violation_is_and_only_then() -> None:
    later, sooner = date(2026, 7, 1), date(2026, 6, 20)
    dues = [(V.OPEN, later), (V.CORRECTED, date(2026, 1, 1)), (V.OPEN, sooner), (V.OPEN, None)]
    assert standing([(at, due, None) for at, due in dues]) == Standing(
        Phase.OPEN, 3, sooner, published=True
    )
    assert standing([(V.CORRECTED, sooner, None)]).next_due is None


def test_a_case_is_as_old_as_the_oldest_of_its_violations_that_stands_open() -> None:
    first, second, third = date(2025, 1, 1), date(2026, 3, 1), date(2026, 4, 1)
    told = [(V.CORRECTED, None, first), (V.OPEN, None, third), (V.OPEN, None, second)]
    assert standing(told).open_since == second
    assert standing([(V.OPEN, None, None)]).open_since is None
    assert standing([(V.CORRECTED, None, first)]).open_since is None


def test_the_database_calls_every_age_as_the_offices_lists_count_it(
    connection: sa.Connection,
) -> None:
    for age, (fewest, most) in REACH.items():
        for days in (fewest, 9999 if most is None else most):
            since = TODAY - timedelta(days=days)
            assert connection.scalar(sa.select(sa.func.published.age(since, TODAY))) == age
    assert connection.scalar(sa.select(sa.func.published.age(None, TODAY))) == Age.UNKNOWN


@pytest.mark.parametrize("status", [V.ALLEGED, V.UNFOUNDED, V.VOIDED])
def test_what_was_never_verified_is_not_published(status: ViolationStatus) -> None:
    assert not standing([(status, None, None)]).published


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, Stage.OVERDUE),
        (0, Stage.DUE_SOON),
        (7, Stage.DUE_SOON),
        (8, Stage.OPEN),
        (None, Stage.OPEN),
    ],
)
def test_a_deadline_is_overdue_only_after_its_own_day(days: int | None, expected: Stage) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    assert stage(Phase.OPEN, due, on=TODAY) is expected
    assert stage(Phase.CITED, due, on=TODAY) is Stage.CITED


def test_the_database_and_python_call_every_stage_the_same(connection: sa.Connection) -> None:
    days = [None, *(TODAY + timedelta(days=d) for d in (-400, -1, 0, 1, 6, 7, 8, 400))]
    for each, due in itertools.product(Phase, days):
        told = connection.scalar(sa.select(sa.func.published.stage(each.value, due, TODAY)))
        assert told == stage(each, due, on=TODAY), (each, due)
