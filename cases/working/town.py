"""Keep what holds of every officer of the town: where its office is, and what one is certified for.

Where that office is, a day starts and ends unless an officer's own terms say otherwise.
"""

from collections.abc import Collection

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.models import Certification, CertificationNeed, OfficePlace, WorkingCertification
from cases.wording import tidy
from cases.working.reading import certifications, office_place
from cases.working.recording import permit, take_turn, tell
from cases.working.telling import base_told
from cases.working.terms import LONGEST_LABEL, Base, WorkingError

LONGEST_CODE = 40
MOST_CODES = 30


def set_office(
    connection: sa.Connection, place: Base, *, actor: Actor, moment: Moment
) -> bool:  # fmt: skip
    """Say where the town's office is; tells whether anything is changed by it.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    WorkingError
        The place has no name, or too long a one.
    """
    permit(actor)
    take_turn(connection, None)
    before = office_place(connection)
    label = tidy(place.label)
    if label is None or len(label) > LONGEST_LABEL:
        msg = f"Give the place a name of 1 to {LONGEST_LABEL} characters, such as its address."
        raise WorkingError(msg, of="office")
    place = Base(label=label, lon=place.lon, lat=place.lat)
    if place == before:
        return False
    values = {
        "label": place.label, "lon": place.lon, "lat": place.lat, "set_at": moment.now,
        "set_by": actor.name,
    }  # fmt: skip
    connection.execute(sa.insert(OfficePlace).values(values))
    tell(
        connection, "office", staff_id=None, actor=actor, moment=moment,
        before=base_told(before), after=base_told(place),
    )  # fmt: skip
    return True


def name_certifications(
    connection: sa.Connection, codes: Collection[str], *, actor: Actor, moment: Moment
) -> bool:
    """Say what officers may be certified for; tells whether anything is changed by it.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    WorkingError
        One is too long, there are too many, or one that is left out is some officer's or needed.
    """
    permit(actor)
    take_turn(connection, None)
    wanted = {said for each in codes if (said := tidy(" ".join(each.split())))}
    before = set(certifications(connection))
    if wanted == before:
        return False
    _refuse_codes(connection, wanted, gone=before - wanted)
    connection.execute(sa.delete(Certification).where(Certification.code.in_(before - wanted)))
    if wanted - before:
        rows = [{"code": each, "named_at": moment.now} for each in sorted(wanted - before)]
        connection.execute(sa.insert(Certification), rows)
    tell(
        connection, "certifications", staff_id=None, actor=actor, moment=moment,
        before=sorted(before), after=sorted(wanted),
    )  # fmt: skip
    return True


def _refuse_codes(connection: sa.Connection, wanted: set[str], *, gone: set[str]) -> None:
    if len(wanted) > MOST_CODES or any(len(each) > LONGEST_CODE for each in wanted):
        msg = f"Name {MOST_CODES} certifications at the most, each by {LONGEST_CODE} characters."
        raise WorkingError(msg, of="certifications")
    held = sa.select(sa.func.min(WorkingCertification.code)).where(
        WorkingCertification.code.in_(gone)
    )
    if (code := connection.scalar(held)) is not None:
        msg = f"Somebody is certified for {code}: take it from every officer first."
        raise WorkingError(msg, of="certifications")
    needed = sa.select(sa.func.min(CertificationNeed.code)).where(CertificationNeed.code.in_(gone))
    if (code := connection.scalar(needed)) is not None:
        msg = f"{code} is needed for some visits: say first that it is needed for none."
        raise WorkingError(msg, of="certifications")
