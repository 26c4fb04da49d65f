"""A repeat violation: found among the town's own records, shown, and confirmed by a person."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER
from played import MAGISTRATE
from played_owners import (
    BOX,
    LANDLORD,
    NUMBER,
    Played,
    answer_for,
    at,
    cite,
    cite_as_repeat,
    confirm,
    enter,
    find,
    hear,
    settle,
    tell,
    waive,
)

from cases import citing, orders, owner_words, waiving
from cases.adopted import law_of_case
from cases.advancing import GuardError
from cases.fines.rules import FineKind
from cases.hearings import Outcome
from cases.history import faults
from cases.identities import Verdict
from cases.models import CaseEvent, Citation, EnforcementOrder, Hearing, Violation
from cases.notice_words import NoticeKind
from cases.ordered import fine_of
from cases.owners.identifying import How
from cases.owners.parties import Party
from cases.repeating import Evidence, is_repeat_by, repeat_evidence, withdraw_repeat
from cases.story import events_of, told
from cases.workflow.registry import NoReasonError, NotNowError

AWAY = "77 Gulf Rd, Tampa, FL 33602"


def evidence(connection: sa.Connection, played: Played) -> Evidence:
    (only,) = repeat_evidence(connection, played.violation)
    return only


def counting(connection: sa.Connection, played: Played) -> list[str | None]:
    return [each.prior.number for each in evidence(connection, played).repeats]


def row_of(connection: sa.Connection, played: Played) -> sa.Row:
    query = sa.select(Violation.__table__).where(Violation.id == played.violation)
    return connection.execute(query).one()


def test_one_landlord_on_two_lots_under_two_spellings_is_found_with_the_evidence(
    town: sa.Connection, later: Played
) -> None:
    (repeat,) = evidence(town, later).repeats
    assert repeat.known.how is How.SAME_NAME_AND_PLACE
    assert repeat.words == (
        "Sawgrass Homes II LLC: admitted, by waiving the hearing, a violation of Sec. 30-36(a) on "
        "2023-04-30, case CE-2023-00001 (UCV-2023-00001), parcel A-1; violated again on "
        "2026-06-01. The same name with the same place for letters, or the same parcel."
    )
    assert evidence(town, later).possible == ()
    assert row_of(town, later).repeat_confirmed_on is None


def test_the_roll_of_the_day_says_where_the_owner_gets_letters(
    town: sa.Connection, law: int, roll: None
) -> None:
    waive(town, find(town, law, on=date(2023, 3, 1), address="Suite 5, 2 Front St, Tampa FL"))
    again = find(town, law, on=date(2026, 6, 1), lot="A-3", address="9 Old Rd, Tampa FL")
    assert counting(town, again) == [NUMBER]
    tenant = find(town, law, on=date(2026, 6, 1), lot="A-4", address="9 Old Rd, Tampa FL")
    assert counting(town, tenant) == []
    assert roll is None


def test_a_confirmed_repeat_names_its_prior_and_is_told_in_the_story(
    town: sa.Connection, later: Played
) -> None:
    confirm(town, later, NUMBER)
    row = row_of(town, later)
    prior = town.execute(sa.select(Citation.id).where(Citation.number == NUMBER)).scalar_one()
    assert (row.repeat_of_citation, row.repeat_of_order) == (prior, None)
    assert (row.repeat_respondent_id, row.status) == (later.respondent, "open")
    assert (row.repeat_confirmed_by, row.repeat_confirmed_on) == ("M. Rivera", date(2026, 6, 3))
    event = town.execute(
        sa.select(CaseEvent.details).where(CaseEvent.kind == "repeat_confirmed")
    ).scalar_one()
    assert (event["prior_case"], event["section"]) == ("CE-2023-00001", "Sec. 30-36(a)")
    assert (event["established_on"], event["identified"]) == ("2023-04-30", "same_name_and_place")
    law = law_of_case(town, later.case)
    *_, line = told(town.execute(events_of(later.case)).all(), law=law)
    assert line.text == (
        "A person confirmed a repeat by SAWGRASS HOMES II, L.L.C.: admitted, by waiving the "
        "hearing, a violation of Sec. 30-36(a) on April 30, 2023 (UCV-2023-00001, case "
        "CE-2023-00001). The same name with the same place for letters, or the same parcel. "
        "[ss. 162.04(5) and 162.06(3), Florida Statutes] - M. Rivera"
    )
    assert list(faults(town)) == []


@pytest.mark.parametrize(("found_on", "counts"), [("2026-06-10", True), ("2026-06-11", False)])
def test_five_years_end_on_the_day_of_the_same_number(
    town: sa.Connection, law: int, found_on: str, *, counts: bool
) -> None:
    waive(town, find(town, law, on=date(2021, 4, 11)))  # the waiver: 10 June 2021
    again = find(town, law, on=date.fromisoformat(found_on), lot="A-3")
    assert counting(town, again) == (["UCV-2021-00001"] if counts else [])


def test_another_section_or_what_is_only_cited_is_no_prior(town: sa.Connection, law: int) -> None:
    waive(town, find(town, law, on=date(2023, 3, 1), section="30-36(b)"))
    cite(town, find(town, law, on=date(2024, 3, 1)))
    again = find(town, law, on=date(2026, 6, 1), lot="A-3")
    assert (counting(town, again), evidence(town, again).possible) == ([], ())
    with pytest.raises(GuardError, match="counts against the same violator"):
        confirm(town, again, NUMBER)


def test_a_waiver_set_aside_is_no_prior_and_what_was_confirmed_by_it_no_excuse(
    town: sa.Connection, law: int, earlier: Played, later: Played
) -> None:
    confirm(town, later, NUMBER)
    citation = town.execute(sa.select(Citation.id).where(Citation.number == NUMBER)).scalar_one()
    waiving.vacate_waiver(
        town, citation_id=citation, reason="Was in hospital", actor=MANAGER,
        moment=at(earlier.found_on, 90),
    )  # fmt: skip
    assert counting(town, later) == []
    assert not is_repeat_by(town, later.violation)
    with pytest.raises(GuardError, match="a reason to need none is on record"):
        cite_as_repeat(town, later)
    assert law


def test_what_was_paid_counts_from_the_payment_and_what_was_forgiven_does_not(
    town: sa.Connection, law: int
) -> None:
    settle(town, find(town, law, on=date(2023, 3, 1)))
    again = find(town, law, on=date(2026, 6, 1), lot="A-3")
    (repeat,) = evidence(town, again).repeats
    assert repeat.prior.outcome_on == date(2023, 3, 26)
    assert "admitted, by paying, a violation" in repeat.words
    settle(town, find(town, law, on=date(2024, 3, 1)), forgiven=5_000)
    assert counting(town, again) == [NUMBER]


def test_a_citation_upheld_after_its_hearing_counts_from_that_day(
    town: sa.Connection, law: int
) -> None:
    played = find(town, law, on=date(2023, 3, 1))
    citation = cite(town, played)
    hear(town, played, citation=citation)
    again = find(town, law, on=date(2026, 6, 1), lot="A-3")
    assert counting(town, again) == []
    citing.uphold(town, citation_id=citation, actor=MAGISTRATE, moment=at(played.found_on, 72))
    (repeat,) = evidence(town, again).repeats
    assert repeat.prior.outcome_on == at(played.found_on, 72).on
    assert "found in violation of" in repeat.words


def test_an_order_counts_until_it_is_vacated(town: sa.Connection, law: int) -> None:
    played = find(town, law, on=date(2023, 3, 1))
    order = enter(town, played, hear(town, played))
    again = find(town, law, on=date(2026, 6, 1), lot="A-3")
    assert counting(town, again) == ["ORD-2023-00001"]
    confirm(town, again, "ORD-2023-00001")
    assert (row_of(town, again).repeat_of_order, row_of(town, again).repeat_of_citation) == (
        order, None,
    )  # fmt: skip
    orders.vacate(
        town, order_id=order, reason="No notice", actor=MAGISTRATE, moment=at(played.found_on, 80)
    )
    assert counting(town, again) == []


def test_an_order_after_a_hearing_that_found_no_violation_is_no_prior(
    town: sa.Connection, law: int
) -> None:
    played = find(town, law, on=date(2023, 3, 1))
    hearing = hear(town, played)
    enter(town, played, hearing)
    town.execute(
        sa.update(Hearing).where(Hearing.id == hearing).values(outcome=Outcome.NO_VIOLATION)
    )
    again = find(town, law, on=date(2026, 6, 1), lot="A-3")
    assert counting(town, again) == []


@pytest.mark.parametrize(
    "undoing",
    [
        "UPDATE lotline.violation SET status = 'voided' WHERE id = {0.violation}",
        "UPDATE lotline.case_file SET voided_on = '2023-06-01' WHERE id = {0.case}",
    ],
)
def test_a_charge_taken_back_is_no_prior(
    town: sa.Connection, earlier: Played, later: Played, undoing: str
) -> None:
    assert counting(town, later) == [NUMBER]
    town.exec_driver_sql(undoing.format(earlier))
    assert counting(town, later) == []


def test_a_namesake_is_only_possible_until_a_person_says_that_he_is_one(
    town: sa.Connection, law: int, earlier: Played
) -> None:
    again = find(town, law, on=date(2026, 6, 1), lot="A-3", address=AWAY)
    (possible,) = evidence(town, again).possible
    assert "they may be namesakes" in possible.words
    with pytest.raises(GuardError, match="counts against the same violator"):
        confirm(town, again, NUMBER)
    two = (Party(name=LANDLORD, mailing=BOX), Party(name=LANDLORD, mailing=AWAY))
    asked = {"reason": "One registration", "evidence": "L15000012345", "actor": CLERK}
    word = owner_words.confirm(
        town,
        *two,
        verdict=Verdict.SAME,
        moment=at(again.found_on),
        **asked,  # type: ignore[arg-type]
    )
    confirm(town, again, NUMBER)
    *_, line = told(town.execute(events_of(again.case)).all(), law=None)
    assert "Confirmed to be one (J. Okafor on June 1, 2026: One registration)" in line.text
    owner_words.withdraw(town, word, moment=at(again.found_on, 2), **asked)  # type: ignore[arg-type]
    assert not is_repeat_by(town, again.violation)
    with pytest.raises(GuardError, match="a reason to need none is on record"):
        cite_as_repeat(town, again)
    assert earlier


def test_who_is_confirmed_to_be_another_is_neither(town: sa.Connection, later: Played) -> None:
    (repeat,) = evidence(town, later).repeats
    sister = find(
        town, row_law(town), on=date(2026, 6, 1), lot="A-4", name="Sawgrass Homes III LLC"
    )
    (possible,) = evidence(town, sister).possible
    assert "numbers or generations differ" in possible.words
    owner_words.confirm(
        town, repeat.prior.violator, possible.finding.violator, verdict=Verdict.DIFFERENT,
        reason="Two registrations", evidence="L15000012345, L18000054321", actor=MANAGER,
        moment=at(later.found_on),
    )  # fmt: skip
    assert evidence(town, sister).possible == ()
    assert counting(town, later) == [NUMBER]


def row_law(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("SELECT id FROM lotline.law_pack").scalar_one())


def test_a_repeat_is_of_the_respondent_whose_prior_it_is(
    town: sa.Connection, later: Played
) -> None:
    tenant = answer_for(town, later.case, on=later.found_on, name="T. Hill", address="101 Alder St")
    with pytest.raises(GuardError, match="counts against the same violator"):
        confirm(town, later, NUMBER, respondent_id=tenant)
    confirm(town, later, NUMBER)
    with pytest.raises(GuardError, match="a reason to need none is on record"):
        cite_as_repeat(town, later, respondent_id=tenant)
    assert cite_as_repeat(town, later)


def test_without_a_person_who_confirmed_it_no_citation_calls_it_a_repeat(
    town: sa.Connection, later: Played
) -> None:
    with pytest.raises(GuardError, match="a reason to need none is on record"):
        cite_as_repeat(town, later)
    tell(town, later, kind=NoticeKind.WARNING, days=1)
    with pytest.raises(GuardError, match="a reason to need none is on record"):
        cite_as_repeat(town, later, moment=at(later.found_on, 30))
    confirm(town, later, NUMBER, moment=at(later.found_on, 30))
    citation = cite_as_repeat(town, later, moment=at(later.found_on, 30))
    query = sa.select(Citation.excused).where(Citation.id == citation)
    assert town.execute(query).scalar_one() == "repeat"


def test_an_order_fines_as_a_repeat_what_was_confirmed_from_the_day_it_was_found(
    town: sa.Connection, later: Played
) -> None:
    hearing = hear(town, later)
    repeat = {"kind": FineKind.REPEAT, "found_on": later.found_on, "cents_per_day": 50_000}
    with pytest.raises(GuardError, match="a repeat fined as such is confirmed on record"):
        enter(town, later, hearing, **repeat)
    confirm(town, later, NUMBER, moment=at(later.found_on, 70))
    early = {**repeat, "found_on": later.found_on - timedelta(days=1)}
    with pytest.raises(GuardError, match="its days begin when it was found"):
        enter(town, later, hearing, **early)
    assert town.scalar(sa.select(sa.func.count()).select_from(EnforcementOrder)) == 0
    order = enter(town, later, hearing, **repeat)
    assert fine_of(town, order, as_of=later.found_on).total_cents == 50_000


def test_a_clerk_confirms_no_repeat(town: sa.Connection, later: Played) -> None:
    with pytest.raises(NotNowError, match="for the manager or officer, not for the clerk"):
        confirm(town, later, NUMBER, actor=CLERK)
    assert row_of(town, later).repeat_confirmed_on is None


def test_a_repeat_is_withdrawn_by_a_manager_with_a_reason_while_nothing_rests_on_it(
    town: sa.Connection, later: Played
) -> None:
    asked = {"violation_id": later.violation, "moment": at(later.found_on, 4)}
    with pytest.raises(GuardError, match="a repeat is confirmed on record"):
        withdraw_repeat(town, reason="Another owner", actor=MANAGER, **asked)  # type: ignore[arg-type]
    confirm(town, later, NUMBER)
    with pytest.raises(NoReasonError):
        withdraw_repeat(town, reason=" ", actor=MANAGER, **asked)  # type: ignore[arg-type]
    with pytest.raises(NotNowError, match="for the manager"):
        withdraw_repeat(town, reason="Another owner", actor=OFFICER, **asked)  # type: ignore[arg-type]
    citation = cite_as_repeat(town, later)
    with pytest.raises(GuardError, match="no citation or order that stands rests on it"):
        withdraw_repeat(town, reason="Another owner", actor=MANAGER, **asked)  # type: ignore[arg-type]
    citing.void(
        town, citation_id=citation, reason="Another owner", actor=MANAGER,
        moment=at(later.found_on, 4),
    )  # fmt: skip
    withdraw_repeat(town, reason="Another owner", actor=MANAGER, **asked)  # type: ignore[arg-type]
    assert row_of(town, later).repeat_respondent_id is None
    *_, line = told(town.execute(events_of(later.case)).all(), law=None)
    assert line.text == (
        "The violation is no longer held to be a repeat of UCV-2023-00001. Reason: Another owner. "
        "- A. Stone"
    )
