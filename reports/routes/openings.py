"""Say on which days and at which hours a stop may be visited, and by whom."""

from collections.abc import Mapping
from datetime import date

from reports.routes.plan import LeftReason, Risk
from reports.routes.problem import Problem, Shift, Stop

DAY_SECONDS = 24 * 60 * 60

type Opening = tuple[int, int]
"""The earliest and the latest start of a visit, seconds after midnight."""


def openings(stop: Stop, problem: Problem) -> dict[date, Opening]:
    """Return when a visit may begin on each day it may be made; other days are not named."""
    found = {}
    for day in problem.days:
        if not _day_allowed(stop, day):
            continue
        earliest, latest = _hours(stop, problem.daylight, day)
        if earliest <= latest:
            found[day] = (earliest, latest)
    return found


def refusal(stop: Stop, shift: Shift, *, lent: bool = False) -> LeftReason | None:
    """Return why an officer may not make a visit; none when he may.

    Parameters
    ----------
    stop, shift
        What is visited, and by whom; days and hours are not looked at.
    lent
        Whether officers may be lent to the zones they help.
    """
    if not stop.certifications <= shift.certifications:
        return LeftReason.NO_CERTIFIED
    if stop.pin is not None and stop.pin.officer != shift.officer:
        return LeftReason.NO_OFFICER
    if _own(stop, shift) or shift.outside_seconds is not None:
        return None
    if lent and stop.zone in shift.helps:
        return None
    return LeftReason.NO_ZONE


def outside(stop: Stop, shift: Shift) -> bool:
    """Return whether a stop lies outside the officer's own zones."""
    return not _own(stop, shift)


def outside_charge(stop: Stop, shift: Shift, *, lent: int | None) -> int:
    """Return the driving in seconds that a visit outside the officer's zones must be worth."""
    if _own(stop, shift):
        return 0
    return shift.outside_seconds if shift.outside_seconds is not None else lent or 0


def risk(stop: Stop, days: tuple[date, ...]) -> Risk:
    """Return what is lost when a stop is not visited on some days."""
    if stop.window is not None and stop.window.day is not None and stop.window.day <= days[-1]:
        return Risk.APPOINTMENT
    if stop.due_by is not None and stop.due_by <= days[-1]:
        return Risk.LEGAL_DATE
    return Risk.MUST if stop.must else Risk.WAITS


def why_never(stop: Stop, problem: Problem) -> LeftReason | None:
    """Return why a stop can be visited in no shift whatever the rest of the day; none if it can."""
    if contradicts(stop):
        return LeftReason.CONTRADICTORY
    if not any(_day_allowed(stop, day) for day in problem.days):
        return LeftReason.OTHER_DAYS
    open_on = openings(stop, problem)
    if not open_on:
        return LeftReason.NO_DAYLIGHT
    return _why_nobody(stop, [shift for shift in problem.shifts if shift.day in open_on])


def contradicts(stop: Stop) -> bool:
    """Return whether no day and hour could ever suit a stop."""
    first, last = stop.not_before or date.min, stop.due_by or date.max
    if first > last or (stop.pin is not None and not first <= stop.pin.day <= last):
        return True
    if stop.window is None:
        return False
    day = stop.window.day or first
    return stop.window.earliest > stop.window.latest or not first <= day <= last


def _why_nobody(stop: Stop, shifts: list[Shift]) -> LeftReason | None:
    if not shifts:
        return LeftReason.NO_OFFICER
    refusals = {refusal(stop, shift, lent=True) for shift in shifts}
    if None not in refusals:
        worst_last = (LeftReason.NO_ZONE, LeftReason.NO_CERTIFIED, LeftReason.NO_OFFICER)
        return next(why for why in worst_last if why in refusals)
    if stop.two_officers and not _pair_somewhere(stop, shifts):
        return LeftReason.NO_SECOND_OFFICER
    return None


def _pair_somewhere(stop: Stop, shifts: list[Shift]) -> bool:
    able = {(shift.day, shift.officer) for shift in shifts if refusal(stop, shift) is None}
    days = [day for day, _ in able]
    return any(days.count(day) > 1 for day in days)


def _day_allowed(stop: Stop, day: date) -> bool:
    if stop.window is not None and stop.window.day not in {None, day}:
        return False
    if stop.pin is not None and stop.pin.day != day:
        return False
    return (stop.not_before or date.min) <= day <= (stop.due_by or date.max)


def _hours(stop: Stop, daylight: Mapping[date, tuple[int, int]], day: date) -> Opening:
    earliest, latest = 0, DAY_SECONDS
    if stop.window is not None:
        earliest, latest = stop.window.earliest, stop.window.latest
    if stop.daylight_only and day in daylight:
        rise, sets = daylight[day]
        earliest, latest = max(earliest, rise), min(latest, sets - stop.service_seconds)
    return earliest, latest


def _own(stop: Stop, shift: Shift) -> bool:
    free = not shift.zones or stop.zone is None or stop.zone in shift.zones
    return free or (stop.pin is not None and stop.pin.officer == shift.officer)
