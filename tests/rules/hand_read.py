"""Read the hand-written table of the process into rows that a test compares."""

import dataclasses
import re

from process_events import EVENTS
from process_table import PROCESS

from cases.workflow.roles import Role

WHO = {
    "O": Role.OFFICER,
    "C": Role.CLERK,
    "M": Role.MANAGER,
    "H": Role.HEARING_OFFICER,
    "R": Role.RESPONDENT,
    "P": Role.RESIDENT,
}


@dataclasses.dataclass(frozen=True)
class Read:
    to: str
    by: frozenset[Role]
    needs: tuple[str, ...]
    reason: bool


def _by_hand() -> dict[tuple[str, str | None, str], Read]:
    found = {}
    section = ""
    for line in filter(None, PROCESS.splitlines()):
        row = re.fullmatch(r"(\S+) > (\S+) > (\S+) : ([A-Z ]+?)(?: ; ([a-z_ ]+?))?( !)?", line)
        if row is None:
            section = line
            continue
        at, action, to, who, needs, reason = row.groups()
        key = (section, None if at == "-" else at, action)
        assert key not in found, line
        by = frozenset(WHO[letter] for letter in who.split())
        found[key] = Read(to, by, tuple((needs or "").split()), bool(reason))
    return found


BY_HAND = _by_hand()
EVENTS_BY_HAND = dict(line.split(" = ") for line in EVENTS.splitlines() if line)
