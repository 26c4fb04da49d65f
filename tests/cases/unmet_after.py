"""The town's work, suits, appeals and sales that lack one thing they need."""

from datetime import date
from functools import partial

import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import MAGISTRATE, look_again, tell_of_hearing
from played_after import (
    COSTS,
    JUDGED,
    appeal,
    authorize,
    file_suit,
    order_work,
    sell,
    summon,
)
from played_liens import block
from unmet import Deed, unmet

from cases import abating, appealing, hearings, imposing, notices, suing, violations
from cases.abating import Work
from cases.deadlines import Answer
from cases.inspections import Entry
from cases.notice_words import NoticeKind
from cases.papers import CourtPaper, Resolution
from cases.suing import SuitKind
from cases.workflow.abatement import AbatementAction
from cases.workflow.appeal import AppealAction
from cases.workflow.hearing import HearingAction
from cases.workflow.legal_action import LegalAction
from cases.workflow.order import OrderAction
from cases.workflow.step import Guard

AHEAD = CourtPaper(number="Mandate", signed_on=date(2030, 1, 1))
NOT_PASSED = Resolution(number="R-30-1", passed_on=date(2030, 1, 1))


@unmet(AbatementAction.AUTHORIZE, Guard.VIOLATION_OPEN)
def _(town: sa.Connection, case: int, violation: int, sworn: int) -> Deed:
    look = look_again(town, case, month=9, number=5)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(9, 5)
    )
    return partial(authorize, town, violation, order_id=sworn)


@unmet(AbatementAction.AUTHORIZE, Guard.AUTHORITY)
def _(town: sa.Connection, violation: int, sworn: int) -> Deed:
    return partial(authorize, town, violation, order_id=sworn + 1000)


@unmet(AbatementAction.ORDER_WORK, Guard.WORK_LAWFUL)
def _(town: sa.Connection, abatement: int) -> Deed:
    return partial(order_work, town, abatement, entry=Entry.VANTAGE)


@unmet(AbatementAction.COMPLETE, Guard.PHOTOS)
def _(town: sa.Connection, abatement: int) -> Deed:
    order_work(town, abatement)
    work = Work(done_on=date(2026, 9, 10), photos_before=[], photos_after=[])
    return partial(
        abating.complete, town, abatement_id=abatement, work=work, actor=OFFICER,
        moment=day(9, 11),
    )  # fmt: skip


@unmet(AbatementAction.INVOICE, Guard.COST_LINES)
def _(town: sa.Connection, worked: int) -> Deed:
    return partial(
        abating.invoice, town, abatement_id=worked, costs=(), actor=CLERK, moment=day(9, 14)
    )


@unmet(AbatementAction.CERTIFY, Guard.ON_TAX_LIST)
def _(town: sa.Connection, worked: int) -> Deed:
    abating.invoice(town, abatement_id=worked, costs=COSTS, actor=CLERK, moment=day(9, 14))
    return partial(abating.certify, town, abatement_id=worked, actor=CLERK, moment=day(9, 15))


@unmet(AbatementAction.SETTLE, Guard.PAID_IN_FULL)
def _(town: sa.Connection, worked: int) -> Deed:
    abating.invoice(town, abatement_id=worked, costs=COSTS, actor=CLERK, moment=day(9, 14))
    return partial(abating.settle, town, abatement_id=worked, actor=CLERK, moment=day(9, 15))


@unmet(LegalAction.FILE, Guard.NOT_BLOCKED)
def _(town: sa.Connection, case: int, referred: int) -> Deed:
    block(town, case, moment=day(1, 12, 2027))
    return partial(file_suit, town, referred)


@unmet(LegalAction.FILE, Guard.AUTHORIZED)
def _(town: sa.Connection, referred: int) -> Deed:
    return partial(file_suit, town, referred, resolution=NOT_PASSED)


@unmet(LegalAction.FILE, Guard.LIEN_RIPE)
def _(town: sa.Connection, case: int, lien: int) -> Deed:
    suit = suing.refer(
        town, case_id=case, kind=SuitKind.FORECLOSURE, lien_id=lien, reason="Unpaid",
        actor=MANAGER, moment=day(1, 10, 2027),
    )  # fmt: skip
    return partial(file_suit, town, suit)


@unmet(LegalAction.ADJUDGE, Guard.COURT_SAID_SO)
def _(town: sa.Connection, filed: int) -> Deed:
    return partial(
        suing.adjudge, town, suit_id=filed, paper=AHEAD, awarded_cents=1, actor=CLERK,
        moment=day(3, 4, 2027),
    )  # fmt: skip


