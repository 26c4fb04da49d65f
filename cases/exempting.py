"""Take a place out of all that the public sees, on a written request, and bring it back.

The database does the hiding (`published.sql`): every view and tile leaves out what is withheld.
Whom a place protects, and why, is never kept here (s. 119.071(4)(d), Florida Statutes).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.days import require_day
from cases.errors import CaseError
from cases.models import ExemptPlace
from cases.once import keep_noted, made_before
from cases.permissions import Right, may
from cases.records.pieces import records_law
from cases.tiles import refresh_grid
from cases.wording import tidy
from geo.layers import WGS84, Parcel, ParcelPeriod, WithheldParcel
from geo.locate import RESPELT_NUMBER, Locator
from geo.lookups import ByIndex

type LonLat = tuple[float, float]
"""Longitude and latitude in degrees (EPSG:4326)."""


class ExemptingError(CaseError):
    """A place cannot be exempted, or its exemption not ended, so."""


class NotYourExemptionError(ExemptingError):
    """Exempt places are somebody else's work."""


class UnknownPlaceError(ExemptingError):
    """What was typed is no parcel's number, no address of just one, and no point was given."""


class ExemptAlreadyError(ExemptingError):
    """The place is exempt already, or no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a written request asks.

    Parameters
    ----------
    place
        A parcel's number or an address.
    point
        Where it is, if no parcel has that number or address.
    provision
        One of `provisions`.
    """

    place: str
    point: LonLat | None = None
    provision: str
    requested_on: date
    note: str | None = None


def provisions(connection: sa.Connection, *, on: date) -> list[tuple[str, str]]:
    """Return what the law in force lets be left out: each provision, and what it is about."""
    rules = records_law(connection, on=on)
    return [(each.cites, each.what) for each in rules.exemptions] if rules else []


def exempt(
    connection: sa.Connection, wanted: Wanted, *, form_key: UUID, actor: Actor, moment: Moment
) -> int:
    """Take a place out of everything public, at once; gives the identity of the exemption.

    Parameters
    ----------
    form_key
        The form's own: sent again, it makes no other exemption.

    Raises
    ------
    UnusableKeyError
        The form was sent before, and said something else.
    NotYourExemptionError
        Somebody else does.
    UnknownPlaceError
        No place is meant.
    ExemptAlreadyError
        That parcel is exempt already.
    DayError
        The day of the request is ahead.
    ExemptingError
        The law in force has no such provision.
    """
    _permit(actor)
    said = tidy(wanted.place) or _written(wanted.point)
    if wanted.provision not in dict(provisions(connection, on=moment.on)):
        msg = f"The town's law names no exemption “{wanted.provision}”: choose one it names."
        raise ExemptingError(msg)
    require_day(wanted.requested_on, of="requested_on", moment=moment)
    told = {
        "said": said, "provision": wanted.provision, "requested_on": wanted.requested_on,
        "note": tidy(wanted.note),
    }  # fmt: skip
    if (before := made_before(connection, ExemptPlace, form_key, said=told)) is not None:
        return before
    parcel_id = _parcel_meant(connection, said, wanted.point)
    _require_not_yet(connection, parcel_id, said)
    made = keep_noted(
        connection, ExemptPlace, form_key, by=actor.name, moment=moment, **told,
        parcel_id=parcel_id, point=_shape(wanted.point), noted_on=moment.on,
    )  # fmt: skip
    refresh_grid(connection)
    return made


def end(
    connection: sa.Connection, exemption_id: int, *, because: str, actor: Actor, moment: Moment
) -> None:
    """Show a place again, with the reason why.

    Raises
    ------
    NotYourExemptionError
        Somebody else does.
    ExemptAlreadyError
        It has ended.
    ExemptingError
        There is none, or no reason is given.
    """
    _permit(actor)
    reason = tidy(because)
    if reason is None:
        msg = "Say why the place is shown to the public again."
        raise ExemptingError(msg)
    row = connection.execute(
        sa.select(ExemptPlace.__table__).where(ExemptPlace.id == exemption_id).with_for_update()
    ).first()
    if row is None:
        msg = f"There is no exempt place with the identity {exemption_id}."
        raise ExemptingError(msg)
    if row.ended_at is not None:
        msg = f"It ended on {row.ended_on}, by {row.ended_by}: look at the list anew."
        raise ExemptAlreadyError(msg)
    ended = {"ended_on": moment.on, "ended_at": moment.now, "ended_by": actor.name}
    connection.execute(
        sa.update(ExemptPlace)
        .where(ExemptPlace.id == exemption_id)
        .values(**ended, ended_because=reason)
    )
    refresh_grid(connection)


