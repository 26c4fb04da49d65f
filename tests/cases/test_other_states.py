"""Seed 2's story, as it goes under the laws of other states: told by what differs from Florida."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER
from played import LOOKED_AGAIN, MAGISTRATE
from played_owners import Played, at, cite, enter, find, hand_over, hear, settle

from cases import appealing, citing, hardships, imposing, inspections, liens, orders
from cases.adopted import adopt
from cases.advancing import GuardError
from cases.cashier import NotYoursError
from cases.deadlines import Answer
from cases.hardship import HardshipError, Showing
from cases.history import faults
from cases.instruments import Recording
from cases.lawpack.reading import BUNDLED
from cases.ledger.reading import owed
from cases.models import Appeal
from cases.workflow.registry import NotNowError

WEEDS, HEARER = "8.20.010", "Administrative Hearing Officer"
SHOWN = Showing(effort="The lot was mown on June 20", burden="Social security is the only income")

BARE = Showing(effort=SHOWN.effort, burden=" ")


def under(connection: sa.Connection, name: str) -> int:
    return adopt(connection, BUNDLED / f"{name}.toml", on=date(2025, 1, 1))


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
    with pytest.raises(HardshipError, match="a first violation has none"):
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


def test_in_california_no_order_becomes_a_lien(town: sa.Connection, second: Played) -> None:
    hearing = hear(town, second, body=HEARER)
    order = enter(town, second, hearing, cents_per_day=10_000)
    notice = orders.send(
        town, order_id=order, respondent_id=second.respondent, actor=CLERK,
        moment=at(second.found_on, 71),
    )  # fmt: skip
    hand_over(town, notice, on=second.found_on, days=71)
    orders.confirm_service(town, order_id=order, actor=CLERK, moment=at(second.found_on, 71))
    look = inspections.make(
        town, case_id=second.case, visit=LOOKED_AGAIN, actor=OFFICER, moment=at(second.found_on, 92)
    )
    orders.file_affidavit(
        town, order_id=order, inspection_id=look, actor=OFFICER, moment=at(second.found_on, 92)
    )
    imposing.certify(town, order_id=order, actor=MAGISTRATE, moment=at(second.found_on, 120))
    then = at(second.found_on, 121)
    with pytest.raises(NotNowError, match="this town's law has no such step"):
        liens.record_lien(
            town, order_id=order, actor=CLERK, moment=then,
            recording=Recording(instrument_no="2026-1", recorded_on=then.on),
        )  # fmt: skip
