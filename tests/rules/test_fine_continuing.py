"""A citation's further days, each the same penalty again, run by the same clock as an order."""

from dataclasses import replace

import pytest
from fine_towns import TOWN, complied, day

from cases.errors import FineTermsError
from cases.fines.clock import fine
from cases.fines.continuing import Continuing, continuing
from cases.fines.rules import FineCap

COUNTY = replace(
    TOWN,
    first=FineCap(50_000, "s. 8CC-10"),
    statutes=replace(TOWN.statutes, runs="s. 8CC-4(c)"),
)


@pytest.mark.parametrize(
    ("limit", "cents"),
    [
        (Continuing(), 19 * 20_000),
        (Continuing(original_counts=False), 20 * 20_000),
        (Continuing(most_times=None), 91 * 20_000),
    ],
)
def test_each_further_day_is_the_same_penalty_again_up_to_the_towns_limit(
    limit: Continuing, cents: int
) -> None:
    terms = continuing(
        "Citation 2026-4", penalty_cents=20_000, correct_by=day("1 Jun"), limit=limit
    )
    assert fine(terms, COUNTY, as_of=day("1 Jun")).total_cents == 0
    assert fine(terms, COUNTY, as_of=day("11 Jun")).total_cents == 10 * 20_000
    assert fine(terms, COUNTY, as_of=day("31 Aug")).total_cents == cents


def test_it_is_potential_until_a_named_person_confirms_and_stops_with_correction() -> None:
    terms = continuing(
        "Citation 2026-4",
        penalty_cents=20_000,
        correct_by=day("1 Jun"),
        limit=Continuing(),
        confirmed_on=day("10 Jun"),
        end=complied("12 Jun"),
    )
    assert not fine(terms, COUNTY, as_of=day("9 Jun")).certified
    told = fine(terms, COUNTY, as_of=day("1 Jul"))
    assert (told.certified, told.total_cents) == (True, 10 * 20_000)
    assert "Citation 2026-4: 10 days at $200.00 a day" in told.lines[0].explanation
    assert "s. 8CC-4(c)" in told.lines[0].explanation


def test_the_same_amount_again_is_no_orders_fine_and_cites_the_towns_code() -> None:
    limit = Continuing(source="Sec. 1-14")
    terms = continuing(
        "Citation 2026-4", penalty_cents=50_000, correct_by=day("1 Jun"), limit=limit
    )
    rules = limit.rules(TOWN, penalty_cents=50_000)
    told = fine(terms, rules, as_of=day("3 Jun"))
    assert (TOWN.first.cents, told.total_cents) == (25_000, 2 * 50_000)
    assert "(Sec. 1-14)" in told.lines[0].explanation
    with pytest.raises(FineTermsError, match="names no source"):
        Continuing(source=" ")
