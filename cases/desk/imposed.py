"""Say by what law an order imposes a fine, and whether it becomes a lien."""

from dataclasses import dataclass

from cases.desk.book import Book, Row
from cases.fines.rules import FineKind, FineStatutes
from cases.lien_terms import LienRules, may_bind
from cases.workflow.order import OrderAction


@dataclass(frozen=True, slots=True)
class ImposedBy:
    """The law of an order that imposes a fine.

    Parameters
    ----------
    sources
        Where it is written.
    lien
        What the order becomes once it is recorded; None where it becomes no lien.
    """

    sources: tuple[str, ...]
    lien: LienRules | None


def imposed_by(book: Book, order: Row) -> ImposedBy:
    """Return by what law an order of a case imposes its fine."""
    law = book.law
    if law is None:
        return ImposedBy((), None)
    fine = _statute(law.fines.statutes, FineKind(order.kind))
    homestead = any(each.homestead for each in book.owners)
    recorded = OrderAction.RECORD not in law.without and may_bind(law.liens, homestead=homestead)
    if law.liens is None or not recorded:
        return ImposedBy((fine,), None)
    return ImposedBy((fine, law.liens.source), law.liens)


def _statute(statutes: FineStatutes, kind: FineKind) -> str:
    match kind:
        case FineKind.FIRST:
            return statutes.runs
        case FineKind.REPEAT:
            return statutes.repeat
    return statutes.irreparable
