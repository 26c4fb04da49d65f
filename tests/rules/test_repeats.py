"""When a violation repeats another in the eyes of section 162.04(5), and on what evidence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.charges import Finding, Outcome, Prior, Undone
from cases.citations import same_provision
from cases.lookback import within_years
from cases.owners.confirmations import ConfirmedDifferent, ConfirmedSame, Identities
from cases.owners.identifying import How
from cases.owners.parties import Party
from cases.repeats import possible_repeats, repeats

BOX = "PO Box 6196, Pelham Cove, FL 34998"
NOBODY_SAID = Identities()


def owner(name: str, parcel_no: str = "12-045-03", mailing: str | None = BOX) -> Party:
    return Party(name=name, mailing=mailing, parcel_no=parcel_no)


FINDING = Finding(
    case_no="CE-2026-0042",
    violator=owner("Sawgrass Homes II LLC"),
    citation="Sec. 30-36(a) - High grass",
    violated_on=date(2026, 6, 10),
)
PRIOR = Prior(
    case_no="CE-2023-0007",
    violator=owner("SAWGRASS HOMES II, L.L.C.", parcel_no="03-001-01"),
    citation="Section 30-36 (A) Overgrowth",
    outcome=Outcome.FOUND,
    outcome_on=date(2023, 9, 1),
)


def found(*priors: Prior, identities: Identities = NOBODY_SAID, years: int = 5) -> list[str]:
    listed = repeats(FINDING, priors, window_years=years, identities=identities)
    return [repeat.prior.case_no for repeat in listed]


def possible(*priors: Prior, identities: Identities = NOBODY_SAID) -> list[str]:
    listed = possible_repeats(FINDING, priors, window_years=5, identities=identities)
    return [maybe.words for maybe in listed]


def test_the_same_owner_and_section_on_another_parcel_is_a_repeat_with_its_evidence() -> None:
    (repeat,) = repeats(FINDING, [PRIOR], window_years=5, identities=NOBODY_SAID)
    assert repeat.known.how is How.SAME_NAME_AND_PLACE
    for evidence in ("CE-2023-0007", "30-36 (A)", "2023-09-01", "03-001-01", "found in violation"):
        assert evidence in repeat.words
    assert possible(PRIOR) == []


@pytest.mark.parametrize("outcome", [Outcome.FOUND, Outcome.PAID, Outcome.WAIVED])
def test_what_was_found_or_admitted_counts(outcome: Outcome) -> None:
    assert found(replace(PRIOR, outcome=outcome)) == [PRIOR.case_no]


@pytest.mark.parametrize(
    "other",
    [
        {"outcome": Outcome.CITED},
        {"undone": Undone.VOIDED},
        {"undone": Undone.REVERSED},
        {"outcome_on": None},
        {"outcome_on": date(2026, 6, 10)},
        {"outcome_on": date(2026, 7, 1)},
        {"outcome_on": date(2021, 6, 9)},
        {"citation": "Sec. 30-36(b)"},
        {"citation": "High grass"},
        {"case_no": FINDING.case_no},
    ],
)
def test_what_does_not_count_is_neither_a_repeat_nor_a_possible_one(
    other: dict[str, object],
) -> None:
    prior = replace(PRIOR, **other)  # type: ignore[arg-type]
    alike = replace(prior, violator=owner("Sawgrass Homes II Inc"))
    assert found(prior) == []
    assert possible(prior, alike) == []


def test_the_latest_prior_comes_first_and_the_window_is_the_packs() -> None:
    later = replace(PRIOR, case_no="CE-2025-0001", outcome_on=date(2025, 1, 3))
    edge = replace(PRIOR, case_no="CE-2021-0009", outcome_on=date(2021, 6, 10))
    assert found(edge, later, PRIOR) == ["CE-2025-0001", "CE-2023-0007", "CE-2021-0009"]
    assert found(edge, later, PRIOR, years=2) == ["CE-2025-0001"]


def test_a_sister_company_at_one_address_is_only_possible_and_says_why() -> None:
    sister = replace(PRIOR, violator=owner("Sawgrass Homes III LLC", parcel_no="03-001-01"))
    assert found(sister) == []
    (words,) = possible(sister)
    assert "a relation, no proof of one owner" in words
    assert "numbers or generations differ" in words


def test_a_namesake_whose_letters_go_elsewhere_is_only_possible() -> None:
    away = owner("Sawgrass Homes II LLC", parcel_no="03-001-01", mailing="1 Oak St, Tampa FL")
    assert found(replace(PRIOR, violator=away)) == []
    assert "namesakes" in possible(replace(PRIOR, violator=away))[0]


def test_a_person_decides_what_is_possible() -> None:
    sister = replace(PRIOR, violator=owner("Sawgrass Homes III LLC", parcel_no="03-001-01"))
    a, b = FINDING.violator.key, sister.violator.key
    assert a
    assert b
    day = date(2026, 6, 11)
    one = Identities([ConfirmedSame(a, b, by="M. Ruiz", on=day, reason="merged in 2024")])
    (repeat,) = repeats(FINDING, [sister], window_years=5, identities=one)
    assert repeat.known.how is How.CONFIRMED
    assert "M. Ruiz on 2026-06-11: merged in 2024" in repeat.words
    two = Identities([ConfirmedDifferent(a, b, by="M. Ruiz", on=day, reason="two registrations")])
    assert found(sister, identities=two) == []
    assert possible(sister, identities=two) == []
    assert possible(sister, identities=one) == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sec. 30-36(a)", "30-36 (A) - High grass"),
        ("Section 27-72 (f) - Overgrowth", "§ 27-72(f)"),
        ("30-36(a)", "30-36(a)"),
        ("Section 302.4: Weeds", "302.4"),
    ],
)
def test_one_section_is_one_provision_whatever_its_title(a: str, b: str) -> None:
    assert same_provision(a, b)
    assert same_provision(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sec. 30-36(a)", "Sec. 30-36(b)"),
        ("Sec. 30-36(a)", "Sec. 30-36"),
        ("Sec. 30-36", "Sec. 30-360"),
        ("High grass", "High grass"),
        ("2 cars on a lawn", "2 boats on a lawn"),
        ("", ""),
    ],
)
def test_other_sections_and_no_sections_are_not(a: str, b: str) -> None:
    assert not same_provision(a, b)


@pytest.mark.parametrize(
    ("earlier", "later", "within"),
    [
        ("2021-06-10", "2026-06-10", True),
        ("2021-06-09", "2026-06-10", False),
        ("2026-06-09", "2026-06-10", True),
        ("2026-06-10", "2026-06-10", False),
        ("2026-06-11", "2026-06-10", False),
        ("2024-02-29", "2029-02-28", True),
        ("2024-02-29", "2029-03-01", False),
        ("2023-02-28", "2028-02-29", False),
        ("2023-03-01", "2028-02-29", True),
        ("2019-12-31", "2024-12-31", True),
    ],
)
def test_five_years_end_on_the_day_of_the_same_number(
    earlier: str, later: str, *, within: bool
) -> None:
    days = date.fromisoformat(earlier), date.fromisoformat(later)
    assert within_years(*days, years=5) is within


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 3000), st.integers(1, 9))
def test_a_day_within_some_years_stays_so_when_it_is_nearer(
    earlier: date, apart: int, years: int
) -> None:
    later = earlier + timedelta(days=apart)
    if within_years(earlier, later, years=years):
        nearer = earlier + timedelta(days=1)
        assert nearer == later or within_years(nearer, later, years=years)
        assert apart <= years * 365.25 + 1
    else:
        assert apart >= years * 365
