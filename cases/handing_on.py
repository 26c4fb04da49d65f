"""Have complaints lie in the officer's zone that holds their place, however zones are drawn."""

from collections.abc import Collection
from typing import Any

import numpy as np
import sqlalchemy as sa

from cases.assignment import OfficerZones, rehoming
from cases.models import Complaint
from cases.workflow.complaint import ComplaintStatus


def send_on_complaints(connection: sa.Connection, *, ended: Collection[int] = ()) -> int:
    """Have complaints that are undecided or of zones that end lie where their place lies now.

    Gives how many undecided ones lie in another zone than before.
    """
    undecided = Complaint.status == ComplaintStatus.RECEIVED
    columns: tuple[Any, ...] = (
        Complaint.id, Complaint.zone_id, undecided.label("undecided"),
        sa.func.ST_X(Complaint.point), sa.func.ST_Y(Complaint.point),
    )  # fmt: skip
    theirs = sa.or_(Complaint.zone_id.in_(ended), sa.and_(undecided, Complaint.point.is_not(None)))
    rows = connection.execute(sa.select(*columns).where(theirs)).all()
    places = np.array([tuple(row)[-2:] for row in rows], dtype=np.float64).reshape(-1, 2)
    now = OfficerZones(connection).of(places)
    elsewhere = [(row, zone) for row, zone in zip(rows, now, strict=True) if row.zone_id != zone]
    if elsewhere:
        pairs = {"things": [row.id for row, _ in elsewhere], "zones": [at for _, at in elsewhere]}
        connection.execute(rehoming(Complaint), pairs)
    return sum(row.undecided for row, _ in elsewhere)
