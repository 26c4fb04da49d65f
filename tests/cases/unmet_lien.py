"""Liens, and orders on their way into the public records, that lack one thing they need."""

from dataclasses import replace
from datetime import date
from functools import partial

import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, Moment, day
from played import look_again
from played_liens import RECORDED, STAY, block, mown
from unmet import Deed, unmet

from cases import cashier, foreclosing, imposing, liens, orders, pausing, recording, releasing
from cases.ledger.accounts import Method
from cases.ledger.reading import owed
from cases.workflow.lien import LienAction
from cases.workflow.order import OrderAction
from cases.workflow.step import Guard

AUGUST = replace(RECORDED, recorded_on=date(2026, 8, 20))
UNNUMBERED = replace(RECORDED, instrument_no=" ")


def _pay_all(connection: sa.Connection, case: int, *, on: Moment) -> None:
    cashier.receive_payment(
        connection, case_id=case, cents=sum(owed(connection, case).values()),
        method=Method.CASH, key="all", actor=CLERK, moment=on,
    )  # fmt: skip


@unmet(OrderAction.RECORD, Guard.RECORDING_DATA)
def _(town: sa.Connection, ordered: int) -> Deed:
    return partial(
        recording.record_order, town, order_id=ordered,
        recording=replace(AUGUST, instrument_no=" "), actor=CLERK, moment=day(8, 21),
    )  # fmt: skip


@unmet(OrderAction.RECORD, Guard.NOT_BLOCKED)
def _(town: sa.Connection, case: int, ordered: int) -> Deed:
    block(town, case, since=date(2026, 8, 20), moment=day(8, 20))
    return partial(
        recording.record_order, town, order_id=ordered, recording=AUGUST, actor=CLERK,
        moment=day(8, 21),
    )  # fmt: skip


@unmet(OrderAction.ACKNOWLEDGE, Guard.ORDER_RECORDED)
def _(town: sa.Connection, case: int, ordered: int) -> Deed:
    look = look_again(town, case, month=9, number=1)
    orders.verify_compliance(
        town, order_id=ordered, inspection_id=look, complied_on=date(2026, 8, 30),
        actor=OFFICER, moment=day(9, 1),
    )  # fmt: skip
    return partial(
        recording.acknowledge, town, order_id=ordered,
        recording=replace(RECORDED, recorded_on=date(2026, 9, 2)), actor=CLERK, moment=day(9, 3),
    )  # fmt: skip


@unmet(OrderAction.SATISFY, Guard.VIOLATION_CORRECTED)
def _(town: sa.Connection, case: int, certified: int) -> Deed:
    _pay_all(town, case, on=day(9, 25))
    return partial(imposing.satisfy, town, order_id=certified, actor=CLERK, moment=day(9, 25))


@unmet(OrderAction.SATISFY, Guard.PAID_IN_FULL)
def _(town: sa.Connection, case: int, certified: int, violation: int) -> Deed:
    mown(town, case, certified, violation)
    return partial(imposing.satisfy, town, order_id=certified, actor=CLERK, moment=day(10, 6))


@unmet(OrderAction.PAUSE, Guard.COURT_OR_COUNSEL)
def _(town: sa.Connection, certified: int) -> Deed:
    return partial(
        pausing.pause, town, order_id=certified, first_day=date(2026, 10, 1),
        paper=replace(STAY, reference=" "), reason="Stayed", actor=CLERK, moment=day(10, 2),
    )  # fmt: skip


@unmet(OrderAction.RESUME, Guard.COURT_OR_COUNSEL)
def _(town: sa.Connection, certified: int) -> Deed:
    paused = pausing.pause(
        town, order_id=certified, first_day=date(2026, 10, 1), paper=STAY, reason="Stayed",
        actor=CLERK, moment=day(10, 2),
    )  # fmt: skip
    return partial(
        pausing.resume, town, pause_id=paused, last_day=date(2026, 10, 9),
        paper=replace(STAY, ordered_on=date(2026, 10, 10)), reason="Dissolved", actor=CLERK,
        moment=day(10, 9),
    )  # fmt: skip


def _record(town: sa.Connection, order: int, **changes: object) -> Deed:
    asked = {"recording": RECORDED, "actor": CLERK, "moment": day(10, 2)} | changes
    return partial(liens.record_lien, town, order_id=order, **asked)  # type: ignore[arg-type]


