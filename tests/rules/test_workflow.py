"""The table of steps against the process as it was read by hand: every status, action and pack."""

from pathlib import Path

import pytest
from process_checks import (
    check_choices,
    check_events,
    check_left_out,
    check_reach,
    check_rows,
    check_steps,
    check_whole,
)

from cases.lawpack.reading import BUNDLED, read_pack
from cases.workflow import registry
from cases.workflow.registry import NAMES, SECTIONS, NotNowError, choices, step_for
from cases.workflow.roles import Role

PACKS = sorted(BUNDLED.glob("*.toml"))


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
@pytest.mark.parametrize("section", SECTIONS)
def test_from_every_status_every_action_does_what_the_process_says_and_nothing_else(
    path: Path, section: str
) -> None:
    without = read_pack(path).without
    check_steps(registry, section, without=without)
    check_choices(registry, section, without=without)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_table_and_the_process_have_the_same_rows(section: str) -> None:
    check_rows(registry, section)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_status_can_be_reached_and_all_but_the_ends_left(section: str) -> None:
    check_reach(registry, section)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_deed_keeps_the_name_that_histories_have_for_it(section: str) -> None:
    check_events(registry, section)


def test_every_guard_guards_something_every_action_is_a_step_and_an_admin_takes_none() -> None:
    check_whole(registry)


@pytest.mark.parametrize("action", sorted(NAMES))
def test_a_step_the_town_leaves_out_is_not_taken_and_the_others_are(action: str) -> None:
    check_left_out(registry, action)


def test_a_refusal_says_what_is_allowed_now() -> None:
    citation = SECTIONS["citation"]
    issued, waive = citation.CitationStatus.ISSUED, citation.CitationAction.CONFIRM_WAIVER
    with pytest.raises(NotNowError) as told:
        step_for(issued, waive, role=Role.CLERK)
    assert str(told.value) == (
        "Confirm waiver: the citation is issued, so that cannot be done now. "
        "What the clerk may do: confirm service."
    )
    with pytest.raises(NotNowError, match="for the clerk or manager, not for the officer"):
        step_for(citation.CitationStatus.SERVED, waive, role=Role.OFFICER)
    with pytest.raises(NotNowError, match="this town's law has no such step"):
        step_for(issued, citation.CitationAction.VOID, role=Role.MANAGER, without={"citation.void"})
    with pytest.raises(NotNowError, match=r"does not exist yet.*may do: nothing"):
        step_for(None, waive, role=Role.RESIDENT)


def test_a_page_is_offered_what_may_be_done_and_nothing_the_town_leaves_out() -> None:
    citation = SECTIONS["citation"]
    served = citation.CitationStatus.SERVED
    offered = [str(each.action) for each in choices(served, section="citation", role=Role.CLERK)]
    assert offered == [
        "citation.request_hearing", "citation.record_late_request", "citation.confirm_waiver",
        "citation.settle",
    ]  # fmt: skip
    fewer = choices(served, section="citation", role=Role.CLERK, without={"citation.settle"})
    assert [str(each.action) for each in fewer] == offered[:3]