@unmet(LegalAction.DISMISS, Guard.COURT_SAID_SO)
def _(town: sa.Connection, filed: int) -> Deed:
    return partial(
        suing.dismiss, town, suit_id=filed, paper=AHEAD, actor=CLERK, moment=day(3, 4, 2027)
    )


@unmet(LegalAction.SETTLE, Guard.AUTHORIZED)
def _(town: sa.Connection, filed: int) -> Deed:
    return partial(
        suing.settle, town, suit_id=filed, resolution=NOT_PASSED, reason="Half now",
        actor=MANAGER, moment=day(3, 4, 2027),
    )  # fmt: skip


@unmet(LegalAction.SATISFY, Guard.PAID_IN_FULL)
def _(town: sa.Connection, filed: int) -> Deed:
    moment = day(3, 4, 2027)
    suing.adjudge(
        town, suit_id=filed, paper=JUDGED, awarded_cents=4_500_000, actor=CLERK, moment=moment
    )
    return partial(suing.satisfy, town, suit_id=filed, actor=CLERK, moment=moment)


@unmet(AppealAction.FILE, Guard.IN_TIME)
def _(town: sa.Connection, sworn: int) -> Deed:
    late = Answer(received_on=date(2026, 9, 11))
    return partial(appeal, town, sworn, answer=late, moment=day(9, 11))


@unmet(AppealAction.STAY, Guard.COURT_SAID_SO)
def _(town: sa.Connection, appealed: int) -> Deed:
    return _said(town, appealing.stay, appealed)


@unmet(AppealAction.LIFT_STAY, Guard.COURT_SAID_SO)
def _(town: sa.Connection, appealed: int) -> Deed:
    stay = CourtPaper(number="Stay", signed_on=date(2026, 10, 1))
    appealing.stay(town, appeal_id=appealed, paper=stay, actor=CLERK, moment=day(10, 2))
    return _said(town, appealing.lift_stay, appealed)


@unmet(AppealAction.AFFIRM, Guard.COURT_SAID_SO)
def _(town: sa.Connection, appealed: int) -> Deed:
    return _said(town, appealing.affirm, appealed)


@unmet(AppealAction.REVERSE, Guard.COURT_SAID_SO)
def _(town: sa.Connection, appealed: int) -> Deed:
    return _said(town, appealing.reverse, appealed)


@unmet(AppealAction.REMAND, Guard.COURT_SAID_SO)
def _(town: sa.Connection, appealed: int) -> Deed:
    return _said(town, appealing.remand, appealed)


@unmet(AppealAction.DISMISS, Guard.COURT_SAID_SO)
def _(town: sa.Connection, appealed: int) -> Deed:
    return _said(town, appealing.dismiss, appealed)


@unmet(OrderAction.SET_ASIDE, Guard.COURT_SAID_SO)
def _(town: sa.Connection, sworn: int) -> Deed:
    return partial(
        imposing.set_aside, town, order_id=sworn, paper=AHEAD, actor=CLERK, moment=day(10, 2)
    )


@unmet(HearingAction.DOCKET, Guard.NEW_OWNER_HAD_TIME)
def _(town: sa.Connection, case: int, hearing: int, sitting: int) -> Deed:
    buyer = sell(town, case, month=7, number=27)
    warned = summon(town, buyer, month=7, number=28, kind=NoticeKind.WARNING)
    proof = notices.service_of(town, warned, on=date(2026, 7, 28)).proof
    return partial(
        hearings.docket, town, hearing_id=hearing, session_id=sitting, proof=proof, actor=CLERK,
        moment=day(7, 28),
    )  # fmt: skip


@unmet(HearingAction.OPEN, Guard.NEW_OWNER_HAD_TIME)
def _(town: sa.Connection, case: int, docketed: int) -> Deed:
    tell_of_hearing(town, case)
    summon(town, sell(town, case, month=7, number=27), month=7, number=28)
    return partial(
        hearings.open_hearing, town, hearing_id=docketed, members_sitting=1, actor=MAGISTRATE,
        moment=day(8, 11),
    )  # fmt: skip


def _said(town: sa.Connection, deed: object, appealed: int) -> Deed:
    return partial(deed, town, appeal_id=appealed, paper=AHEAD, actor=CLERK, moment=day(1, 7, 2027))  # type: ignore[call-overload]
