"""From which day a cost on the tax list has its priority, by the provision it falls under."""

from datetime import date

import pytest

from cases.tax_list import PriorityFrom, TaxListError, TaxListRules, certify_by, priority_from

WEEDS = TaxListRules(name="weeds", priority=PriorityFrom.ENTRY, source="R.C. 731.54")
NUISANCE = TaxListRules(
    name="nuisance", priority=PriorityFrom.INCURRED, within_years=1, source="R.C. 715.261(B)(1)"
)
INCURRED, ENTERED = date(2026, 6, 1), date(2027, 7, 1)


def test_weeds_bind_from_the_entry_and_have_no_last_day() -> None:
    assert certify_by(WEEDS, incurred_on=INCURRED) is None
    first = priority_from(
        WEEDS, incurred_on=INCURRED, certified_on=date(2026, 6, 20), entered_on=ENTERED
    )
    assert first == ENTERED


@pytest.mark.parametrize(
    ("certified_on", "first"),
    [(date(2027, 6, 1), INCURRED), (date(2027, 6, 2), ENTERED)],
)
def test_a_nuisance_relates_back_where_it_is_certified_within_a_year(
    certified_on: date, first: date
) -> None:
    assert certify_by(NUISANCE, incurred_on=INCURRED) == date(2027, 6, 1)
    assert first == priority_from(
        NUISANCE, incurred_on=INCURRED, certified_on=certified_on, entered_on=ENTERED
    )


def test_nothing_is_certified_before_it_cost_anything_or_entered_before_it_is_certified() -> None:
    with pytest.raises(TaxListError, match="before"):
        priority_from(
            WEEDS, incurred_on=INCURRED, certified_on=date(2026, 5, 31), entered_on=ENTERED
        )
    with pytest.raises(TaxListError, match="before"):
        priority_from(
            WEEDS, incurred_on=INCURRED, certified_on=date(2027, 7, 2), entered_on=ENTERED
        )
