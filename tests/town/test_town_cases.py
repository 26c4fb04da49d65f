"""Check that the generated years of cases could have happened."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from cases.lawpack.reading import DEFAULT, read_pack
from data.town import liens, people, plat, tables
from data.town.liens import Lien
from data.town.people import Holding
from data.town.plat import Plat
from data.town.playing.tribunal import sitting_from
from data.town.years import Case, tell

UNTIL = date(2026, 11, 20)
LADDER = ["open", "cited", "hearing", "ordered", "lien"]


@pytest.fixture(scope="module")
def paper() -> Plat:
    return plat.lay(parcels=1500, seed=3)


@pytest.fixture(scope="module")
def holdings(paper: Plat) -> list[Holding]:
    return people.settle(np.random.default_rng(3), paper)


@pytest.fixture(scope="module")
def cases(paper: Plat, holdings: list[Holding]) -> list[Case]:
    return tell(np.random.default_rng(3), paper, holdings, years=2, until=UNTIL)


@pytest.fixture(scope="module")
def recorded(cases: list[Case]) -> list[Lien]:
    return liens.record(np.random.default_rng(3), cases, until=UNTIL)


def test_no_case_has_an_impossible_history(cases: list[Case]) -> None:
    for case in cases:
        assert case.received <= case.found <= UNTIL
        assert case.comply_by > case.found
        assert (case.channel == "officer") <= (case.received == case.found)
        if case.closed:
            assert case.found < case.closed <= UNTIL
        assert (case.status == "corrected") == (case.closed is not None)
        if case.status in LADDER[1:]:
            assert case.comply_by < UNTIL
        if case.lien_recorded:
            assert case.ordered is not None
            assert case.ordered < case.lien_recorded <= UNTIL


def test_there_are_cases_enough_and_a_seventh_to_a_third_are_open(
    paper: Plat, cases: list[Case]
) -> None:
    assert len(cases) >= 0.36 * len(paper.lots)
    still = [case for case in cases if case.closed is None]
    # The last bit of a root differs between processors, and the dice fall otherwise from there.
    assert 0.14 < len(still) / len(cases) < 0.34
    assert any(case.comply_by < UNTIL for case in still)
    assert any(case.comply_by >= UNTIL for case in still)
    assert {case.status for case in still} == set(LADDER)


def test_most_lots_have_none_and_a_few_have_many(paper: Plat, cases: list[Case]) -> None:
    count = np.bincount([case.lot for case in cases], minlength=len(paper.lots))
    assert (count == 0).mean() > 0.6
    worst = np.sort(count)[::-1][: len(count) // 50]
    assert worst.sum() > 0.15 * count.sum()
    assert 5 <= worst[0] <= 25


def test_the_landlords_companies_are_repeat_offenders(
    holdings: list[Holding], cases: list[Case]
) -> None:
    owned = np.mean([h.owner.kind == "landlord" for h in holdings])
    cited = np.mean([holdings[case.lot].owner.kind == "landlord" for case in cases])
    assert cited > 4 * owned


def test_grass_grows_in_summer(cases: list[Case]) -> None:
    months = [c.found.month for c in cases if c.offences[0].category == "High grass"]
    summer = sum(month in {6, 7, 8, 9} for month in months)
    winter = sum(month in {12, 1, 2, 3} for month in months)
    assert summer > 2 * winter


def test_a_vacant_lot_has_no_house_to_neglect(paper: Plat, cases: list[Case]) -> None:
    bare = {o.category for c in cases for o in c.offences if paper.lots[c.lot].use == "vacant"}
    assert bare <= {"High grass", "Trash and debris", "Overgrown lot", "Outdoor storage"}


def test_rows_name_each_violation_once_and_its_case_and_parcel(
    paper: Plat, cases: list[Case]
) -> None:
    rows = tables.violations(paper, cases, tables.case_numbers(cases))
    assert rows.case_no.nunique() == len(cases)
    assert set(rows.parcel_no) <= set(paper.parcel_nos)
    assert not rows.duplicated(["case_no", "category"]).any()
    found = pd.to_datetime(rows.drop_duplicates("case_no").found_on)
    assert found.is_monotonic_increasing


def test_liens_lie_on_cases_that_were_ordered_and_end_after_the_case(
    cases: list[Case], recorded: list[Lien]
) -> None:
    assert len(recorded) >= 12
    for lien in recorded:
        case = cases[lien.case]
        assert case.lien_recorded == lien.recorded_on
        assert lien.amount_cents > 0
        if lien.released_on:
            assert case.closed is not None
            assert lien.recorded_on < lien.released_on <= UNTIL
            assert case.closed < lien.released_on
    numbers = [lien.instrument_no for lien in recorded]
    assert len(set(numbers)) == len(numbers)
    assert [lien.recorded_on for lien in recorded] == sorted(x.recorded_on for x in recorded)


def test_an_amount_is_written_as_a_clerk_would(
    paper: Plat, cases: list[Case], recorded: list[Lien]
) -> None:
    rows = tables.liens(paper, cases, recorded, tables.case_numbers(cases))
    assert rows.amount.str.fullmatch(r"\d{1,3}(,\d{3})*\.\d{2}").all()
    assert set(rows.status) <= {"recorded", "released"}
    assert (rows.released_on.ne("") == rows.status.eq("released")).all()


@pytest.mark.parametrize(
    ("earliest", "until", "held_on"),
    [
        (date(2025, 11, 1), UNTIL, date(2025, 11, 12)),  # Veterans Day is a second Tuesday
        (date(2026, 11, 16), UNTIL, UNTIL),
        (date(2026, 11, 16), date(2026, 11, 26), date(2026, 11, 25)),  # no sitting on Thanksgiving
        (date(2026, 11, 16), date(2026, 11, 28), date(2026, 11, 25)),  # nor on a Saturday
        (date(2026, 11, 26), date(2026, 11, 28), date(2026, 12, 8)),
    ],
)
def test_no_hearing_is_held_on_a_day_on_which_the_town_does_not_work(
    earliest: date, until: date, held_on: date
) -> None:
    days = read_pack(DEFAULT).calendar.days
    assert sitting_from(earliest, until=until, days=days) == held_on
