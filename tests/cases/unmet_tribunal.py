"""Hearings and orders that lack one thing they need."""

from dataclasses import replace
from datetime import date
from functools import partial

import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from played import (
    DAILY,
    MAGISTRATE,
    decide,
    heard,
    look_again,
    put_on_docket,
    tell_of_hearing,
)
from unmet import Deed, unmet

from cases import agreeing, docket_order, hearings, imposing, orders
from cases.deadlines import Answer
from cases.docket_order import Toward
from cases.errors import FineRateError
from cases.hearings import About, Outcome
from cases.workflow.hearing import HearingAction
from cases.workflow.order import OrderAction
from cases.workflow.step import Guard

OVER_THE_CAP = """
    INSERT INTO lotline.enforcement_order (number, case_id, hearing_id, violation_id, status, kind,
        executed_on, comply_by, cents_per_day, affidavit_on, contest_by)
    SELECT 'ORD-X', case_id, hearing_id, violation_id, status, kind, executed_on, comply_by, 25001,
        affidavit_on, contest_by FROM lotline.enforcement_order RETURNING id
"""


@unmet(HearingAction.DOCKET, Guard.SERVICE_PROVED)
def _(town: sa.Connection, hearing: int, sitting: int) -> Deed:
    return partial(
        hearings.docket, town, hearing_id=hearing, session_id=sitting, proof=None, actor=CLERK,
        moment=day(7, 2),
    )  # fmt: skip


@unmet(HearingAction.DOCKET, Guard.SEAT_FREE)
def _(town: sa.Connection, case: int, docketed: int, sitting: int) -> Deed:
    assert docketed
    other = hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(7, 2)
    )
    return partial(put_on_docket, town, other, sitting)


@unmet(HearingAction.MOVE, Guard.ANOTHER_WAITS)
def _(town: sa.Connection, docketed: int) -> Deed:
    return partial(
        docket_order.reorder, town, hearing_id=docketed, toward=Toward.EARLIER, actor=CLERK,
        moment=day(7, 3),
    )  # fmt: skip


def _open(town: sa.Connection, docketed: int, *, members: int) -> Deed:
    return partial(
        hearings.open_hearing, town, hearing_id=docketed, members_sitting=members,
        actor=MAGISTRATE, moment=day(8, 11),
    )  # fmt: skip


@unmet(HearingAction.OPEN, Guard.HEARING_NOTICE_SERVED)
def _(town: sa.Connection, docketed: int) -> Deed:
    return _open(town, docketed, members=1)


@unmet(HearingAction.OPEN, Guard.QUORUM)
def _(town: sa.Connection, case: int, docketed: int) -> Deed:
    tell_of_hearing(town, case)
    return _open(town, docketed, members=0)


@unmet(HearingAction.DECIDE, Guard.UNDER_OATH)
def _(town: sa.Connection, opened: int) -> Deed:
    return partial(decide, town, opened, sworn=False)


@unmet(HearingAction.DECIDE, Guard.FINDINGS_MADE)
def _(town: sa.Connection, opened: int) -> Deed:
    return partial(decide, town, opened, findings=" ")


@unmet(HearingAction.AGREE, Guard.SIGNED_BY_BOTH)
def _(town: sa.Connection, docketed: int) -> Deed:
    return partial(
        agreeing.agree, town, hearing_id=docketed, agreement="Mown every two weeks",
        keep_by=date(2026, 9, 1),
        signed_by_respondent=False, actor=MAGISTRATE, moment=day(8, 11),
    )  # fmt: skip


def _enter(town: sa.Connection, hearing: int, violation: int, *, cents: int) -> Deed:
    return partial(
        orders.enter, town, hearing_id=hearing, violation_id=violation,
        ordered=replace(DAILY, cents_per_day=cents), actor=MAGISTRATE, moment=day(8, 11),
    )  # fmt: skip


@unmet(OrderAction.ENTER, Guard.HEARING_DECIDED)
def _(town: sa.Connection, opened: int, violation: int) -> Deed:
    return _enter(town, opened, violation, cents=25_000)


@unmet(OrderAction.ENTER, Guard.WITHIN_CAPS, error=FineRateError)
def _(town: sa.Connection, decided: int, violation: int) -> Deed:
    return _enter(town, decided, violation, cents=25_001)


@unmet(OrderAction.CONFIRM_SERVICE, Guard.SERVICE_PROVED)
def _(town: sa.Connection, order: int) -> Deed:
    return partial(orders.confirm_service, town, order_id=order, actor=CLERK, moment=day(8, 12))


