"""What a fine is on a day, in figures worked out by hand from s. 162.09."""

from dataclasses import replace

import pytest
from fine_towns import CITY, TOWN, complied, day, first, irreparable, judged, repeat

from cases.errors import FineRateError
from cases.fines.clock import fine
from cases.fines.lines import LineRule
from cases.fines.orders import Pause, Rate, Reduction
from cases.fines.rules import FineKind
from cases.fines.terms import check_caps
from cases.money import write_cents

JULY = day("1 Jul")


def _pause(begins: str, ends: str | None, *, ordered: str, by: str = "Stay 4-1") -> Pause:
    return Pause(day(begins), day(ends) if ends else None, day(ordered), by)


def _cut(on: str, *, to: int | None = None, by: int | None = None) -> Reduction:
    return Reduction(day(on), f"Order of Reduction, {on}", to_cents=to, by_cents=by)


def test_compliance_on_11_june_costs_2250_where_that_day_is_not_counted() -> None:
    counted = fine(first(end=complied("11 Jun")), TOWN, as_of=JULY)
    assert counted.total_cents == 225_000
    assert counted.per_diem_cents == 0


def test_compliance_on_11_june_costs_2500_where_that_day_is_counted() -> None:
    town = replace(TOWN, count_compliance_day=True)
    assert fine(first(end=complied("11 Jun")), town, as_of=JULY).total_cents == 250_000


def test_the_date_set_is_free_and_the_day_after_is_not() -> None:
    assert fine(first(), TOWN, as_of=day("1 Jun")).total_cents == 0
    assert fine(first(), TOWN, as_of=day("2 Jun")).total_cents == 25_000


def test_the_per_diem_on_the_date_set_is_what_tomorrow_costs() -> None:
    assert fine(first(), TOWN, as_of=day("1 Jun")).per_diem_cents == 25_000
    assert fine(first(), TOWN, as_of=day("31 May")).per_diem_cents == 0


def test_a_repeat_runs_from_the_day_it_was_found() -> None:
    assert fine(repeat(), TOWN, as_of=day("4 Jun")).total_cents == 0
    assert fine(repeat(), TOWN, as_of=day("5 Jun")).total_cents == 50_000
    assert fine(repeat(), TOWN, as_of=day("14 Jun")).total_cents == 500_000


def test_a_repeat_takes_no_heed_of_a_date_set() -> None:
    terms = repeat(comply_by=day("30 Jun"))
    assert fine(terms, TOWN, as_of=day("5 Jun")).total_cents == 50_000


def test_an_irreparable_violation_is_fined_once() -> None:
    for as_of, cents in (("4 Jun", 0), ("5 Jun", 500_000), ("30 Jun", 500_000)):
        told = fine(irreparable(), TOWN, as_of=day(as_of))
        assert (told.total_cents, told.per_diem_cents) == (cents, 0)


def test_judgment_ends_a_fine_and_its_day_is_free_unless_the_town_counts_it() -> None:
    terms = first(end=judged("11 Jun"))
    assert fine(terms, TOWN, as_of=JULY).total_cents == 225_000
    town = replace(TOWN, count_judgment_day=True)
    assert fine(terms, town, as_of=JULY).total_cents == 250_000


def test_an_order_met_in_time_costs_nothing_and_says_so() -> None:
    told = fine(first(end=complied("28 May")), TOWN, as_of=JULY)
    assert (told.total_cents, told.per_diem_cents) == (0, 0)
    assert [line.rule for line in told.lines] == [LineRule.MET_IN_TIME]
    assert "May 28, 2026" in told.lines[0].explanation