# What is not certified imposes nothing, so nothing is owed of it either.
@unmet(LienAction.RECORD, Guard.FINE_CERTIFIED, follows=(Guard.SOMETHING_OWED,))
def _(town: sa.Connection, sworn: int) -> Deed:
    return _record(town, sworn)


@unmet(LienAction.RECORD, Guard.SOMETHING_OWED)
def _(town: sa.Connection, case: int, certified: int) -> Deed:
    _pay_all(town, case, on=day(9, 25))
    stamped = replace(RECORDED, recorded_on=date(2026, 9, 25))
    return _record(town, certified, recording=stamped, moment=day(9, 25))


@unmet(LienAction.RECORD, Guard.NOT_BLOCKED)
def _(town: sa.Connection, case: int, certified: int) -> Deed:
    block(town, case)
    return _record(town, certified)


@unmet(LienAction.RECORD, Guard.RECORDING_DATA)
def _(town: sa.Connection, certified: int) -> Deed:
    return _record(town, certified, recording=UNNUMBERED)


@unmet(LienAction.RELEASE_IN_PART, Guard.RECORDING_DATA)
def _(town: sa.Connection, lien: int) -> Deed:
    return partial(
        releasing.release_in_part, town, lien_id=lien, description="North half",
        recording=UNNUMBERED, reason="Sold", actor=MANAGER, moment=day(10, 3),
    )  # fmt: skip


@unmet(LienAction.SATISFY, Guard.PAID_IN_FULL)
def _(town: sa.Connection, case: int, lien: int) -> Deed:
    _pay_all(town, case, on=day(10, 2))
    return partial(liens.satisfy, town, lien_id=lien, actor=CLERK, moment=day(10, 3))


@unmet(LienAction.RELEASE, Guard.AUTHORIZED)
def _(town: sa.Connection, lien: int) -> Deed:
    return partial(
        releasing.release, town, lien_id=lien, authorization=" ", reason="Hardship",
        actor=MANAGER, moment=day(10, 3),
    )  # fmt: skip


@unmet(LienAction.EXPIRE, Guard.LIFE_OVER)
def _(town: sa.Connection, lien: int) -> Deed:
    return partial(liens.expire, town, lien_id=lien, actor=CLERK, moment=day(10, 1, 2046))


def _foreclose(
    town: sa.Connection, lien: int, *, homestead: bool = False, on: Moment, by: str = "Order 3"
) -> Deed:
    liens.state_homestead(
        town, lien_id=lien, homestead=homestead, evidence="Tax roll", actor=CLERK,
        moment=day(10, 3),
    )  # fmt: skip
    return partial(
        foreclosing.foreclose, town, lien_id=lien, court_case="2027-CA-1", authorization=by,
        actor=MANAGER, moment=on,
    )  # fmt: skip


@unmet(LienAction.FORECLOSE, Guard.FORECLOSURE_DUE)
def _(town: sa.Connection, lien: int) -> Deed:
    return _foreclose(town, lien, on=day(1, 1, 2027))


@unmet(LienAction.FORECLOSE, Guard.NOT_HOMESTEAD)
def _(town: sa.Connection, lien: int) -> Deed:
    return _foreclose(town, lien, homestead=True, on=day(1, 2, 2027))


@unmet(LienAction.FORECLOSE, Guard.NOT_BLOCKED)
def _(town: sa.Connection, case: int, lien: int) -> Deed:
    block(town, case, moment=day(10, 2))
    return _foreclose(town, lien, on=day(1, 2, 2027))


@unmet(LienAction.FORECLOSE, Guard.AUTHORIZED)
def _(town: sa.Connection, lien: int) -> Deed:
    return _foreclose(town, lien, by=" ", on=day(1, 2, 2027))


@unmet(LienAction.ADJUDGE, Guard.COURT_SAID_SO)
def _(town: sa.Connection, lien: int) -> Deed:
    _foreclose(town, lien, on=day(1, 2, 2027))()
    return partial(
        foreclosing.adjudge, town, lien_id=lien, judged_on=date(2027, 3, 1), judgment=" ",
        actor=CLERK, moment=day(3, 5, 2027),
    )  # fmt: skip
