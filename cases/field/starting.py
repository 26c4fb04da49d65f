"""Open a case for what an officer saw in passing, and give a phone what that takes beforehand."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import NoLawError, law_in_force
from cases.checklists import lines_for
from cases.desk.neighbours import matters, may_be_doubled
from cases.field.errors import DoubledError, UnplacedError, UnreadableError
from cases.field.looking import checklist
from cases.field.stops import complaints_to_visit, open_cases
from cases.field.told import Opened
from cases.lawpack.schema import LawPack
from cases.opening import open_case
from cases.placement import placement
from cases.tying import LonLat, Whereabouts
from cases.wording import tidy
from geo.places import parcel_by_number

MOST_KNOWN = 400
"""How many of the open cases, and of the complaints, of an officer's zones a phone is told."""


def startable(connection: sa.Connection, officer: str, *, on: date) -> dict[str, Any] | None:
    """Say what a phone needs to start a case out of reach; None where no law is adopted yet.

    Returns
    -------
    dict or None
        ``kinds`` of the law in force, each with its ``category`` and the ``lines`` to look for;
        ``checklist``, every provision with its ``category``; ``known``, what is open where the
        officer works: ``kind``, ``id``, ``number``, ``category``, ``parcel``, ``address``,
        ``since``, and of a case the ``sections`` on record.
    """
    try:
        _law_id, law = law_in_force(connection, on=on)
    except NoLawError:
        return None
    cases = connection.execute(open_cases(officer, most=MOST_KNOWN))
    complaints = connection.execute(complaints_to_visit(officer, most=MOST_KNOWN))
    return {
        "kinds": [{"category": each, "lines": lines_for(each)} for each in _categories(law)],
        "checklist": [{**each, "warn": None, "cite": None} for each in checklist(law, None, on=on)],
        "known": [
            *(
                {**_known("case", each, each.opened_on), "sections": each.sections}
                for each in cases
            ),
            *(_known("complaint", each, each.received_on) for each in complaints),
        ],
    }  # fmt: skip


def _known(kind: str, row: sa.Row[Any], since: date | None) -> dict[str, Any]:
    return {
        "kind": kind, "id": row.id, "number": row.number, "category": row.category,
        "parcel": row.parcel_id, "address": row.address,
        "since": since.isoformat() if since else None,
    }  # fmt: skip


def open_seen(
    connection: sa.Connection, said: Opened, *, as_it_is: bool, actor: Actor, moment: Moment
) -> int:
    """Open the case of what an officer saw; gives its identity.

    Parameters
    ----------
    as_it_is
        Whether a person has seen that no parcel is known there, and wants it opened all the same.

    Raises
    ------
    UnreadableError
        It does not say where, or what is broken, or of what kind.
    UnplacedError
        No parcel is known there.
    DoubledError
        A matter of the same kind is open there that the phone has not shown.
    """
    law_id, law = law_in_force(connection, on=moment.on)
    place = _whereabouts(connection, said, on=moment.on)
    if said.category not in _categories(law):
        msg = f"The town's law knows no {said.category}: start the case anew with another kind."
        raise UnreadableError(msg)
    if all(each.passed for each in said.findings):
        msg = "A case is opened for what is broken: say of one provision at the least that it is."
        raise UnreadableError(msg)
    placed = placement(connection, place)
    parcel_id = placed.tied.tie.parcel_id
    if parcel_id is None and not as_it_is:
        raise _unplaced(place)
    if parcel_id is not None:
        # Two that open there at once take turns, so that the second sees what the first opened.
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK, parcel_id)))
        _refuse_double(
            connection, law, said, parcel_id=parcel_id, point=placed.point, on=moment.on
        )  # fmt: skip
    return open_case(
        connection, category=said.category, place=place, law_pack_id=law_id, actor=actor,
        moment=moment,
    )  # fmt: skip


def _whereabouts(connection: sa.Connection, said: Opened, *, on: date) -> Whereabouts:
    """Say where it is; an address that is a parcel's number names the parcel."""
    parcel_no, address = tidy(said.parcel_no or ""), tidy(said.address or "")
    if not parcel_no and not address and said.spot is None:
        msg = "The deed does not say where the case is."
        raise UnreadableError(msg)
    if address and not parcel_no and _is_number(connection, address):
        parcel_no = address
    point = (said.spot.lon, said.spot.lat) if said.spot else None
    return Whereabouts(parcel_no=parcel_no, address=address, point=point, opened_on=on)


def _is_number(connection: sa.Connection, said: str) -> bool:
    return connection.execute(parcel_by_number(said, staff=True)).first() is not None


_LOCK = 2101
"""The family of advisory locks that openings in the field on one parcel take in turn."""


def _unplaced(place: Whereabouts) -> UnplacedError:
    where = place.parcel_no or place.address or "where you stood"
    msg = (
        f"No parcel is known for this place ({where}). Correct where it is; or send it as it is, "
        "and the office finds its place."
    )
    return UnplacedError(msg)


def _refuse_double(
    connection: sa.Connection,
    law: LawPack,
    said: Opened,
    *,
    parcel_id: int,
    point: LonLat | None,
    on: date,
) -> None:
    """Refuse what would double a matter of the parcel that was not shown."""
    found = connection.execute(
        matters(
            law, parcel_id=parcel_id, point=point, category=said.category, stated=None, on=on,
        )
    )  # fmt: skip
    unseen = [
        each
        for each in found
        if each.same_parcel  # the neighbour's is another matter
        and may_be_doubled(each, category=said.category)
        and f"{each.kind}:{each.id}" not in said.shown
    ]
    if unseen:
        numbers = ", ".join(each.number for each in unseen)
        msg = (
            f"{numbers}, of the same kind, is open there. Add what you saw to it, or open a case "
            "of its own all the same."
        )
        raise DoubledError(
            msg, [{"kind": each.kind, "id": each.id, "number": each.number} for each in unseen]
        )


def _categories(law: LawPack) -> Collection[str]:
    return sorted({each.category for each in law.ordinances})
