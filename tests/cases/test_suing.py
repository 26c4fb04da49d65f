"""The town goes to court: referral, filing, judgment, and the day on which the fine ends."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import MAGISTRATE, heard, look_again, one, story
from played_after import JUDGED, RESOLVED, file_suit, pay_all, recorded
from played_liens import block

from cases import imposing, orders, suing
from cases.accruing import bring_up_to
from cases.advancing import ClosedCaseError, GuardError, OutOfOrderError
from cases.blocking import unblock
from cases.errors import FineTermsError
from cases.hearings import About
from cases.ledger.accounts import Component
from cases.ledger.errors import AmountError
from cases.ledger.reading import owed
from cases.models import Case, FineReduction, Lien, Suit
from cases.opening import close_case
from cases.ordered import fine_of
from cases.papers import CourtPaper, Resolution
from cases.story import events_of, told
from cases.suing import SuitError, SuitKind
from cases.workflow.registry import NoReasonError, NotNowError

KNOWN = day(3, 4, 2027)


def _adjudge(connection: sa.Connection, suit: int, **changes: object) -> None:
    asked = {"paper": JUDGED, "awarded_cents": 4_500_000, "actor": CLERK, "moment": KNOWN}
    suing.adjudge(connection, suit_id=suit, **(asked | changes))  # type: ignore[arg-type]


def test_from_counsel_to_a_judgment_that_is_satisfied(
    town: sa.Connection, case: int, filed: int
) -> None:
    row = one(town, Suit)
    assert (row.kind, row.status, row.court_case_no) == ("money_judgment", "filed", "2027-CC-0081")
    assert (row.resolution_no, row.resolved_on) == ("R-27-3", date(2027, 1, 15))
    _adjudge(town, filed)
    row = one(town, Suit)
    assert (row.status, row.judgment_cents, row.relief) == ("judgment", 4_500_000, None)
    assert (row.paper_on, row.judgment_known_on) == (date(2027, 3, 1), date(2027, 3, 4))
    with pytest.raises(GuardError, match="nothing is owed"):
        suing.satisfy(town, suit_id=filed, actor=CLERK, moment=KNOWN)
    pay_all(town, month=3, number=9, year=2027)
    suing.satisfy(town, suit_id=filed, actor=CLERK, moment=day(3, 10, 2027))
    assert one(town, Suit).status == "satisfied"
    events = [kind for kind in story(town) if kind.startswith(("action", "judgment"))]
    assert events == ["action_referred", "action_filed", "judgment_entered", "judgment_satisfied"]
    lines = "\n".join(line.text for line in told(town.execute(events_of(case)).all(), law=None))
    for words in (
        "Counsel was asked to sue (money judgment). Reason: Unpaid for three months.",
        "was filed as court case 2027-CC-0081, by resolution R-27-3 of January 15, 2027.",
        "Judgment of March 1, 2027 in court case 2027-CC-0081 (Final judgment, doc. 31): ",
        "$45,000.00 for the town. The daily fine ends with it.",
    ):
        assert words in lines


def test_a_judgment_ends_the_daily_fine_from_the_day_it_is_known(
    town: sa.Connection, certified: int, filed: int
) -> None:
    running = fine_of(town, certified, as_of=date(2027, 3, 3)).total_cents
    _adjudge(town, filed)
    # 2 September to 28 February, the day of judgment not counted: 180 days.
    assert fine_of(town, certified, as_of=date(2027, 12, 1)).total_cents == 180 * 25_000
    assert fine_of(town, certified, as_of=date(2027, 3, 3)).total_cents == running == 183 * 25_000


def test_what_was_charged_beyond_the_day_of_judgment_is_given_up(
    town: sa.Connection, case: int, certified: int, filed: int
) -> None:
    bring_up_to(town, certified, actor=CLERK, moment=day(3, 3, 2027))
    charged = owed(town, case)[Component.PENALTY]
    _adjudge(town, filed)
    assert owed(town, case)[Component.PENALTY] == charged - 3 * 25_000


def test_what_a_court_has_adjudged_the_tribunal_does_not_reduce(
    town: sa.Connection, case: int, certified: int, filed: int
) -> None:
    hearing = heard(town, case, About.MITIGATION, held_on=date(2027, 3, 2))
    _adjudge(town, filed)
    with pytest.raises(FineTermsError, match="no longer the board's fine to reduce"):
        imposing.reduce(
            town, order_id=certified, hearing_id=hearing, to_cents=1, reason="Illness",
            actor=MAGISTRATE, moment=KNOWN,
        )  # fmt: skip
    assert town.scalar(sa.select(sa.func.count()).select_from(FineReduction)) == 0


def test_compliance_or_judgment_whichever_comes_first(
    town: sa.Connection, case: int, certified: int, filed: int
) -> None:
    _adjudge(town, filed)
    look = look_again(town, case, month=3, number=20, year=2027)
    orders.verify_compliance(
        town, order_id=certified, inspection_id=look, complied_on=date(2027, 2, 1), actor=OFFICER,
        moment=day(3, 20, 2027),
    )  # fmt: skip
    # What was told on the days between is told again.
    assert fine_of(town, certified, as_of=date(2027, 3, 10)).total_cents == 180 * 25_000
    assert fine_of(town, certified, as_of=date(2027, 3, 20)).total_cents == 152 * 25_000


def test_compliance_after_the_judgment_changes_nothing(
    town: sa.Connection, case: int, certified: int, filed: int
) -> None:
    _adjudge(town, filed)
    look = look_again(town, case, month=3, number=20, year=2027)
    orders.verify_compliance(
        town, order_id=certified, inspection_id=look, complied_on=date(2027, 3, 20),
        actor=OFFICER, moment=day(3, 20, 2027),
    )  # fmt: skip
    assert fine_of(town, certified, as_of=date(2027, 3, 20)).total_cents == 180 * 25_000


def test_a_judgment_before_a_reduction_is_refused_before_it_is_written(
    town: sa.Connection, certified: int, filed: int, decided: int
) -> None:
    values = {
        "order_id": certified, "hearing_id": decided, "ordered_on": date(2027, 3, 2),
        "to_cents": 1, "reason": "Illness",
    }  # fmt: skip
    town.execute(sa.insert(FineReduction).values(values))
    with pytest.raises(FineTermsError, match="after the judgment"):
        _adjudge(town, filed)
    assert one(town, Suit).status == "filed"


@pytest.mark.parametrize(
    ("moment", "lack"), [(day(1, 1, 2027), "waited its months"), (day(1, 2, 2027), "")]
)
def test_a_money_judgment_waits_three_months_from_the_recording(
    town: sa.Connection, case: int, lien: int, moment: object, lack: str
) -> None:
    suit = suing.refer(
        town, case_id=case, kind=SuitKind.MONEY_JUDGMENT, lien_id=lien,
        reason="Unpaid", actor=MANAGER, moment=day(12, 1),
    )  # fmt: skip
    asked = {"moment": moment, "resolution": Resolution(number="R", passed_on=date(2026, 12, 1))}
    if lack:
        with pytest.raises(GuardError, match=lack):
            file_suit(town, suit, **asked)
    else:
        file_suit(town, suit, **asked)
        assert one(town, Suit).status == "filed"


def test_a_foreclosure_is_filed_once_the_lien_is_being_foreclosed(
    town: sa.Connection, case: int, lien: int
) -> None:
    suit = suing.refer(
        town, case_id=case, kind=SuitKind.FORECLOSURE, lien_id=lien,
        reason="Unpaid", actor=MANAGER, moment=day(1, 10, 2027),
    )  # fmt: skip
    with pytest.raises(GuardError, match="its foreclosure is begun"):
        file_suit(town, suit)
    town.execute(sa.update(Lien).values(status="foreclosing", foreclosure_case="2027-CC-0081"))
    file_suit(town, suit)
    assert one(town, Suit).status == "filed"


def test_a_bankruptcy_bars_the_filing(town: sa.Connection, case: int, referred: int) -> None:
    barred = block(town, case, moment=day(1, 12, 2027))
    with pytest.raises(GuardError, match="no bankruptcy, stay or instruction"):
        file_suit(town, referred)
    unblock(town, block_id=barred, reason="Dismissed", actor=MANAGER, moment=day(1, 19, 2027))
    file_suit(town, referred)


@pytest.mark.parametrize(
    "resolution",
    [
        Resolution(number=" ", passed_on=date(2027, 1, 15)),
        Resolution(number="R-27-3", passed_on=date(2027, 1, 21)),
    ],
)
def test_nothing_is_filed_without_the_governing_body(
    town: sa.Connection, referred: int, resolution: Resolution
) -> None:
    with pytest.raises(GuardError, match="the governing body has authorized it"):
        file_suit(town, referred, resolution=resolution)
    with pytest.raises(SuitError, match="no number in court"):
        file_suit(town, referred, court_case_no=" ")
    assert one(town, Suit).status == "referred"


def test_a_suit_rests_on_what_the_case_has(town: sa.Connection, case: int, lien: int) -> None:
    refer = {"case_id": case, "reason": "Unpaid", "actor": MANAGER, "moment": day(1, 10, 2027)}
    money = SuitKind.MONEY_JUDGMENT
    imported = recorded(town, case)  # of no order on record
    for ground in (None, imported, lien + 1000):
        with pytest.raises(SuitError, match="rests on the recorded lien of a certified order"):
            suing.refer(town, kind=money, lien_id=ground, **refer)  # type: ignore[arg-type]
    with pytest.raises(SuitError, match="rests on no lien"):
        suing.refer(town, kind=SuitKind.INJUNCTION, lien_id=lien, **refer)  # type: ignore[arg-type]
    with pytest.raises(NoReasonError):
        suing.refer(
            town,
            kind=SuitKind.INJUNCTION,
            **(refer | {"reason": ""}),  # type: ignore[arg-type]
        )
    with pytest.raises(NotNowError, match="for the manager, not for the clerk"):
        suing.refer(
            town,
            kind=SuitKind.INJUNCTION,
            **(refer | {"actor": CLERK}),  # type: ignore[arg-type]
        )
    assert town.scalar(sa.select(sa.func.count()).select_from(Suit)) == 0


def test_an_injunction_enjoins_and_ends_no_fine(
    town: sa.Connection, case: int, certified: int
) -> None:
    suit = suing.refer(
        town, case_id=case, kind=SuitKind.INJUNCTION, reason="Vermin", actor=MANAGER,
        moment=day(1, 10, 2027),
    )  # fmt: skip
    file_suit(town, suit)
    for wrong in ({}, {"awarded_cents": None}, {"awarded_cents": None, "relief": " "}):
        with pytest.raises(SuitError, match="says what is enjoined"):
            _adjudge(town, suit, **wrong)
    _adjudge(town, suit, awarded_cents=None, relief="The lot be mown monthly")
    assert one(town, Suit).relief == "The lot be mown monthly"
    assert fine_of(town, certified, as_of=date(2027, 3, 10)).total_cents == 190 * 25_000


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"awarded_cents": None}, SuitError),
        ({"relief": "Sale"}, SuitError),
        ({"awarded_cents": 0}, AmountError),
        ({"paper": CourtPaper(number=" ", signed_on=date(2027, 3, 1))}, GuardError),
        ({"paper": CourtPaper(number="31", signed_on=date(2027, 3, 5))}, GuardError),
        ({"paper": CourtPaper(number="31", signed_on=date(2027, 1, 19))}, GuardError),
        ({"actor": MANAGER}, NotNowError),
        ({"moment": day(1, 19, 2027)}, OutOfOrderError),
    ],
)
def test_a_judgment_is_the_courts_paper_with_its_amount(
    town: sa.Connection, filed: int, changes: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        _adjudge(town, filed, **changes)
    assert one(town, Suit).status == "filed"


def test_counsel_may_decline_and_then_nothing_is_filed(town: sa.Connection, referred: int) -> None:
    decline = {"suit_id": referred, "actor": MANAGER, "moment": day(1, 12, 2027)}
    with pytest.raises(NoReasonError):
        suing.decline(town, reason=" ", **decline)  # type: ignore[arg-type]
    suing.decline(town, reason="Nothing to be had", **decline)  # type: ignore[arg-type]
    assert (one(town, Suit).status, story(town)[-1]) == ("declined", "action_declined")
    with pytest.raises(NotNowError, match="the legal action is declined"):
        file_suit(town, referred)


def test_a_suit_is_dismissed_by_the_court_or_settled_by_the_town(
    town: sa.Connection, certified: int, filed: int
) -> None:
    settle = {"suit_id": filed, "actor": MANAGER, "moment": KNOWN}
    early = Resolution(number="R-27-9", passed_on=date(2027, 3, 5))
    with pytest.raises(GuardError, match="governing body"):
        suing.settle(town, resolution=early, reason="Half now", **settle)  # type: ignore[arg-type]
    with pytest.raises(NoReasonError):
        suing.settle(town, resolution=RESOLVED, reason="", **settle)  # type: ignore[arg-type]
    with town.begin_nested() as undone:
        suing.settle(town, resolution=RESOLVED, reason="Half now", **settle)  # type: ignore[arg-type]
        row = one(town, Suit)
        assert (row.status, row.settlement_no, row.settled_on) == ("settled", "R-27-3", KNOWN.on)
        undone.rollback()
    suing.dismiss(town, suit_id=filed, paper=JUDGED, actor=CLERK, moment=KNOWN)
    assert (one(town, Suit).status, story(town)[-1]) == ("dismissed", "action_dismissed")
    assert fine_of(town, certified, as_of=date(2027, 3, 10)).total_cents == 190 * 25_000


def test_in_a_closed_case_nobody_is_sued(town: sa.Connection, case: int) -> None:
    close_case(town, case_id=case, reason="Nothing there", actor=OFFICER, moment=day(6, 2))
    assert one(town, Case).closed_on == date(2026, 6, 2)
    with pytest.raises(ClosedCaseError):
        suing.refer(
            town, case_id=case, kind=SuitKind.INJUNCTION, reason="Vermin", actor=MANAGER,
            moment=day(6, 3),
        )  # fmt: skip
