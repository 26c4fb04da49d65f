"""Notices and requests for more time that lack one thing they need."""

from datetime import date
from functools import partial

import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from played import AT, one
from unmet import Deed, unmet

from cases import extensions, hearings, notices
from cases.deadlines import Answer
from cases.extensions import LateRequestError
from cases.hearings import About
from cases.models import Violation
from cases.notice_words import NoticeKind
from cases.opening import RespondentKind, name_respondent, open_case
from cases.workflow.extension import ExtensionAction
from cases.workflow.notice import NoticeAction
from cases.workflow.step import Guard


def _somebody(town: sa.Connection, case: int) -> int:
    return name_respondent(
        town, case_id=case, kind=RespondentKind.OWNER, name="P. Lane", address="9 Birch Ave",
        actor=OFFICER, moment=day(6, 1),
    )  # fmt: skip


def _issue(
    town: sa.Connection, case: int, to: int, *violations: int, kind: NoticeKind = NoticeKind.WARNING
) -> Deed:
    drafted = notices.draft(
        town, case_id=case, kind=kind, respondent_id=to, violation_ids=violations, actor=OFFICER,
        moment=day(6, 2),
    )  # fmt: skip
    return partial(notices.issue, town, notice_id=drafted, actor=OFFICER, moment=day(6, 2))


@unmet(NoticeAction.ISSUE, Guard.NAMES_VIOLATIONS)
def _(town: sa.Connection, case: int) -> Deed:
    return _issue(town, case, _somebody(town, case))


@unmet(NoticeAction.ISSUE, Guard.ADDRESSED)
def _(town: sa.Connection, law: int, case: int, violation: int) -> Deed:
    """The respondent is of another case, whose address would go out in this one."""
    other = open_case(
        town, category="High grass", place=AT, law_pack_id=law, actor=OFFICER, moment=day(6, 1)
    )
    return _issue(town, case, _somebody(town, other), violation)


@unmet(NoticeAction.ISSUE, Guard.NAMES_HEARING)
def _(town: sa.Connection, case: int, violation: int) -> Deed:
    """A hearing was asked for and has no day yet."""
    to = _somebody(town, case)
    hearings.request(town, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(6, 2))
    return _issue(town, case, to, violation, kind=NoticeKind.NOTICE_OF_HEARING)


@unmet(NoticeAction.CONFIRM_SERVICE, Guard.SERVICE_PROVED)
def _(town: sa.Connection, warning: int) -> Deed:
    return partial(notices.confirm_service, town, notice_id=warning, actor=CLERK, moment=day(6, 3))


def _ask(town: sa.Connection, violation: int, **changes: object) -> Deed:
    asked = {
        "because": "The contractor comes on the 9th; contract shown",
        "until": date(2026, 7, 12),
        "answer": Answer(received_on=date(2026, 6, 9)),
        "actor": RESPONDENT,
        "moment": day(6, 9),
    }
    return partial(extensions.request, town, violation_id=violation, **(asked | changes))


@unmet(ExtensionAction.REQUEST, Guard.EXTENDABLE)
def _(town: sa.Connection, violation: int, served: int) -> Deed:
    assert served
    return _ask(town, violation)


@unmet(ExtensionAction.REQUEST, Guard.BEFORE_DEADLINE, error=LateRequestError)
def _(town: sa.Connection, fence: int) -> Deed:
    assert one(town, Violation).comply_by == date(2026, 7, 2)
    late = Answer(received_on=date(2026, 7, 3), postmarked_on=date(2026, 7, 1))
    return _ask(town, fence, answer=late, moment=day(7, 3))


@unmet(ExtensionAction.REQUEST, Guard.SAYS_WHY)
def _(town: sa.Connection, fence: int) -> Deed:
    return _ask(town, fence, because=" ")
