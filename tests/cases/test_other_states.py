"""Seed 2's story, as it goes under the laws of other states: told by what differs from Florida."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER
from played import MAGISTRATE, under
from played_after import COSTS, order_work
from played_owners import (
    Played,
    at,
    certify,
    cite,
    correct,
    enter,
    find,
    hand_over,
    hear,
    settle,
    tell,
)

from cases import (
    abating,
    appealing,
    citing,
    hardships,
    liens,
    notices,
    orders,
)
from cases.abating import AbatementAuthority, Work
from cases.adopted import law_of_case
from cases.advancing import GuardError
from cases.cashier import NotYoursError
from cases.deadlines import Answer
from cases.errors import FineRateError
from cases.hardship import HardshipError, Showing
from cases.history import faults
from cases.instruments import Recording
from cases.ledger.paying import pay
from cases.ledger.reading import owed
from cases.models import Abatement, Appeal, Notice
from cases.notice_words import NoticeKind
from cases.ordered import Ordered
from cases.service.attempts import Attempt, MailTo, Method
from cases.story import events_of
from cases.story import told as told_of
from cases.workflow.registry import NotNowError

WEEDS, HEARER = "8.20.010", "Administrative Hearing Officer"
SHOWN = Showing(effort="The lot was mown on June 20", burden="Social security is the only income")

BARE = Showing(effort=SHOWN.effort, burden=" ")


@pytest.fixture
def california(town: sa.Connection) -> int:
    return under(town, "california-admin")


@pytest.fixture
def second(town: sa.Connection, california: int) -> Played:
    """Weeds on A-3 in June 2026, after some on A-1 in December 2025 whose citation was paid."""
    settle(town, find(town, california, on=date(2025, 12, 1), section=WEEDS))
    return find(town, california, on=date(2026, 6, 1), lot="A-3", section=WEEDS)


def test_in_california_the_same_again_within_a_year_costs_more(
    town: sa.Connection, california: int
) -> None:
    dear = "the penalty lies within what the provision allows"
    lots = (("A-1", date(2025, 3, 3), 10_000), ("A-3", date(2025, 9, 1), 20_000))
    for lot, on, most in (*lots, ("A-4", date(2026, 1, 12), 50_000)):
        again = find(town, california, on=on, lot=lot, section=WEEDS)
        with town.begin_nested() as tried:
            with pytest.raises(GuardError, match=dear):
                cite(town, again, cents=most + 1)
            tried.rollback()
        settle(town, again, cents=most)
    # More than a year after all three it is a first one again.
    late = find(town, california, on=date(2027, 2, 1), section=WEEDS)
    with pytest.raises(GuardError, match=dear):
        cite(town, late, cents=10_001)
    assert list(faults(town)) == []


def test_in_california_another_owner_and_another_ordinance_begin_at_100_dollars(
    town: sa.Connection, california: int, second: Played
) -> None:
    on = second.found_on
    stranger = find(
        town, california, on=on, lot="A-4", name="P. Lane", address="9 Birch Ave", section=WEEDS
    )
    junk = find(town, california, on=on, lot="A-4", section="8.20.020")
    for other in (stranger, junk):
        with pytest.raises(GuardError, match="within what the provision allows"):
            cite(town, other, cents=10_001)


def test_in_california_hardship_reduces_the_fine_of_a_further_violation_alone(
    town: sa.Connection, california: int, second: Played
) -> None:
    first = find(
        town, california, on=date(2026, 6, 1), lot="A-4", name="P. Lane", address="9 Birch Ave",
        section=WEEDS,
    )  # fmt: skip
    asked = {"showing": SHOWN, "key": "hardship", "actor": MANAGER, "moment": at(date(2026, 7, 1))}
    with pytest.raises(HardshipError, match="hardship reduces the penalty of a further one alone"):
        hardships.reduce(town, citation_id=cite(town, first), cents=4_000, **asked)
    citation = cite(town, second, cents=20_000)
    with pytest.raises(HardshipError, match="No undue financial burden"):
        hardships.reduce(town, citation_id=citation, cents=4_000, **{**asked, "showing": BARE})
    with pytest.raises(HardshipError, match="reduces it, and leaves something"):
        hardships.reduce(town, citation_id=citation, cents=20_000, **asked)
    with pytest.raises(NotYoursError, match="manager"):
        hardships.reduce(town, citation_id=citation, cents=4_000, **{**asked, "actor": CLERK})
    hardships.reduce(town, citation_id=citation, cents=15_000, **asked)
    assert owed(town, second.case)["penalty"] == 5_000


def test_in_california_the_superior_court_is_asked_within_20_days_after_service(
    town: sa.Connection, second: Played
) -> None:
    citation = cite(town, second, cents=20_000)
    hearing = hear(town, second, citation=citation, body=HEARER)
    citing.uphold(town, citation_id=citation, actor=MAGISTRATE, moment=at(second.found_on, 70))
    order = enter(town, second, hearing, cents_per_day=10_000)
    notice = orders.send(
        town, order_id=order, respondent_id=second.respondent, actor=CLERK,
        moment=at(second.found_on, 71),
    )  # fmt: skip
    # Served on 14 August: 20 days after are 3 September; from its execution it would be 30 August.
    hand_over(town, notice, on=second.found_on, days=74)
    orders.confirm_service(town, order_id=order, actor=CLERK, moment=at(second.found_on, 74))
    late, last = date(2026, 9, 4), date(2026, 9, 3)
    asked = {"order_id": order, "court_case_no": "26CV0117", "actor": CLERK, "moment": at(late)}
    with pytest.raises(GuardError, match="within the time the law gives"):
        appealing.file(town, answer=Answer(received_on=late), **asked)
    appealing.file(town, answer=Answer(received_on=last), **asked)
    due_on = town.execute(sa.select(Appeal.due_on)).scalar_one()
    assert due_on == last


def record(connection: sa.Connection, order: int) -> int:
    return liens.record_lien(
        connection, order_id=order, actor=CLERK, moment=at(date(2026, 10, 1)),
        recording=Recording(instrument_no="2026-1", recorded_on=date(2026, 10, 1)),
    )  # fmt: skip


def test_in_california_no_order_becomes_a_lien(town: sa.Connection, second: Played) -> None:
    order = certify(town, second, body=HEARER)
    with pytest.raises(NotNowError, match="this town's law has no such step"):
        record(town, order)


@pytest.fixture
def texas(town: sa.Connection) -> int:
    return under(town, "texas-home-rule")


@pytest.fixture
def ohio(town: sa.Connection) -> int:
    return under(town, "ohio-statutory")


def have_done(connection: sa.Connection, played: Played, *, days: int, **by: object) -> int:
    """Authorize the town's work so many days after the finding."""
    asked = {"authority": AbatementAuthority.NOTICE, "reason": "It stands as it was", **by}
    return abating.authorize(
        connection, violation_id=played.violation, actor=MANAGER,
        moment=at(played.found_on, days), **asked,  # type: ignore[arg-type]
    )  # fmt: skip


