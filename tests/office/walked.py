"""Walk the process as a town's web page tells it, from office pages that somebody opens.

One lot with junk and a leaning fence: one violation is admitted by silence and paid for by the
day, the other heard, ordered, fined, recorded as a lien and paid off. Amounts and days are those of
`tests/cases/test_seed_two.py`, counted there by hand. Whoever walks brings the counter: a client
of the application, or a real browser.
"""

from typing import Any

import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, OFFICER, Counter

from cases.history import faults
from cases.ledger.reading import owed
from cases.models import (
    Case,
    Citation,
    EnforcementOrder,
    Lien,
    Notice,
    ServiceAttempt,
    Violation,
)

JUNK, FENCE = "30-36(b)", "58-203"


class Walk:
    """One case as it goes on, with what is read of it from outside."""

    def __init__(self, desk: Counter) -> None:
        self.desk = desk

    def all(self, query: sa.Select[Any]) -> list[Any]:
        with self.desk.engine.connect() as connection:
            return list(connection.execute(query).all())

    def violation(self, section: str) -> int:
        query = sa.select(Violation.id).where(Violation.section == section)
        return int(self.all(query)[0].id)

    def last(self, part: Any) -> Any:
        return self.all(sa.select(part.__table__).order_by(part.__table__.c.id))[-1]

    def owed(self) -> int:
        with self.desk.engine.connect() as connection:
            return sum(owed(connection, self.last(Case).id).values())

    def hand_over(self) -> None:
        """Hand the last notice over and swear to it."""
        notice = self.last(Notice).id
        self.desk.do(
            OFFICER, "notice.record_attempt", notice, method="hand",
            affidavit_on=self.desk.clock.on.isoformat(),
        )  # fmt: skip


def inspected(walk: Walk) -> None:
    """Look at the lot for the first time, on 2 June."""
    assert walk.desk.at(6, 2).leads(OFFICER)[0] == "inspection.make"
    walk.desk.do(OFFICER, "inspection.make", walk.last(Case).id, failed=[JUNK, FENCE])


def warned(walk: Walk) -> None:
    """Warn the owner by mail, on 3 June."""
    desk = walk.desk
    desk.do(OFFICER, "case.name_respondent", name="P. Lane", address="9 Birch Ave")
    assert desk.leads(OFFICER)[0] == "notice.draft"
    desk.at(6, 3).do(OFFICER, "notice.draft")
    desk.do(OFFICER, "notice.issue")
    desk.do(CLERK, "notice.record_attempt", method="first_class_mail")
    assert desk.leads(CLERK)[0] == "notice.confirm_service"
    desk.do(CLERK, "notice.confirm_service")


def _given_time(walk: Walk) -> None:
    desk = walk.desk
    desk.at(6, 8).do(
        CLERK, "extension.request", walk.violation(FENCE), because="The posts are bought",
        until="2026-07-20",
    )  # fmt: skip
    desk.at(6, 9).do(OFFICER, "extension.grant", reason="The contract was shown")


def cited(walk: Walk, *, visit: int | None = None) -> None:
    """Find the junk still there on 16 June, and cite the owner on 29 June.

    `visit` is the one that is made, where more than one is booked.
    """
    desk = walk.desk
    desk.at(6, 16).do(OFFICER, "inspection.make", visit)
    desk.do(OFFICER, "violation.find_standing", walk.violation(JUNK))
    desk.at(6, 29)
    assert "citation.issue" in desk.leads(OFFICER)
    desk.do(OFFICER, "citation.issue", walk.violation(JUNK), penalty="100")
    desk.at(6, 30)
    walk.hand_over()
    assert desk.leads(CLERK)[0] == "citation.confirm_service"
    # 20 days after 30 June are 20 July, a Monday.
    assert "Jul 20, 2026" in desk.page(CLERK).partition('class="leads"')[2]
    desk.do(CLERK, "citation.confirm_service")


def _admitted_by_silence(walk: Walk) -> None:
    desk = walk.desk.at(7, 22)
    desk.do(CLERK, "citation.confirm_waiver", result="not_in_service")
    desk.at(7, 24).do(CLERK, "citation.impose_continuing")
    assert walk.owed() == 50_000
    desk.at(7, 27).do(OFFICER, "inspection.make")
    desk.do(OFFICER, "violation.find_corrected", walk.violation(JUNK))
    desk.at(7, 28).do(CLERK, "citation.impose_continuing")
    assert walk.owed() == 70_000


