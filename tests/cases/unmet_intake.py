"""Complaints that lack one thing they need."""

from datetime import date
from functools import partial

import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from reported import received
from unmet import Deed, unmet

from cases.answering import Told, close_complaint
from cases.intake import accept
from cases.opening import void_case
from cases.workflow.complaint import ComplaintAction
from cases.workflow.step import Guard


@unmet(ComplaintAction.ACCEPT, Guard.MAY_OPEN)
def _(town: sa.Connection, law: int) -> Deed:
    nameless = received(town, law, reporter=None)
    return partial(accept, town, complaint_id=nameless, actor=OFFICER, moment=day(6, 2))


@unmet(ComplaintAction.CLOSE, Guard.MATTER_ENDED)
def _(town: sa.Connection, law: int) -> Deed:
    call = received(town, law)
    accept(town, complaint_id=call, actor=OFFICER, moment=day(6, 2))
    return partial(
        close_complaint, town, complaint_id=call, told=Told.PHONE, told_on=date(2026, 6, 3),
        actor=CLERK, moment=day(6, 3),
    )  # fmt: skip


@unmet(ComplaintAction.CLOSE, Guard.TOLD)
def _(town: sa.Connection, law: int) -> Deed:
    call = received(town, law)
    case = accept(town, complaint_id=call, actor=OFFICER, moment=day(6, 2))
    void_case(town, case_id=case, reason="Twice", actor=MANAGER, moment=day(6, 2))
    return partial(
        close_complaint, town, complaint_id=call, told=Told.NOBODY, told_on=date(2026, 6, 3),
        actor=CLERK, moment=day(6, 3),
    )  # fmt: skip
