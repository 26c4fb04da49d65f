"""A bankruptcy or counsel bars collection; a court or counsel alone lets a fine stand still."""

import dataclasses
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import MAGISTRATE, one, story
from played_liens import STAY, block

from cases import blocking, opening, orders, pausing
from cases.advancing import ClosedCaseError, GuardError, OutOfOrderError
from cases.blocking import BlockError, BlockKind, is_blocked
from cases.fines.rules import FineKind
from cases.models import AccrualPause, CaseEvent, CollectionBlock
from cases.ordered import Ordered, fine_of
from cases.pausing import PauseError
from cases.story import events_of, told
from cases.workflow.registry import NoReasonError, NotNowError


def _last_words(connection: sa.Connection, case: int) -> str:
    return list(told(connection.execute(events_of(case)).all(), law=None))[-1].text


def test_a_bankruptcy_bars_collection_until_a_manager_lifts_it(
    town: sa.Connection, case: int
) -> None:
    barred = block(town, case, actor=CLERK)
    row = one(town, CollectionBlock)
    assert (row.kind, row.since, row.until, row.who) == (
        "bankruptcy", date(2026, 9, 28), None, "J. Okafor",
    )  # fmt: skip
    assert is_blocked(town, case)
    assert "blocked since September 28, 2026 (bankruptcy: 26-bk-01234)" in _last_words(town, case)
    with pytest.raises(NotNowError, match="for the manager, not for the clerk"):
        blocking.unblock(town, block_id=barred, reason="Dismissed", actor=CLERK, moment=day(11, 2))
    blocking.unblock(town, block_id=barred, reason="Dismissed", actor=MANAGER, moment=day(11, 2))
    assert one(town, CollectionBlock).until == date(2026, 11, 2)
    assert not is_blocked(town, case)
    assert story(town)[-2:] == ["collection_blocked", "collection_unblocked"]
    with pytest.raises(BlockError, match="lifted on 2026-11-02"):
        blocking.unblock(town, block_id=barred, reason="Again", actor=MANAGER, moment=day(11, 2))


def test_a_case_under_two_blocks_is_barred_until_both_are_lifted(
    town: sa.Connection, case: int
) -> None:
    first = block(town, case)
    block(town, case, kind=BlockKind.COUNSEL, reference="Letter of 1 October")
    blocking.unblock(town, block_id=first, reason="Dismissed", actor=MANAGER, moment=day(11, 2))
    assert is_blocked(town, case)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"reason": " "}, NoReasonError, "needs a reason"),
        ({"reference": " "}, BlockError, "names no paper"),
        ({"actor": OFFICER}, NotNowError, "for the clerk or manager"),
        ({"since": date(2026, 10, 2)}, OutOfOrderError, "begin on 2026-10-02"),
        ({"moment": day(5, 31)}, OutOfOrderError, "last event"),
    ],
)
def test_a_block_wants_its_paper_its_reason_and_its_day(
    town: sa.Connection, case: int, changes: dict[str, object], error: type, words: str
) -> None:
    with pytest.raises(error, match=words):
        block(town, case, **changes)
    assert not is_blocked(town, case)


def test_one_block_is_entered_once_and_never_in_a_closed_case(
    town: sa.Connection, case: int
) -> None:
    block(town, case)
    with pytest.raises(BlockError, match="under the block of 26-bk-01234 already"):
        block(town, case)
    with pytest.raises(BlockError, match="no block with the identity 0"):
        blocking.unblock(town, block_id=0, reason="x", actor=MANAGER, moment=day(10, 2))
    opening.close_case(town, case_id=case, reason="Settled", actor=MANAGER, moment=day(10, 2))
    with pytest.raises(ClosedCaseError):
        block(town, case, reference="another", moment=day(10, 3))


def _pause(connection: sa.Connection, order: int, **changes: object) -> int:
    asked = {
        "first_day": date(2026, 10, 1), "paper": STAY, "reason": "Stayed on appeal",
        "actor": CLERK, "moment": day(10, 2),
    }  # fmt: skip
    return pausing.pause(connection, order_id=order, **(asked | changes))  # type: ignore[arg-type]


