"""Hold whom the officers and what the stops of a problem stand for in the town's records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cases.visiting.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to be done at a stop.

    Attributes
    ----------
    subject_id, case_id, complaint_id
        As `cases.visiting.values.ToVisit` has them.
    number
        Of the case or the complaint.
    category
        What it is about.
    """

    kind: Kind
    subject_id: int
    case_id: int | None
    complaint_id: int | None
    number: str
    category: str = ""

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "kind": str(self.kind), "subject_id": self.subject_id, "case_id": self.case_id,
            "complaint_id": self.complaint_id, "number": self.number, "category": self.category,
        }  # fmt: skip

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Item":
        """Return what `told` has written."""
        return cls(**{**told, "kind": Kind(told["kind"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Whom officers and what stops stand for.

    Attributes
    ----------
    officers
        The accounts of the officers, by their names.
    items
        What is to be done at each stop, by its identifier.
    spots
        The place of each stop, as `cases.visiting.spots` names it.
    """

    officers: Mapping[str, int] = field(default_factory=dict)
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    spots: Mapping[str, str] = field(default_factory=dict)
