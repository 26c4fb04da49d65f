"""Read how often a respondent violated a provision, and what a citation may cost by it."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.adopted import provision
from cases.lawpack.schema import LawPack
from cases.repeating import repeat_evidence


def penalty_limits(
    connection: sa.Connection, violation: sa.Row[Any], law: LawPack, *, respondent_id: int
) -> tuple[int, int, int]:
    """Return the least, the usual and the highest penalty of a citation, in cents.

    Where the law lets it rise, by what of the same provision was found or admitted of the same
    respondent in other cases; what a person has not confirmed of an owner does not count.

    Parameters
    ----------
    violation
        With ``id``, ``section`` and ``found_on``.
    """
    text = provision(law, violation.section, on=violation.found_on)
    earlier: tuple[date, ...] = ()
    if law.rises(text):
        earlier = earlier_violations(connection, violation.id, respondent_id=respondent_id)
    usual, most = law.penalties_of(text, earlier=earlier, found_on=violation.found_on)
    return min(text.penalty_least_cents, most), usual, most


def earlier_violations(
    connection: sa.Connection, violation_id: int, *, respondent_id: int
) -> tuple[date, ...]:
    """Return the day of each established violation of the same provision by the same respondent.

    One that was both cited and ordered is one.
    """
    mine = [
        each
        for each in repeat_evidence(connection, violation_id)
        if each.respondent_id == respondent_id
    ]
    found = {
        (known.prior.case_no, known.prior.violated_on)
        for each in mine
        for known in (*each.repeats, *each.too_old)
    }
    return tuple(sorted(day for _, day in found if day is not None))