def _verify(town: sa.Connection, order: int, look: int) -> Deed:
    return partial(
        orders.verify_compliance, town, order_id=order, inspection_id=look,
        complied_on=date(2026, 9, 4), actor=OFFICER, moment=day(9, 5),
    )  # fmt: skip


@unmet(OrderAction.VERIFY_COMPLIANCE, Guard.INSPECTED)
def _(town: sa.Connection, ordered: int) -> Deed:
    return _verify(town, ordered, 0)


@unmet(OrderAction.VERIFY_COMPLIANCE, Guard.NOT_YET_COMPLIED)
def _(town: sa.Connection, case: int, sworn: int) -> Deed:
    verify = _verify(town, sworn, look_again(town, case, month=9, number=5))
    verify()
    return verify


def _swear(town: sa.Connection, order: int, look: int, *, month: int, number: int) -> Deed:
    return partial(
        orders.file_affidavit, town, order_id=order, inspection_id=look, actor=OFFICER,
        moment=day(month, number),
    )  # fmt: skip


@unmet(OrderAction.FILE_AFFIDAVIT, Guard.COMPLY_BY_PASSED)
def _(town: sa.Connection, case: int, ordered: int) -> Deed:
    look = look_again(town, case, month=9, number=1)
    return _swear(town, ordered, look, month=9, number=1)


@unmet(OrderAction.FILE_AFFIDAVIT, Guard.INSPECTED)
def _(town: sa.Connection, ordered: int) -> Deed:
    return _swear(town, ordered, 0, month=9, number=4)


def _contest(town: sa.Connection, sworn: int, *, number: int) -> Deed:
    return partial(
        orders.contest, town, order_id=sworn, answer=Answer(received_on=date(2026, 9, number)),
        actor=RESPONDENT, moment=day(9, number),
    )  # fmt: skip


@unmet(OrderAction.FILE_AFFIDAVIT, Guard.NOT_YET_COMPLIED)
def _(town: sa.Connection, case: int, sworn: int) -> Deed:
    """The affidavit falls after compliance was found, and another is sworn."""
    look = look_again(town, case, month=9, number=5)
    _verify(town, sworn, look)()
    _contest(town, sworn, number=20)()
    heard(town, case, About.NONCOMPLIANCE, held_on=date(2026, 10, 13), outcome=Outcome.REFUSED)
    orders.reject_affidavit(
        town, order_id=sworn, reason="Photographs", actor=MAGISTRATE, moment=day(10, 13)
    )
    return _swear(town, sworn, look, month=10, number=13)


@unmet(OrderAction.CONTEST, Guard.IN_TIME)
def _(town: sa.Connection, sworn: int) -> Deed:
    return _contest(town, sworn, number=25)


@unmet(OrderAction.SUSTAIN_AFFIDAVIT, Guard.HEARING_DECIDED)
def _(town: sa.Connection, sworn: int) -> Deed:
    _contest(town, sworn, number=20)()
    return partial(
        orders.sustain_affidavit, town, order_id=sworn, reason="Photographs", actor=MAGISTRATE,
        moment=day(9, 30),
    )  # fmt: skip


@unmet(OrderAction.REJECT_AFFIDAVIT, Guard.HEARING_DECIDED)
def _(town: sa.Connection, sworn: int) -> Deed:
    _contest(town, sworn, number=20)()
    return partial(
        orders.reject_affidavit, town, order_id=sworn, reason="Photographs", actor=MAGISTRATE,
        moment=day(9, 30),
    )  # fmt: skip


def _certify(town: sa.Connection, order: int, *, number: int) -> Deed:
    return partial(imposing.certify, town, order_id=order, actor=MAGISTRATE, moment=day(9, number))


@unmet(OrderAction.CERTIFY, Guard.CONTEST_OVER)
def _(town: sa.Connection, sworn: int) -> Deed:
    return _certify(town, sworn, number=24)


@unmet(OrderAction.CERTIFY, Guard.WITHIN_CAPS)
def _(town: sa.Connection, sworn: int) -> Deed:
    """An order over the cap, such as no command enters, is on record all the same."""
    assert sworn
    return _certify(town, town.exec_driver_sql(OVER_THE_CAP).scalar_one(), number=25)


@unmet(OrderAction.REDUCE, Guard.MITIGATION_HEARD)
def _(town: sa.Connection, sworn: int, decided: int) -> Deed:
    _certify(town, sworn, number=25)()
    return partial(
        imposing.reduce, town, order_id=sworn, hearing_id=decided, to_cents=0, reason="Kind",
        actor=MAGISTRATE, moment=day(9, 26),
    )  # fmt: skip
