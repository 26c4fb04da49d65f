"""An order in the public records is no lien; once met in time it is acknowledged there."""

import dataclasses
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, OFFICER, day
from played import look_again, one, story, the_order
from played_liens import RECORDED, block

from cases import orders, recording
from cases.advancing import GuardError
from cases.days import DayError
from cases.instruments import InstrumentError, Recording
from cases.models import Case, Lien
from cases.workflow.registry import NotNowError

AUGUST = dataclasses.replace(RECORDED, recorded_on=date(2026, 8, 20))
THANKS = Recording(instrument_no="2026100001", recorded_on=date(2026, 9, 2))


def _record(connection: sa.Connection, order: int, **changes: object) -> None:
    asked = {"recording": AUGUST, "actor": CLERK, "moment": day(8, 21)}
    recording.record_order(connection, order_id=order, **(asked | changes))  # type: ignore[arg-type]


def _met(connection: sa.Connection, case: int, order: int) -> None:
    look = look_again(connection, case, month=9, number=1)
    orders.verify_compliance(
        connection, order_id=order, inspection_id=look, complied_on=date(2026, 8, 30),
        actor=OFFICER, moment=day(9, 1),
    )  # fmt: skip


def _acknowledge(connection: sa.Connection, order: int, **changes: object) -> None:
    asked = {"recording": THANKS, "actor": CLERK, "moment": day(9, 3)}
    recording.acknowledge(connection, order_id=order, **(asked | changes))  # type: ignore[arg-type]


def test_a_recorded_order_binds_purchasers_and_is_no_lien(
    town: sa.Connection, ordered: int
) -> None:
    _record(town, ordered)
    row = the_order(town)
    assert (row.instrument_no, row.recorded_on, row.status) == (
        "2026098765", date(2026, 8, 20), "served",
    )  # fmt: skip
    assert (story(town)[-1], one(town, Case).phase != "lien") == ("order_recorded", True)
    assert town.scalar(sa.select(sa.func.count()).select_from(Lien)) == 0
    with pytest.raises(InstrumentError, match="recorded already, as instrument 2026098765"):
        _record(town, ordered)


@pytest.mark.parametrize(
    ("recorded_on", "words"),
    [(date(2026, 8, 10), "when Order ORD-2026-00001 was entered"), (date(2026, 8, 22), "future")],
)
def test_an_order_is_recorded_after_its_execution_by_a_clerk_with_its_number(
    town: sa.Connection, ordered: int, recorded_on: date, words: str
) -> None:
    with pytest.raises(DayError, match=words):
        _record(town, ordered, recording=dataclasses.replace(AUGUST, recorded_on=recorded_on))
    with pytest.raises(GuardError, match="the instrument number"):
        _record(town, ordered, recording=None)
    with pytest.raises(NotNowError, match="for the clerk"):
        _record(town, ordered, actor=OFFICER)
    assert the_order(town).instrument_no is None


def test_no_order_is_recorded_under_a_block(town: sa.Connection, case: int, ordered: int) -> None:
    block(town, case, since=date(2026, 8, 20), moment=day(8, 20))
    with pytest.raises(GuardError, match="no bankruptcy"):
        _record(town, ordered)


def test_a_recorded_order_met_in_time_is_acknowledged_on_record(
    town: sa.Connection, case: int, ordered: int
) -> None:
    _record(town, ordered)
    with pytest.raises(NotNowError, match="the order is served"):
        _acknowledge(town, ordered)
    _met(town, case, ordered)
    with pytest.raises(InstrumentError, match="from 2026-08-20"):
        _acknowledge(town, ordered, recording=None)
    _acknowledge(town, ordered)
    row = the_order(town)
    assert (row.acknowledgment_no, row.acknowledged_on) == ("2026100001", date(2026, 9, 2))
    assert story(town)[-1] == "compliance_acknowledged"
    with pytest.raises(InstrumentError, match="acknowledged already"):
        _acknowledge(town, ordered)


def test_what_was_never_recorded_is_not_acknowledged(
    town: sa.Connection, case: int, ordered: int
) -> None:
    _met(town, case, ordered)
    with pytest.raises(GuardError, match="the order is recorded"):
        _acknowledge(town, ordered)
