"""Play a case through the commands, as fixtures that take each other by name, as the app role."""

import contextlib
from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from small_ledger import settle_constraints
from small_town import lay_out

from cases import citing, hearings, inspections, notices, orders, telling
from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.deadlines import Answer
from cases.hearings import About, Outcome
from cases.inspections import Entry, Finding, Visit
from cases.lawpack.reading import BUNDLED, DEFAULT
from cases.minutes import Appeared, Exhibit, Minutes, OfferedBy, Representative
from cases.models import (
    CaseEvent,
    Citation,
    EnforcementOrder,
    HearingSession,
    Notice,
    Respondent,
    Violation,
)
from cases.notice_words import NoticeKind
from cases.opening import (
    RespondentKind,
    name_respondent,
    open_case,
)
from cases.ordered import Ordered
from cases.service.attempts import Attempt, MailTo, Method
from cases.tying import Whereabouts
from cases.waiving import ScraCheck, ScraResult
from cases.workflow.roles import Role
from geo.database import Database

AT = Whereabouts(parcel_no="A-1", address="101 Alder St", point=None, opened_on=date(2026, 6, 1))


FROM_THE_STREET = Visit(
    entry=Entry.VANTAGE,
    entry_detail="from the sidewalk",
    findings=(Finding(section="30-36(a)", item="Grass under 12 inches", passed=False),),
)


LOOKED_AGAIN = Visit(entry=Entry.VANTAGE, entry_detail="from the sidewalk")


MAILED = Attempt(
    method=Method.FIRST_CLASS_MAIL, made_on=date(2026, 6, 2), mailed_to=MailTo.TAX_COLLECTOR
)


@pytest.fixture
def town(laid_out: Database) -> Iterator[sa.Connection]:
    """The app's connection in the town; what a test does in it is checked as at a commit."""
    with laid_out.app.connect() as connection, connection.begin() as transaction:
        yield connection
        settle_constraints(connection)
        transaction.rollback()


@contextlib.contextmanager
def in_a_town_of_its_own(database: Database) -> Iterator[tuple[sa.Connection, int]]:
    """Give the app's connection in a database of the test's own, and its law; commit at the end."""
    with database.owner.begin() as connection:
        lay_out(connection)
    with database.app.begin() as connection:
        yield connection, adopt(connection, DEFAULT, on=date(2026, 1, 1))


@pytest.fixture
def law(town: sa.Connection) -> int:
    return adopt(town, DEFAULT, on=date(2026, 1, 1))


def under(connection: sa.Connection, name: str) -> int:
    """Adopt a law pack that comes with the program, by its name."""
    return adopt(connection, BUNDLED / f"{name}.toml", on=date(2025, 1, 1))


@pytest.fixture
def case(town: sa.Connection, law: int) -> int:
    return open_case(
        town, category="High grass", place=AT, law_pack_id=law, actor=OFFICER, moment=day(6, 1)
    )


@pytest.fixture
def violation(town: sa.Connection, case: int) -> int:
    inspections.make(town, case_id=case, visit=FROM_THE_STREET, actor=OFFICER, moment=day(6, 1))
    return one(town, Violation).id


@pytest.fixture
def warning(town: sa.Connection, case: int, violation: int) -> int:
    owner = name_respondent(
        town, case_id=case, kind=RespondentKind.OWNER, name="P. Lane", address="9 Birch Ave",
        actor=OFFICER, moment=day(6, 1),
    )  # fmt: skip
    notice = notices.draft(
        town, case_id=case, kind=NoticeKind.WARNING, respondent_id=owner,
        violation_ids=[violation], actor=OFFICER, moment=day(6, 2),
    )  # fmt: skip
    notices.issue(town, notice_id=notice, actor=OFFICER, moment=day(6, 2))
    return notice


@pytest.fixture
def served(town: sa.Connection, warning: int) -> int:
    notices.record_attempt(town, notice_id=warning, attempt=MAILED, actor=CLERK, moment=day(6, 2))
    notices.confirm_service(town, notice_id=warning, actor=CLERK, moment=day(6, 2))
    return warning


def one(connection: sa.Connection, part: type) -> sa.Row:
    return connection.execute(sa.select(part.__table__)).one()  # type: ignore[attr-defined]


def story(connection: sa.Connection) -> list[str]:
    return list(connection.scalars(sa.select(CaseEvent.kind).order_by(CaseEvent.seq)))


def look_again(
    connection: sa.Connection, case: int, *, month: int, number: int, year: int = 2026
) -> int:
    moment = day(month, number, year)
    return inspections.make(
        connection, case_id=case, visit=LOOKED_AGAIN, actor=OFFICER, moment=moment
    )


