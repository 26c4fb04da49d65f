"""Tell what each officer and each zone has: its open cases, and those overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.assigning import JOINED_HOLDER
from cases.desk.lists import Filter
from cases.desk.queues import Queue
from cases.desk.tallied import Tally, queued
from cases.models import CaseTally, Staff
from cases.officers import is_officer
from geo.layers import Zone
from reports.counts import Count


@dataclass(frozen=True, slots=True)
class Load:
    """What an officer or a zone has: its open cases, and those overdue."""

    name: str
    open: Count
    overdue: Count


def officer_loads(connection: sa.Connection, *, on: date) -> list[Load]:
    """Return what each officer who works here has, also nothing, whoever has most first."""
    query = (
        _loads(JOINED_HOLDER, on=on)
        .outerjoin(Zone, Zone.id == CaseTally.zone_id)
        .outerjoin(Staff, Staff.id == CaseTally.officer_id)
        .where(is_officer(JOINED_HOLDER))
    )
    found = {name: (cases, late) for name, cases, late in connection.execute(query)}
    working = connection.scalars(sa.select(Staff.name).where(is_officer(Staff.name)))
    return _in_order(
        Load(
            name,
            Count(Filter(officer=name), cases),
            Count(Filter(queue=Queue.OVERDUE, officer=name), late),
        )
        for name, (cases, late) in (dict.fromkeys(working, (0, 0)) | found).items()
    )


def zone_loads(connection: sa.Connection, *, on: date) -> list[Load]:
    """Return what each zone has that has anything open, whoever has most first."""
    query = _loads(Zone.name, Zone.id, on=on).join(Zone, Zone.id == CaseTally.zone_id)
    loads = (
        Load(
            name,
            Count(Filter(zone=zone), cases),
            Count(Filter(queue=Queue.OVERDUE, zone=zone), late),
        )
        for name, zone, cases, late in connection.execute(query)
    )
    return _in_order(load for load in loads if load.open.cases)


def _loads(*by: Any, on: date) -> sa.Select[Any]:
    late = queued(Queue.OVERDUE, on=on)
    return (
        sa.select(*by, _sum(sa.true()), _sum(late))
        .select_from(CaseTally)
        .where(CaseTally.figure == Tally.HELD)
        .group_by(*by)
    )


def _sum(where: Any) -> Any:
    many = sa.func.sum(CaseTally.cases).filter(where)
    return sa.cast(sa.func.coalesce(many, 0), sa.BigInteger)


def _in_order(loads: Iterable[Load]) -> list[Load]:
    return sorted(loads, key=lambda load: (-load.open.cases, load.name))
