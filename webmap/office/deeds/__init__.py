"""Hold the form of each deed in a case: what is asked for it, and the command that does it."""

from webmap.office.deeds import (
    abatement,
    appeals,
    casefile,
    citations,
    documents,
    extensions,
    fining,
    hearings,
    inspections,
    legal_action,
    liens,
    money,
    notices,
    orders,
    violations,
)

__all__ = [
    "abatement",
    "appeals",
    "casefile",
    "citations",
    "documents",
    "extensions",
    "fining",
    "hearings",
    "inspections",
    "legal_action",
    "liens",
    "money",
    "notices",
    "orders",
    "violations",
]
