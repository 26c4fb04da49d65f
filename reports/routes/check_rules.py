"""Check a visit against what its stop allows: days, hours, daylight, and who may make it."""

from collections import Counter
from collections.abc import Iterator

from reports.routes.plan import Plan, Visit
from reports.routes.problem import Problem, Shift, Stop


def visit_faults(visit: Visit, shift: Shift, problem: Problem) -> Iterator[str]:
    """Return each rule of its stop that a visit breaks, in words."""
    yield from _day_faults(visit, shift)
    yield from _hour_faults(visit, shift, problem)
    yield from _pin_faults(visit, shift)
    yield from _officer_faults(visit, shift, problem)


def _day_faults(visit: Visit, shift: Shift) -> Iterator[str]:
    stop, day = visit.stop, shift.day
    if stop.not_before is not None and day < stop.not_before:
        yield f"{stop.id} is visited on {day}, before {stop.not_before}"
    if stop.due_by is not None and day > stop.due_by:
        yield f"{stop.id} is visited on {day}, after its last day {stop.due_by}"
    if stop.window is not None and stop.window.day is not None and day != stop.window.day:
        yield f"{stop.id} has an appointment on {stop.window.day}, not on {day}"


def _hour_faults(visit: Visit, shift: Shift, problem: Problem) -> Iterator[str]:
    stop, opens = visit.stop, 0
    if stop.window is not None:
        opens = stop.window.earliest
        if not stop.window.earliest <= visit.start <= stop.window.latest:
            yield (
                f"{stop.id} begins at {visit.start} s, not between {stop.window.earliest} s and "
                f"{stop.window.latest} s"
            )
    if stop.daylight_only and shift.day in problem.daylight:
        rise, sets = problem.daylight[shift.day]
        opens = max(opens, rise)
        if not rise <= visit.start <= visit.leave <= sets:
            yield f"{stop.id} needs daylight, which lasts from {rise} s to {sets} s"
    if visit.start > max(visit.arrive, opens) and not stop.two_officers:
        yield f"{stop.id} is waited at until {visit.start} s for nothing"


def _pin_faults(visit: Visit, shift: Shift) -> Iterator[str]:
    pin = visit.stop.pin
    if pin is not None and (pin.officer, pin.day) != (shift.officer, shift.day):
        yield f"{visit.stop.id} was given to {pin.officer} on {pin.day} by hand"


def _officer_faults(visit: Visit, shift: Shift, problem: Problem) -> Iterator[str]:
    stop = visit.stop
    lacking = sorted(stop.certifications - shift.certifications)
    if lacking:
        yield f"{stop.id} needs {', '.join(lacking)}, which {shift.officer} does not hold"
    if stop.pin is not None:  # a person's word, whatever the zones say
        return
    if not _elsewhere(stop, shift):
        return
    lent = problem.policy.help_seconds is not None and stop.zone in shift.helps
    if shift.outside_seconds is None and not lent:
        yield f"{stop.id} lies in zone {stop.zone}, which {shift.officer} may not serve"


def helped_faults(plan: Plan) -> Iterator[str]:
    """Return what is wrong with why officers help in zones that are not theirs, in words."""
    made = {
        (visit.stop.id, route.shift.officer, route.shift.day): (visit.stop, route.shift)
        for route in plan.routes
        for visit in route.visits
    }
    told = Counter((each.stop.id, each.officer, each.day) for each in plan.helped)
    for each in plan.helped:
        key = (each.stop.id, each.officer, each.day)
        stop, shift = made.get(key, (None, None))
        if stop is None or shift is None:
            yield f"{each.officer} is said to help at {each.stop.id}, where they do not go"
        elif stop != each.stop or not _elsewhere(stop, shift):
            yield f"{each.officer} is said to help at {each.stop.id}, which is no other zone's"
        if told[key] > 1:
            yield f"why {each.officer} helps at {each.stop.id} is said {told[key]} times"
        if each.own_seconds is not None and each.own_seconds < 0:
            yield f"the zone's own officer would drive {each.own_seconds} s to {each.stop.id}"
    for key, (stop, shift) in made.items():
        if key not in told and stop.pin is None and _elsewhere(stop, shift):
            yield f"nobody says why {shift.officer} helps at {stop.id}"


def _elsewhere(stop: Stop, shift: Shift) -> bool:
    return bool(shift.zones) and stop.zone is not None and stop.zone not in shift.zones
