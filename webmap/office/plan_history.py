"""Remember what a change by hand did to a draft, so that it can be taken back."""

from collections.abc import Mapping
from typing import Any

from webmap.office.plan_shown import key_of

EDITS = "edits"
REMEMBERED = 20
"""How many changes can be taken back."""
_WHOLE = ("left", "helped", "idle", "totals")

type Json = dict[str, Any]


def remember(
    before: tuple[Mapping[str, Any], Mapping[str, Any]],
    after: tuple[Json, Json],
    *,
    key: str,
    words: str,
) -> tuple[Json, Json]:
    """Return a draft after a change, with what takes it back.

    Parameters
    ----------
    before, after
        Its problem and its plan, as `reports.routes.written` writes them.
    key
        Of the form by which it was changed: sent twice, it is known again.
    words
        What was changed, for the button that takes it back.
    """
    (was, had), (problem, plan) = before, after
    now = {key_of(each): each for each in plan["routes"]}
    edit = {
        "key": key, "words": words,
        "routes": [each for each in had["routes"] if now.get(key_of(each)) != each],
        "stops": [
            old for old, new in zip(was["stops"], problem["stops"], strict=True) if old != new
        ],
        **{name: had[name] for name in _WHOLE if name in had},
    }  # fmt: skip
    edits = [*had.get(EDITS, ()), edit][-REMEMBERED:]
    return problem, {**plan, EDITS: edits}


def last_change(plan: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the change that can be taken back first; None where there is none."""
    edits = plan.get(EDITS)
    return edits[-1] if edits else None


def was_done(plan: Mapping[str, Any], *, key: str) -> bool:
    """Tell whether a form's change is among those remembered."""
    return any(each["key"] == key for each in plan.get(EDITS, ()))


def undone(problem: Mapping[str, Any], plan: Mapping[str, Any]) -> tuple[Json, Json]:
    """Return a draft as it was before its last change; as it is where there is none."""
    edit = last_change(plan)
    if edit is None:
        return dict(problem), dict(plan)
    routes = {key_of(each): each for each in edit["routes"]}
    stops = {each["id"]: each for each in edit["stops"]}
    older = {
        **plan, **{name: edit[name] for name in _WHOLE if name in edit},
        "routes": [routes.get(key_of(each), each) for each in plan["routes"]],
        EDITS: plan[EDITS][:-1],
    }  # fmt: skip
    return {
        **problem, "stops": [stops.get(each["id"], each) for each in problem["stops"]]
    }, older  # fmt: skip
