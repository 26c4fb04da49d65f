"""What no fine could be counted by is refused, with what was got and what to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fine_towns import SMALL, STATUTES, complied, day, first, irreparable, judged, repeat

from cases.errors import FineTermsError
from cases.fines.continuing import Continuing
from cases.fines.orders import End, EndReason, Pause, Rate, Reduction
from cases.fines.rules import FineCap

JUNE_5 = date(2026, 6, 5)


def _cut(on: str) -> Reduction:
    return Reduction(day(on), "Reduction", to_cents=1)


REFUSED: dict[str, Callable[[], object]] = {
    "before it begins on 2026-06-05": lambda: Pause(JUNE_5, day("4 Jun"), JUNE_5, "Stay"),
    "names no order": lambda: Pause(JUNE_5, None, JUNE_5, " "),
    "0 cents a day.*enter a pause": lambda: Rate(JUNE_5, 0),
    "-1 cents a day": lambda: Rate(JUNE_5, -1),
    "250.0 cents a day": lambda: Rate(JUNE_5, 250.0),  # type: ignore[arg-type]
    "later than it begins.*reduction": lambda: Rate(JUNE_5, 1, day("6 Jun"), "Order 2"),
    "to None and by None": lambda: Reduction(JUNE_5, "Order 3"),
    "to 5 and by 5": lambda: Reduction(JUNE_5, "Order 3", to_cents=5, by_cents=5),
    "to -1 and by None": lambda: Reduction(JUNE_5, "Order 3", to_cents=-1),
    "to None and by 0": lambda: Reduction(JUNE_5, "Order 3", by_cents=0),
    "lapsed on 2026-06-05": lambda: Reduction(JUNE_5, "Order 3", to_cents=1, lapsed_on=JUNE_5),
    "before it came": lambda: End(JUNE_5, EndReason.JUDGMENT, day("4 Jun")),
    "cap is 0 cents": lambda: FineCap(0, SMALL),
    "names no statute": lambda: FineCap(25_000, " "),
    "name no statute for ends": lambda: replace(STATUTES, ends=""),
    "no comply_by": lambda: first(comply_by=None),
    "no found_on": lambda: repeat(found_on=None),
    "A fine names no order": lambda: first(reference=" "),
    "certified on 2026-06-01, before its first": lambda: first(certified_on=day("1 Jun")),
    "total_cap_cents is 0": lambda: first(total_cap_cents=0),
    "its rates begin never": lambda: first(rates=()),
    "its rates begin 2026-06-03": lambda: first(rates=(Rate(day("3 Jun"), 1),)),
    "one-time amount is 5": lambda: first(one_time_cents=5),
    "two rates from one day": lambda: first(rates=(Rate(day("1 Jun"), 1), Rate(day("1 Jun"), 2))),
    "first rate is by an amending": lambda: first(rates=(Rate(day("2 Jun"), 1, day("1 Jun")),)),
    "fined once": lambda: irreparable(total_cap_cents=5),
    "by judgment on 2026-06-01, before": lambda: first(end=judged("1 Jun")),
    "by compliance on 2026-06-04, before": lambda: repeat(end=complied("4 Jun")),
    "two reductions of one day": lambda: first(reductions=(_cut("5 Jun"), _cut("5 Jun"))),
    "reduction of 2026-06-01 is before": lambda: first(reductions=(_cut("1 Jun"),)),
    "after the judgment of 2026-06-05.*waiver": lambda: first(
        end=judged("5 Jun"), reductions=(_cut("6 Jun"),)
    ),
    "leaves no further day": lambda: Continuing(most_times=1),
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_makes_no_sense_is_refused_in_words(said: str) -> None:
    with pytest.raises(FineTermsError, match=said):
        REFUSED[said]()


def test_what_was_ordered_may_come_in_any_order() -> None:
    rates = (Rate(day("2 Jun"), 10_000), Rate(day("12 Jun"), 25_000))
    assert first(rates=rates[::-1]) == first(rates=rates)
