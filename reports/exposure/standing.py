"""Read every lien that binds and what it has grown to, by a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.adopted import every_law
from cases.blocking import blocked_among
from cases.exempted import EXEMPT
from cases.exposure import open_liens
from cases.fines.clock import fine
from cases.lien_terms import expires_on, foreclosure_from
from cases.models import (
    AccrualPause,
    Case,
    EnforcementOrder,
    FineReduction,
    Lien,
    Violation,
)
from cases.ordered import terms_on_record
from cases.workflow.order import OrderStatus
from geo.layers import Ownership, Parcel, ParcelPeriod, WithheldParcel, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingLien:
    """A lien that binds, on a day.

    Attributes
    ----------
    priority
        Its place among those of its parcel, by the day of recording, from 1.
    accrued_cents, per_diem_cents
        What its fine has added since the recording, before payments, and what the next day adds;
        None where it came from a file, so that nobody here counts it.
    homestead
        Whether the property is one; None where nobody has said, which counts as one.
    foreclosure_from, expires_on
        As `cases.exposure.reckoned` says.
    is_foreclosing
        It is being foreclosed.
    is_blocked
        A bankruptcy, a stay or counsel bars collecting on its case.
    owners
        The parcel's owners on the roll now.
    """

    lien_id: int
    instrument_no: str
    parcel_id: int
    parcel_no: str
    address: str | None
    lon: float
    lat: float
    case_id: int | None
    case_number: str | None
    zone: str | None
    recorded_on: date | None
    priority: int
    principal_cents: int
    accrued_cents: int | None
    per_diem_cents: int | None
    homestead: bool | None
    foreclosure_from: date | None
    expires_on: date | None
    is_foreclosing: bool
    is_blocked: bool
    owners: tuple[str, ...]
    exempt: bool

    @property
    def total_cents(self) -> int:
        """What is known of it: its principal, and what its fine has added."""
        return self.principal_cents + (self.accrued_cents or 0)

    def is_foreclosable(self, on: date) -> bool:
        """Tell whether suit may be brought on it by a day: old enough, no homestead, not barred."""
        ripe = self.foreclosure_from is not None and self.foreclosure_from <= on
        return ripe and not self.is_foreclosing and not self.is_blocked


def standing_liens(
    connection: sa.Connection, *, on: date, zone: str | None = None, outside: bool = False
) -> list[StandingLien]:
    """Read the liens that bind, in the order of recording, as they stand at the end of a day.

    Parameters
    ----------
    zone
        Only those of cases in the officer's zone of this code.
    outside
        Without those on exempt places.
    """
    rows = connection.execute(_LIENS).all()
    growth = _Growth(connection, rows, on=on)
    blocked = blocked_among(connection, {row.case_id for row in rows if row.case_id})
    owners = _owners(connection, {row.parcel_id for row in rows})
    found = [
        _standing(row, place, growth, blocked=row.case_id in blocked,
                  owners=owners.get(row.parcel_id, ()))
        for row, place in _in_priority(rows)
    ]  # fmt: skip
    return [
        each for each in found
        if (zone is None or each.zone == zone) and not (outside and each.exempt)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrecorded:
    """A certified fine that no lien is recorded for: what it has come to, before payments."""

    case_id: int
    cents: int


def certified_unrecorded(
    connection: sa.Connection, *, on: date, zone: str | None = None, outside: bool = False
) -> list[Unrecorded]:
    """Reckon the certified fines for which no lien binds yet, a case each."""
    binding = open_liens().subquery()
    orders = (
        sa.select(EnforcementOrder.__table__, Case.law_pack_id)
        .join(Case, Case.id == EnforcementOrder.case_id)
        .outerjoin(Zone, Zone.id == Case.zone_id)
        .where(
            EnforcementOrder.status == OrderStatus.CERTIFIED,
            EnforcementOrder.id.not_in(
                sa.select(binding.c.order_id).where(binding.c.order_id.is_not(None))
            ),
        )
    )
    if zone is not None:
        orders = orders.where(Zone.code == zone)
    if outside:
        orders = orders.where(~EXEMPT)
    fines = _Fines(connection, connection.execute(orders).all())
    cents: Counter[int] = Counter()
    for order in fines.orders.values():
        cents[order.case_id] += fines.of(order, as_of=on)[0]
    return [Unrecorded(case_id=case, cents=sum_) for case, sum_ in sorted(cents.items()) if sum_]


_SPOT = sa.func.ST_PointOnSurface(ParcelPeriod.geom)
_PLACE = (
    sa.select(
        ParcelPeriod.situs_address, sa.func.ST_X(_SPOT).label("lon"),
        sa.func.ST_Y(_SPOT).label("lat"),
    )
    .where(ParcelPeriod.parcel_id == Lien.parcel_id)
    .order_by(ParcelPeriod.valid_to.desc().nulls_first())  # one that is no more, as it last was
    .limit(1)
    .lateral("place")
)  # fmt: skip
_LIENS = (
    open_liens()
    .add_columns(
        Case.law_pack_id, Zone.code.label("zone"), _PLACE.c.situs_address, _PLACE.c.lon,
        _PLACE.c.lat,
        sa.exists().where(WithheldParcel.parcel_id == Lien.parcel_id).label("exempt"),
    )
    .outerjoin(Zone, sa.and_(Zone.id == Case.zone_id, Zone.kind == "officer"))
    .outerjoin(_PLACE, sa.true())
)  # fmt: skip


class _Fines:
    """Reckons the fines of many orders from what is on record of them, read at once."""

    def __init__(self, connection: sa.Connection, orders: Iterable[sa.Row[Any]]) -> None:
        self.orders = {order.id: order for order in orders}
        self.laws = every_law(connection)
        self._reductions = _by_order(connection, FineReduction, self.orders)
        self._pauses = _by_order(connection, AccrualPause, self.orders)
        corrected = sa.select(Violation.id, Violation.corrected_on).where(
            Violation.id.in_({order.violation_id for order in self.orders.values()})
        )
        self._corrected = {row.id: row.corrected_on for row in connection.execute(corrected)}

    def of(self, order: sa.Row[Any], *, as_of: date) -> tuple[int, int]:
        """Return what an order's fine is at the end of a day, and what the next one adds."""
        terms = terms_on_record(
            order, reductions=self._reductions.get(order.id, ()),
            pauses=self._pauses.get(order.id, ()),
            corrected_on=self._corrected[order.violation_id], known_on=as_of,
        )  # fmt: skip
        found = fine(terms, self.laws[order.law_pack_id].fines, as_of=as_of)
        return found.total_cents, found.per_diem_cents


