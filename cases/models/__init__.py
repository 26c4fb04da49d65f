"""Describe the tables of cases; what may happen to them stands in the rooms beside."""

from cases.models.case import Case, CaseGrid, CaseGridStale
from cases.models.complaint import Complaint
from cases.models.event import CaseEvent
from cases.models.lien import Lien
from cases.models.violation import Ordinance, Violation

__all__ = [
    "Case",
    "CaseEvent",
    "CaseGrid",
    "CaseGridStale",
    "Complaint",
    "Lien",
    "Ordinance",
    "Violation",
]
