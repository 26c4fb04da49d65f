"""Play cases of one landlord on several lots, years apart, through the commands."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT
from played import HEARD, LOOKED_AGAIN, MAGISTRATE, a_sitting

from cases import citing, hearings, imposing, inspections, notices, orders, violations, waiving
from cases.actors import Moment
from cases.deadlines import Answer
from cases.forum import Excused
from cases.hearings import About, Outcome
from cases.inspections import Entry, Finding, Visit
from cases.ledger import charging
from cases.ledger.accounts import Component
from cases.ledger.limits import Authority
from cases.ledger.paying import pay
from cases.models import Citation, Notice, Violation
from cases.notice_words import NoticeKind
from cases.opening import RespondentKind, name_respondent, open_case
from cases.ordered import Ordered
from cases.repeating import confirm_repeat
from cases.service.attempts import Attempt, Method
from cases.tying import Whereabouts
from cases.waiving import ScraCheck, ScraResult

LANDLORD = "Sawgrass Homes II LLC"
BOX = "PO Box 6196, Pelham Cove, FL 34998"
NUMBER = "UCV-2023-00001"
"""Of the citation that is the prior."""
LANDLORD_OTHERWISE = "SAWGRASS HOMES II, L.L.C."
BOX_OTHERWISE = "P.O. Box 6196, Pelham Cove FL 34998-0001"


@dataclass(frozen=True)
class Played:
    """A case with one violation and one respondent, found on a day."""

    case: int
    violation: int
    respondent: int
    found_on: date


def at(on: date, days: int = 0) -> Moment:
    then = on + timedelta(days=days)
    return Moment(on=then, now=datetime.combine(then, time(12), UTC))


def find(
    connection: sa.Connection,
    law: int,
    *,
    on: date,
    lot: str = "A-1",
    name: str = LANDLORD,
    address: str = BOX,
    section: str = "30-36(a)",
) -> Played:
    place = Whereabouts(parcel_no=lot, address=None, point=None, opened_on=on)
    case = open_case(
        connection, category="High grass", place=place, law_pack_id=law, actor=OFFICER,
        moment=at(on),
    )  # fmt: skip
    seen = Visit(
        entry=Entry.VANTAGE,
        entry_detail="from the sidewalk",
        findings=(Finding(section=section, item="As it should be", passed=False),),
    )
    inspections.make(connection, case_id=case, visit=seen, actor=OFFICER, moment=at(on))
    violation = connection.execute(
        sa.select(Violation.id).where(Violation.case_id == case)
    ).scalar_one()
    respondent = answer_for(connection, case, on=on, name=name, address=address)
    return Played(case, violation, respondent, on)


def answer_for(connection: sa.Connection, case: int, *, on: date, name: str, address: str) -> int:
    return name_respondent(
        connection, case_id=case, kind=RespondentKind.OWNER, name=name, address=address,
        actor=OFFICER, moment=at(on),
    )  # fmt: skip


def cite(connection: sa.Connection, played: Played, *, cents: int = 10_000) -> int:
    """Warn the day after, cite 20 days after, hand it over the next day."""
    on = played.found_on
    tell(connection, played, kind=NoticeKind.WARNING, days=1)
    citation = citing.issue(
        connection, violation_id=played.violation, respondent_id=played.respondent,
        penalty_cents=cents, actor=OFFICER, moment=at(on, 20),
    )  # fmt: skip
    notice = connection.execute(
        sa.select(Citation.notice_id).where(Citation.id == citation)
    ).scalar_one()
    hand_over(connection, notice, on=on, days=21)
    citing.confirm_service(connection, citation_id=citation, actor=CLERK, moment=at(on, 21))
    return citation


def waive(connection: sa.Connection, played: Played) -> int:
    """Cite, and confirm the waiver 60 days after the finding."""
    citation = cite(connection, played)
    then = at(played.found_on, 60)
    check = ScraCheck(checked_on=then.on, result=ScraResult.NOT_IN_SERVICE)
    waiving.confirm_waiver(connection, citation_id=citation, check=check, actor=CLERK, moment=then)
    return citation


def correct(connection: sa.Connection, played: Played, *, days: int) -> None:
    then = at(played.found_on, days)
    look = inspections.make(
        connection, case_id=played.case, visit=LOOKED_AGAIN, actor=OFFICER, moment=then
    )
    violations.find_corrected(
        connection, violation_id=played.violation, inspection_id=look, actor=OFFICER, moment=then
    )


def settle(
    connection: sa.Connection, played: Played, *, forgiven: int = 0, cents: int = 10_000
) -> int:
    """Cite; pay 25 days after the finding what is not forgiven; correct and settle after 30."""
    citation = cite(connection, played, cents=cents)
    paid = at(played.found_on, 25)
    pay(
        connection, case_id=played.case, cents=cents - forgiven, method="card",
        order=("penalty", "cost", "interest", "fee"), actor="J. Okafor",
        key=f"till-{citation}", on=paid.on, now=paid.now,
    )  # fmt: skip
    if forgiven:
        charging.waive(
            connection, case_id=played.case, component=Component.PENALTY, cents=forgiven,
            authority=Authority("Manager", forgiven), reason="Hardship", actor="A. Stone",
            key=f"forgiven-{citation}", on=paid.on, now=paid.now,
        )  # fmt: skip
    correct(connection, played, days=30)
    citing.settle(connection, citation_id=citation, actor=CLERK, moment=at(played.found_on, 30))
    return citation


def hear(
    connection: sa.Connection,
    played: Played,
    *,
    citation: int | None = None,
    days: int = 70,
    outcome: Outcome = Outcome.VIOLATION,
    body: str = "Special Magistrate",
    sitting: int = 1,
) -> int:
    """Hear the violation, or its citation, so many days after the finding; give the hearing."""
    on = played.found_on
    about = About.VIOLATION if citation is None else About.CITATION
    if citation is not None:
        citing.request_hearing(
            connection, citation_id=citation, actor=RESPONDENT, moment=at(on, 25),
            answer=Answer(received_on=at(on, 25).on),
        )  # fmt: skip
    served = _first_served(connection, played)
    if served is None:
        served = tell(connection, played, kind=NoticeKind.WARNING, days=days - 30)
    hearing = hearings.request(
        connection, case_id=played.case, about=about, citation_id=citation, actor=MANAGER,
        moment=at(on, days - 29),
    )  # fmt: skip
    proof = notices.service_of(connection, served, on=at(on, days - 29).on).proof
    session = a_sitting(connection, held_on=at(on, days).on, capacity=9, body=body)
    hearings.docket(
        connection, hearing_id=hearing, session_id=session, proof=proof, actor=CLERK,
        moment=at(on, days - 29),
    )  # fmt: skip
    tell(connection, played, kind=NoticeKind.NOTICE_OF_HEARING, days=days - 29)
    hearings.open_hearing(
        connection,
        hearing_id=hearing,
        members_sitting=sitting,
        actor=MAGISTRATE,
        moment=at(on, days),
    )
    hearings.decide(
        connection, hearing_id=hearing, outcome=outcome, findings="Grass of 20 inches",
        sworn=True, minutes=HEARD, actor=MAGISTRATE, moment=at(on, days),
    )  # fmt: skip
    return hearing


def enter(
    connection: sa.Connection, played: Played, hearing: int, *, days: int = 70, **said: object
) -> int:
    on = at(played.found_on, days)
    terms = {"comply_by": on.on + timedelta(days=20), "cents_per_day": 25_000, **said}
    return orders.enter(
        connection, hearing_id=hearing, violation_id=played.violation,
        ordered=Ordered(**terms), actor=MAGISTRATE, moment=on,  # type: ignore[arg-type]
    )  # fmt: skip


def certify(connection: sa.Connection, played: Played, *, body: str, sitting: int = 1) -> int:
    """Order by 9 September at $100 a day, and certify it on 29 September; gives the order."""
    hearing = hear(connection, played, body=body, sitting=sitting)
    order = enter(connection, played, hearing, cents_per_day=10_000)
    notice = orders.send(
        connection, order_id=order, respondent_id=played.respondent, actor=CLERK,
        moment=at(played.found_on, 71),
    )  # fmt: skip
    hand_over(connection, notice, on=played.found_on, days=71)
    orders.confirm_service(connection, order_id=order, actor=CLERK, moment=at(played.found_on, 71))
    then = at(played.found_on, 92)
    look = inspections.make(
        connection, case_id=played.case, visit=LOOKED_AGAIN, actor=OFFICER, moment=then
    )
    orders.file_affidavit(
        connection, order_id=order, inspection_id=look, actor=OFFICER, moment=then
    )
    imposing.certify(connection, order_id=order, actor=MAGISTRATE, moment=at(played.found_on, 120))
    return order


def _first_served(connection: sa.Connection, played: Played) -> int | None:
    served = sa.select(sa.func.min(Notice.id)).where(
        Notice.case_id == played.case, Notice.status == "served"
    )
    return connection.execute(served).scalar()


def tell(connection: sa.Connection, played: Played, *, kind: NoticeKind, days: int) -> int:
    """Write a notice, hand it over and confirm it, all on a day."""
    then = at(played.found_on, days)
    notice = notices.draft(
        connection, case_id=played.case, kind=kind, respondent_id=played.respondent,
        violation_ids=[played.violation], actor=CLERK, moment=then,
    )  # fmt: skip
    notices.issue(connection, notice_id=notice, actor=CLERK, moment=then)
    hand_over(connection, notice, on=played.found_on, days=days)
    notices.confirm_service(connection, notice_id=notice, actor=CLERK, moment=then)
    return notice


def hand_over(connection: sa.Connection, notice: int, *, on: date, days: int) -> None:
    then = at(on, days)
    handed = Attempt(method=Method.HAND, made_on=then.on, affidavit_on=then.on, server="M. R.")
    notices.record_attempt(connection, notice_id=notice, attempt=handed, actor=OFFICER, moment=then)


def confirm(connection: sa.Connection, played: Played, prior: str, **changes: object) -> None:
    asked = {
        "violation_id": played.violation,
        "respondent_id": played.respondent,
        "actor": OFFICER,
        "moment": at(played.found_on, 2),
    }
    confirm_repeat(connection, prior=prior, **(asked | changes))  # type: ignore[arg-type]


def cite_as_repeat(connection: sa.Connection, played: Played, **changes: object) -> int:
    asked = {
        "violation_id": played.violation,
        "respondent_id": played.respondent,
        "penalty_cents": 25_000,
        "excused": Excused.REPEAT,
        "actor": OFFICER,
        "moment": at(played.found_on, 3),
    }
    return citing.issue(connection, **(asked | changes))  # type: ignore[arg-type]


ROLL = """
    INSERT INTO lotline.ownership (parcel_id, owner_name, mail_line, mail_city, mail_state,
        mail_zip, import_run_id, source_row)
    SELECT id, 'SAWGRASS HOMES II LLC', 'PO BOX 6196', 'PELHAM COVE', 'FL', '349980001',
           (SELECT max(id) FROM lotline.import_run), 1
    FROM lotline.parcel WHERE parcel_no IN ('A-1', 'A-3')
"""


@pytest.fixture
def roll(town: sa.Connection) -> None:
    """The landlord's lots, A-1 and A-3, as the county's roll has them."""
    town.exec_driver_sql(ROLL)


@pytest.fixture
def earlier(town: sa.Connection, law: int) -> Played:
    """Grass on A-1 found on 1 March 2023; the hearing on UCV-2023-00001 waived on 30 April."""
    played = find(town, law, on=date(2023, 3, 1))
    waive(town, played)
    return played


@pytest.fixture
def later(town: sa.Connection, law: int, earlier: Played) -> Played:
    """Grass again, on A-3 on 1 June 2026; the landlord's name and box spelled otherwise."""
    assert earlier
    return find(
        town, law, on=date(2026, 6, 1), lot="A-3", name=LANDLORD_OTHERWISE,
        address=BOX_OTHERWISE,
    )  # fmt: skip
