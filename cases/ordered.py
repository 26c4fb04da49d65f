"""Hold what an order orders, and reckon its fine on any day from what is on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.adopted import law_of_case
from cases.errors import CaseError
from cases.fines.clock import Fine, fine
from cases.fines.orders import End, EndReason, Pause, Rate, Reduction, first_end
from cases.fines.rules import FineKind
from cases.fines.terms import FineTerms
from cases.models import AccrualPause, EnforcementOrder, FineReduction, Violation
from cases.money import write_cents
from cases.rows import row_of
from cases.wording import day_in_words
from cases.workflow.order import OrderStatus
from geo.compiled import Compiled

COLUMNS = (
    "kind", "comply_by", "found_on", "cents_per_day", "one_time_cents", "total_cap_cents",
    "costs_cents",
)  # fmt: skip
"""What is ordered, as the columns of an order hold it."""


class VacatedError(CaseError):
    """A fine is asked for under an order that was set aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What the tribunal orders for one violation.

    Parameters
    ----------
    kind
        A first violation, a repeat, or an irreparable one, which sets the cap (s. 162.09(2)(a)).
    comply_by
        The day to comply by; the fine runs from the day after. None for an irreparable one.
    found_on
        The day a repeat was found, from which it is fined (s. 162.09(1)), or an irreparable
        violation was found such.
    cents_per_day, one_time_cents
        The daily fine, or for an irreparable violation the one.
    total_cap_cents
        The most it may come to; None where the order sets none.
    costs_cents
        The town's costs of prosecuting the case (s. 162.07(2)); None where it sets none.
    """

    kind: FineKind = FineKind.FIRST
    comply_by: date | None = None
    found_on: date | None = None
    cents_per_day: int | None = None
    one_time_cents: int | None = None
    total_cap_cents: int | None = None
    costs_cents: int | None = None


def fine_of(connection: sa.Connection, order_id: int, *, as_of: date) -> Fine:
    """Return what an order's fine is on a day, explained line by line.

    Raises
    ------
    VacatedError
        The order was set aside, so none runs under it.
    """
    row = row_of(connection, EnforcementOrder, order_id)
    if row.status == OrderStatus.VACATED:
        msg = f"Order {row.number} was vacated: no fine runs under it."
        raise VacatedError(msg)
    law = law_of_case(connection, row.case_id)
    return fine(terms_of(connection, row, known_on=as_of), law.fines, as_of=as_of)


def terms_of(
    connection: sa.Connection, row: sa.Row[Any], *, known_on: date | None = None
) -> FineTerms:
    """Return an order's terms as they stand on record now.

    Parameters
    ----------
    known_on
        Where the fine may have ended by judgment and by compliance, the end that was the first of
        those on record on this day; None for all on record.
    """
    return terms_on_record(
        row,
        reductions=_REDUCTIONS.all(connection, order_id=row.id),
        pauses=_PAUSES.all(connection, order_id=row.id),
        corrected_on=row_of(connection, Violation, row.violation_id).corrected_on,
        known_on=known_on,
    )


def terms_on_record(
    row: sa.Row[Any],
    *,
    reductions: Sequence[sa.Row[Any]],
    pauses: Sequence[sa.Row[Any]],
    corrected_on: date | None,
    known_on: date | None = None,
) -> FineTerms:
    """Return an order's terms from what is on record of it, as `terms_of` reads it.

    Parameters
    ----------
    row
        The order's.
    reductions, pauses
        Those of this order.
    corrected_on
        The day its violation was found corrected.
    known_on
        As for `terms_of`.
    """
    return terms(
        row.number, ordered_in(row), end=_end(row, corrected_on, known_on=known_on),
        certified_on=row.certified_on,
        reductions=tuple(
            Reduction(each.ordered_on, f"Reduction of Order {row.number}", to_cents=each.to_cents)
            for each in reductions
        ),
        pauses=tuple(
            Pause(each.first_day, each.last_day, each.ordered_on, each.reference)
            for each in pauses
        ),
    )  # fmt: skip


def concluded(section: str | None) -> str:
    """Say what the tribunal concludes in law from what it found."""
    return f"What was found is a violation of section {section} of the code."


def ordered_in(row: sa.Row[Any]) -> Ordered:
    """Return what an order orders, from its row."""
    return Ordered(**{name: getattr(row, name) for name in COLUMNS} | {"kind": FineKind(row.kind)})


def _end(row: sa.Row[Any], corrected_on: date | None, *, known_on: date | None) -> End | None:
    """Return what ended the fine: compliance or judgment, whichever was first (s. 162.09(3)).

    The property complies as well once its violation is found corrected, known that day; that it
    was so before a repeat was found is no end.
    """
    if corrected_on and row.found_on and corrected_on < row.found_on:
        corrected_on = None
    ends = [
        End(on, why, known_on=learned_on)
        for on, why, learned_on in (
            (row.complied_on, EndReason.COMPLIANCE, row.complied_known_on),
            (corrected_on, EndReason.COMPLIANCE, corrected_on),
            (row.judged_on, EndReason.JUDGMENT, row.judged_known_on),
        )
        if on is not None
    ]
    return first_end(ends, known_on=known_on)


_REDUCTIONS = Compiled(
    sa.select(FineReduction.__table__).where(FineReduction.order_id == sa.bindparam("order_id"))
)
_PAUSES = Compiled(
    sa.select(AccrualPause.__table__).where(AccrualPause.order_id == sa.bindparam("order_id"))
)


def terms(number: str, ordered: Ordered, **since: Any) -> FineTerms:
    """Put what was ordered, and what came since, as the fine clock reads it.

    Raises
    ------
    FineTermsError
        Nothing could be counted by it.
    """
    first = ordered.comply_by if ordered.kind is FineKind.FIRST else ordered.found_on
    rates: tuple[Rate, ...] = ()
    if ordered.cents_per_day is not None and first is not None:
        rates = (Rate(first, ordered.cents_per_day),)
    return FineTerms(
        reference=f"Order {number}", kind=ordered.kind, comply_by=ordered.comply_by,
        found_on=ordered.found_on, rates=rates, one_time_cents=ordered.one_time_cents,
        total_cap_cents=ordered.total_cap_cents, **since,
    )  # fmt: skip


def frozen(ordered: Ordered) -> dict[str, Any]:
    """Return what was ordered, by its columns."""
    return {name: getattr(ordered, name) for name in COLUMNS}


def in_words(ordered: Ordered) -> str:
    """Say in half a sentence what is ordered: by when, what it costs if not, and the costs."""
    costs = "" if ordered.costs_cents is None else f"; costs of {write_cents(ordered.costs_cents)}"
    return _fine_in_words(ordered) + costs


def _fine_in_words(ordered: Ordered) -> str:
    if ordered.one_time_cents is not None:
        return f"one fine of {write_cents(ordered.one_time_cents)} for an irreparable violation"
    daily = f"{write_cents(ordered.cents_per_day or 0)} a day"
    if ordered.kind is FineKind.FIRST and ordered.comply_by is not None:
        said = f"comply by {day_in_words(ordered.comply_by)}, else {daily}"
    else:
        said = (
            f"{daily} from {day_in_words(ordered.found_on or date.max)}, when the repeat was found"
        )
    if ordered.total_cap_cents is not None:
        said += f", at most {write_cents(ordered.total_cap_cents)}"
    return said