@pytest.mark.parametrize(
    ("rules", "kind", "cents"),
    [
        (TOWN, FineKind.FIRST, 25_000),
        (TOWN, FineKind.REPEAT, 50_000),
        (TOWN, FineKind.IRREPARABLE, 500_000),
        (CITY, FineKind.FIRST, 100_000),
        (CITY, FineKind.REPEAT, 500_000),
        (CITY, FineKind.IRREPARABLE, 1_500_000),
    ],
)
def test_the_cap_may_be_set_and_a_cent_more_is_refused_and_never_counted(
    rules: object, kind: FineKind, cents: int
) -> None:
    order = {FineKind.FIRST: first, FineKind.REPEAT: repeat, FineKind.IRREPARABLE: irreparable}
    check_caps(order[kind](cents=cents), rules)
    above = order[kind](cents=cents + 1)
    said = f"{write_cents(cents + 1)} for a {kind} violation.*at most {write_cents(cents)}"
    with pytest.raises(FineRateError, match=said.replace("$", r"\$")):
        check_caps(above, rules)
    told = fine(above, rules, as_of=above.first_day)
    assert told.total_cents == cents
    assert "no more than" in told.lines[0].explanation


def test_a_new_rate_holds_from_its_day_on() -> None:
    rates = (Rate(day("2 Jun"), 10_000), Rate(day("12 Jun"), 25_000))
    told = fine(first(rates=rates), TOWN, as_of=day("21 Jun"))
    assert [(line.days, line.rate_cents) for line in told.lines] == [(10, 10_000), (10, 25_000)]
    assert told.total_cents == 350_000


def test_the_per_diem_knows_a_step_of_the_order_but_no_amendment_yet_to_come() -> None:
    step = first(rates=(Rate(day("2 Jun"), 10_000), Rate(day("12 Jun"), 25_000)))
    assert fine(step, TOWN, as_of=day("11 Jun")).per_diem_cents == 25_000
    amended = Rate(day("12 Jun"), 25_000, ordered_on=day("12 Jun"), reference="Order 2026-40")
    terms = first(rates=(Rate(day("2 Jun"), 10_000), amended))
    assert fine(terms, TOWN, as_of=day("11 Jun")).per_diem_cents == 10_000


def test_paused_days_cost_nothing_and_are_told() -> None:
    terms = first(pauses=(_pause("5 Jun", "9 Jun", ordered="5 Jun"),))
    told = fine(terms, TOWN, as_of=day("11 Jun"))
    assert told.total_cents == 5 * 25_000
    assert [(line.days, line.amount_cents) for line in told.lines] == [
        (3, 75_000),
        (5, 0),
        (2, 50_000),
    ]
    assert told.lines[1].rule is LineRule.PAUSED
    assert "Stay 4-1 of June 5, 2026" in told.lines[1].explanation


def test_a_paused_fine_has_no_per_diem_until_the_eve_of_its_going_on() -> None:
    terms = first(pauses=(_pause("5 Jun", "9 Jun", ordered="4 Jun"),))
    per_diem = {d: fine(terms, TOWN, as_of=day(f"{d} Jun")).per_diem_cents for d in (3, 4, 8, 9)}
    assert per_diem == {3: 25_000, 4: 0, 8: 0, 9: 25_000}


def test_days_under_two_pauses_are_paused_once_and_both_are_named() -> None:
    pauses = (
        _pause("5 Jun", "9 Jun", ordered="5 Jun", by="Appeal stay"),
        _pause("8 Jun", "12 Jun", ordered="8 Jun", by="Bankruptcy stay"),
    )
    told = fine(first(pauses=pauses), TOWN, as_of=day("13 Jun"))
    assert told.total_cents == 4 * 25_000
    both = [line for line in told.lines if "Appeal" in line.explanation and line.days == 2]
    assert "Bankruptcy stay" in both[0].explanation


def test_a_pause_that_reaches_back_does_not_change_what_was_told_before_its_order() -> None:
    terms = first(pauses=(_pause("5 Jun", None, ordered="10 Jun"),))
    assert fine(terms, TOWN, as_of=day("9 Jun")).total_cents == 8 * 25_000
    assert fine(terms, TOWN, as_of=day("10 Jun")).total_cents == 3 * 25_000


