"""Open a complaint as a whole, and say what may be done with it and what follows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.adopted import adopted_law
from cases.desk.neighbours import matters
from cases.lawpack.schema import LawPack
from cases.models import Case, Complaint, ResidentReport
from cases.residents.photos import photos_of_complaint
from cases.review import Rule, overridden
from cases.workflow.complaint import ComplaintAction, ComplaintStatus
from cases.workflow.registry import choices
from cases.workflow.roles import Role
from cases.workflow.step import Step
from geo.layers import Parcel, ParcelPeriod, Zone

type Row = sa.Row[Any]

FOLLOWS: Mapping[str, str] = {
    ComplaintAction.OVERRIDE: "Your decision counts from now on; what the rule said stays beside "
    "it.",
    ComplaintAction.PLACE: "It belongs to that parcel, or to that point alone, and to the "
    "officer of its zone; what was said of where stays beside it.",
    ComplaintAction.RELEASE: "It is a report like any other from now on.",
    ComplaintAction.NAME_REPORTER: "Who reported is kept apart from everything else. With a name "
    "and an address the complaint may be looked into.",
    ComplaintAction.ACCEPT: "A case is opened, or an open one fed; complaints linked to this one "
    "come with it.",
    ComplaintAction.LINK: "It feeds the case of what it repeats, now or once that is accepted. "
    "Both stay as they were reported.",
    ComplaintAction.REFER: "It is no longer the town's code department's to look into.",
    ComplaintAction.DISMISS: "It is not looked into. A manager can take it up again.",
    ComplaintAction.REOPEN: "It waits again for somebody to look into it.",
    ComplaintAction.CLOSE: "The complaint has come to its end.",
    ComplaintAction.DISCLOSE_REPORTER: "You are shown once who reported. That you asked, and why, "
    "stays on record; the answer does not.",
}
"""What follows from each step that people who work here may take with a complaint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A complaint and what hangs on it; never who made it.

    Attributes
    ----------
    complaint
        With ``zone_code``, ``zone``, ``officer``, ``parcel_no``, ``situs_address``,
        ``case_number``, ``repeats`` (the number of the earlier one), ``lon``, ``lat``
        (EPSG:4326), and of a report that a resident sent himself ``has_code`` (he may read where
        it stands), ``about`` (the number of the case that he says it is about), ``held_because``,
        ``released_by`` and ``released_on``.
    law
        The pack it was received under; None for one that was imported.
    followers
        The complaints linked to it.
    nearby
        What else may be the same matter, as `cases.desk.neighbours.matters` says; nothing once
        that is decided.
    photos
        What its sender sent with it, as `cases.residents.photos.photos_of_complaint` says.
    """

    complaint: Row
    law: LawPack | None
    followers: Sequence[Row]
    nearby: Sequence[Row]
    photos: Sequence[Row] = ()

    @property
    def is_held(self) -> bool:
        """Whether it waits for somebody to say that it is a report at all."""
        row = self.complaint
        waits = row.held_because is not None and row.released_by is None
        return waits and self.status is ComplaintStatus.RECEIVED

    @property
    def status(self) -> ComplaintStatus:
        """What has become of it."""
        return ComplaintStatus(self.complaint.status)

    @property
    def decisions(self) -> Sequence[Mapping[str, Any]]:
        """What the review decided, each with the override of it, if there is one."""
        return self.complaint.screening or ()

    def decided(self, rule: Rule) -> Any:
        """Return what counts of a decision: a person's where there is one."""
        over = overridden(self.decisions, rule)
        if over is not None:
            return over["value"]
        return next((each["value"] for each in self.decisions if each["rule"] == rule), None)