@pytest.fixture
def fence(town: sa.Connection, case: int) -> int:
    """A violation that may have more time, warned of and due on 2 July."""
    visit = Visit(
        entry=Entry.CONSENT,
        entry_detail="P. Lane",
        findings=(Finding(section="58-203", item="Fence upright", passed=False),),
    )
    inspections.make(town, case_id=case, visit=visit, actor=OFFICER, moment=day(6, 1))
    row = one(town, Violation)
    owner = name_respondent(
        town, case_id=case, kind=RespondentKind.OWNER, name="P. Lane", address="9 Birch Ave",
        actor=OFFICER, moment=day(6, 1),
    )  # fmt: skip
    notice = notices.draft(
        town, case_id=case, kind=NoticeKind.WARNING, respondent_id=owner,
        violation_ids=[row.id], actor=OFFICER, moment=day(6, 2),
    )  # fmt: skip
    notices.issue(town, notice_id=notice, actor=OFFICER, moment=day(6, 2))
    notices.record_attempt(town, notice_id=notice, attempt=MAILED, actor=CLERK, moment=day(6, 2))
    notices.confirm_service(town, notice_id=notice, actor=CLERK, moment=day(6, 2))
    assert one(town, Violation).comply_by == date(2026, 7, 2)
    return int(row.id)


CLEAR = ScraCheck(checked_on=date(2026, 7, 13), result=ScraResult.NOT_IN_SERVICE)


HANDED = Attempt(
    method=Method.HAND, made_on=date(2026, 6, 17), affidavit_on=date(2026, 6, 17), server="M. R."
)


ORDER = ("penalty", "cost", "interest", "fee")


@pytest.fixture
def citation(town: sa.Connection, violation: int, served: int) -> int:
    """The grass still stands after 12 June; cited on the 16th."""
    assert served
    return cite(town, violation)


@pytest.fixture
def cited(town: sa.Connection, citation: int) -> int:
    """The citation handed over on 17 June: to be answered by 7 July."""
    notices.record_attempt(
        town, notice_id=one(town, Citation).notice_id, attempt=HANDED, actor=OFFICER,
        moment=day(6, 17),
    )  # fmt: skip
    citing.confirm_service(town, citation_id=citation, actor=CLERK, moment=day(6, 17))
    return citation


def cite(connection: sa.Connection, violation: int, **changes: object) -> int:
    asked = {
        "respondent_id": one(connection, Respondent).id,
        "penalty_cents": 10_000,
        "actor": OFFICER,
        "moment": day(6, 16),
    }
    return citing.issue(connection, violation_id=violation, **(asked | changes))  # type: ignore[arg-type]


MAGISTRATE = Actor("Magistrate Bell", Role.HEARING_OFFICER)


DAILY = Ordered(comply_by=date(2026, 9, 1), cents_per_day=25_000)


SPOKESMAN = Representative(
    name="A. Lane", authorized_on=date(2026, 7, 1), signed_by="P. Lane", document="Letter of 1 July"
)

HEARD = Minutes(
    appeared=Appeared.NOBODY,
    text="The officer testified; the lot was as photographed.",
    exhibits=(Exhibit(what="Photograph of 4 June", offered_by=OfferedBy.TOWN),),
)


@pytest.fixture
def sitting(town: sa.Connection) -> int:
    return a_sitting(town, held_on=date(2026, 8, 11))


@pytest.fixture
def hearing(town: sa.Connection, case: int, cited: int) -> int:
    """A hearing asked for in time on the citation."""
    answer = Answer(received_on=date(2026, 7, 1))
    citing.request_hearing(
        town, citation_id=cited, answer=answer, actor=RESPONDENT, moment=day(7, 1)
    )
    return hearings.request(
        town, case_id=case, about=About.CITATION, citation_id=cited,
        representative=SPOKESMAN, actor=RESPONDENT, moment=day(7, 1),
    )  # fmt: skip


@pytest.fixture
def docketed(town: sa.Connection, hearing: int, sitting: int) -> int:
    put_on_docket(town, hearing, sitting)
    return hearing


@pytest.fixture
def opened(town: sa.Connection, case: int, docketed: int) -> int:
    tell_of_hearing(town, case)
    hearings.open_hearing(
        town, hearing_id=docketed, members_sitting=1, actor=MAGISTRATE, moment=day(8, 11)
    )
    return docketed


@pytest.fixture
def decided(town: sa.Connection, opened: int) -> int:
    decide(town, opened)
    return opened


