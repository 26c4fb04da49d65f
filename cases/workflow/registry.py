"""Find a step in the one table, or say what may be done instead."""

from collections.abc import Collection, Iterator
from enum import StrEnum
from itertools import chain

from cases.errors import CaseError
from cases.workflow import (
    abatement,
    appeal,
    casefile,
    citation,
    complaint,
    document,
    extension,
    hearing,
    inspection,
    legal_action,
    lien,
    notice,
    order,
    violation,
)
from cases.workflow.roles import Role
from cases.workflow.step import Step

SECTIONS = {
    "case": casefile,
    "complaint": complaint,
    "inspection": inspection,
    "violation": violation,
    "notice": notice,
    "extension": extension,
    "citation": citation,
    "hearing": hearing,
    "order": order,
    "lien": lien,
    "appeal": appeal,
    "abatement": abatement,
    "legal_action": legal_action,
    "document": document,
}
"""Each part of a case and the module that holds its status, its actions and its steps."""

STEPS: dict[tuple[StrEnum | None, StrEnum], Step] = {
    (each.at, each.action): each
    for each in chain.from_iterable(section.STEPS for section in SECTIONS.values())
}
"""Every step there is, by the status it is taken from and the action."""

NAMES = frozenset(str(action) for _, action in STEPS)
"""The actions, as a law pack names those it leaves out: ``extension.request``."""


class NotNowError(CaseError):
    """A step cannot be taken from where its part of the case stands, or not by this person."""


class NoReasonError(CaseError):
    """A decision was given without its reason."""


def choices(
    at: StrEnum | None, *, section: str, role: Role, without: Collection[str] = ()
) -> Iterator[Step]:
    """Yield the steps that somebody may take, guards aside, in the order of the table.

    Parameters
    ----------
    at
        The status of the part; None where it does not exist yet.
    section
        Which part of a case: a key of `SECTIONS`.
    without
        The actions that the town's law pack leaves out.
    """
    for each in SECTIONS[section].STEPS:
        if each.at == at and role in each.by and each.action not in without:
            yield each


def step_for(
    at: StrEnum | None,
    action: StrEnum,
    *,
    role: Role,
    reason: str | None = None,
    without: Collection[str] = (),
) -> Step:
    """Return the step that an action is, from a status, by somebody.

    Raises
    ------
    NotNowError
        There is no such step from there, the town does not take it, or this role may not.
    NoReasonError
        It needs a reason.
    """
    found = STEPS.get((at, action))
    if found is None or action in without or role not in found.by:
        raise NotNowError(_refusal(at, action, found, role=role, without=without))
    if found.reason and not (reason and reason.strip()):
        msg = f"{_said(action).capitalize()} needs a reason: say why in a sentence."
        raise NoReasonError(msg)
    return found


def _refusal(
    at: StrEnum | None,
    action: StrEnum,
    found: Step | None,
    *,
    role: Role,
    without: Collection[str],
) -> str:
    section = action.partition(".")[0]
    stands = "does not exist yet" if at is None else f"is {_said(at)}"
    what = f"{_said(action).capitalize()}: the {_said(section)} {stands}"
    if found is not None and action in without:
        return f"{what}, and this town's law has no such step."
    if found is not None:
        may = " or ".join(sorted(_said(each) for each in found.by))
        return f"{what}; that is for the {may}, not for the {_said(role)}."
    open_to = choices(at, section=section, role=role, without=without)
    allowed = [_said(each.action) for each in open_to]
    instead = ", ".join(allowed) if allowed else "nothing"
    return f"{what}, so that cannot be done now. What the {_said(role)} may do: {instead}."


def _said(word: str) -> str:
    return word.rpartition(".")[2].replace("_", " ")
