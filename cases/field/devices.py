"""Know each officer's phone, and hold it while a deed of its is taken in."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.field.errors import OtherDeviceError
from cases.models import FieldDevice

LONGEST_LABEL = 200


def know(
    connection: sa.Connection, device_id: uuid.UUID, *, staff_id: int, label: str, now: datetime
) -> None:
    """Take note of an officer's phone; one known before stays as it is.

    Parameters
    ----------
    label
        What its browser says it is.

    Raises
    ------
    OtherDeviceError
        It is known as another officer's.
    """
    values = {
        "id": device_id, "staff_id": staff_id, "label": label[:LONGEST_LABEL] or "unnamed",
        "added_at": now,
    }  # fmt: skip
    connection.execute(insert(FieldDevice).values(values).on_conflict_do_nothing())
    hold(connection, device_id, staff_id=staff_id)


def hold(connection: sa.Connection, device_id: uuid.UUID, *, staff_id: int) -> sa.Row[Any]:
    """Return an officer's phone, held until the transaction ends, so that its deeds queue.

    Raises
    ------
    OtherDeviceError
        It is not known, or another officer's: whoever asks is not told which.
    """
    mine = sa.select(FieldDevice.__table__).where(
        FieldDevice.id == device_id, FieldDevice.staff_id == staff_id
    )
    found = connection.execute(mine.with_for_update()).first()
    if found is None:
        msg = "This phone is not known as yours: open the field app's first page with a signal."
        raise OtherDeviceError(msg)
    return found
