"""Name what a visit may be for, and what a last day to make it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a visit is for; where several are due in a case, the first that looks at it does."""

    APPOINTMENT = "appointment"
    MISSED_APPOINTMENT = "missed_appointment"  # its day went by, and nobody said what came of it
    ORDER = "order"  # whether an order whose day has passed is met
    AGREEMENT = "agreement"  # whether what was agreed at a hearing was kept
    REINSPECTION = "reinspection"
    FIRST_INSPECTION = "first_inspection"
    HEARING_PHOTOS = "hearing_photos"
    POSTING = "posting"
    SERVICE_BY_HAND = "service_by_hand"


LOOKS = (
    Kind.APPOINTMENT,
    Kind.MISSED_APPOINTMENT,
    Kind.ORDER,
    Kind.AGREEMENT,
    Kind.REINSPECTION,
    Kind.FIRST_INSPECTION,
)
"""The kinds by which a case is looked at: one of them is enough for a visit."""


class Because(StrEnum):
    """Why a visit has a last day."""

    PROMISED = "promised"  # somebody expects the officer
    RESPONSE = "response"  # the law pack's days to look into a report
    GOAL = "goal"  # the town's own setting, days after a deadline has passed
    HEARING = "hearing"  # what is to be shown there must be taken before
    SERVICE = "service"  # the notice must be served before the hearing it tells of


@dataclass(frozen=True, slots=True)
class Usual:
    """What holds of a kind of visit where nobody has said and nothing was learned.

    Parameters
    ----------
    minutes
        At the door.
    needs_light
        Whether what is to be seen, or photographed, cannot be in the dark.
    """

    minutes: int
    needs_light: bool


USUAL: Mapping[Kind, Usual] = {
    Kind.APPOINTMENT: Usual(20, needs_light=True),
    Kind.MISSED_APPOINTMENT: Usual(20, needs_light=True),
    Kind.ORDER: Usual(20, needs_light=True),
    Kind.AGREEMENT: Usual(15, needs_light=True),
    Kind.REINSPECTION: Usual(15, needs_light=True),
    Kind.FIRST_INSPECTION: Usual(15, needs_light=True),
    Kind.HEARING_PHOTOS: Usual(10, needs_light=True),
    Kind.POSTING: Usual(10, needs_light=True),  # its proof is a photograph
    Kind.SERVICE_BY_HAND: Usual(10, needs_light=False),
}
