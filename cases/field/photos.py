"""Keep the receipt of each photograph that a phone sent: once, with the hash of what was stored."""

import contextlib
import hashlib
import math
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import ClosedCaseError, last_day, lock_case
from cases.documents.attaching import DocumentKind, Filing, PhonePosition, attach
from cases.documents.drawing import draw_later
from cases.documents.errors import RefusedFileError, StoreError
from cases.documents.intake import TakenIn, take_in
from cases.documents.store import Store
from cases.field import devices, records, told
from cases.field.errors import (
    DamagedPhotoError,
    NoVisitError,
    OtherDeviceError,
    TakenIdError,
    UnreadableError,
)
from cases.field.reading import payload
from cases.field.told import Kind
from cases.models import FieldPhoto

VISITS = frozenset({Kind.OPEN, Kind.VISIT, Kind.NO_ACCESS})
"""Deeds that photographs belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where the phone said it was, in degrees (EPSG:4326), and within how many metres.

    Raises
    ------
    UnreadableError
        That is no place on the globe.
    """

    lon: float
    lat: float
    accuracy_m: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is no place."""
        off = self.accuracy_m is not None and not 0 <= self.accuracy_m < math.inf
        if not (abs(self.lon) <= 180 and abs(self.lat) <= 90) or off:  # noqa: PLR2004 - NaN fails
            msg = f"{self.lon}, {self.lat} is no place on the globe."
            raise UnreadableError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A photograph as its phone tells of it.

    Parameters
    ----------
    visit
        The identity of the visit deed it belongs to.
    taken_at
        By the phone's clock.
    caption
        What it shows, in the officer's words; None where nothing was said.
    """

    id: uuid.UUID
    device: uuid.UUID
    visit: uuid.UUID
    taken_at: datetime
    spot: Spot | None = None
    caption: str | None = None


def before(connection: sa.Connection, sent: Sent, *, staff_id: int) -> sa.Row[Any] | None:
    """Return the receipt given for a photograph before, its phone held; None where it is new.

    Raises
    ------
    OtherDeviceError
        The phone, or the photograph of that identity, is another officer's.
    """
    devices.hold(connection, sent.device, staff_id=staff_id)
    found = records.photo(connection, sent.id)
    if found is not None and (found.staff_id, found.device_id) != (staff_id, sent.device):
        msg = "There is no such photograph of this phone."
        raise OtherDeviceError(msg)
    return found


def require_visit(connection: sa.Connection, sent: Sent, *, staff_id: int) -> None:
    """Refuse a photograph whose visit has not come yet, taken or not.

    Raises
    ------
    NoVisitError
        It has not.
    """
    found = records.of_officer(connection, sent.visit, staff_id=staff_id)
    if found is None or found.kind not in VISITS:
        msg = "The visit this photograph belongs to has not come yet: send that first."
        raise NoVisitError(msg)


def require_same(receipt: sa.Row[Any], *, sha256: str) -> None:
    """Refuse other bytes under the identity of a photograph that is stored.

    Raises
    ------
    TakenIdError
        They are other bytes.
    """
    if receipt.sha256 != sha256:
        msg = "Another photograph was stored under this identity before."
        raise TakenIdError(msg)


def require_whole(data: bytes, *, announced: str) -> None:
    """Refuse bytes that are not those a phone announced.

    Parameters
    ----------
    announced
        Their SHA-256, in hex, as the phone reckoned it.

    Raises
    ------
    DamagedPhotoError
        They came damaged.
    """
    if hashlib.sha256(data).hexdigest() != announced:
        msg = "The photograph arrived damaged: the phone sends it again."
        raise DamagedPhotoError(msg)


def keep(connection: sa.Connection, sent: Sent, taken: TakenIn, *, now: datetime) -> None:
    """Write the receipt of a photograph whose bytes are stored."""
    spot = sent.spot
    values = {
        "id": sent.id, "device_id": sent.device, "visit_id": sent.visit, "sha256": taken.sha256,
        "byte_size": taken.byte_size, "media_type": taken.media_type, "taken_at": sent.taken_at,
        "received_at": now, "caption": sent.caption,
        "lon": spot and spot.lon, "lat": spot and spot.lat,
        "accuracy_m": spot and spot.accuracy_m,
    }  # fmt: skip
    connection.execute(sa.insert(FieldPhoto).values(values))


def hang(
    connection: sa.Connection,
    sent: Sent,
    taken: TakenIn,
    *,
    staff_id: int,
    actor: Actor,
    moment: Moment,
) -> None:
    """Hang a photograph on the case of its visit, where that was taken, or decided, and is open.

    Else its receipt alone says that it is stored, until a person decides about the visit. It is
    dated as the case's last event, its visit's day or later, and never by the day it came: what the
    officer did after it on the day of the visit may come still later.
    """
    place = records.settled_place(connection, sent.visit, staff_id=staff_id)
    if place is None:
        return
    case_id, inspection_id = place
    lock_case(connection, case_id)
    moment = Moment(on=last_day(connection, case_id) or moment.on, now=moment.now)
    phone = None
    if sent.spot is not None:
        where = (sent.spot.lon, sent.spot.lat)
        phone = PhonePosition(point=where, accuracy_m=sent.spot.accuracy_m)
    filing = Filing(
        kind=DocumentKind.PHOTO, caption=sent.caption, inspection_id=inspection_id, phone=phone
    )
    with contextlib.suppress(ClosedCaseError):
        attach(
            connection, taken, case_id=case_id, client_id=sent.id, filing=filing,
            actor=actor, moment=moment,
        )  # fmt: skip
        draw_later(connection, sha256=taken.sha256)


def hang_decided(
    connection: sa.Connection,
    deed: told.Deed,
    store: Store,
    *,
    staff_id: int,
    actor: Actor,
    moment: Moment,
) -> None:
    """Hang the photographs of a visit that was not taken when they came, and that a deed decides.

    One whose file the store has lost, or whose bytes changed, stays a receipt: the decision stands.
    """
    about = deed.again
    if deed.kind is Kind.SETTLE:
        about = _settled(deed)
    if about is None:
        return
    zone = moment.now.tzinfo
    assert zone is not None  # noqa: S101 - the town's clock always tells it
    for row in connection.execute(records.photos_unhung(records.told_before(connection, about))):
        spot = None
        if row.lon is not None:
            spot = Spot(lon=row.lon, lat=row.lat, accuracy_m=row.accuracy_m)
        sent = Sent(
            id=row.id, device=row.device_id, visit=row.visit_id, taken_at=row.taken_at, spot=spot,
            caption=row.caption,
        )  # fmt: skip
        with contextlib.suppress(StoreError, RefusedFileError):
            taken = take_in(store, store.get(row.sha256), name=None, zone=zone)
            hang(connection, sent, taken, staff_id=staff_id, actor=actor, moment=moment)


def _settled(deed: told.Deed) -> uuid.UUID | None:
    try:
        said: told.Settle = payload(deed)
    except UnreadableError:
        return None
    return said.deed
