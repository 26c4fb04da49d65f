"""Put an order, and the acknowledgment that it was met, in the public records."""

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance
from cases.blocking import is_blocked
from cases.days import require_day
from cases.instruments import InstrumentError, Recording, is_complete
from cases.models import EnforcementOrder
from cases.parts import lock_part, move
from cases.workflow.order import OrderAction, OrderStatus
from cases.workflow.step import Guard


def record_order(
    connection: sa.Connection,
    *,
    order_id: int,
    recording: Recording | None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Say that an order is recorded: it binds later purchasers, and is no lien (s. 162.07(4)).

    Raises
    ------
    DayError
        It cannot have been recorded on that day.
    InstrumentError
        It is recorded already, or another order by this number.
    """
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    require_day(
        recording.recorded_on if recording else None, of="recorded_on", moment=moment,
        since=row.executed_on, after=f"Order {row.number} was entered",
    )  # fmt: skip
    held = {
        Guard.RECORDING_DATA: is_complete(recording, since=row.executed_on, on=moment.on),
        Guard.NOT_BLOCKED: not is_blocked(connection, row.case_id),
    }
    step = advance(OrderStatus(row.status), OrderAction.RECORD, actor=actor, held=held)
    assert recording is not None  # noqa: S101 - the guard held
    if row.instrument_no is not None:
        msg = f"Order {row.number} is recorded already, as instrument {row.instrument_no}."
        raise InstrumentError(msg)
    number = recording.instrument_no.strip()
    taken = sa.select(EnforcementOrder.number).where(EnforcementOrder.instrument_no == number)
    if (other := connection.scalar(taken)) is not None:
        msg = f"Instrument {number} is Order {other}: read the number again from the stamp."
        raise InstrumentError(msg)
    values = {"instrument_no": number, "recorded_on": recording.recorded_on}
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, values=values,
        number=row.number, instrument_no=number, recorded_on=recording.recorded_on.isoformat(),
        book=recording.book, page=recording.page,
    )  # fmt: skip


def acknowledge(
    connection: sa.Connection,
    *,
    order_id: int,
    recording: Recording | None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Record that a recorded order was met in time, which frees purchasers of it (s. 162.07(4)).

    Raises
    ------
    DayError
        It cannot have been recorded on that day.
    InstrumentError
        The acknowledgment's own number or day is missing, or it was recorded before.
    """
    row = lock_part(connection, EnforcementOrder, order_id, moment=moment)
    held = {Guard.ORDER_RECORDED: row.recorded_on is not None}
    step = advance(OrderStatus(row.status), OrderAction.ACKNOWLEDGE, actor=actor, held=held)
    require_day(
        recording.recorded_on if recording else None, of="recorded_on", moment=moment,
        since=row.recorded_on, after=f"Order {row.number} was recorded",
    )  # fmt: skip
    if recording is None or not is_complete(recording, since=row.recorded_on, on=moment.on):
        msg = (
            f"Give the acknowledgment's instrument number, and the day it was recorded: from "
            f"{row.recorded_on}, when Order {row.number} was, to {moment.on}."
        )
        raise InstrumentError(msg)
    if row.acknowledgment_no is not None:
        msg = f"Order {row.number} is acknowledged already, as instrument {row.acknowledgment_no}."
        raise InstrumentError(msg)
    number = recording.instrument_no.strip()
    values = {"acknowledgment_no": number, "acknowledged_on": recording.recorded_on}
    move(
        connection, EnforcementOrder, row, step, actor=actor, moment=moment, values=values,
        number=row.number, instrument_no=number, recorded_on=recording.recorded_on.isoformat(),
        book=recording.book, page=recording.page,
    )  # fmt: skip
