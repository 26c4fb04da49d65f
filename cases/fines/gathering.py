"""Gather fines held one by one into columns; for reading from files and tables write them at once.

A loop in Python over the fines: a few microseconds each. What comes from the database in bulk
should come as arrays.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

import numpy as np

from cases.fines.columns import (
    AS_BY,
    KINDS,
    Days,
    FineColumns,
    PauseColumns,
    RateColumns,
    ReductionColumns,
    Whole,
)
from cases.fines.orders import EndReason, Rate
from cases.fines.rules import FineKind
from cases.fines.terms import FineTerms


def gathered(fines: Sequence[FineTerms]) -> FineColumns:
    """Put the terms of fines into columns, in the order given."""
    ends = [terms.end for terms in fines]
    return FineColumns(
        kind=np.array([KINDS.index(terms.kind) for terms in fines], dtype=np.int8),
        comply_by=_days(terms.comply_by for terms in fines),
        found_on=_days(terms.found_on for terms in fines),
        total_cap_cents=_whole(terms.total_cap_cents or 0 for terms in fines),
        end_on=_days(end.on if end else None for end in ends),
        end_recorded_on=_days(end.recorded_on if end else None for end in ends),
        end_is_judgment=np.array(
            [end is not None and end.why is EndReason.JUDGMENT for end in ends], dtype=np.bool_
        ),
        certified_on=_days(terms.certified_on for terms in fines),
        rates=_rates([_rates_of(terms) for terms in fines]),
        pauses=_pauses(fines),
        reductions=_reductions(fines),
    )


def _rates_of(terms: FineTerms) -> tuple[Rate, ...]:
    if terms.kind is FineKind.IRREPARABLE:
        return (Rate(terms.first_day, terms.one_time_cents or 0),)
    return terms.rates


def _rates(lists: Sequence[Sequence[Rate]]) -> RateColumns:
    rates = list(chain.from_iterable(lists))
    return RateColumns(
        at=_offsets(lists),
        from_day=_days(rate.from_day for rate in rates),
        cents=_whole(rate.cents for rate in rates),
        ordered_on=_days(rate.ordered_on for rate in rates),
    )


def _pauses(fines: Sequence[FineTerms]) -> PauseColumns:
    lists = [terms.pauses for terms in fines]
    pauses = list(chain.from_iterable(lists))
    return PauseColumns(
        at=_offsets(lists),
        first_day=_days(pause.first_day for pause in pauses),
        last_day=_days(pause.last_day for pause in pauses),
        ordered_on=_days(pause.ordered_on for pause in pauses),
    )


def _reductions(fines: Sequence[FineTerms]) -> ReductionColumns:
    lists = [terms.reductions for terms in fines]
    reductions = list(chain.from_iterable(lists))
    return ReductionColumns(
        at=_offsets(lists),
        ordered_on=_days(order.ordered_on for order in reductions),
        lapsed_on=_days(order.lapsed_on for order in reductions),
        to_cents=_whole(
            AS_BY if order.to_cents is None else order.to_cents for order in reductions
        ),
        by_cents=_whole(order.by_cents or 0 for order in reductions),
    )


def _offsets(lists: Sequence[Sequence[Any]]) -> Whole:
    return np.cumsum([0, *(len(rows) for rows in lists)], dtype=np.int64)


def _days(days: Iterable[date | None]) -> Days:
    return np.array(list(days), dtype="datetime64[D]")


def _whole(numbers: Iterable[int]) -> Whole:
    return np.array(list(numbers), dtype=np.int64)
