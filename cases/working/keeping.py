"""Keep how an officer works from one week to the next."""

from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.assigning import officer_named
from cases.models import WorkingCertification, WorkingHours, WorkingTerms
from cases.working.reading import certifications, mark_of, terms_of
from cases.working.recording import permit, take_turn, tell
from cases.working.telling import terms_told
from cases.working.terms import Terms, WorkingError


class StaleTermsError(WorkingError):
    """Somebody else has changed it since it was looked at."""


def set_terms(
    connection: sa.Connection,
    terms: Terms,
    *,
    staff_id: int,
    seen: int,
    actor: Actor,
    moment: Moment,
) -> bool:
    """Say how an officer works from now on; tells whether anything is changed by it.

    Parameters
    ----------
    seen
        The mark of what was looked at (`cases.working.reading.mark_of`).

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    NoSuchOfficerError
        The account is no officer's who works here.
    WorkingError
        A certification is none that the town names.
    StaleTermsError
        Somebody else has changed it meanwhile.
    """
    permit(actor)
    officer = officer_named(connection, staff_id)
    take_turn(connection, staff_id)
    before = terms_of(connection, [staff_id]).get(staff_id)
    if before == terms:
        return False
    if mark_of(connection, staff_id) != seen:
        msg = f"How {officer} works was changed while you wrote: look at it again, then save."
        raise StaleTermsError(msg)
    unknown = terms.certifications - set(certifications(connection))
    if unknown:
        msg = f"The town names no certification {min(unknown)}: choose those of its list."
        raise WorkingError(msg, of="certifications")
    _store(connection, terms, staff_id=staff_id)
    tell(
        connection, "terms", staff_id=staff_id, actor=actor, moment=moment,
        before=terms_told(before) if before else None, after=terms_told(terms),
    )  # fmt: skip
    return True


def _store(connection: sa.Connection, terms: Terms, *, staff_id: int) -> None:
    for table in (WorkingHours, WorkingCertification, WorkingTerms):
        connection.execute(sa.delete(table).where(table.staff_id == staff_id))
    starts, ends = terms.starts, terms.ends
    values: dict[str, Any] = {
        "staff_id": staff_id, "overtime_minutes": terms.overtime_minutes, "zones": terms.zones,
        "starts_at": starts and starts.label, "starts_lon": starts and starts.lon,
        "starts_lat": starts and starts.lat, "ends_at": ends and ends.label,
        "ends_lon": ends and ends.lon, "ends_lat": ends and ends.lat,
    }  # fmt: skip
    connection.execute(sa.insert(WorkingTerms).values(values))
    hours = [
        {
            "staff_id": staff_id, "weekday": weekday, "begins_at": each.begins_at,
            "ends_at": each.ends_at, "lunch_from": each.lunch and each.lunch.earliest,
            "lunch_until": each.lunch and each.lunch.latest,
            "lunch_minutes": each.lunch.minutes if each.lunch else 0,
        }
        for weekday, each in sorted(terms.week.items())
    ]  # fmt: skip
    if hours:
        connection.execute(sa.insert(WorkingHours), hours)
    codes = [{"staff_id": staff_id, "code": each} for each in sorted(terms.certifications)]
    if codes:
        connection.execute(sa.insert(WorkingCertification), codes)
