"""Each day a cited violation goes on costs its penalty again, once somebody imposes it."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from played import CLEAR, DAILY, MAGISTRATE, ORDER, look_again, one, story

from cases import citing, further_days, orders, violations, waiving
from cases.deadlines import Answer
from cases.fines.rules import FineKind
from cases.further_days import NoFurtherDaysError, imposed, reckon
from cases.ledger.paying import pay
from cases.ledger.reading import in_credit, owed
from cases.models import CaseEvent, Citation, LedgerPosting
from cases.workflow.registry import NotNowError

PENALTY = 10_000
"""Of the grass's citation, to be answered by 7 July: its further days begin on the 8th."""

FROM_JULY = orders.Ordered(
    kind=FineKind.IRREPARABLE, found_on=date(2026, 7, 21), one_time_cents=100_000
)


@pytest.fixture
def admitted(town: sa.Connection, cited: int) -> int:
    waiving.confirm_waiver(town, citation_id=cited, check=CLEAR, actor=CLERK, moment=day(7, 13))
    return cited


def _impose(town: sa.Connection, citation: int, *, month: int = 7, number: int) -> int:
    return further_days.impose(town, citation_id=citation, actor=CLERK, moment=day(month, number))


def _charged(town: sa.Connection) -> list[tuple[str, int, str]]:
    query = sa.select(LedgerPosting.kind, LedgerPosting.cents, LedgerPosting.reference)
    mine = LedgerPosting.key.regexp_match("^citation:.*:(accrued|lowered):")
    return [tuple(row) for row in town.execute(query.where(mine).order_by(LedgerPosting.id))]


def _mow(town: sa.Connection, case: int, violation: int, *, month: int = 7, number: int) -> None:
    look = look_again(town, case, month=month, number=number)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(month, number)
    )


def test_three_days_after_the_deadline_it_is_three_times_and_potential(
    town: sa.Connection, case: int, cited: int
) -> None:
    # The law pack's vector: $100 and three days past the deadline are $300 more.
    told = reckon(town, cited, as_of=date(2026, 7, 10))
    assert (told.total_cents, told.label) == (3 * PENALTY, "potential, not imposed")
    assert reckon(town, cited, as_of=date(2026, 7, 7)).total_cents == 0
    (line,) = told.lines
    assert line.explanation == (
        "Citation UCV-2026-00001: 3 days at $100.00 a day, July 8, 2026 to July 10, 2026, each day "
        "the violation continued past July 7, 2026, the date set (the town's code: each further "
        "day of a violation is one more, with the same penalty)."
    )
    assert owed(town, case) == {"penalty": PENALTY}
    with pytest.raises(NotNowError, match="the citation is served"):
        _impose(town, cited, number=10)


def test_twenty_penalties_are_the_most_the_first_among_them(
    town: sa.Connection, case: int, admitted: int
) -> None:
    # The law pack's other vector: 19 further ones; the 19th day after 7 July is the 26th.
    assert reckon(town, admitted, as_of=date(2026, 7, 25)).total_cents == 18 * PENALTY
    assert reckon(town, admitted, as_of=date(2026, 12, 31)).total_cents == 19 * PENALTY
    assert _impose(town, admitted, month=12, number=1) == 19 * PENALTY
    assert owed(town, case) == {"penalty": 20 * PENALTY}


def test_the_clerk_imposes_what_has_come_due_and_the_history_says_which_days(
    town: sa.Connection, case: int, admitted: int
) -> None:
    assert _impose(town, admitted, number=13) == 6 * PENALTY
    assert _impose(town, admitted, number=15) == 8 * PENALTY
    number = one(town, Citation).number
    assert _charged(town) == [
        ("charged", 6 * PENALTY,
         f"Citation {number}, further days July 8, 2026 to July 13, 2026"),
        ("charged", 2 * PENALTY,
         f"Citation {number}, further days July 14, 2026 to July 15, 2026"),
    ]  # fmt: skip
    assert owed(town, case) == {"penalty": 9 * PENALTY}
    details = town.scalars(
        sa.select(CaseEvent.details)
        .where(CaseEvent.kind == "continuing_imposed")
        .order_by(CaseEvent.seq)
    ).all()
    assert [(each["days"], each["cents"], each["total_cents"]) for each in details] == [
        (6, 6 * PENALTY, 6 * PENALTY), (2, 2 * PENALTY, 8 * PENALTY),
    ]  # fmt: skip
    assert one(town, Citation).status == "admitted"


def test_a_day_is_imposed_once_however_often_it_is_asked(
    town: sa.Connection, case: int, admitted: int
) -> None:
    _impose(town, admitted, number=13)
    before = story(town)
    assert _impose(town, admitted, number=13) == 6 * PENALTY
    assert story(town) == before
    assert owed(town, case) == {"penalty": 7 * PENALTY}


def test_only_a_clerk_imposes_it(town: sa.Connection, admitted: int) -> None:
    with pytest.raises(NotNowError, match="for the clerk, not for the officer"):
        further_days.impose(town, citation_id=admitted, actor=OFFICER, moment=day(7, 13))


def test_it_ends_with_the_correction_whose_own_day_is_not_counted(
    town: sa.Connection, case: int, violation: int, admitted: int
) -> None:
    _impose(town, admitted, number=13)
    _mow(town, case, violation, number=13)
    # PROCESS.md 3, Fines: the day of compliance is not counted, so 8 to 12 July.
    assert imposed(town, admitted) == 5 * PENALTY
    assert _charged(town)[-1] == ("waived", PENALTY, "Correction of the violation")
    assert reckon(town, admitted, as_of=date(2026, 8, 1)).total_cents == 5 * PENALTY
    assert _impose(town, admitted, number=20) == 5 * PENALTY
    assert owed(town, case) == {"penalty": 6 * PENALTY}


