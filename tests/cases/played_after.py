"""Play on what follows an order, as fixtures that take each other and those of `played` by name."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, RESPONDENT, day
from played import ORDER, one

from cases import abating, appealing, notices, suing, transferring
from cases.abatement_costs import CostLine
from cases.abating import AbatementAuthority, Work
from cases.deadlines import Answer
from cases.disclosure import Disclosure
from cases.inspections import Entry
from cases.ledger.accounts import Method
from cases.ledger.paying import pay
from cases.ledger.reading import owed
from cases.models import Case, Lien, Respondent, Violation
from cases.notice_words import NoticeKind
from cases.papers import CourtPaper, Resolution
from cases.service.attempts import Attempt
from cases.service.attempts import Method as By
from cases.suing import SuitKind
from cases.transferring import Sale

BEFORE, AFTER = "0b" * 32, "af" * 32

MOWN = Work(done_on=date(2026, 9, 10), photos_before=[BEFORE], photos_after=[AFTER])

COSTS = (CostLine(what="Mowing", cents=25_000), CostLine(what="Hauling", cents=8_333))

RESOLVED = Resolution(number="R-27-3", passed_on=date(2027, 1, 15))

JUDGED = CourtPaper(number="Final judgment, doc. 31", signed_on=date(2027, 3, 1))

SHOWN = Disclosure(
    proceeding_on=date(2026, 7, 10),
    copies_on=date(2026, 7, 10),
    responsibility_on=date(2026, 7, 15),
    official_told_on=date(2026, 7, 20),
)


@pytest.fixture
def abatement(town: sa.Connection, violation: int, sworn: int) -> int:
    """The town is to mow, the order's time being over."""
    return authorize(town, violation, order_id=sworn)


@pytest.fixture
def worked(town: sa.Connection, abatement: int) -> int:
    """Mown by a contractor, with the owner's consent, on 10 September."""
    order_work(town, abatement)
    abating.complete(town, abatement_id=abatement, work=MOWN, actor=OFFICER, moment=day(9, 11))
    return abatement


@pytest.fixture
def referred(town: sa.Connection, case: int, lien: int) -> int:
    """Counsel asked on 10 January for a money judgment."""
    return suing.refer(
        town, case_id=case, kind=SuitKind.MONEY_JUDGMENT, lien_id=lien,
        reason="Unpaid for three months", actor=MANAGER, moment=day(1, 10, 2027),
    )  # fmt: skip


@pytest.fixture
def filed(town: sa.Connection, referred: int) -> int:
    """The suit filed on 20 January."""
    file_suit(town, referred)
    return referred


@pytest.fixture
def appealed(town: sa.Connection, sworn: int) -> int:
    """The order of 11 August appealed on 9 September, a day before the last."""
    return appeal(town, sworn)


def appeal(connection: sa.Connection, order: int, **changes: object) -> int:
    asked = {
        "answer": Answer(received_on=date(2026, 9, 9)),
        "court_case_no": "2026-AP-0007",
        "actor": RESPONDENT,
        "moment": day(9, 10),
    }
    return appealing.file(connection, order_id=order, **(asked | changes))  # type: ignore[arg-type]


def recorded(connection: sa.Connection, case: int, **changes: object) -> int:
    parcel = connection.scalar(sa.select(Case.parcel_id).where(Case.id == case))
    values = {
        "parcel_id": parcel, "case_id": case, "instrument_no": "2026-118",
        "recorded_on": date(2026, 10, 1), "amount_cents": 600_000, "status": "recorded",
        **changes,
    }  # fmt: skip
    query = sa.insert(Lien).values(values).returning(Lien.id)
    return int(connection.execute(query).scalar_one())


def file_suit(connection: sa.Connection, suit: int, **changes: object) -> None:
    asked = {
        "court_case_no": "2027-CC-0081",
        "resolution": RESOLVED,
        "actor": CLERK,
        "moment": day(1, 20, 2027),
    }
    suing.file(connection, suit_id=suit, **(asked | changes))  # type: ignore[arg-type]


def authorize(connection: sa.Connection, violation: int, **changes: object) -> int:
    asked = {
        "authority": AbatementAuthority.ORDER,
        "reason": "Rats",
        "actor": MANAGER,
        "moment": day(9, 7),
    }
    return abating.authorize(connection, violation_id=violation, **(asked | changes))  # type: ignore[arg-type]


def order_work(connection: sa.Connection, abatement: int, **changes: object) -> None:
    asked = {
        "contractor": "Green Acres LLC",
        "entry": Entry.CONSENT,
        "entry_detail": "P. Lane, by telephone",
        "actor": OFFICER,
        "moment": day(9, 8),
    }
    abating.order_work(connection, abatement_id=abatement, **(asked | changes))  # type: ignore[arg-type]


def sell(
    connection: sa.Connection, case: int, *, month: int = 7, number: int = 20, **changes: object
) -> int:
    """Sell P. Lane's property to B. Reed on 15 July; gives the buyer's identity."""
    seller = connection.scalars(sa.select(Respondent.id).where(Respondent.name == "P. Lane")).one()
    asked = {
        "seller_id": seller,
        "buyer": "B. Reed",
        "address": "4 Elm St",
        "on": date(2026, 7, 15),
        "disclosure": SHOWN,
        **changes,
    }
    return transferring.transfer_ownership(
        connection, case_id=case, sale=Sale(**asked),  # type: ignore[arg-type]
        actor=CLERK, moment=day(month, number),
    )  # fmt: skip


def summon(
    connection: sa.Connection,
    respondent: int,
    *,
    month: int,
    number: int,
    kind: NoticeKind = NoticeKind.NOTICE_OF_HEARING,
) -> int:
    """Hand somebody the notice of hearing, or another; gives the notice's identity."""
    on = day(month, number)
    row = one(connection, Violation)
    notice = notices.draft(
        connection, case_id=row.case_id, kind=kind, respondent_id=respondent,
        violation_ids=[row.id], actor=CLERK, moment=on,
    )  # fmt: skip
    notices.issue(connection, notice_id=notice, actor=CLERK, moment=on)
    handed = Attempt(method=By.HAND, made_on=on.on, affidavit_on=on.on)
    notices.record_attempt(connection, notice_id=notice, attempt=handed, actor=OFFICER, moment=on)
    notices.confirm_service(connection, notice_id=notice, actor=CLERK, moment=on)
    return notice


def pay_all(connection: sa.Connection, *, month: int, number: int, year: int = 2026) -> None:
    """Pay whatever the case owes, in cash."""
    case_id, moment = one(connection, Violation).case_id, day(month, number, year)
    pay(
        connection, case_id=case_id, cents=sum(owed(connection, case_id).values()),
        method=Method.CASH, order=ORDER, actor=CLERK.name, key=f"all:{month}-{number}",
        on=moment.on, now=moment.now,
    )  # fmt: skip
