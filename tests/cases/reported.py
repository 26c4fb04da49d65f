"""Reports that reach a town, and who makes them, for tests of what becomes of a complaint."""

from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import look_again

from cases import violations
from cases.answering import Told, close_complaint
from cases.intake import accept, dismiss, refer, reopen
from cases.linking import link_to_complaint
from cases.models import Case, CaseEvent, Complaint, ComplaintEvent
from cases.overriding import override
from cases.placing import place_complaint
from cases.receiving import Report, receive
from cases.reporters import Identity, disclose_reporter, name_reporter
from cases.review import Rule
from cases.screening import Channel

GRASS = Report(
    channel=Channel.PHONE,
    category="High grass",
    description="Waist-high grass in the front yard",
    address="101 Alder St",
)
FERRER = Identity(
    name="Odalys Ferrer",
    address="77 Quince Ct",
    phone="772-555-0114",
    email="odalys.ferrer@example.org",
    told_public_record=True,
)


def received(connection: sa.Connection, law: int, **changes: Any) -> int:
    """Receive a call about high grass by Odalys Ferrer, or one that differs."""
    asked = {
        "report": GRASS,
        "reporter": FERRER,
        "law_pack_id": law,
        "actor": CLERK,
        "moment": day(6, 1),
    }
    return receive(connection, **(asked | changes))


def complaint(connection: sa.Connection, complaint_id: int) -> sa.Row[Any]:
    """Return a complaint's row."""
    query = sa.select(Complaint.__table__).where(Complaint.id == complaint_id)
    return connection.execute(query).one()


def the_case(connection: sa.Connection, case_id: int) -> sa.Row[Any]:
    """Return a case's row."""
    return connection.execute(sa.select(Case.__table__).where(Case.id == case_id)).one()


def told_of(connection: sa.Connection, complaint_id: int) -> list[str]:
    """List the kinds of a complaint's events, in order."""
    query = sa.select(ComplaintEvent.kind).where(ComplaintEvent.complaint_id == complaint_id)
    return list(connection.scalars(query.order_by(ComplaintEvent.seq)))


def last_of(connection: sa.Connection, complaint_id: int) -> dict[str, Any]:
    """Return the details of a complaint's last event."""
    query = sa.select(ComplaintEvent.details).where(ComplaintEvent.complaint_id == complaint_id)
    found = connection.scalar(query.order_by(ComplaintEvent.seq.desc()).limit(1))
    assert found is not None
    return found


def told_of_case(connection: sa.Connection, case_id: int) -> list[str]:
    """List the kinds of a case's events, in order."""
    query = sa.select(CaseEvent.kind).where(CaseEvent.case_id == case_id)
    return list(connection.scalars(query.order_by(CaseEvent.seq)))


def last_of_case(connection: sa.Connection, case_id: int) -> dict[str, Any]:
    """Return the details of a case's last event."""
    query = sa.select(CaseEvent.details).where(CaseEvent.case_id == case_id)
    found = connection.scalar(query.order_by(CaseEvent.seq.desc()).limit(1))
    assert found is not None
    return found


def a_busy_week(town: sa.Connection, law: int) -> list[int]:
    """Do to complaints of Odalys Ferrer all that may be done to one."""
    first, second, third, fourth, fifth = (received(town, law) for _ in range(5))
    link_to_complaint(town, complaint_id=fifth, earlier_id=first, actor=CLERK, moment=day(6, 1))
    override(
        town, complaint_id=first, rule=Rule.PRIORITY, value=2, reason="Snakes", actor=CLERK,
        moment=day(6, 1),
    )  # fmt: skip
    case = accept(town, complaint_id=first, actor=OFFICER, moment=day(6, 2))
    link_to_complaint(town, complaint_id=second, earlier_id=first, actor=CLERK, moment=day(6, 2))
    refer(town, complaint_id=third, to="Fire", reason="Smoke", actor=CLERK, moment=day(6, 2))
    dismiss(town, complaint_id=fourth, reason="Twice", actor=CLERK, moment=day(6, 2))
    reopen(town, complaint_id=fourth, reason="Not twice", actor=MANAGER, moment=day(6, 2))
    alleged = violations.allege(
        town, case_id=case, section="30-36(a)", actor=OFFICER, moment=day(6, 2)
    )
    look = look_again(town, case, month=6, number=3)
    violations.find_unfounded(
        town, violation_id=alleged, inspection_id=look, actor=OFFICER, moment=day(6, 3)
    )
    disclose_reporter(
        town, complaint_id=first, reason="Public-records request 26-114", actor=MANAGER,
        moment=day(6, 4),
    )  # fmt: skip
    close_complaint(
        town, complaint_id=first, told=Told.LETTER, told_on=date(2026, 6, 4), actor=CLERK,
        moment=day(6, 4),
    )  # fmt: skip
    lost = received(town, law, report=replace(GRASS, address="Behind the mill"))
    place_complaint(town, complaint_id=lost, where="A-1", actor=CLERK, moment=day(6, 4))
    quiet = received(town, law, reporter=None)
    name_reporter(town, complaint_id=quiet, identity=FERRER, actor=CLERK, moment=day(6, 4))
    return [first, second, third, fourth, fifth, lost, quiet]