def test_what_stood_may_be_imposed_after_it_was_corrected(
    town: sa.Connection, case: int, violation: int, admitted: int
) -> None:
    _mow(town, case, violation, number=14)
    assert _impose(town, admitted, number=20) == 6 * PENALTY


def test_a_waiver_set_aside_takes_its_further_days_with_it(
    town: sa.Connection, case: int, admitted: int
) -> None:
    _impose(town, admitted, number=13)
    pay(
        town, case_id=case, cents=3 * PENALTY, method="cash", order=ORDER, actor=CLERK.name,
        key="p", on=date(2026, 7, 14), now=day(7, 14).now,
    )  # fmt: skip
    waiving.vacate_waiver(
        town, citation_id=admitted, reason="In hospital", actor=MANAGER, moment=day(7, 14)
    )
    assert imposed(town, admitted) == 0
    # Of the $300 paid, $100 covers the citation's own penalty and $200 is credit.
    assert (owed(town, case), in_credit(town, case)) == ({"penalty": 0}, 2 * PENALTY)
    assert _charged(town)[-1][2].startswith("Waiver of Citation UCV-2026-00001 set aside")


def test_a_citation_upheld_has_further_days_too_until_the_orders_own_begin(
    town: sa.Connection, case: int, violation: int, cited: int, decided: int
) -> None:
    citing.uphold(town, citation_id=cited, actor=MAGISTRATE, moment=day(8, 11))
    assert _impose(town, cited, month=8, number=11) == 19 * PENALTY
    # Found irreparable on 21 July, from which day the order fines: 8 to 20 July stay.
    orders.enter(
        town, hearing_id=decided, violation_id=violation, ordered=FROM_JULY, actor=MAGISTRATE,
        moment=day(8, 11),
    )  # fmt: skip
    assert imposed(town, cited) == 13 * PENALTY
    assert owed(town, case) == {"penalty": 14 * PENALTY}
    told = reckon(town, cited, as_of=date(2026, 8, 20))
    assert told.total_cents == 13 * PENALTY
    assert "paused by Order ORD-2026-00001 of August 11, 2026" in told.lines[-1].explanation
    # On the day before the order nobody knew of it.
    assert reckon(town, cited, as_of=date(2026, 8, 10)).total_cents == 19 * PENALTY


def test_an_order_set_aside_leaves_its_days_to_the_citation(
    town: sa.Connection, violation: int, cited: int, decided: int
) -> None:
    citing.uphold(town, citation_id=cited, actor=MAGISTRATE, moment=day(8, 11))
    order = orders.enter(
        town, hearing_id=decided, violation_id=violation, ordered=FROM_JULY, actor=MAGISTRATE,
        moment=day(8, 11),
    )  # fmt: skip
    assert _impose(town, cited, month=8, number=12) == 13 * PENALTY
    orders.vacate(town, order_id=order, reason="Wrong lot", actor=MAGISTRATE, moment=day(8, 13))
    assert reckon(town, cited, as_of=date(2026, 8, 13)).total_cents == 19 * PENALTY
    assert imposed(town, cited) == 13 * PENALTY


def test_compliance_found_to_be_older_gives_the_days_after_it_up(
    town: sa.Connection, case: int, cited: int, ordered: int
) -> None:
    citing.uphold(town, citation_id=cited, actor=MAGISTRATE, moment=day(8, 12))
    _impose(town, cited, month=8, number=12)
    look = look_again(town, case, month=8, number=20)
    orders.verify_compliance(
        town, order_id=ordered, inspection_id=look, complied_on=date(2026, 7, 18), actor=OFFICER,
        moment=day(8, 20),
    )  # fmt: skip
    assert DAILY.comply_by == date(2026, 9, 1)
    assert imposed(town, cited) == 10 * PENALTY  # 8 to 17 July
    # On the eve of the visit nobody knew.
    assert reckon(town, cited, as_of=date(2026, 8, 19)).total_cents == 19 * PENALTY


def test_a_citation_paid_and_settled_keeps_what_was_imposed(
    town: sa.Connection, case: int, violation: int, admitted: int
) -> None:
    _impose(town, admitted, number=13)
    _mow(town, case, violation, number=20)
    pay(
        town, case_id=case, cents=7 * PENALTY, method="cash", order=ORDER, actor=CLERK.name,
        key="p", on=date(2026, 7, 20), now=day(7, 20).now,
    )  # fmt: skip
    citing.settle(town, citation_id=admitted, actor=CLERK, moment=day(7, 20))
    violations.reopen(
        town, violation_id=violation, reason="Grown", actor=MANAGER, moment=day(7, 21)
    )
    _mow(town, case, violation, number=22)
    assert (owed(town, case), in_credit(town, case)) == ({"penalty": 0}, 0)
    with pytest.raises(NotNowError, match="the citation is settled"):
        _impose(town, admitted, number=22)


def test_a_citation_that_fell_has_no_further_days(town: sa.Connection, cited: int) -> None:
    citing.void(town, citation_id=cited, reason="Wrong lot", actor=MANAGER, moment=day(6, 20))
    with pytest.raises(NoFurtherDaysError, match="it is voided, and its violation open"):
        reckon(town, cited, as_of=date(2026, 8, 1))


def test_a_contested_citation_imposes_nothing(town: sa.Connection, cited: int) -> None:
    citing.request_hearing(
        town, citation_id=cited, answer=Answer(received_on=date(2026, 7, 1)), actor=RESPONDENT,
        moment=day(7, 1),
    )  # fmt: skip
    with pytest.raises(NotNowError, match="the citation is contested"):
        _impose(town, cited, number=20)