class _Growth:
    """Tells what liens have grown by since they were recorded, and until when they last."""

    def __init__(
        self, connection: sa.Connection, liens: Sequence[sa.Row[Any]], *, on: date
    ) -> None:
        self.on = on
        orders = (
            sa.select(EnforcementOrder.__table__, Case.law_pack_id)
            .join(Case, Case.id == EnforcementOrder.case_id)
            .where(EnforcementOrder.id.in_({lien.order_id for lien in liens if lien.order_id}))
        )
        self._fines = _Fines(connection, connection.execute(orders).all())

    def of(self, lien: sa.Row[Any]) -> tuple[int | None, int | None]:
        """Return what a lien's fine has added, and its per diem; None where nobody counts it."""
        order = self._fines.orders.get(lien.order_id)
        if order is None or lien.recorded_on is None:
            return None, None
        if order.status == OrderStatus.VACATED:
            return 0, 0
        now, per_diem = self._fines.of(order, as_of=self.on)
        then, _ = self._fines.of(order, as_of=lien.recorded_on)
        return now - then, per_diem

    def term(self, lien: sa.Row[Any]) -> tuple[date | None, date | None]:
        """Return from when a lien may be foreclosed, and its last day."""
        law = self._fines.laws.get(lien.law_pack_id)
        if law is None or lien.recorded_on is None:
            return None, None
        first = foreclosure_from(
            law.liens, recorded_on=lien.recorded_on, homestead=lien.homestead is not False
        )
        return first, expires_on(law.liens, recorded_on=lien.recorded_on)


def _standing(
    row: sa.Row[Any], place: int, growth: _Growth, *, blocked: bool, owners: tuple[str, ...]
) -> StandingLien:
    accrued, per_diem = growth.of(row)
    first, last = growth.term(row)
    return StandingLien(
        lien_id=row.id, instrument_no=row.instrument_no, parcel_id=row.parcel_id,
        parcel_no=row.parcel_no, address=row.situs_address, lon=row.lon, lat=row.lat,
        case_id=row.case_id, case_number=row.case_number, zone=row.zone,
        recorded_on=row.recorded_on, priority=place, principal_cents=row.amount_cents,
        accrued_cents=accrued, per_diem_cents=per_diem, homestead=row.homestead,
        foreclosure_from=first, expires_on=last, is_foreclosing=row.status == "foreclosing",
        is_blocked=blocked, owners=owners, exempt=row.exempt,
    )  # fmt: skip


def _in_priority(rows: Iterable[sa.Row[Any]]) -> Iterator[tuple[sa.Row[Any], int]]:
    """Yield each lien with its place on its parcel: they come in the order of recording."""
    places: Counter[int] = Counter()
    for row in rows:
        places[row.parcel_id] += 1
        yield row, places[row.parcel_id]


def _by_order(
    connection: sa.Connection, table: Any, orders: Mapping[int, object]
) -> dict[int, list[sa.Row[Any]]]:
    found: dict[int, list[sa.Row[Any]]] = {}
    query = sa.select(table.__table__).where(table.order_id.in_(orders)).order_by(table.id)
    for row in connection.execute(query):
        found.setdefault(row.order_id, []).append(row)
    return found


def _owners(connection: sa.Connection, parcels: Iterable[int]) -> dict[int, tuple[str, ...]]:
    query = (
        sa.select(Ownership.parcel_id, Ownership.owner_name)
        .join(Parcel, Parcel.id == Ownership.parcel_id)
        .where(Ownership.valid_to.is_(None), Ownership.parcel_id.in_(set(parcels)))
        .order_by(Ownership.parcel_id, Ownership.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(query):
        found[row.parcel_id] = (*found.get(row.parcel_id, ()), row.owner_name)
    return found
