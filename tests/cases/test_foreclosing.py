"""A lien is foreclosed after its months, never on a homestead, and judgment ends the fine."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, day
from played import MAGISTRATE, heard, one, story, the_order
from played_after import JUDGED
from played_liens import block

from cases import foreclosing, imposing, liens, suing
from cases.advancing import GuardError
from cases.errors import FineTermsError
from cases.hearings import About
from cases.ledger.reading import owed
from cases.liens import LienError
from cases.models import Case, Lien
from cases.ordered import fine_of
from cases.workflow.registry import NoReasonError, NotNowError

DAILY = 25_000


@pytest.fixture
def vacant(town: sa.Connection, lien: int) -> int:
    """The lien, its property said to be no homestead."""
    liens.state_homestead(
        town, lien_id=lien, homestead=False, evidence="Vacant lot on the tax roll", actor=CLERK,
        moment=day(10, 3),
    )  # fmt: skip
    return lien


def _foreclose(connection: sa.Connection, lien: int, **changes: object) -> None:
    asked = {
        "court_case": "2027-CA-000123", "authorization": "Magistrate's order of 3 January",
        "actor": MANAGER, "moment": day(1, 4, 2027),
    }  # fmt: skip
    foreclosing.foreclose(connection, lien_id=lien, **(asked | changes))  # type: ignore[arg-type]


def test_a_lien_is_foreclosed_when_three_months_have_passed_unpaid(
    town: sa.Connection, vacant: int
) -> None:
    """S. 162.09(3): recorded on 1 October, so after 1 January."""
    with pytest.raises(GuardError, match="the months before a foreclosure have passed"):
        _foreclose(town, vacant, moment=day(1, 1, 2027))
    _foreclose(town, vacant, moment=day(1, 2, 2027))
    row = one(town, Lien)
    assert (row.status, row.foreclosure_case) == ("foreclosing", "2027-CA-000123")
    assert (story(town)[-1], one(town, Case).phase) == ("foreclosure_begun", "lien")


def test_no_lien_is_foreclosed_on_a_homestead_nor_where_nobody_looked(
    town: sa.Connection, lien: int
) -> None:
    with pytest.raises(GuardError, match="the property is no homestead"):
        _foreclose(town, lien)
    liens.state_homestead(
        town,
        lien_id=lien,
        homestead=True,
        evidence="Tax roll",
        actor=MANAGER,
        moment=day(1, 4, 2027),
    )
    with pytest.raises(GuardError, match="the property is no homestead"):
        _foreclose(town, lien)


def test_a_foreclosure_wants_its_authority_its_suit_and_no_block(
    town: sa.Connection, case: int, vacant: int
) -> None:
    with pytest.raises(GuardError, match="authorized"):
        _foreclose(town, vacant, authorization=" ")
    with pytest.raises(LienError, match="no number"):
        _foreclose(town, vacant, court_case=" ")
    with pytest.raises(NotNowError, match="for the manager"):
        _foreclose(town, vacant, actor=CLERK)
    block(town, case, moment=day(1, 3, 2027))
    with pytest.raises(GuardError, match="no bankruptcy"):
        _foreclose(town, vacant)
    assert one(town, Lien).status == "recorded"


def test_a_suit_taken_back_leaves_the_lien_as_it_was(town: sa.Connection, vacant: int) -> None:
    _foreclose(town, vacant)
    back = {"lien_id": vacant, "actor": MANAGER, "moment": day(2, 1, 2027)}
    with pytest.raises(NoReasonError):
        foreclosing.withdraw_foreclosure(town, reason="", **back)  # type: ignore[arg-type]
    foreclosing.withdraw_foreclosure(town, reason="Plan of payment", **back)  # type: ignore[arg-type]
    assert (one(town, Lien).status, one(town, Lien).foreclosure_case) == ("recorded", None)
    assert story(town)[-1] == "foreclosure_withdrawn"


def test_judgment_ends_the_fine_and_the_days_charged_after_it(
    town: sa.Connection, case: int, certified: int, vacant: int
) -> None:
    _foreclose(town, vacant)
    enter = {"lien_id": vacant, "judged_on": date(2027, 3, 1), "moment": day(3, 5, 2027)}
    with pytest.raises(GuardError, match="the court's paper is on record"):
        foreclosing.adjudge(town, judgment=" ", actor=CLERK, **enter)  # type: ignore[arg-type]
    with pytest.raises(GuardError, match="the court's paper is on record"):
        foreclosing.adjudge(
            town,
            judgment="x",
            actor=CLERK,
            **(enter | {"judged_on": date(2027, 3, 6)}),  # type: ignore[arg-type]
        )
    foreclosing.adjudge(town, judgment="Final judgment, OR 4400/12", actor=CLERK, **enter)  # type: ignore[arg-type]
    row = one(town, Lien)
    assert (row.status, row.foreclosed_on) == ("foreclosed", date(2027, 3, 1))
    # From 2 September to 28 February: 29 + 31 + 30 + 31 + 31 + 28 days; that of judgment is not.
    assert fine_of(town, certified, as_of=date(2028, 1, 1)).total_cents == 180 * DAILY
    assert owed(town, case) == {"penalty": 10_000 + 180 * DAILY}
    assert one(town, Case).phase != "lien"


def test_a_suit_begun_keeps_a_lien_alive_past_its_life(town: sa.Connection, vacant: int) -> None:
    _foreclose(town, vacant)
    with pytest.raises(NotNowError, match="the lien is foreclosing"):
        liens.expire(town, lien_id=vacant, actor=CLERK, moment=day(10, 2, 2046))


def test_a_later_judgment_lets_no_ended_fine_run_again(
    town: sa.Connection, case: int, certified: int, vacant: int, filed: int
) -> None:
    suing.adjudge(
        town, suit_id=filed, paper=JUDGED, awarded_cents=1_000, actor=CLERK, moment=day(3, 4, 2027)
    )
    _foreclose(town, vacant, moment=day(3, 6, 2027))
    foreclosing.adjudge(
        town, lien_id=vacant, judged_on=date(2027, 9, 1), judgment="OR 4400/12", actor=CLERK,
        moment=day(9, 2, 2027),
    )  # fmt: skip
    assert one(town, Lien).foreclosed_on == date(2027, 9, 1)
    assert the_order(town).judged_on == JUDGED.signed_on
    assert fine_of(town, certified, as_of=date(2028, 1, 1)).total_cents == 180 * DAILY
    assert owed(town, case) == {"penalty": 10_000 + 180 * DAILY}


def test_an_earlier_judgment_entered_later_ends_the_fine_the_earlier_day(
    town: sa.Connection, case: int, certified: int, vacant: int, filed: int
) -> None:
    _foreclose(town, vacant, moment=day(1, 21, 2027))
    foreclosing.adjudge(
        town, lien_id=vacant, judged_on=date(2027, 3, 2), judgment="OR 4400/12", actor=CLERK,
        moment=day(3, 3, 2027),
    )  # fmt: skip
    suing.adjudge(
        town, suit_id=filed, paper=JUDGED, awarded_cents=1_000, actor=CLERK, moment=day(3, 4, 2027)
    )
    assert owed(town, case) == {"penalty": 10_000 + 180 * DAILY}
    assert the_order(town).judged_on == JUDGED.signed_on
    assert certified


def test_a_judgment_before_a_reduction_moves_no_lien(
    town: sa.Connection, case: int, certified: int, vacant: int
) -> None:
    _foreclose(town, vacant)
    hearing = heard(town, case, About.MITIGATION, held_on=date(2027, 3, 3))
    imposing.reduce(
        town, order_id=certified, hearing_id=hearing, to_cents=1_000, reason="Illness",
        actor=MAGISTRATE, moment=day(3, 3, 2027),
    )  # fmt: skip
    with pytest.raises(FineTermsError, match="after the judgment"):
        foreclosing.adjudge(
            town, lien_id=vacant, judged_on=date(2027, 3, 1), judgment="J", actor=CLERK,
            moment=day(3, 5, 2027),
        )  # fmt: skip
    assert (one(town, Lien).status, the_order(town).judged_on) == ("foreclosing", None)
