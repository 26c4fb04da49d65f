"""An order is appealed: in time or not, stayed, and what the court makes of it."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import MAGISTRATE, look_again, one, story, the_order
from played_after import appeal

from cases import appealing, hearings, imposing, orders
from cases.accruing import bring_up_to
from cases.advancing import GuardError, OutOfOrderError
from cases.appealing import AppealError
from cases.blocking import is_blocked
from cases.days import DayError
from cases.deadlines import Answer
from cases.hearings import About
from cases.ledger.accounts import Component
from cases.ledger.reading import owed
from cases.models import AccrualPause, Appeal, CaseEvent
from cases.ordered import VacatedError, fine_of
from cases.papers import CourtPaper
from cases.parts import NoSuchPartError
from cases.story import events_of, told
from cases.workflow.registry import NotNowError

STAY = CourtPaper(number="Order of stay", signed_on=date(2026, 10, 1))
MANDATE = CourtPaper(number="Mandate 26-7", signed_on=date(2027, 1, 5))
READ = day(1, 7, 2027)


def test_an_appeal_is_in_time_to_the_thirtieth_day_after_execution(
    town: sa.Connection, sworn: int
) -> None:
    on_the_day = Answer(received_on=date(2026, 9, 10))
    with pytest.raises(GuardError, match="within the time the law gives"):
        appeal(town, sworn, answer=Answer(received_on=date(2026, 9, 11)), moment=day(9, 11))
    late_by_post = Answer(received_on=date(2026, 9, 11), postmarked_on=date(2026, 9, 10))
    with pytest.raises(GuardError, match="within the time"):
        appeal(town, sworn, answer=late_by_post, moment=day(9, 11))
    appeal(town, sworn, answer=on_the_day, moment=day(9, 14))
    row = one(town, Appeal)
    assert (row.status, row.filed_on, row.due_on) == (
        "filed", date(2026, 9, 10), date(2026, 9, 10),
    )  # fmt: skip


@pytest.mark.parametrize("received_on", [date(2026, 8, 10), date(2026, 9, 11)])
def test_an_appeal_before_the_order_or_ahead_of_the_day_is_none(
    town: sa.Connection, sworn: int, received_on: date
) -> None:
    with pytest.raises(DayError, match=r"lies (before|in the future)"):
        appeal(town, sworn, answer=Answer(received_on=received_on))
    assert town.scalar(sa.select(sa.func.count()).select_from(Appeal)) == 0


def test_while_an_appeal_runs_nothing_is_collected(
    town: sa.Connection, case: int, appealed: int
) -> None:
    assert is_blocked(town, case)
    appealing.stay(town, appeal_id=appealed, paper=STAY, actor=CLERK, moment=day(10, 2))
    assert is_blocked(town, case)
    appealing.affirm(town, appeal_id=appealed, paper=MANDATE, actor=CLERK, moment=READ)
    assert not is_blocked(town, case)


def test_a_stay_by_itself_stops_no_fine(town: sa.Connection, sworn: int, appealed: int) -> None:
    appealing.stay(town, appeal_id=appealed, paper=STAY, actor=CLERK, moment=day(10, 2))
    row = one(town, Appeal)
    assert (row.status, row.stay_no, row.stayed_on, row.pause_id) == (
        "stayed", "Order of stay", date(2026, 10, 1), None,
    )  # fmt: skip
    assert fine_of(town, sworn, as_of=date(2026, 10, 11)).total_cents == 40 * 25_000


@pytest.mark.parametrize("ends", [appealing.lift_stay, appealing.affirm, appealing.dismiss])
def test_a_fine_stands_still_from_the_day_the_court_says_to_the_stays_end(
    town: sa.Connection, sworn: int, appealed: int, ends: Callable[..., None]
) -> None:
    appealing.stay(
        town, appeal_id=appealed, paper=STAY, fine_stands_from=date(2026, 10, 1), actor=CLERK,
        moment=day(10, 2),
    )  # fmt: skip
    assert fine_of(town, sworn, as_of=date(2026, 12, 31)).total_cents == 29 * 25_000
    ends(town, appeal_id=appealed, paper=MANDATE, actor=CLERK, moment=READ)
    pause = one(town, AccrualPause)
    assert (pause.first_day, pause.last_day) == (date(2026, 10, 1), READ.on)
    assert fine_of(town, sworn, as_of=date(2027, 1, 9)).total_cents == 31 * 25_000


def test_a_lifted_stay_may_be_followed_by_another(town: sa.Connection, appealed: int) -> None:
    stay = {"appeal_id": appealed, "actor": CLERK}
    with pytest.raises(NotNowError, match="the appeal is filed"):
        appealing.lift_stay(town, paper=STAY, moment=day(10, 2), **stay)  # type: ignore[arg-type]
    appealing.stay(town, paper=STAY, moment=day(10, 2), **stay)  # type: ignore[arg-type]
    early = CourtPaper(number="Order lifting it", signed_on=date(2026, 9, 30))
    with pytest.raises(GuardError, match="the court's paper is on record"):
        appealing.lift_stay(town, paper=early, moment=day(10, 2), **stay)  # type: ignore[arg-type]
    lifting = CourtPaper(number="Order lifting it", signed_on=date(2026, 11, 2))
    appealing.lift_stay(town, paper=lifting, moment=day(11, 3), **stay)  # type: ignore[arg-type]
    row = one(town, Appeal)
    assert (row.status, row.lifted_no, row.lifted_on) == (
        "filed", "Order lifting it", date(2026, 11, 2),
    )  # fmt: skip
    again = CourtPaper(number="Second stay", signed_on=date(2026, 12, 1))
    appealing.stay(town, paper=again, moment=day(12, 2), **stay)  # type: ignore[arg-type]
    row = one(town, Appeal)
    assert (row.status, row.stay_no, row.lifted_on) == ("stayed", "Second stay", None)


@pytest.mark.parametrize("decide", [appealing.reverse, appealing.remand])
def test_an_order_that_falls_in_court_owes_nothing_and_is_heard_anew(
    town: sa.Connection, case: int, sworn: int, appealed: int, decide: Callable[..., None]
) -> None:
    imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 25))
    bring_up_to(town, sworn, actor=CLERK, moment=day(12, 1))
    citation = 10_000  # stands by itself
    assert owed(town, case)[Component.PENALTY] == citation + 91 * 25_000
    decide(town, appeal_id=appealed, paper=MANDATE, actor=CLERK, moment=READ)
    row = one(town, Appeal)
    assert (row.status, row.paper_no, row.paper_on) == (
        "reversed" if decide is appealing.reverse else "remanded", "Mandate 26-7",
        date(2027, 1, 5),
    )  # fmt: skip
    assert the_order(town).status == "vacated"
    assert owed(town, case)[Component.PENALTY] == citation
    with pytest.raises(VacatedError):
        fine_of(town, sworn, as_of=READ.on)
    events = [kind for kind in story(town) if kind.startswith("order_")]
    assert events[-2:] == [f"order_{row.status}", "order_set_aside"]
    assert not is_blocked(town, case)
    assert hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(1, 8, 2027)
    )


@pytest.mark.parametrize("decide", [appealing.affirm, appealing.dismiss])
def test_an_order_that_stands_goes_on(
    town: sa.Connection, sworn: int, appealed: int, decide: Callable[..., None]
) -> None:
    decide(town, appeal_id=appealed, paper=MANDATE, actor=CLERK, moment=READ)
    assert the_order(town).status == "noncompliant"
    imposed = imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(1, 8, 2027))
    assert imposed.certified


def test_an_order_that_was_met_may_fall_as_well(
    town: sa.Connection, case: int, ordered: int
) -> None:
    look = look_again(town, case, month=8, number=30)
    orders.verify_compliance(
        town, order_id=ordered, inspection_id=look, complied_on=date(2026, 8, 30), actor=OFFICER,
        moment=day(8, 30),
    )  # fmt: skip
    appealing.reverse(
        town, appeal_id=appeal(town, ordered), paper=MANDATE, actor=CLERK, moment=READ
    )
    assert the_order(town).status == "vacated"


@pytest.mark.parametrize(
    "ends",
    [
        appealing.lift_stay, appealing.affirm, appealing.dismiss, appealing.reverse,
        appealing.remand,
    ],
)  # fmt: skip
def test_an_appeal_ends_though_its_stayed_order_was_vacated_since(
    town: sa.Connection, sworn: int, appealed: int, ends: Callable[..., None]
) -> None:
    _stay_the_fine(town, appealed, on=date(2026, 10, 1))
    orders.vacate(town, order_id=sworn, reason="Astray", actor=MAGISTRATE, moment=day(10, 5))
    ends(town, appeal_id=appealed, paper=MANDATE, actor=CLERK, moment=READ)
    assert one(town, Appeal).status != "stayed"
    assert the_order(town).status == "vacated"
    assert story(town)[-1] != "order_set_aside"


@pytest.mark.parametrize("ends", [appealing.lift_stay, appealing.affirm, appealing.dismiss])
def test_an_appeal_ends_though_its_stayed_order_was_met_since(
    town: sa.Connection, case: int, ordered: int, ends: Callable[..., None]
) -> None:
    appealed = appeal(town, ordered)
    _stay_the_fine(town, appealed, on=date(2026, 10, 1))
    look = look_again(town, case, month=10, number=5)
    orders.verify_compliance(
        town, order_id=ordered, inspection_id=look, complied_on=date(2026, 10, 5), actor=OFFICER,
        moment=day(10, 5),
    )  # fmt: skip
    ends(town, appeal_id=appealed, paper=MANDATE, actor=CLERK, moment=READ)
    assert (one(town, Appeal).status != "stayed", the_order(town).status) == (True, "complied")


def test_a_fine_that_was_to_stand_still_later_does_so_for_a_day_at_the_least(
    town: sa.Connection, sworn: int, appealed: int
) -> None:
    _stay_the_fine(town, appealed, on=date(2027, 2, 1))
    appealing.affirm(town, appeal_id=appealed, paper=MANDATE, actor=CLERK, moment=READ)
    pause = one(town, AccrualPause)
    assert (pause.first_day, pause.last_day) == (date(2027, 2, 1), date(2027, 2, 1))
    assert sworn


def _stay_the_fine(connection: sa.Connection, appealed: int, *, on: date) -> None:
    appealing.stay(
        connection, appeal_id=appealed, paper=STAY, fine_stands_from=on, actor=CLERK,
        moment=day(10, 2),
    )  # fmt: skip


def test_nobody_but_a_court_sets_an_order_aside(town: sa.Connection, sworn: int) -> None:
    ask = {"order_id": sworn, "moment": day(9, 10)}
    ahead = CourtPaper(number="Mandate", signed_on=date(2026, 9, 11))
    with pytest.raises(GuardError, match="the court's paper is on record"):
        imposing.set_aside(town, paper=ahead, actor=CLERK, **ask)  # type: ignore[arg-type]
    with pytest.raises(NotNowError, match="for the clerk"):
        imposing.set_aside(town, paper=ahead, actor=MAGISTRATE, **ask)  # type: ignore[arg-type]
    assert the_order(town).status == "noncompliant"


@pytest.mark.parametrize(
    "paper",
    [
        CourtPaper(number=" ", signed_on=date(2027, 1, 5)),
        CourtPaper(number="Mandate", signed_on=date(2027, 1, 8)),
        CourtPaper(number="Mandate", signed_on=date(2026, 9, 8)),
    ],
)
@pytest.mark.parametrize(
    "deed",
    [appealing.stay, appealing.affirm, appealing.reverse, appealing.remand, appealing.dismiss],
)
def test_the_court_speaks_by_a_paper_of_its_day(
    town: sa.Connection, appealed: int, deed: Callable[..., None], paper: CourtPaper
) -> None:
    with pytest.raises(GuardError, match="the court's paper is on record"):
        deed(town, appeal_id=appealed, paper=paper, actor=CLERK, moment=READ)
    assert (one(town, Appeal).status, the_order(town).status) == ("filed", "noncompliant")


def test_what_is_under_appeal_vacated_or_unnumbered_is_not_appealed(
    town: sa.Connection, sworn: int
) -> None:
    with pytest.raises(AppealError, match="no number in court"):
        appeal(town, sworn, court_case_no=" ")
    appeal(town, sworn)
    with pytest.raises(AppealError, match="under appeal already, in court case 2026-AP-0007"):
        appeal(town, sworn)
    orders.vacate(town, order_id=sworn, reason="Astray", actor=MAGISTRATE, moment=day(9, 10))
    with pytest.raises(AppealError, match="there is nothing to appeal"):
        appeal(town, sworn)


def test_a_clerk_keeps_the_courts_papers_in_their_order(town: sa.Connection, appealed: int) -> None:
    ask = {"appeal_id": appealed, "paper": MANDATE}
    with pytest.raises(NotNowError, match="for the clerk, not for the manager"):
        appealing.affirm(town, actor=MANAGER, moment=READ, **ask)  # type: ignore[arg-type]
    with pytest.raises(OutOfOrderError):
        appealing.affirm(town, actor=CLERK, moment=day(9, 9), **ask)  # type: ignore[arg-type]
    with pytest.raises(NoSuchPartError, match="no appeal with the identity 999"):
        appealing.affirm(town, actor=CLERK, moment=READ, **(ask | {"appeal_id": 999}))  # type: ignore[arg-type]
    appealing.affirm(town, actor=CLERK, moment=READ, **ask)  # type: ignore[arg-type]
    with pytest.raises(NotNowError, match="the appeal is affirmed"):
        appealing.reverse(town, actor=CLERK, moment=READ, **ask)  # type: ignore[arg-type]


def test_an_appeal_is_told_to_its_end(town: sa.Connection, case: int, appealed: int) -> None:
    appealing.stay(town, appeal_id=appealed, paper=STAY, actor=CLERK, moment=day(10, 2))
    appealing.reverse(town, appeal_id=appealed, paper=MANDATE, actor=CLERK, moment=READ)
    lines = "\n".join(line.text for line in told(town.execute(events_of(case)).all(), law=None))
    for words in (
        "was appealed on September 9, 2026 to the court, in court case 2026-AP-0007;",
        "The court stayed the order on October 1, 2026 (Order of stay, in 2026-AP-0007).",
        "The court reversed the order on January 5, 2027 (Mandate 26-7, in 2026-AP-0007).",
        "Order ORD-2026-00001 was set aside by the court (Mandate 26-7); no fine stands by it.",
    ):
        assert words in lines
    query = sa.select(CaseEvent.details).where(CaseEvent.kind == "appeal_filed")
    assert town.execute(query).scalar_one()["because"].startswith("30 days after August 11, 2026")