def test_compliance_found_later_does_not_change_what_was_told_before() -> None:
    terms = first(end=complied("11 Jun", known="14 Jun"))
    assert fine(terms, TOWN, as_of=day("13 Jun")).total_cents == 12 * 25_000
    assert fine(terms, TOWN, as_of=day("14 Jun")).total_cents == 225_000


def test_the_total_cap_stops_a_fine_on_the_cent() -> None:
    terms = first(total_cap_cents=60_000)
    assert fine(terms, TOWN, as_of=day("3 Jun")).per_diem_cents == 10_000
    told = fine(terms, TOWN, as_of=day("10 Jun"))
    assert (told.total_cents, told.per_diem_cents) == (60_000, 0)
    assert [(line.days, line.amount_cents) for line in told.lines] == [
        (2, 50_000),
        (1, 10_000),
        (6, 0),
    ]


def test_a_reduction_to_an_amount_changes_what_accrued_by_its_day_and_no_later_day() -> None:
    terms = first(reductions=(_cut("11 Jun", to=50_000),))
    assert fine(terms, TOWN, as_of=day("10 Jun")).total_cents == 225_000
    assert fine(terms, TOWN, as_of=day("11 Jun")).total_cents == 50_000
    assert fine(terms, TOWN, as_of=day("13 Jun")).total_cents == 100_000


def test_a_reduction_by_an_amount_never_goes_below_zero() -> None:
    terms = first(reductions=(_cut("3 Jun", by=9_000_000),))
    assert fine(terms, TOWN, as_of=day("3 Jun")).total_cents == 0
    assert fine(terms, TOWN, as_of=day("4 Jun")).total_cents == 25_000


def test_a_reduction_never_raises_a_fine() -> None:
    told = fine(first(reductions=(_cut("3 Jun", to=90_000),)), TOWN, as_of=day("3 Jun"))
    assert told.total_cents == 50_000
    assert "as it is" in told.lines[-1].explanation


def test_a_fine_is_reduced_after_compliance_as_boards_mostly_do() -> None:
    terms = first(end=complied("11 Jun"), reductions=(_cut("20 Jun", to=40_000),))
    told = fine(terms, TOWN, as_of=JULY)
    assert [line.rule for line in told.lines] == [
        LineRule.PAST_DATE_SET,
        LineRule.COMPLIED,
        LineRule.REDUCED,
    ]
    assert told.total_cents == 40_000


def test_a_reduction_that_lapsed_unpaid_no_longer_counts() -> None:
    cut = replace(_cut("12 Jun", to=40_000), lapsed_on=day("22 Jun"))
    terms = first(end=complied("11 Jun"), reductions=(cut,))
    assert fine(terms, TOWN, as_of=day("21 Jun")).total_cents == 40_000
    assert fine(terms, TOWN, as_of=day("22 Jun")).total_cents == 225_000


def test_a_reduction_makes_no_room_beneath_the_total_cap() -> None:
    terms = first(total_cap_cents=100_000, reductions=(_cut("5 Jun", to=10_000),))
    assert fine(terms, TOWN, as_of=day("30 Jun")).total_cents == 10_000


def test_before_certification_an_amount_is_potential_and_says_so() -> None:
    terms = first(certified_on=day("10 Jun"))
    assert fine(terms, TOWN, as_of=day("9 Jun")).label == "potential, not imposed"
    certified = fine(terms, TOWN, as_of=day("10 Jun"))
    assert (certified.certified, certified.label) == (True, "imposed")


def test_an_explanation_names_order_rate_rule_dates_and_statute() -> None:
    told = fine(first(end=complied("11 Jun")), TOWN, as_of=JULY)
    ran, complied_on = (line.explanation for line in told.lines)
    assert ran == (
        "Order 2026-17: 9 days at $250.00 a day, June 2, 2026 to June 10, 2026, each day the "
        "violation continued past June 1, 2026, the date set (s. 162.09(1), Fla. Stat.)."
    )
    assert complied_on == (
        "June 11, 2026: the day of compliance. The fine ran until then (s. 162.09(3), Fla. "
        "Stat.), and under the town's rules that day itself is not counted."
    )
