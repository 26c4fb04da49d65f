"""Each step that somebody of the staff may take has its form, its words and its consequence."""

from cases.desk.beside import BESIDE
from cases.desk.consequences import CONSEQUENCES
from cases.desk.leading import LEADS
from cases.permissions import Right, may
from cases.workflow.beginnings import BEGIN_ON
from cases.workflow.registry import STEPS
from cases.workflow.roles import STAFF, Role
from webmap.office.deeds.deed import DEEDS

AT_WORK = STAFF | {Role.HEARING_OFFICER}
ELSEWHERE = {"case.open"}
"""What the intake desk does, beside whatever is done with a complaint."""


def _theirs() -> set[str]:
    taken = {str(step.action) for step in STEPS.values() if step.by & AT_WORK}
    return {each for each in taken - ELSEWHERE if not each.startswith("complaint.")}


def test_every_step_that_staff_may_take_has_its_form() -> None:
    assert _theirs() - set(DEEDS) == set()


def test_every_right_to_move_money_has_its_form() -> None:
    money = {str(right) for right in Right if right.startswith("money.")}
    # What is charged is charged by its order, citation or abatement.
    assert money - set(DEEDS) == {"money.charge"}
    assert all(any(may(role, right) for role in AT_WORK) for right in money)


def test_a_form_stands_for_something_that_may_be_done_and_nothing_else() -> None:
    assert set(DEEDS) == _theirs() | set(BESIDE)


def test_every_form_tells_its_consequence_before_it_is_sent() -> None:
    assert set(CONSEQUENCES) == set(DEEDS)


def test_whatever_begins_a_part_is_offered_on_a_part_there_is() -> None:
    begins = {str(action) for at, action in STEPS if at is None} & _theirs()
    assert begins - {str(action) for action in BEGIN_ON} == set()


def test_what_leads_a_page_can_be_done_from_it() -> None:
    assert {str(action) for action, _section, _test in LEADS} <= set(DEEDS)
