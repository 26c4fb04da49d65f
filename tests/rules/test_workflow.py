"""The table of steps against the process as it was read by hand: every status, action and pack."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import product

import pytest
from hand_read import BY_HAND

from cases.lawpack.reading import BUNDLED, read_pack
from cases.workflow.registry import (
    NAMES,
    SECTIONS,
    STEPS,
    NoReasonError,
    NotNowError,
    choices,
    step_for,
)
from cases.workflow.roles import Role
from cases.workflow.step import Guard

ENDS = {
    "case": {"void"},
    "complaint": {"referred", "closed"},
    "inspection": {"made", "no_access", "cancelled"},
    "violation": {"closed", "voided", "transferred"},
    "notice": {"discarded", "withdrawn"},
    "extension": {"granted", "denied", "withdrawn"},
    "citation": {"settled", "dismissed", "voided"},
    "hearing": {"decided", "agreed", "cancelled"},
    "order": {"satisfied", "vacated"},
    "lien": {"satisfied", "released", "foreclosed", "expired"},
    "appeal": {"affirmed", "reversed", "remanded", "dismissed"},
    "abatement": {"settled", "cancelled"},
    "legal_action": {"declined", "satisfied", "settled", "dismissed"},
}


PACKS = sorted(BUNDLED.glob("*.toml"))


def _section(name: str, kind: str) -> type[StrEnum]:
    (found,) = {
        each
        for each in vars(SECTIONS[name]).values()
        if isinstance(each, type)
        and issubclass(each, StrEnum)
        and each.__module__ == SECTIONS[name].__name__
        and (each.__name__.endswith("Status") == (kind == "status"))
    }
    return found


def _everything() -> Iterator[tuple[str, StrEnum | None, StrEnum]]:
    for name in SECTIONS:
        for at, action in product([None, *_section(name, "status")], _section(name, "action")):
            yield name, at, action


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
@pytest.mark.parametrize("role", Role)
def test_from_every_status_every_action_does_what_the_process_says_and_nothing_else(
    path: object, role: Role
) -> None:
    without = read_pack(path).steps.without  # type: ignore[arg-type]
    for section, at, action in _everything():
        read = BY_HAND.get((section, at, action.partition(".")[2]))
        asked = {"role": role, "reason": "because", "without": without}
        if read is None or role not in read.by or action in without:
            with pytest.raises(NotNowError):
                step_for(at, action, **asked)  # type: ignore[arg-type]
            continue
        taken = step_for(at, action, **asked)  # type: ignore[arg-type]
        assert (taken.to, taken.by) == (read.to, read.by)
        assert tuple(guard.name.lower() for guard in taken.needs) == read.needs
        if read.reason:
            for silence in (None, "", "  "):
                with pytest.raises(NoReasonError, match="needs a reason"):
                    step_for(at, action, role=role, reason=silence, without=without)
        else:
            assert step_for(at, action, role=role, without=without) is taken


def test_the_table_and_the_process_have_the_same_rows() -> None:
    rows = {(action.partition(".")[0], at, action.partition(".")[2]) for at, action in STEPS}
    assert rows == set(BY_HAND)
    assert len(STEPS) == sum(len(section.STEPS) for section in SECTIONS.values())


def test_every_status_can_be_reached_and_all_but_the_ends_left() -> None:
    for name, section in SECTIONS.items():
        statuses = set(_section(name, "status"))
        reached: set[StrEnum] = set()
        while more := {s.to for s in section.STEPS if s.at is None or s.at in reached} - reached:
            reached |= more
        only_imported = {"closed"} if name == "violation" else set()
        assert statuses - reached == only_imported
        left = {step.at for step in section.STEPS if step.to != step.at}
        assert {str(each) for each in statuses - left} - {"complied"} == ENDS[name]


def test_every_guard_guards_something_and_every_action_is_a_step() -> None:
    assert {guard for step in STEPS.values() for guard in step.needs} == set(Guard)
    assert {str(action) for name in SECTIONS for action in _section(name, "action")} == NAMES


def test_an_event_names_one_deed() -> None:
    by_event: dict[str, set[str]] = {}
    for step in STEPS.values():
        by_event.setdefault(step.event, set()).add(str(step.action))
    assert {event: actions for event, actions in by_event.items() if len(actions) > 1} == {}


def test_an_admin_decides_nothing() -> None:
    assert not any(Role.ADMIN in step.by for step in STEPS.values())


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
    assert offered == ["citation.request_hearing", "citation.confirm_waiver", "citation.settle"]
    fewer = choices(served, section="citation", role=Role.CLERK, without={"citation.settle"})
    assert [str(each.action) for each in fewer] == offered[:2]
