"""A certified order becomes a lien, and ends paid, released or over its life."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import MAGISTRATE, one, story
from played_liens import RECORDED, block, mown
from small_town import import_liens

from cases import cashier, imposing, liens, opening, orders, releasing
from cases.advancing import ClosedCaseError, GuardError, OutOfOrderError
from cases.days import DayError
from cases.errors import CaseError
from cases.instruments import InstrumentError, Recording
from cases.ledger.reading import owed
from cases.liens import LienError
from cases.models import Case, CaseEvent, Lien, LienRelease
from cases.parts import NoSuchPartError
from cases.workflow.registry import NoReasonError, NotNowError

CITATION, DAILY = 10_000, 25_000


def _record(connection: sa.Connection, order: int, **changes: object) -> int:
    asked = {"recording": RECORDED, "actor": CLERK, "moment": day(10, 2)}
    return liens.record_lien(connection, order_id=order, **(asked | changes))  # type: ignore[arg-type]


def _pay_all(connection: sa.Connection, case: int, *, month: int, number: int) -> None:
    cents = sum(owed(connection, case).values())
    cashier.receive_payment(
        connection, case_id=case, cents=cents, method="cheque", key=f"all-{month}-{number}",  # type: ignore[arg-type]
        actor=CLERK, moment=day(month, number),
    )  # fmt: skip


def test_a_certified_order_is_recorded_for_what_was_owed_of_it(
    town: sa.Connection, case: int, certified: int, lien: int
) -> None:
    row = one(town, Lien)
    assert (row.id, row.order_id, row.case_id, row.status) == (lien, certified, case, "recorded")
    assert (row.instrument_no, row.book, row.page) == ("2026098765", "4312", "87")
    assert row.amount_cents == 30 * DAILY  # 2 September to 1 October; the citation is no lien
    assert owed(town, case) == {"penalty": CITATION + 31 * DAILY}
    assert (story(town)[-1], one(town, Case).phase) == ("lien_recorded", "lien")
    details = town.scalars(
        sa.select(CaseEvent.details).where(CaseEvent.kind == "lien_recorded")
    ).one()
    assert (details["amount_cents"], details["recorded_on"]) == (30 * DAILY, "2026-10-01")


def test_the_principal_is_no_more_than_is_owed(
    town: sa.Connection, case: int, certified: int
) -> None:
    cashier.receive_payment(
        town, case_id=case, cents=700_000, method="cheque", key="p", actor=CLERK,  # type: ignore[arg-type]
        moment=day(10, 1),
    )  # fmt: skip
    _record(town, certified)
    assert one(town, Lien).amount_cents == CITATION + 31 * DAILY - 700_000


TWIN = """
    INSERT INTO lotline.enforcement_order
    SELECT (jsonb_populate_record(o, to_jsonb(o) || jsonb_build_object(
        'id', o.id + 1, 'number', 'ORD-2026-00002'))).*
    FROM lotline.enforcement_order o
