"""Count, for each of some days, what is promised, what must be visited and what may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from cases.visiting.values import ToVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a day brings.

    Attributes
    ----------
    promised
        Appointments of the day.
    must
        Visits whose last day it is; on the first day also those whose last day is over.
    may
        All others that can be made on it; such a visit counts on each day that suits it.
    """

    on: date
    promised: int
    must: int
    may: int


def outlook(visits: Sequence[ToVisit], *, days: Sequence[date], zone: tzinfo) -> list[Outlook]:
    """Count what each of some days brings.

    Parameters
    ----------
    days
        In order.
    zone
        The town's time zone, in which an appointment has its day.
    """
    return [_of(visits, on=on, is_first=on == days[0], zone=zone) for on in days]


def _of(visits: Sequence[ToVisit], *, on: date, is_first: bool, zone: tzinfo) -> Outlook:
    promised = must = may = 0
    for each in visits:
        if each.window is not None:
            promised += each.window.opens.astimezone(zone).date() == on
        elif each.not_before is not None and each.not_before > on:
            continue
        elif each.due is None or each.due.by > on:
            may += 1
        elif each.due.by == on or is_first:
            must += 1
    return Outlook(on=on, promised=promised, must=must, may=may)
