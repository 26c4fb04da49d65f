"""Reports that reach a town, and who makes them, for tests of what becomes of a complaint."""

from typing import Any

import sqlalchemy as sa
from desk import CLERK, day

from cases.models import Case, CaseEvent, Complaint, ComplaintEvent
from cases.receiving import Report, receive
from cases.reporters import Identity
from cases.screening import Channel

GRASS = Report(
    channel=Channel.PHONE,
    category="High grass",
    description="Waist-high grass in the front yard",
    address="101 Alder St",
)
DIAZ = Identity(
    name="Rosa Diaz",
    address="14 Birch Ave",
    phone="772-555-0114",
    email="rosa.diaz@example.org",
    told_public_record=True,
)


def received(connection: sa.Connection, law: int, **changes: Any) -> int:
    """Receive a call about high grass by Rosa Diaz, or one that differs."""
    asked = {
        "report": GRASS,
        "reporter": DIAZ,
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