def exempt_places() -> sa.Select[Any]:
    """Select all exemptions ever noted, those that hold first, the latest first.

    Columns: the exemption's own, ``parcel_no``, ``situs_address``.
    """
    return (
        sa.select(ExemptPlace.__table__, Parcel.parcel_no, ParcelPeriod.situs_address)
        .outerjoin(Parcel, Parcel.id == ExemptPlace.parcel_id)
        .outerjoin(
            ParcelPeriod,
            sa.and_(ParcelPeriod.parcel_id == Parcel.id, ParcelPeriod.valid_to.is_(None)),
        )
        .order_by(ExemptPlace.ended_at.is_not(None), ExemptPlace.id.desc())
    )


def exempt_place(exemption_id: int) -> sa.Select[Any]:
    """Select one exemption, as `exempt_places` does, while it holds."""
    return exempt_places().where(ExemptPlace.id == exemption_id, ExemptPlace.ended_at.is_(None))


def is_withheld(parcel_id: int) -> sa.Select[tuple[bool]]:
    """Select whether a parcel is withheld: an exempt place, or what it came of or became."""
    return sa.select(
        sa.exists(sa.select(WithheldParcel.parcel_id).where(WithheldParcel.parcel_id == parcel_id))
    )


def withhold_anew(connection: sa.Connection) -> bool:
    """See to it that whatever lies in an exempt place is withheld, if it came in meanwhile.

    Does nothing, and tells so, while another is at it, as an import may be for long.

    A case that is written while a place is being exempted is seen by neither; costs next to
    nothing where no place is exempt.
    """
    return bool(connection.scalar(sa.text("SELECT lotline.withhold_anew_unless_busy()")))


def _parcel_meant(connection: sa.Connection, said: str, point: LonLat | None) -> int | None:
    """Return the parcel of this number or address, else the one at the point."""
    locator = Locator(ByIndex(connection))
    tie = locator.by_parcel_no(said)
    if tie.parcel_id is None:
        tie = locator.by_address(said)
    if tie.parcel_id is not None and tie.confidence >= RESPELT_NUMBER:
        return tie.parcel_id
    if point is None:
        msg = (
            f"“{said}” is the number of no parcel, and no address of just one: look the parcel up "
            "first and give its number, or give the latitude and longitude."
        )
        raise UnknownPlaceError(msg)
    held = sa.select(ParcelPeriod.parcel_id).where(
        ParcelPeriod.valid_to.is_(None), sa.func.ST_Intersects(ParcelPeriod.geom, _shape(point))
    )
    return connection.scalar(held.order_by(ParcelPeriod.area_m2).limit(1))


def _require_not_yet(connection: sa.Connection, parcel_id: int | None, said: str) -> None:
    same = ExemptPlace.parcel_id == parcel_id if parcel_id else ExemptPlace.said == said
    before = connection.scalar(
        sa.select(ExemptPlace.noted_on).where(same, ExemptPlace.ended_at.is_(None))
    )
    if before is not None:
        msg = f"“{said}” is exempt already, since {before}: nothing more is needed."
        raise ExemptAlreadyError(msg)


def _shape(point: LonLat | None) -> Any:
    if point is None:
        return None
    return sa.func.ST_SetSRID(sa.func.ST_MakePoint(*point), WGS84)


def _written(point: LonLat | None) -> str:
    if point is None:
        msg = "Say which place: a parcel number, an address, or latitude and longitude."
        raise UnknownPlaceError(msg)
    return f"{point[1]:.6f}, {point[0]:.6f}"


def _permit(actor: Actor) -> None:
    if not may(actor.role, Right.EXEMPT_PLACES):
        msg = f"Exempt places are for the clerk, not for the {actor.role.replace('_', ' ')}."
        raise NotYourExemptionError(msg)
