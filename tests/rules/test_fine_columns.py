"""Columns of fines: what they refuse, by the row at fault, and the least they may hold."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from fine_towns import TOWN, complied, day, first, irreparable, judged, repeat

from cases.errors import FineTermsError
from cases.fines.columns import FineColumns
from cases.fines.gathering import gathered
from cases.fines.many import many
from cases.fines.orders import Pause, Rate, Reduction

JULY = day("1 Jul")
NEVER = np.datetime64("NaT", "D")


def _columns() -> FineColumns:
    """Three plain fines; the second has two of everything, the third is irreparable."""
    busy = repeat(
        rates=(Rate(day("5 Jun"), 100), Rate(day("9 Jun"), 200)),
        pauses=(
            Pause(day("6 Jun"), day("7 Jun"), day("6 Jun"), "Stay 1"),
            Pause(day("9 Jun"), None, day("9 Jun"), "Stay 2"),
        ),
        reductions=(
            Reduction(day("7 Jun"), "Order 2", to_cents=50),
            Reduction(day("8 Jun"), "Order 3", by_cents=50, lapsed_on=day("9 Jun")),
        ),
        end=judged("20 Jun"),
    )
    return gathered([first(end=complied("11 Jun")), busy, irreparable()])


def _day(text: str) -> np.datetime64:
    return np.datetime64(day(text), "D")


REFUSED: list[tuple[str, str, int, Any, int]] = [
    ("kind", "kind", 0, 3, 0),
    ("date set", "comply_by", 0, NEVER, 0),
    ("day found", "found_on", 1, NEVER, 1),
    ("outside the years", "end_on", 0, np.datetime64("20000-01-01"), 0),
    ("certified before", "certified_on", 0, _day("1 Jun"), 0),
    ("total cap", "total_cap_cents", 0, -1, 0),
    ("irreparable, yet has a cap", "total_cap_cents", 2, 5, 2),
    ("without its day of record", "end_recorded_on", 0, NEVER, 0),
    ("without its day of record", "end_on", 0, NEVER, 0),
    ("before it came", "end_recorded_on", 0, _day("1 Jun"), 0),
    ("ends before its first day", "end_on", 1, _day("4 Jun"), 1),
    ("from its first day on", "rates.from_day", 0, _day("3 Jun"), 0),
    ("from its first day on", "rates.ordered_on", 0, _day("1 Jun"), 0),
    ("amount not of its day", "rates.from_day", 3, _day("1 Jun"), 2),
    ("rate that is no amount", "rates.cents", 2, 0, 1),
    ("before its order", "rates.ordered_on", 2, _day("10 Jun"), 1),
    ("rates not rising", "rates.from_day", 2, _day("5 Jun"), 1),
    ("without its first day", "pauses.first_day", 0, NEVER, 1),
    ("without its first day", "pauses.ordered_on", 1, NEVER, 1),
    ("ends before it begins", "pauses.last_day", 0, _day("5 Jun"), 1),
    ("pauses not rising", "pauses.first_day", 1, _day("1 Jun"), 1),
    ("reduction before its first day", "reductions.ordered_on", 0, _day("4 Jun"), 1),
    ("never counted", "reductions.lapsed_on", 1, _day("8 Jun"), 1),
    ("either to or by", "reductions.to_cents", 1, 5, 1),
    ("either to or by", "reductions.by_cents", 1, 0, 1),
    ("reductions not rising", "reductions.ordered_on", 1, _day("7 Jun"), 1),
    ("after its judgment", "reductions.ordered_on", 1, _day("21 Jun"), 1),
]


@pytest.mark.parametrize(("said", "column", "row", "value", "fine"), REFUSED)
def test_a_fine_at_fault_is_named_by_its_row(
    said: str, column: str, row: int, value: Any, fine: int
) -> None:
    columns = _columns()
    if said in {"never counted", "after its judgment"}:
        columns.reductions.lapsed_on[:] = NEVER
    part = columns
    *parts, name = column.split(".")
    for inner in parts:
        part = getattr(part, inner)
    getattr(part, name)[row] = value
    with pytest.raises(FineTermsError, match=f"Fine {fine} of the columns.*{said}"):
        many(columns, TOWN, as_of=JULY)


MISSHAPEN: dict[str, Callable[[FineColumns], FineColumns]] = {
    "Column found_on": lambda c: replace(c, found_on=c.found_on[:2]),
    "offsets of rates": lambda c: replace(c, rates=replace(c.rates, at=c.rates.at[:-1])),
    "offsets of pauses": lambda c: replace(c, pauses=replace(c.pauses, at=c.pauses.at + 1)),
    "offsets of reductions": lambda c: replace(
        c, reductions=replace(c.reductions, by_cents=c.reductions.by_cents[:1])
    ),
    "of datetime64.s.; give whole days": lambda c: replace(c, end_on=c.end_on.astype("M8[s]")),
    "has no rate": lambda c: replace(c, rates=replace(c.rates, at=np.array([0, 0, 3, 4]))),
    "yet has several rates": lambda c: replace(
        c, rates=replace(c.rates, at=np.array([0, 1, 2, 4]))
    ),
    "yet paused": lambda c: replace(c, pauses=replace(c.pauses, at=np.array([0, 0, 1, 2]))),
}


@pytest.mark.parametrize("said", MISSHAPEN)
def test_columns_that_do_not_fit_each_other_are_refused(said: str) -> None:
    with pytest.raises(FineTermsError, match=said):
        many(MISSHAPEN[said](_columns()), TOWN, as_of=JULY)


def test_what_is_not_broken_is_counted() -> None:
    told = many(_columns(), TOWN, as_of=JULY)
    assert told.total_cents.tolist() == [225_000, 50 + 100, 500_000]
    assert told.per_diem_cents.tolist() == [0, 0, 0]
    assert not told.certified.any()


def test_no_fine_at_all_is_no_trouble() -> None:
    assert many(gathered([]), TOWN, as_of=JULY).total_cents.tolist() == []


def test_a_rate_above_the_cap_is_cut_among_many_too() -> None:
    told = many(gathered([first(cents=90_000)]), TOWN, as_of=day("2 Jun"))
    assert (told.total_cents[0], told.per_diem_cents[0]) == (25_000, 25_000)
