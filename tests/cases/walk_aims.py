"""Weigh what is likely to lead on, so that a walk at random comes as far as a certified fine."""

from collections.abc import Callable
from datetime import date
from typing import Any

from walk_state import State

type Aim = Callable[[State, Any, date], float]

_AGAINST = {
    "void", "transfer", "withdraw", "cancel", "discard", "find_no_access", "vacate", "continue",
    "agree", "find_unfounded", "withdraw_request",
}  # fmt: skip
"""What leads off the long way to a certified fine, and is tried more seldom."""

_USUAL = {"case": 1, "inspection": 1, "violation": 1, "extension": 2, "notice": 5, "citation": 6,
          "hearing": 6, "order": 8}  # fmt: skip


def weight(state: State, section: str, name: str, part: Any, *, on: date) -> float:
    """Return how likely a step is to be tried beside others."""
    usual = _USUAL[section] * (0.04 if name in _AGAINST else 1)
    aim = AIMS.get(f"{section}.{name}")
    return usual * (aim(state, part, on) if aim else 1)


def _in_case(state: State, section: str, case: Any, *statuses: str) -> list[Any]:
    rows = [row for row in state.parts[section] if row.case_id == getattr(case, "case_id", case.id)]
    return [row for row in rows if not statuses or row.status in statuses]


def _few(section: str) -> Aim:
    return lambda state, case, _on: 1 / (1 + 2 * len(_in_case(state, section, case)))


def _name(state: State, case: Any, _on: date) -> float:
    known = any(row.case_id == case.id for row in state.beside["respondent"])
    return 0.1 if known else 10


def _close(state: State, case: Any, _on: date) -> float:
    return 0.05 if _in_case(state, "violation", case, "alleged", "open") else 2


def _correct(state: State, violation: Any, _on: date) -> float:
    return 0.05 if _in_case(state, "order", violation) else 0.4


def _draft(state: State, case: Any, _on: date) -> float:
    if not _in_case(state, "violation", case, "open"):
        return 0.1
    if _in_case(state, "notice", case, "drafted", "issued"):
        return 0.2
    return 2 if _in_case(state, "hearing", case, "docketed") else 1


def _tried(state: State, notice: Any) -> int:
    return sum(row.notice_id == notice.id for row in state.beside["service_attempt"])


def _try_again(state: State, notice: Any, _on: date) -> float:
    return 1 / (1 + _tried(state, notice))


def _prove(state: State, notice: Any, _on: date) -> float:
    return 1 if _tried(state, notice) else 0.05


def _ask_time(state: State, case: Any, on: date) -> float:
    due = [row.comply_by for row in _in_case(state, "violation", case, "open")]
    return 4 if any(day is not None and day >= on for day in due) else 0.1


def _cite(state: State, case: Any, on: date) -> float:
    cited = {row.violation_id for row in _in_case(state, "citation", case)}
    late = [
        row
        for row in _in_case(state, "violation", case, "open")
        if row.comply_by is not None and row.comply_by < on and row.id not in cited
    ]
    return 3 if late else 0.1


def _ask_hearing(state: State, case: Any, _on: date) -> float:
    waiting = _in_case(state, "hearing", case, "requested", "docketed", "continued", "opened")
    if waiting:
        return 0.05
    contested = _in_case(state, "citation", case, "contested")
    asking = _in_case(state, "order", case, "contested", "certified")
    return 2 if contested or asking else 0.1


def _docket(state: State, hearing: Any, _on: date) -> float:
    return 2 if _in_case(state, "notice", hearing, "served") else 0.05


def _open_hearing(state: State, hearing: Any, on: date) -> float:
    held = {row.id: row.held_on for row in state.beside["hearing_session"]}
    return 8 if held[hearing.session_id] == on else 0.05


def _enter(state: State, case: Any, _on: date) -> float:
    entered = {row.hearing_id for row in _in_case(state, "order", case)}
    heard = [row for row in _in_case(state, "hearing", case, "decided") if row.id not in entered]
    return 2 if heard and _in_case(state, "violation", case, "open") else 0.03


def _swear(_state: State, order: Any, on: date) -> float:
    return 2 if order.comply_by is None or order.comply_by < on else 0.1


def _reduce(state: State, order: Any, _on: date) -> float:
    heard = _in_case(state, "hearing", order, "decided")
    return 2 if any(row.about == "mitigation" for row in heard) else 0.1


def _look(state: State, case: Any, on: date) -> float:
    """An officer looks again where an order waits for it."""
    if not hasattr(case, "opened_on"):
        return 2
    seen = [row.made_on for row in _in_case(state, "inspection", case, "made")]
    if _in_case(state, "order", case, "entered", "served"):
        return 4 if not seen or max(seen) < on else 0.2
    return 6 if not seen else 0.3


AIMS: dict[str, Aim] = {
    "case.close": _close,
    "violation.find_corrected": _correct,
    "case.name_respondent": _name,
    "inspection.book": _few("inspection"),
    "inspection.make": _look,
    "violation.allege": _few("violation"),
    "notice.draft": _draft,
    "notice.record_attempt": _try_again,
    "notice.confirm_service": _prove,
    "extension.request": _ask_time,
    "extension.withdraw": lambda _state, _extension, _on: 15,
    "citation.issue": _cite,
    "hearing.request": _ask_hearing,
    "hearing.docket": _docket,
    "hearing.open": _open_hearing,
    "order.enter": _enter,
    "order.file_affidavit": _swear,
    "order.reduce": _reduce,
}
