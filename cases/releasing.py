"""Free a property of a lien, in part or whole, though it is not paid."""

from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance
from cases.days import require_day
from cases.exposure import releasable
from cases.instruments import InstrumentError, Recording, given, is_complete
from cases.liens import LienError, lock_lien
from cases.models import Lien, LienRelease
from cases.parts import move
from cases.rows import insert
from cases.workflow.lien import LienAction, LienStatus
from cases.workflow.step import Guard


def release_in_part(
    connection: sa.Connection,
    *,
    lien_id: int,
    parcel_id: int | None = None,
    description: str | None = None,
    recording: Recording | None,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Free a part of what a lien binds; the lien stands for the rest.

    Parameters
    ----------
    parcel_id, description
        What is freed: a parcel of `cases.exposure.releasable`, or a part of one in words.

    Returns
    -------
    int
        The release's identity.

    Raises
    ------
    DayError
        It cannot have been recorded on that day.
    LienError
        Neither says what is freed, or the lien does not bind that parcel, or binds it alone.
    InstrumentError
        Another release has this instrument number.
    """
    row = lock_lien(connection, lien_id, moment=moment)
    require_day(
        recording.recorded_on if recording else None, of="recorded_on", moment=moment,
        since=row.recorded_on, after=f"Lien {row.instrument_no} was recorded",
    )  # fmt: skip
    complete = is_complete(recording, since=row.recorded_on or moment.on, on=moment.on)
    step = advance(
        LienStatus(row.status), LienAction.RELEASE_IN_PART, actor=actor, reason=reason,
        held={Guard.RECORDING_DATA: complete},
    )  # fmt: skip
    assert recording is not None  # noqa: S101 - the guard held
    number = recording.instrument_no.strip()
    parcel_no = _freed_parcel(connection, row, parcel_id=parcel_id, description=description)
    _refuse_taken(connection, number)
    values = {
        "lien_id": lien_id, "parcel_id": parcel_id, "description": description,
        "instrument_no": number, "book": recording.book, "page": recording.page,
        "recorded_on": recording.recorded_on, "reason": reason,
    }  # fmt: skip
    release_id = insert(connection, LienRelease, **values)
    move(
        connection, Lien, row, step, actor=actor, moment=moment, reason=reason,
        instrument_no=number, released_parcel=parcel_no, released_part=description,
        recorded_on=recording.recorded_on.isoformat(),
    )  # fmt: skip
    return release_id


def release(
    connection: sa.Connection,
    *,
    lien_id: int,
    authorization: str,
    reason: str,
    instrument_no: str | None = None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Give a lien up though it is not paid, as the governing body says.

    Parameters
    ----------
    authorization
        The governing body's resolution.
    instrument_no
        Of the recorded release, where it is known.
    """
    row = lock_lien(connection, lien_id, moment=moment)
    held = {Guard.AUTHORIZED: bool(authorization.strip())}
    at = LienStatus(row.status)
    step = advance(at, LienAction.RELEASE, actor=actor, held=held, reason=reason)
    values = {"released_on": moment.on, "end_instrument_no": given(instrument_no)}
    move(
        connection, Lien, row, step, actor=actor, moment=moment, values=values, reason=reason,
        instrument_no=row.instrument_no, release=given(instrument_no), authorization=authorization,
    )  # fmt: skip


def _freed_parcel(
    connection: sa.Connection, lien: sa.Row[Any], *, parcel_id: int | None, description: str | None
) -> str | None:
    """Return the number of the parcel that is freed; None where a part is, in words."""
    if parcel_id is None:
        if description and description.strip():
            return None
        msg = "Say what is released: a parcel, or a part of one in words."
        raise LienError(msg)
    if parcel_id == lien.parcel_id:
        msg = (
            f"Lien {lien.instrument_no} is recorded against that very parcel: free a part of it in "
            "words, or release the lien as a whole."
        )
        raise LienError(msg)
    for each in releasable(connection, lien):
        if each.parcel_id == parcel_id:
            return str(each.parcel_no)
    msg = (
        f"Lien {lien.instrument_no} does not bind that parcel, or freed it before: it binds the "
        "parcel it was recorded against, those made from it, and what else its violator owns."
    )
    raise LienError(msg)


def _refuse_taken(connection: sa.Connection, number: str) -> None:
    taken = sa.select(LienRelease.id).where(LienRelease.instrument_no == number)
    if connection.scalar(sa.select(taken.exists())):
        msg = f"Instrument {number} is another release: read the number again from the stamp."
        raise InstrumentError(msg)
