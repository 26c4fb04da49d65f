"""Gather the rows of an export into cases."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.models import Citation, EnforcementOrder, Hearing, Lien
from cases.moving_in.files import EntryStep
from cases.moving_in.reading import Export, Row
from cases.phases import Phase
from cases.standing import RUNNING, Standing, standing
from cases.workflow import order
from cases.workflow.casefile import CaseStatus
from cases.workflow.order import OrderStatus
from cases.workflow.violation import ViolationStatus

PARTS = (
    "violations", "notices", "citations", "hearings", "orders", "charges", "payments", "liens",
    "documents", "notes",
)  # fmt: skip


_RUNNING: dict[str, type[Any]] = {
    "citations": Citation,
    "hearings": Hearing,
    "orders": EnforcementOrder,
    "liens": Lien,
}


@dataclass(frozen=True, slots=True)
class MovedCase:
    """A case as the export tells of it: its row and those of its parts, in the order of the files.

    Attributes
    ----------
    parts
        Its rows in each of `PARTS`.
    """

    row: Row
    parts: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """Its number, which it keeps here."""
        return str(self.row["case_no"])

    @property
    def step(self) -> EntryStep:
        """Where its status says it stands."""
        return EntryStep(self.row["status"])

    @property
    def status(self) -> str:
        """Its status in the old system's own word."""
        return str(self.row["said"]["status"])

    @property
    def closed_on(self) -> date | None:
        """The day it ended; None of one that is open, whatever day the export has."""
        ended = self.step in (EntryStep.COMPLIED, EntryStep.CLOSED, EntryStep.UNFOUNDED)
        return self.row["closed_on"] if ended else None

    @property
    def running(self) -> set[Phase]:
        """How far the parts of it that run still carry it beyond its violations."""
        statuses: dict[type[Any], set[str]] = {
            model: {row["status"] for row in self.parts[name]} for name, model in _RUNNING.items()
        }
        return {
            reached
            for reached, model, among in RUNNING
            if statuses.get(model, set()) & {str(each) for each in among}
        }

    @property
    def status_here(self) -> CaseStatus:
        """Whether it may be written in here."""
        if self.step is EntryStep.VOID:
            return CaseStatus.VOID
        return CaseStatus.OPEN if self.closed_on is None else CaseStatus.CLOSED

    @property
    def stands(self) -> Standing:
        """Where its parts put it, by the same rule as every case here."""
        told = [
            (ViolationStatus(row["status"]), self._due(row), row["found_on"])
            for row in self.parts["violations"]
        ]
        return standing(told, status=self.status_here, running=self.running)

    def _due(self, violation: Row) -> date | None:
        """Return by when a violation is to be corrected: as the order that runs says, if any."""
        days: list[date] = [
            row["comply_by"] for row in self.parts["orders"]
            if row["violation_no"] == violation["violation_no"]
            and OrderStatus(row["status"]) in order.RUNNING
        ]  # fmt: skip
        return days[-1] if days else violation["comply_by"]

    def fingerprint(self) -> bytes:
        """Hash all that the export says of it, but not where in the files it stands."""
        told = {"cases": [self.row], **self.parts}
        content = {
            name: [{key: each for key, each in row.items() if key != "line"} for row in rows]
            for name, rows in told.items()
        }
        text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).digest()


def gather(export: Export) -> list[MovedCase]:
    """Gather the rows of an export that is whole, in the order of its cases."""
    by_case: dict[str, dict[str, list[Row]]] = {name: defaultdict(list) for name in PARTS}
    for name in PARTS:
        for row in export.rows[name]:
            by_case[name][row["case_no"]].append(row)
    return [
        MovedCase(row, {name: by_case[name].get(row["case_no"], []) for name in PARTS})
        for row in export.rows["cases"]
    ]