"""


def test_two_liens_of_a_case_bind_together_for_no_more_than_it_owes(
    town: sa.Connection, case: int, certified: int
) -> None:
    town.exec_driver_sql(TWIN)
    cashier.receive_payment(
        town, case_id=case, cents=31 * DAILY, method="cheque", key="p", actor=CLERK,  # type: ignore[arg-type]
        moment=day(10, 1),
    )  # fmt: skip
    _record(town, certified)
    _record(town, certified + 1, recording=dataclasses.replace(RECORDED, instrument_no="77"))
    first, second = town.scalars(sa.select(Lien.amount_cents).order_by(Lien.id))
    # Of two fines of 31 days and the citation, 31 days are paid; the first has 31 days by the 2nd.
    assert (first, second) == (30 * DAILY, CITATION)


def test_nothing_uncertified_is_recorded_as_a_lien(town: sa.Connection, sworn: int) -> None:
    with pytest.raises(GuardError, match="the fine is certified; that something is owed"):
        _record(town, sworn)


@pytest.mark.parametrize(
    ("recording", "error", "words"),
    [
        (None, GuardError, "instrument number and the day of recording"),
        (dataclasses.replace(RECORDED, instrument_no=" "), GuardError, "instrument number"),
        (
            dataclasses.replace(RECORDED, recorded_on=date(2026, 9, 24)), DayError,
            "before September 25, 2026, when the fine of Order ORD-2026-00001 was certified",
        ),
        (dataclasses.replace(RECORDED, recorded_on=date(2026, 10, 3)), DayError, "in the future"),
    ],
)  # fmt: skip
def test_a_lien_wants_its_number_and_a_day_since_the_certification(
    town: sa.Connection,
    certified: int,
    recording: Recording | None,
    error: type[CaseError],
    words: str,
) -> None:
    with pytest.raises(error, match=words):
        _record(town, certified, recording=recording)
    assert town.scalar(sa.select(sa.func.count()).select_from(Lien)) == 0


def test_under_a_bankruptcy_nothing_is_recorded(
    town: sa.Connection, case: int, certified: int
) -> None:
    block(town, case)
    with pytest.raises(GuardError, match="no bankruptcy, stay"):
        _record(town, certified)


def test_a_lien_is_a_clerks_to_record_and_once(
    town: sa.Connection, certified: int, lien: int
) -> None:
    with pytest.raises(NotNowError, match="for the clerk, not for the officer"):
        _record(town, certified, actor=OFFICER)
    with pytest.raises(LienError, match="binds by lien 2026098765 already"):
        _record(town, certified, recording=dataclasses.replace(RECORDED, instrument_no="other"))
    with pytest.raises(OutOfOrderError):
        _record(town, certified, moment=day(10, 1))
    assert lien


def test_two_liens_never_share_a_number_and_one_lot_is_named(
    town: sa.Connection, case: int, certified: int
) -> None:
    taken = {"parcel_id": one(town, Case).parcel_id, "instrument_no": "2026098765"}
    town.execute(sa.insert(Lien).values({**taken, "amount_cents": 1, "status": "recorded"}))
    with pytest.raises(InstrumentError, match="2026098765 is another lien"):
        _record(town, certified)
    untied = {"parcel_id": None, "parcel_period_id": None, "tie_method": "none"}
    town.execute(sa.update(Case).where(Case.id == case).values(untied))
    with pytest.raises(LienError, match="tied to no parcel"):
        _record(town, certified, recording=dataclasses.replace(RECORDED, instrument_no="other"))


def test_whether_it_is_a_homestead_is_said_by_somebody_on_some_evidence(
    town: sa.Connection, lien: int
) -> None:
    said = {"lien_id": lien, "homestead": True, "actor": CLERK, "moment": day(10, 3)}
    with pytest.raises(NoReasonError):
        liens.state_homestead(town, evidence=" ", **said)  # type: ignore[arg-type]
    liens.state_homestead(town, evidence="Tax roll of 2026", **said)  # type: ignore[arg-type]
    row = one(town, Lien)
    assert (row.homestead, row.homestead_said_by) == (True, "J. Okafor")
    assert row.homestead_evidence == "Tax roll of 2026"
    assert story(town)[-1] == "homestead_stated"


def _free(connection: sa.Connection, lien: int, **changes: object) -> int:
    asked = {
        "description": "The north half of lot 1", "reason": "Sold for the road", "actor": MANAGER,
        "recording": Recording(instrument_no="R-1", recorded_on=date(2026, 11, 2)),
        "moment": day(11, 2),
    }  # fmt: skip
    return releasing.release_in_part(connection, lien_id=lien, **(asked | changes))  # type: ignore[arg-type]


def test_a_part_is_freed_and_the_lien_stands_for_the_rest(town: sa.Connection, lien: int) -> None:
    _free(town, lien)
    row = one(town, LienRelease)
    assert (row.lien_id, row.description, row.instrument_no) == (
        lien, "The north half of lot 1", "R-1",
    )  # fmt: skip
    assert (one(town, Lien).status, story(town)[-1]) == ("recorded", "lien_released_in_part")
    with pytest.raises(InstrumentError, match="R-1 is another release"):
        _free(town, lien)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"recording": None}, GuardError, "instrument number"),
        ({"description": " "}, LienError, "Say what is released"),
        ({"parcel_id": 0}, LienError, "does not bind that parcel"),
        ({"reason": ""}, NoReasonError, "needs a reason"),
        ({"actor": CLERK}, NotNowError, "for the manager"),
    ],
)
def test_a_release_in_part_says_what_why_and_where(
    town: sa.Connection, lien: int, changes: dict[str, object], error: type, words: str
) -> None:
    with pytest.raises(error, match=words):
        _free(town, lien, **changes)
    assert town.scalar(sa.select(sa.func.count()).select_from(LienRelease)) == 0


def test_the_parcel_a_lien_is_recorded_against_is_not_freed_alone(
    town: sa.Connection, lien: int
) -> None:
    with pytest.raises(LienError, match="recorded against that very parcel"):
        _free(town, lien, parcel_id=one(town, Lien).parcel_id)


def test_a_paid_lien_is_satisfied_and_the_order_with_it(
    town: sa.Connection, case: int, certified: int, lien: int, violation: int
) -> None:
    with pytest.raises(GuardError, match="nothing is owed"):
        liens.satisfy(town, lien_id=lien, actor=CLERK, moment=day(10, 2))
    mown(town, case, certified, violation)
    with pytest.raises(GuardError, match="nothing is owed"):
        imposing.satisfy(town, order_id=certified, actor=CLERK, moment=day(10, 6))
    _pay_all(town, case, month=10, number=7)
    liens.satisfy(town, lien_id=lien, instrument_no="S-1", actor=CLERK, moment=day(10, 8))
    imposing.satisfy(town, order_id=certified, actor=CLERK, moment=day(10, 8))
    row = one(town, Lien)
    assert (row.status, row.satisfied_on, row.end_instrument_no) == (
        "satisfied", date(2026, 10, 8), "S-1",
    )  # fmt: skip
    assert story(town)[-2:] == ["lien_satisfied", "order_satisfied"]
    assert one(town, Case).phase != "lien"
    with pytest.raises(NotNowError, match="the lien is satisfied"):
        liens.satisfy(town, lien_id=lien, actor=CLERK, moment=day(10, 8))


def test_a_day_more_of_a_running_fine_is_not_paid(
    town: sa.Connection, case: int, certified: int, lien: int
) -> None:
    _pay_all(town, case, month=10, number=2)
    assert not any(owed(town, case).values())
    with pytest.raises(GuardError, match="nothing is owed"):
        liens.satisfy(town, lien_id=lien, actor=CLERK, moment=day(10, 3))
    with pytest.raises(GuardError, match="the violation is corrected"):
        imposing.satisfy(town, order_id=certified, actor=CLERK, moment=day(10, 2))


def test_a_release_wants_the_governing_bodys_word(town: sa.Connection, lien: int) -> None:
    asked = {"lien_id": lien, "reason": "Hardship", "moment": day(11, 2)}
    with pytest.raises(GuardError, match="the governing body has authorized it"):
        releasing.release(town, authorization=" ", actor=MANAGER, **asked)  # type: ignore[arg-type]
    with pytest.raises(NotNowError, match="for the manager, not for the clerk"):
        releasing.release(town, authorization="Resolution 26-9", actor=CLERK, **asked)  # type: ignore[arg-type]
    releasing.release(
        town,
        authorization="Resolution 26-9",
        instrument_no=" ",
        actor=MANAGER,
        **asked,  # type: ignore[arg-type]
    )
    row = one(town, Lien)
    assert (row.status, row.released_on, row.end_instrument_no) == (
        "released", date(2026, 11, 2), None,
    )  # fmt: skip
    assert story(town)[-1] == "lien_released"


def test_a_lien_is_over_after_twenty_years_and_not_a_day_before(
    town: sa.Connection, lien: int
) -> None:
    """S. 162.10: recorded on 1 October 2026, it binds to 1 October 2046."""
    with pytest.raises(GuardError, match="the life of the lien is over"):
        liens.expire(town, lien_id=lien, actor=CLERK, moment=day(10, 1, 2046))
    liens.expire(town, lien_id=lien, actor=CLERK, moment=day(10, 2, 2046))
    assert (one(town, Lien).status, one(town, Lien).expired_on) == ("expired", date(2046, 10, 2))


def test_a_lien_from_a_file_is_not_satisfied_by_a_ledger_that_does_not_know_it(
    town: sa.Connection, case: int
) -> None:
    filed = {"parcel_id": one(town, Case).parcel_id, "amount_cents": 1, "status": "recorded"}
    values = [{**filed, "instrument_no": "F-1", "case_id": None},
              {**filed, "instrument_no": "F-2", "case_id": case}]  # fmt: skip
    town.execute(sa.insert(Lien), values)
    loose, tied = town.scalars(sa.select(Lien.id).order_by(Lien.instrument_no))
    with pytest.raises(LienError, match="F-1 names no case"):
        liens.satisfy(town, lien_id=loose, actor=CLERK, moment=day(6, 2))
    with pytest.raises(LienError, match="F-2 came from a file"):
        liens.satisfy(town, lien_id=tied, actor=CLERK, moment=day(6, 2))
    with pytest.raises(GuardError, match="the life of the lien is over"):
        liens.expire(town, lien_id=tied, actor=CLERK, moment=day(6, 2))
    with pytest.raises(NoSuchPartError):
        liens.satisfy(town, lien_id=0, actor=CLERK, moment=day(6, 2))


def test_no_case_closes_over_an_order_or_a_lien_and_none_is_ended_in_a_closed_one(
    town: sa.Connection, case: int, certified: int, lien: int, violation: int
) -> None:
    close = {"case_id": case, "reason": "Mown and paid", "actor": MANAGER}
    mown(town, case, certified, violation)
    _pay_all(town, case, month=10, number=7)
    with pytest.raises(GuardError, match="nothing in the case is open"):
        opening.close_case(town, moment=day(10, 8), **close)  # type: ignore[arg-type]
    orders.vacate(town, order_id=certified, reason="Settled", actor=MAGISTRATE, moment=day(10, 8))
    with pytest.raises(GuardError, match="nothing in the case is open"):
        opening.close_case(town, moment=day(10, 8), **close)  # type: ignore[arg-type]
    town.execute(sa.update(Case).values(closed_on=date(2026, 10, 9)))
    with pytest.raises(ClosedCaseError):
        liens.satisfy(town, lien_id=lien, actor=CLERK, moment=day(10, 9))


def test_no_file_replaces_a_lien_recorded_here(
    town: sa.Connection, lien: int, tmp_path: Path
) -> None:
    filed = {"instrument_no": "2026098765", "parcel_no": "A-2", "amount": "1.00"}
    outcome = import_liens(town, tmp_path, filed)
    assert [reject.code for reject in outcome.rejects] == ["recorded_here"]
    assert (one(town, Lien).id, one(town, Lien).amount_cents) == (lien, 30 * DAILY)