def _resume(connection: sa.Connection, paused: int, **changes: object) -> None:
    asked = {
        "last_day": date(2026, 10, 10), "paper": STAY, "reason": "Stay dissolved",
        "actor": CLERK, "moment": day(10, 9),
    }  # fmt: skip
    pausing.resume(connection, pause_id=paused, **(asked | changes))  # type: ignore[arg-type]


def test_a_bankruptcy_alone_does_not_let_a_fine_stand_still(
    town: sa.Connection, case: int, certified: int
) -> None:
    block(town, case)
    assert fine_of(town, certified, as_of=date(2026, 10, 4)).total_cents == 33 * 25_000


def test_a_paused_fine_stands_still_and_runs_on_after_its_last_paused_day(
    town: sa.Connection, case: int, certified: int
) -> None:
    paused = _pause(town, certified)
    still = fine_of(town, certified, as_of=date(2026, 10, 8))
    assert (still.total_cents, still.per_diem_cents) == (29 * 25_000, 0)  # the last of September
    assert "paused by Order in 2026-AP-7 of October 1, 2026" in still.lines[-1].explanation
    said = [line.text for line in told(town.execute(events_of(case)).all(), law=None)]
    assert any(
        "stands still from October 1, 2026, by Order in 2026-AP-7" in words for words in said
    )
    _resume(town, paused)
    assert fine_of(town, certified, as_of=date(2026, 10, 12)).total_cents == 31 * 25_000
    assert one(town, AccrualPause).ended_by == "Order in 2026-AP-7"
    assert story(town)[-3:] == ["accrual_paused", "charged", "accrual_resumed"]
    with pytest.raises(PauseError, match="ends on 2026-10-10 already"):
        _resume(town, paused)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"reason": ""}, NoReasonError, "needs a reason"),
        ({"actor": MAGISTRATE}, NotNowError, "for the clerk or manager"),
        ({"paper": dataclasses.replace(STAY, reference=" ")}, GuardError, "written instruction"),
        ({"paper": dataclasses.replace(STAY, ordered_on=date(2026, 10, 3))}, GuardError,
         "written instruction"),
        ({"moment": day(9, 24)}, OutOfOrderError, "last event"),
    ],
)  # fmt: skip
def test_a_pause_wants_a_paper_already_signed_and_a_reason(
    town: sa.Connection, certified: int, changes: dict[str, object], error: type, words: str
) -> None:
    with pytest.raises(error, match=words):
        _pause(town, certified, **changes)
    assert town.scalar(sa.select(sa.func.count()).select_from(AccrualPause)) == 0
    assert "accrual_paused" not in story(town)


def test_a_fine_is_paused_once_by_one_paper(town: sa.Connection, certified: int) -> None:
    _pause(town, certified)
    with pytest.raises(PauseError, match="stands still by Order in 2026-AP-7 already"):
        _pause(town, certified)


@pytest.mark.parametrize("last_day", [date(2026, 10, 8), date(2026, 9, 30)])
def test_a_fine_never_runs_on_for_days_said_to_cost_nothing(
    town: sa.Connection, certified: int, last_day: date
) -> None:
    paused = _pause(town, certified)
    with pytest.raises(OutOfOrderError, match="give 2026-10-09 or later"):
        _resume(town, paused, last_day=last_day)
    with pytest.raises(PauseError, match="no pause with the identity 0"):
        _resume(town, 0)


def test_what_is_fined_once_is_not_paused(
    town: sa.Connection, decided: int, violation: int
) -> None:
    once = Ordered(kind=FineKind.IRREPARABLE, found_on=date(2026, 8, 11), one_time_cents=100_000)
    order = orders.enter(
        town, hearing_id=decided, violation_id=violation, ordered=once, actor=MAGISTRATE,
        moment=day(8, 11),
    )  # fmt: skip
    with pytest.raises(PauseError, match="fines once"):
        _pause(town, order)


def test_the_history_keeps_by_which_paper(town: sa.Connection, certified: int) -> None:
    _pause(town, certified)
    query = sa.select(CaseEvent.details).where(CaseEvent.kind == "accrual_paused")
    details = town.execute(query).scalar_one()
    assert (details["authority"], details["ordered_on"]) == ("court_order", "2026-10-01")
