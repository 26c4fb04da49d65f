"""Judge how owners are identified on generated towns, whose true owners the generator knows."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from town_seeds import DEVELOPMENT, HELD_OUT
from true_owners import Record, history, landlords, roll

from cases.charges import Finding, Outcome, Prior
from cases.owners.confirmations import Identities
from cases.owners.likeness import Alike, likeness
from cases.owners.names import name_key
from cases.owners.parties import Party
from cases.repeats import repeats

LEAST_PAIRS_SUGGESTED = 0.45
LEAST_COMPANIES_SUGGESTED = 0.9
"""Chosen on the development seeds: 46 of 87 pairs of the landlord's companies have one address,
for the landlord has two, and 30 of 31 companies share theirs with another."""


IN_THE_GATE = 3
"""How many of the held-out towns every change is judged on; `--full` judges on all."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(seed, marks=[] if at < IN_THE_GATE else [pytest.mark.full])
        for at, seed in enumerate(HELD_OUT)
    ],
)
def seed(request: pytest.FixtureRequest) -> int:
    """A held-out town; the tests of one run together, so that it is laid out once."""
    return int(request.param)


def right_and_all(records: Iterable[Record], key: Callable[[Party], str | None]) -> tuple[int, int]:
    """Count the pairs of records that a key links, those of one owner and all."""
    keyed = [(key(record.party), record.truth) for record in records]
    alike = Counter(pair for pair in keyed if pair[0])
    linked = Counter(found for found, _ in keyed if found)
    right, total = (sum(n * (n - 1) // 2 for n in c.values()) for c in (alike, linked))
    return right, total


def in_another_hand(record: Record) -> Record:
    """Write a record as another clerk would: shouted, last name last, LLC and boxes dotted."""
    last, comma, first = record.party.name.partition(", ")
    first, couple, spouse = first.partition(" & ")
    name = f"{first} AND {spouse} {last}" if couple else f"{first} {last}" if comma else last
    mailing = record.party.mailing
    party = replace(
        record.party,
        name=name.replace("LLC", "L.L.C.").upper(),
        mailing=mailing and mailing.replace("PO Box", "P.O. BOX").replace(",", "").upper(),
    )
    return replace(record, party=party)


def test_what_links_by_itself_is_always_one_owner(seed: int) -> None:
    records = roll(seed) + [record for _, record in history(seed)]
    records += [in_another_hand(record) for record in records]
    right, linked = right_and_all(records, lambda party: party.key)
    assert linked > 1000
    assert right == linked


def test_another_hand_hides_no_owner(seed: int) -> None:
    assert all(in_another_hand(record).party.key == record.party.key for record in roll(seed))


def test_a_name_without_a_place_would_link_namesakes() -> None:
    records = roll(DEVELOPMENT[0])
    right, linked = right_and_all(records, lambda party: name_key(party.name))
    assert right / linked < 0.9


def test_every_repeat_found_by_itself_is_of_one_owner(seed: int) -> None:
    told = history(seed)
    truth = {str(at): record.truth for at, (_, record) in enumerate(told)}
    priors = [
        Prior(
            case_no=str(at),
            violator=record.party,
            citation=offence.section,
            outcome=Outcome.FOUND,
            outcome_on=case.ordered,
        )
        for at, (case, record) in enumerate(told)
        for offence in case.offences
    ]
    found = [
        repeat
        for finding in findings(seed)
        for repeat in repeats(finding, priors, window_years=5, identities=Identities())
    ]
    assert len(found) > 10
    assert all(truth[r.finding.case_no] == truth[r.prior.case_no] for r in found)


def findings(seed: int) -> Iterator[Finding]:
    for at, (case, record) in enumerate(history(seed)):
        for offence in case.offences:
            yield Finding(
                case_no=str(at),
                violator=record.party,
                citation=offence.section,
                violated_on=case.found,
            )


@pytest.mark.parametrize(
    "seeds",
    [HELD_OUT[:IN_THE_GATE], pytest.param(HELD_OUT, marks=pytest.mark.full)],
    ids=["gate", "all"],
)
def test_letters_to_one_address_bring_the_landlords_companies_together(
    seeds: tuple[int, ...],
) -> None:
    owned = [landlords(roll(seed)) for seed in seeds]
    pairs = [pair for companies in owned for pair in combinations(companies, 2)]
    suggested = [pair for pair in pairs if by_mailing(*pair)]
    companies = {party for pair in suggested for party in pair}
    assert len(suggested) / len(pairs) >= LEAST_PAIRS_SUGGESTED
    assert len(companies) / sum(map(len, owned)) >= LEAST_COMPANIES_SUGGESTED


def by_mailing(a: Party, b: Party) -> bool:
    found = likeness(a, b)
    return found is not None and any(reason.alike is Alike.MAILING for reason in found.reasons)