def open_reported(connection: sa.Connection, number: str, *, on: date) -> Reported | None:
    """Open the complaint of a number, by a fixed number of queries; None where there is none."""
    row = connection.execute(_complaint().where(Complaint.number == number)).first()
    if row is None:
        return None
    law = adopted_law(connection, row.law_pack_id) if row.law_pack_id else None
    said: tuple[Any, ...] = (
        Complaint.id, Complaint.number, Complaint.status, Complaint.received_on,
    )  # fmt: skip
    followers = sa.select(*said).where(Complaint.duplicate_of == row.id).order_by(Complaint.id)
    nearby = _nearby(connection, row, law, on=on) if law else ()
    photos = connection.execute(photos_of_complaint(row.id)).all() if row.has_code else ()
    return Reported(
        complaint=row, law=law, followers=connection.execute(followers).all(), nearby=nearby,
        photos=photos,
    )  # fmt: skip


def offered(reported: Reported, *, role: Role) -> Iterator[Step]:
    """Yield the steps that somebody may take with a complaint, guards aside, in the table's order.

    One that came from another system was never reviewed, and no law of ours lets it be accepted.
    """
    law = reported.law
    without = {ComplaintAction.FOLLOW, *(law.without if law else ())}
    if law is None:
        without |= {
            ComplaintAction.OVERRIDE, ComplaintAction.NAME_REPORTER, ComplaintAction.ACCEPT,
        }  # fmt: skip
    if not reported.is_held:
        without |= {ComplaintAction.RELEASE}
    if reported.complaint.parcel_id is not None:
        without |= {ComplaintAction.PLACE}
    yield from choices(reported.status, section="complaint", role=role, without=without)


def is_barred(reported: Reported) -> bool:
    """Tell whether the rule on anonymity keeps a complaint from being looked into."""
    return reported.decided(Rule.MAY_OPEN) is False


def may_believe(reported: Reported, *, role: Role) -> bool:
    """Tell whether somebody's belief that something threatens may lift that, by the town's law."""
    unless = reported.law.intake.anonymous_unless if reported.law else ()
    return role is Role.OFFICER and bool(unless)


def _nearby(connection: sa.Connection, row: Row, law: LawPack, *, on: date) -> Sequence[Row]:
    if row.status != ComplaintStatus.RECEIVED:
        return ()
    point = None if row.lon is None else (row.lon, row.lat)
    query = matters(
        law, parcel_id=row.parcel_id, point=point, category=row.category,
        stated=row.stated_address, on=on,
    )  # fmt: skip
    return [
        each for each in connection.execute(query)
        if each.kind == "case" or each.id < row.id  # a later one repeats this, not the reverse
    ]  # fmt: skip


def _complaint() -> sa.Select[Any]:
    columns = [
        each for each in Complaint.__table__.columns
        if each.key not in {"point", "point_3857", "stated_point"}
    ]  # fmt: skip
    earlier, about = sa.orm.aliased(Complaint), sa.orm.aliased(Case)
    return (
        sa.select(
            *columns,
            sa.func.ST_X(Complaint.point).label("lon"),
            sa.func.ST_Y(Complaint.point).label("lat"),
            Zone.code.label("zone_code"),
            Zone.name.label("zone"),
            Zone.officer_name.label("officer"),
            Parcel.parcel_no,
            ParcelPeriod.situs_address,
            Case.number.label("case_number"),
            earlier.number.label("repeats"),
            ResidentReport.report_id.is_not(None).label("has_code"),
            about.number.label("about"),
            ResidentReport.held_because,
            ResidentReport.released_by,
            ResidentReport.released_on,
        )
        .select_from(Complaint)
        .outerjoin(Zone, Zone.id == Complaint.zone_id)
        .outerjoin(Parcel, Parcel.id == Complaint.parcel_id)
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Complaint.parcel_period_id)
        .outerjoin(Case, Case.id == Complaint.case_id)
        .outerjoin(earlier, earlier.id == Complaint.duplicate_of)
        .outerjoin(ResidentReport, ResidentReport.complaint_id == Complaint.id)
        .outerjoin(about, about.id == ResidentReport.about_case_id)
    )