def _heard(walk: Walk) -> None:
    desk = walk.desk
    desk.do(OFFICER, "violation.find_standing", walk.violation(FENCE))
    desk.do(OFFICER, "citation.issue", walk.violation(FENCE), penalty="75")
    fence = walk.last(Citation).id
    desk.at(7, 29)
    walk.hand_over()
    desk.do(CLERK, "citation.confirm_service", fence)
    desk.at(8, 5).do(CLERK, "citation.request_hearing", fence, postmarked_on="2026-08-03")
    desk.do(
        CLERK, "hearing.request", representative="A. Lane", authorized_on="2026-08-04",
        signed_by="P. Lane", document="letter of August 4, 2026",
    )  # fmt: skip
    desk.at(8, 6).do(
        CLERK, "hearing.convene", held_on="2026-09-08", capacity="3", place="Town Hall"
    )
    desk.do(CLERK, "hearing.docket")
    desk.do(CLERK, "notice.draft", kind="notice_of_hearing", violations=[walk.violation(FENCE)])
    desk.do(CLERK, "notice.issue")
    desk.do(CLERK, "notice.record_attempt", method="certified_mail")
    desk.at(8, 12).do(
        CLERK,
        "notice.complete_attempt",
        walk.last(ServiceAttempt).id,
        came="signed",
        signed_on="2026-08-10",
    )
    desk.do(CLERK, "notice.confirm_service")
    desk.at(9, 8).do(JUDGE, "hearing.open")
    assert desk.leads(JUDGE)[0] == "hearing.decide"
    desk.do(
        JUDGE, "hearing.decide", appeared="representative", sworn="y", outcome="violation",
        minutes="The builder is late.", findings="The fence leans over the sidewalk",
        exhibits__0__what="Photograph of July 28",
    )  # fmt: skip
    desk.do(JUDGE, "citation.uphold", fence)
    desk.do(JUDGE, "order.enter", comply_by="2026-10-08", cents_per_day="150", costs_cents="250")
    assert walk.owed() == 102_500


def _ordered_and_fined(walk: Walk) -> None:
    desk = walk.desk.at(9, 9)
    desk.do(CLERK, "order.send")
    walk.hand_over()
    desk.do(CLERK, "order.confirm_service")
    desk.at(10, 9)
    assert desk.leads(OFFICER)[0] == "inspection.make"
    desk.do(OFFICER, "inspection.make")
    desk.do(OFFICER, "order.file_affidavit")
    refused = desk.at(10, 29).refusal(JUDGE, "order.certify")
    assert "the time to contest" in refused
    desk.at(10, 30).do(JUDGE, "order.certify")
    desk.at(11, 5).do(
        CLERK, "lien.record", instrument_no="2026101187", recorded_on="2026-11-04", book="4377",
        page="12",
    )  # fmt: skip
    assert walk.last(Lien).amount_cents == 430_000
    way = f"/office/case/{desk.number}/lien/{walk.last(Lien).id}/payoff?through=2026-11-20"
    assert "$7,475.00" in desk.at(11, 12).client(CLERK).get(way).text


def _paid_and_released(walk: Walk) -> None:
    desk = walk.desk.at(11, 18)
    desk.do(OFFICER, "inspection.make")
    desk.do(OFFICER, "violation.find_corrected", walk.violation(FENCE))
    desk.do(OFFICER, "order.verify_compliance", complied_on="2026-11-16")
    desk.at(11, 20)
    assert "nothing is owed" in desk.refusal(CLERK, "lien.satisfy")
    receipt = desk.do(CLERK, "money.take_payment", reference="cashier's check 77021")
    assert "$6,725.00" in desk.client(CLERK).get(receipt).text
    assert walk.owed() == 0
    desk.do(CLERK, "order.satisfy")
    desk.do(CLERK, "lien.satisfy", instrument_no="2026106644")
    for row in walk.all(sa.select(Citation.id).order_by(Citation.id)):
        desk.do(CLERK, "citation.settle", row.id)
    assert desk.leads(CLERK) == ["case.close"]
    desk.do(CLERK, "case.close", reason="All corrected and paid")
    assert (walk.last(Case).phase, walk.last(Lien).status) == ("complied", "satisfied")
    assert walk.last(EnforcementOrder).status == "satisfied"


def closed(walk: Walk) -> None:
    """Go on from the first inspection to the closed case, and find its records whole."""
    for sentence in (
        warned, _given_time, cited, _admitted_by_silence, _heard, _ordered_and_fined,
        _paid_and_released,
    ):  # fmt: skip
        sentence(walk)
    with walk.desk.engine.connect() as connection:
        assert list(faults(connection)) == []
    assert walk.desk.offers(MANAGER) == [("case.reopen", walk.last(Case).id)]
