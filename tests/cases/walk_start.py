"""Bring a case some way along, by the straight road, before a walk at random begins there."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from desk import CLERK, OFFICER, RESPONDENT
from played import AT, HEARD, LOOKED_AGAIN, MAGISTRATE

from cases import citing, hearings, imposing, inspections, notices, orders
from cases.actors import Actor, Moment
from cases.deadlines import Answer
from cases.hearings import About, Outcome
from cases.inspections import Entry, Finding, Visit
from cases.models import Citation, HearingSession, Notice, Violation
from cases.notice_words import NoticeKind
from cases.opening import RespondentKind, name_respondent, open_case
from cases.ordered import Ordered
from cases.service.attempts import Attempt, Method
from cases.workflow.notice import NoticeStatus


class Start:
    """A case on its way; each stage takes it from where the one before left it.

    Parameters
    ----------
    section
        The provision that is broken.
    """

    def __init__(
        self, connection: sa.Connection, law_pack_id: int, *, section: str, on: date
    ) -> None:
        self.connection, self.law_pack_id, self.on = connection, law_pack_id, on
        failed = Finding(section=section, item="As it should be", passed=False)
        self.seen = Visit(entry=Entry.CONSENT, entry_detail="P. Lane", findings=(failed,))

    def by(self, actor: Actor) -> dict[str, Any]:
        now = datetime.combine(self.on, time(16), UTC)
        return {"actor": actor, "moment": Moment(on=self.on, now=now)}

    def warned(self) -> None:
        self.case = open_case(
            self.connection, category="High grass", place=AT, law_pack_id=self.law_pack_id,
            **self.by(OFFICER),
        )  # fmt: skip
        self._look(self.seen)
        found = sa.select(Violation.id).where(Violation.case_id == self.case)
        self.violation = self.connection.execute(found).scalar_one()
        self.owner = name_respondent(
            self.connection, case_id=self.case, kind=RespondentKind.OWNER, name="P. Lane",
            address="9 Birch Ave", **self.by(OFFICER),
        )  # fmt: skip
        self._tell(NoticeKind.WARNING)

    def cited(self) -> None:
        due = sa.select(Violation.comply_by).where(Violation.id == self.violation)
        self.on = self.connection.execute(due).scalar_one() + timedelta(days=1)
        self.citation = citing.issue(
            self.connection, violation_id=self.violation, respondent_id=self.owner,
            penalty_cents=10_000, **self.by(OFFICER),
        )  # fmt: skip
        notice = sa.select(Citation.notice_id).where(Citation.id == self.citation)
        self._hand(self.connection.execute(notice).scalar_one())
        citing.confirm_service(self.connection, citation_id=self.citation, **self.by(CLERK))

    def docketed(self) -> None:
        citing.request_hearing(
            self.connection, citation_id=self.citation, answer=Answer(received_on=self.on),
            **self.by(RESPONDENT),
        )  # fmt: skip
        self._docket(About.CITATION, citation_id=self.citation)

    def decided(self) -> None:
        self._decide(Outcome.VIOLATION)

    def _decide(self, outcome: Outcome) -> None:
        hearings.open_hearing(
            self.connection, hearing_id=self.hearing, members_sitting=1, **self.by(MAGISTRATE)
        )
        hearings.decide(
            self.connection, hearing_id=self.hearing, outcome=outcome,
            findings="As the officer saw it", sworn=True, minutes=HEARD, **self.by(MAGISTRATE),
        )  # fmt: skip

    def ordered(self) -> None:
        daily = Ordered(comply_by=self.on + timedelta(days=14), cents_per_day=25_000)
        self.order = orders.enter(
            self.connection, hearing_id=self.hearing, violation_id=self.violation, ordered=daily,
            **self.by(MAGISTRATE),
        )  # fmt: skip
        self._hand(
            orders.send(
                self.connection, order_id=self.order, respondent_id=self.owner, **self.by(CLERK)
            )
        )
        orders.confirm_service(self.connection, order_id=self.order, **self.by(CLERK))
        self.on += timedelta(days=15)

    def sworn(self) -> None:
        look = self._look(LOOKED_AGAIN)
        contest_by = orders.file_affidavit(
            self.connection, order_id=self.order, inspection_id=look, **self.by(OFFICER)
        )
        self.on = contest_by.on

    def certified(self) -> None:
        self.on += timedelta(days=1)
        imposing.certify(self.connection, order_id=self.order, **self.by(MAGISTRATE))

    def contested(self) -> None:
        """The affidavit is contested on the last day for it, and the contest heard."""
        orders.contest(
            self.connection, order_id=self.order, answer=Answer(received_on=self.on),
            **self.by(RESPONDENT),
        )  # fmt: skip
        self._docket(About.NONCOMPLIANCE)
        self._decide(Outcome.GRANTED)

    def mitigated(self) -> None:
        self._docket(About.MITIGATION)
        self._decide(Outcome.GRANTED)

    def _docket(self, about: About, *, citation_id: int | None = None) -> None:
        self.hearing = hearings.request(
            self.connection, case_id=self.case, about=about, citation_id=citation_id,
            **self.by(RESPONDENT),
        )  # fmt: skip
        served = sa.select(sa.func.max(Notice.id)).where(
            Notice.case_id == self.case, Notice.status == NoticeStatus.SERVED
        )
        before = self.connection.execute(served).scalar_one()
        later = sa.select(HearingSession.__table__).where(HearingSession.held_on > self.on)
        sitting = self.connection.execute(later.order_by(HearingSession.held_on)).first()
        assert sitting is not None
        hearings.docket(
            self.connection, hearing_id=self.hearing, session_id=sitting.id,
            proof=notices.service_of(self.connection, before, on=self.on).proof, **self.by(CLERK),
        )  # fmt: skip
        self._tell(NoticeKind.NOTICE_OF_HEARING)
        self.on = sitting.held_on

    def _look(self, visit: Visit) -> int:
        return inspections.make(self.connection, case_id=self.case, visit=visit, **self.by(OFFICER))

    def _tell(self, kind: NoticeKind) -> int:
        notice = notices.draft(
            self.connection, case_id=self.case, kind=kind, respondent_id=self.owner,
            violation_ids=[self.violation], **self.by(OFFICER),
        )  # fmt: skip
        notices.issue(self.connection, notice_id=notice, **self.by(OFFICER))
        self._hand(notice)
        notices.confirm_service(self.connection, notice_id=notice, **self.by(CLERK))
        return notice

    def _hand(self, notice: int) -> None:
        handed = Attempt(method=Method.HAND, made_on=self.on, affidavit_on=self.on, server="M. R.")
        notices.record_attempt(
            self.connection, notice_id=notice, attempt=handed, **self.by(OFFICER)
        )


_ROAD = (Start.warned, Start.cited, Start.docketed, Start.decided, Start.ordered, Start.sworn)

STARTS: tuple[tuple[Callable[[Start], None], ...], ...] = (
    *(_ROAD[:stages] for stages in range(len(_ROAD) + 1)),
    (*_ROAD, Start.certified),
    (*_ROAD, Start.certified, Start.mitigated),
    (*_ROAD, Start.contested),
)
"""How far a case may have come before a walk begins."""