def test_in_texas_a_refused_letter_is_notice_and_weeds_are_cut_seven_days_after(
    town: sa.Connection, texas: int
) -> None:
    weeds = find(town, texas, on=date(2026, 6, 1), section="34-21")
    notice = notices.draft(
        town, case_id=weeds.case, kind=NoticeKind.WARNING, respondent_id=weeds.respondent,
        violation_ids=[weeds.violation], actor=CLERK, moment=at(weeds.found_on),
    )  # fmt: skip
    notices.issue(town, notice_id=notice, actor=CLERK, moment=at(weeds.found_on))
    letter = Attempt(
        method=Method.CERTIFIED_MAIL, made_on=weeds.found_on, mailed_to=MailTo.PROPERTY_APPRAISER
    )
    attempt = notices.record_attempt(
        town, notice_id=notice, attempt=letter, actor=CLERK, moment=at(weeds.found_on)
    )
    notices.complete_attempt(
        town, attempt_id=attempt, returned_on=date(2026, 6, 9), return_reason="Refused",
        actor=CLERK, moment=at(weeds.found_on, 9),
    )  # fmt: skip
    notices.confirm_service(town, notice_id=notice, actor=CLERK, moment=at(weeds.found_on, 9))
    # Refused on 9 June, it was delivered that day: seven days after are the 16th.
    with pytest.raises(GuardError, match="gives the authority"):
        have_done(town, weeds, days=15)
    assert have_done(town, weeds, days=16)
    line = story_of(town, weeds)[-1]
    assert "(notice)" in line
    assert "[Health and Safety Code s. 342.006(a)]" in line


def test_in_texas_for_a_year_no_further_notice_is_needed(town: sa.Connection, texas: int) -> None:
    first = find(town, texas, on=date(2026, 6, 1), section="34-21")
    notice = tell(town, first, kind=NoticeKind.WARNING, days=1)
    told = town.execute(sa.select(Notice.content).where(Notice.id == notice)).scalar_one()
    assert "first anniversary of this notice" in told["violations"][0]["stands"]
    correct(town, first, days=5)
    earlier = {"authority": AbatementAuthority.EARLIER_NOTICE}
    again = find(town, texas, on=date(2027, 6, 2), section="34-21")
    with pytest.raises(GuardError, match="gives the authority"):
        have_done(town, again, days=0)  # it was not warned of itself
    assert have_done(town, again, days=0, **earlier)
    assert "[Health and Safety Code s. 342.006(a)]" in story_of(town, again)[-1]
    for on, lot, section in (
        (date(2027, 6, 3), "A-1", "34-21"),  # a year and a day after the notice
        (date(2026, 9, 1), "A-3", "34-21"),
        (date(2026, 9, 1), "A-1", "34-22"),
    ):
        other = find(town, texas, on=on, lot=lot, section=section)
        with pytest.raises(GuardError, match="gives the authority"):
            have_done(town, other, days=0, **earlier)


