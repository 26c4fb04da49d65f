"""Hold the form of each deed in a case: what is asked for it, and the command that does it."""

from webmap.office.deeds import casefile, documents, inspections, notices, violations

__all__ = ["casefile", "documents", "inspections", "notices", "violations"]
