"""Tell whether what happened to a case since an officer saw it bears on what the officer did."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from cases.advancing import HARMLESS
from cases.field.told import Kind


class _Event(Protocol):
    """An event of a case's history."""

    @property
    def kind(self) -> str: ...
    @property
    def details(self) -> Mapping[str, Any]: ...


def bears_on[E: _Event](
    events: Iterable[E],
    kind: Kind,
    *,
    violation_id: int | None = None,
    inspection_id: int | None = None,
) -> list[E]:
    """Return those of the events by others that bear on a deed.

    On a warning, a citation and the end of a case bears everything but what is plainly harmless;
    on what an officer found, only what was said of the same violation or appointment. What is seen
    does not become untrue because a letter went out.

    Parameters
    ----------
    events
        Since the officer's copy of the case was made, those of the officer's own phone left out.
    violation_id, inspection_id
        What of the case the deed is about.
    """
    if kind in {Kind.WARN, Kind.CITE, Kind.CLOSE}:
        return [each for each in events if each.kind not in HARMLESS]
    named = {"violation": violation_id, "inspection": inspection_id}
    about = {name: part for name, part in named.items() if part is not None}
    return [
        each
        for each in events
        if any(each.details.get(name) == part for name, part in about.items())
    ]