@pytest.fixture
def order(town: sa.Connection, decided: int, violation: int) -> int:
    return orders.enter(
        town, hearing_id=decided, violation_id=violation, ordered=DAILY, actor=MAGISTRATE,
        moment=day(8, 11),
    )  # fmt: skip


@pytest.fixture
def ordered(town: sa.Connection, order: int) -> int:
    """The order handed over on 12 August."""
    notice = orders.send(
        town, order_id=order, respondent_id=one(town, Respondent).id, actor=CLERK,
        moment=day(8, 12),
    )  # fmt: skip
    hand_over(town, notice, on=12)
    orders.confirm_service(town, order_id=order, actor=CLERK, moment=day(8, 12))
    return order


@pytest.fixture
def sworn(town: sa.Connection, case: int, ordered: int) -> int:
    """On 4 September the grass still stands: to be contested by 24 September."""
    look = look_again(town, case, month=9, number=4)
    orders.file_affidavit(
        town, order_id=ordered, inspection_id=look, actor=OFFICER, moment=day(9, 4)
    )
    return ordered


def a_sitting(
    connection: sa.Connection,
    *,
    held_on: date,
    capacity: int = 1,
    body: str = "Special Magistrate",
) -> int:
    values = {"body": body, "held_on": held_on, "capacity": capacity}
    query = sa.insert(HearingSession).values(values).returning(HearingSession.id)
    return int(connection.execute(query).scalar_one())


def put_on_docket(connection: sa.Connection, hearing: int, sitting: int) -> int:
    notice = one(connection, Citation).notice_id
    proof = notices.service_of(connection, notice, on=date(2026, 7, 2)).proof
    return hearings.docket(
        connection, hearing_id=hearing, session_id=sitting, proof=proof, actor=CLERK,
        moment=day(7, 2),
    )  # fmt: skip


TOLD_ON = day(7, 3)


def tell_of_hearing(connection: sa.Connection, case: int, *, moment: Moment = TOLD_ON) -> None:
    """Hand over the notice of what is docketed."""
    (notice,) = telling.tell(
        connection, case_id=case, kind=NoticeKind.NOTICE_OF_HEARING, actor=CLERK, moment=moment
    )
    handed = Attempt(method=Method.HAND, made_on=moment.on, affidavit_on=moment.on)
    notices.record_attempt(
        connection, notice_id=notice, attempt=handed, actor=OFFICER, moment=moment
    )
    notices.confirm_service(connection, notice_id=notice, actor=CLERK, moment=moment)


def hand_over(connection: sa.Connection, notice: int, *, on: int) -> None:
    handed = Attempt(method=Method.HAND, made_on=date(2026, 8, on), affidavit_on=date(2026, 8, on))
    notices.record_attempt(
        connection, notice_id=notice, attempt=handed, actor=OFFICER, moment=day(8, on)
    )
    notices.confirm_service(connection, notice_id=notice, actor=CLERK, moment=day(8, on))


def decide(connection: sa.Connection, hearing: int, **changes: object) -> None:
    asked = {
        "outcome": Outcome.VIOLATION,
        "findings": "Grass of 20 inches on 4 June and after",
        "sworn": True,
        "minutes": HEARD,
        "actor": MAGISTRATE,
        "moment": day(8, 11),
    }
    hearings.decide(connection, hearing_id=hearing, **(asked | changes))  # type: ignore[arg-type]


def the_order(connection: sa.Connection) -> sa.Row:
    return one(connection, EnforcementOrder)


def heard(
    connection: sa.Connection,
    case: int,
    about: About,
    *,
    held_on: date,
    asked: Moment | None = None,
    outcome: Outcome = Outcome.GRANTED,
) -> int:
    sitting = a_sitting(connection, held_on=held_on)
    moment = asked or (day(9, 30) if held_on.year == 2026 else day(2, 1, held_on.year))
    hearing = hearings.request(connection, case_id=case, about=about, actor=MANAGER, moment=moment)
    proof = notices.service_of(connection, first_served(connection), on=moment.on).proof
    hearings.docket(
        connection, hearing_id=hearing, session_id=sitting, proof=proof, actor=CLERK, moment=moment
    )
    tell_of_hearing(connection, case, moment=moment)
    on = day(held_on.month, held_on.day, held_on.year)
    hearings.open_hearing(
        connection, hearing_id=hearing, members_sitting=1, actor=MAGISTRATE, moment=on
    )
    decide(connection, hearing, outcome=outcome, findings="Heard", moment=on)
    return hearing


def first_served(connection: sa.Connection) -> int:
    served = sa.select(sa.func.min(Notice.id)).where(Notice.status == "served")
    return int(connection.execute(served).scalar_one())