def test_in_texas_a_homestead_is_fined_ten_dollars_a_day_at_most(
    town: sa.Connection, texas: int
) -> None:
    house = find(town, texas, on=date(2026, 6, 1), section="10-51")
    hearing = hear(town, house, body="Building and Standards Commission", sitting=3)
    asked = {"hearing_id": hearing, "violation_id": house.violation, "actor": MAGISTRATE}
    dear = Ordered(comply_by=date(2026, 9, 1), cents_per_day=1_001)
    with pytest.raises(FineRateError, match=r"allows at most \$10\.00"):
        orders.enter(town, ordered=dear, homestead=True, moment=at(house.found_on, 70), **asked)
    assert orders.enter(town, ordered=dear, moment=at(house.found_on, 70), **asked)


def test_in_texas_a_homestead_by_the_roll_bears_no_lien_and_other_land_does(
    town: sa.Connection, texas: int, roll: None
) -> None:
    assert roll is None
    house = find(town, texas, on=date(2026, 6, 1), section="10-51")
    order = certify(town, house, body="Building and Standards Commission", sitting=3)
    with town.begin_nested() as tried:
        town.exec_driver_sql("UPDATE lotline.ownership SET homestead = true")
        with pytest.raises(liens.LienError, match=r"no lien binds here: LGC s\. 214\.0015\(d\)"):
            record(town, order)
        tried.rollback()
    assert record(town, order)


def test_in_texas_work_on_a_building_is_by_the_order_and_by_no_law_about_weeds(
    town: sa.Connection, texas: int
) -> None:
    house = find(town, texas, on=date(2026, 6, 1), section="10-51")
    order = certify(town, house, body="Building and Standards Commission", sitting=3)
    assert have_done(town, house, days=122, authority=AbatementAuthority.ORDER, order_id=order)
    assert story_of(town, house)[-1] == (
        "Abatement ABT-2026-00001: the town was authorized to do the work itself (order). Reason: "
        "It stands as it was. - A. Stone"
    )


@pytest.mark.parametrize(("section", "last"), [("521.08", 7), ("521.09", 17)])
def test_in_ohio_weeds_have_five_days_and_litter_fifteen_and_the_cost_goes_to_the_tax_list(
    town: sa.Connection, ohio: int, section: str, last: int
) -> None:
    found = find(town, ohio, on=date(2026, 6, 1), section=section)
    tell(town, found, kind=NoticeKind.WARNING, days=1)
    with pytest.raises(GuardError, match="gives the authority"):
        have_done(town, found, days=last - 1)
    work = have_done(town, found, days=last)
    assert "[R.C. 731.53]" in story_of(town, found)[-1]
    order_work(town, work, moment=at(found.found_on, 20))
    abating.complete(
        town, abatement_id=work, actor=OFFICER, moment=at(found.found_on, 21),
        work=Work(done_on=date(2026, 6, 22), photos_before=["a" * 64], photos_after=["b" * 64]),
    )  # fmt: skip
    then = at(found.found_on, 25)
    abating.invoice(town, abatement_id=work, costs=COSTS, actor=CLERK, moment=then)
    abating.certify(town, abatement_id=work, actor=CLERK, moment=then)
    row = town.execute(sa.select(Abatement.__table__)).one()
    assert (row.status, row.certified_on) == ("invoiced", then.on)
    assert story_of(town, found)[-1] == (
        "The cost of abatement ABT-2026-00001, $333.33, was certified to the tax list (R.C. "
        "731.54: a lien from the date of the entry). - J. Okafor"
    )
    with town.begin_nested() as tried:
        town.exec_driver_sql("UPDATE lotline.abatement SET certified_on = NULL")
        pay(
            town, case_id=found.case, cents=33_333, method="card", key="all", on=then.on,
            now=then.now, order=("cost", "fee", "penalty", "interest"), actor=CLERK.name,
        )  # fmt: skip
        with pytest.raises(abating.CertifiedError, match="Nothing is owed for abatement"):
            abating.certify(town, abatement_id=work, actor=CLERK, moment=then)
        tried.rollback()
    with pytest.raises(abating.CertifiedError, match="certified already, on June 26, 2026"):
        abating.certify(town, abatement_id=work, actor=CLERK, moment=then)
    assert list(faults(town)) == []


def test_in_ohio_the_cost_of_a_fence_goes_to_no_tax_list_and_needs_an_order(
    town: sa.Connection, ohio: int
) -> None:
    fence = find(town, ohio, on=date(2026, 6, 1), section="1361.04")
    tell(town, fence, kind=NoticeKind.WARNING, days=1)
    with pytest.raises(GuardError, match="gives the authority"):
        have_done(town, fence, days=60)
    assert have_done(town, fence, days=60, authority=AbatementAuthority.EMERGENCY)
    assert "R.C." not in story_of(town, fence)[-1]


def story_of(connection: sa.Connection, played: Played) -> list[str]:
    events = connection.execute(events_of(played.case)).all()
    return [each.text for each in told_of(events, law=law_of_case(connection, played.case))]
