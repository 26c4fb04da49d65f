"""Citations that lack one thing they need."""

from dataclasses import replace
from datetime import date
from functools import partial

import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from played import CLEAR, MAGISTRATE, ORDER, cite, look_again, one
from unmet import Deed, unmet

from cases import citing, further_days, late_requests, notices, violations, waiving
from cases.deadlines import Answer
from cases.ledger.paying import pay
from cases.models import Citation
from cases.waiving import ScraResult
from cases.workflow.citation import CitationAction
from cases.workflow.step import Guard


@unmet(CitationAction.ISSUE, Guard.VIOLATION_OPEN)
def _(town: sa.Connection, case: int, violation: int, served: int) -> Deed:
    assert served
    _correct(town, case, violation)
    return partial(cite, town, violation)


@unmet(CitationAction.ISSUE, Guard.WARNED_OR_EXCUSED)
def _(town: sa.Connection, violation: int, served: int) -> Deed:
    notices.withdraw(town, notice_id=served, reason="Wrong owner", actor=MANAGER, moment=day(6, 15))
    return partial(cite, town, violation)


@unmet(CitationAction.ISSUE, Guard.DEADLINE_PASSED)
def _(town: sa.Connection, violation: int, served: int) -> Deed:
    assert served
    return partial(cite, town, violation, moment=day(6, 12))


@unmet(CitationAction.ISSUE, Guard.WITHIN_PENALTIES)
def _(town: sa.Connection, violation: int, served: int) -> Deed:
    assert served
    return partial(cite, town, violation, penalty_cents=25_001)


@unmet(CitationAction.CONFIRM_SERVICE, Guard.SERVICE_PROVED)
def _(town: sa.Connection, citation: int) -> Deed:
    return partial(
        citing.confirm_service, town, citation_id=citation, actor=CLERK, moment=day(6, 17)
    )


@unmet(CitationAction.REQUEST_HEARING, Guard.IN_TIME)
def _(town: sa.Connection, cited: int) -> Deed:
    late = Answer(received_on=date(2026, 7, 8), postmarked_on=date(2026, 7, 7))
    return partial(
        citing.request_hearing, town, citation_id=cited, answer=late, actor=RESPONDENT,
        moment=day(7, 8),
    )  # fmt: skip


@unmet(CitationAction.RECORD_LATE, Guard.LATE)
def _(town: sa.Connection, cited: int) -> Deed:
    return partial(
        late_requests.record_late, town, citation_id=cited, actor=CLERK, moment=day(7, 8),
        answer=Answer(received_on=date(2026, 7, 7)),
    )  # fmt: skip


def _waive(town: sa.Connection, cited: int, **changes: object) -> Deed:
    asked = {"check": CLEAR, "actor": CLERK, "moment": day(7, 13)} | changes
    return partial(waiving.confirm_waiver, town, citation_id=cited, **asked)


@unmet(CitationAction.CONFIRM_WAIVER, Guard.SERVICE_PROVED)
def _(town: sa.Connection, cited: int) -> Deed:
    notice = one(town, Citation).notice_id
    notices.withdraw(town, notice_id=notice, reason="Sent astray", actor=MANAGER, moment=day(7, 13))
    return _waive(town, cited)


@unmet(CitationAction.CONFIRM_WAIVER, Guard.DEADLINE_PASSED)
def _(town: sa.Connection, cited: int) -> Deed:
    early = replace(CLEAR, checked_on=date(2026, 7, 7))
    return _waive(town, cited, check=early, moment=day(7, 7))


@unmet(CitationAction.CONFIRM_WAIVER, Guard.SCRA_CHECKED)
def _(town: sa.Connection, cited: int) -> Deed:
    return _waive(town, cited, check=None)


@unmet(CitationAction.CONFIRM_WAIVER, Guard.SCRA_CHECKED)
def _(town: sa.Connection, cited: int) -> Deed:
    return _waive(town, cited, check=replace(CLEAR, result=ScraResult.IN_SERVICE))


@unmet(CitationAction.UPHOLD, Guard.HEARING_DECIDED)
def _(town: sa.Connection, cited: int, opened: int) -> Deed:
    assert opened
    return partial(citing.uphold, town, citation_id=cited, actor=MAGISTRATE, moment=day(8, 11))


@unmet(CitationAction.DISMISS, Guard.HEARING_DECIDED)
def _(town: sa.Connection, cited: int, decided: int) -> Deed:
    """It is decided, but that the violation was there."""
    assert decided
    return partial(
        citing.dismiss, town, citation_id=cited, reason="Kind", actor=MAGISTRATE,
        moment=day(8, 11),
    )  # fmt: skip


@unmet(CitationAction.SETTLE, Guard.VIOLATION_CORRECTED)
def _(town: sa.Connection, case: int, cited: int) -> Deed:
    pay(
        town, case_id=case, cents=10_000, method="card", order=ORDER, actor=CLERK.name,
        key="p", on=date(2026, 6, 18), now=day(6, 18).now,
    )  # fmt: skip
    return partial(citing.settle, town, citation_id=cited, actor=CLERK, moment=day(6, 18))


@unmet(CitationAction.SETTLE, Guard.PAID_IN_FULL)
def _(town: sa.Connection, case: int, violation: int, cited: int) -> Deed:
    _correct(town, case, violation, number=18)
    pay(
        town, case_id=case, cents=9_999, method="card", order=ORDER, actor=CLERK.name,
        key="p", on=date(2026, 6, 18), now=day(6, 18).now,
    )  # fmt: skip
    return partial(citing.settle, town, citation_id=cited, actor=CLERK, moment=day(6, 18))


@unmet(CitationAction.IMPOSE_CONTINUING, Guard.DAYS_TO_FINE)
def _(town: sa.Connection, case: int, violation: int, cited: int) -> Deed:
    """Mown on the citation's last day, though nobody paid or answered."""
    look = look_again(town, case, month=7, number=7)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(7, 7)
    )
    _waive(town, cited)()
    return partial(further_days.impose, town, citation_id=cited, actor=CLERK, moment=day(7, 13))


def _correct(town: sa.Connection, case: int, violation: int, *, number: int = 16) -> None:
    look = look_again(town, case, month=6, number=number)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(6, number)
    )
