"""Check a finished plan against its stops, its shifts and the streets, and nothing else.

Nothing of the solver or of the scheduling is used here: every time is computed again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from geo.streets.travel import Matrix
from reports.routes.check_drives import drive_faults, hour_faults
from reports.routes.check_rules import helped_faults, visit_faults
from reports.routes.errors import PlanFaultError
from reports.routes.plan import Plan, Risk, Route, Visit
from reports.routes.problem import Place, Problem, Rush, Stop

TWO = 2


def check_plan(
    plan: Plan, *, problem: Problem, matrix: Matrix, rows: Mapping[Place | str, int]
) -> None:
    """Refuse a plan that is not possible as written.

    Parameters
    ----------
    plan
        The plan.
    problem
        The shifts, and all stops that were to be planned, visited or not.
    matrix
        Driving times between the places as first measured.
    rows
        The row of each end of a shift, and of each measured stop by its identifier.

    Raises
    ------
    PlanFaultError
        Naming every fault found.
    """
    faults = plan_faults(plan, problem=problem, matrix=matrix, rows=rows)
    if faults:
        raise PlanFaultError(refusal(faults, plan.days))


def refusal(faults: Sequence[str], days: Sequence[date]) -> str:
    """Say that a plan is refused, and every fault of it."""
    first, last = days[0], days[-1]
    of = f"The plan for {first} was refused:"
    if first != last:
        of = f"The plan for {first} to {last} was refused:"
    blame = "This is a fault of the planner, not of your data: please report it."
    return f"{of} {'; '.join(faults)}. {blame}"


def plan_faults(
    plan: Plan, *, problem: Problem, matrix: Matrix, rows: Mapping[Place | str, int]
) -> tuple[str, ...]:
    """Return every fault of a plan, in words; the arguments are those of `check_plan`."""
    faults = [*_coverage_faults(plan, problem, rows), *_shift_faults(plan, problem)]
    if faults:  # a plan with foreign stops or missing drives has no times that could be followed
        return tuple(faults)
    for route in plan.routes:
        faults += drive_faults(route, matrix=matrix, rows=rows, estimated=plan.estimated)
        faults += _time_faults(route, problem.policy.rush)
        faults += _lunch_faults(route)
        for visit in route.visits:
            faults += visit_faults(visit, route.shift, problem)
    return (*faults, *_meeting_faults(plan), *_left_faults(plan), *helped_faults(plan))


def _coverage_faults(
    plan: Plan, problem: Problem, rows: Mapping[Place | str, int]
) -> Iterator[str]:
    known = {stop.id: stop for stop in problem.stops}
    visited = Counter(visit.stop.id for visit in plan.visits)
    left = Counter(each.stop.id for each in plan.left_out)
    named: list[Stop] = [visit.stop for visit in plan.visits] + [e.stop for e in plan.left_out]
    for stop in dict.fromkeys(named):
        if known.get(stop.id) != stop:
            yield f"{stop.id} is not a stop that was asked for"
    for stop_id, stop in known.items():
        times, wanted = visited[stop_id] + left[stop_id], 1
        if stop.two_officers and visited[stop_id]:
            wanted = TWO
        if not times:
            yield f"{stop_id} is neither visited nor left out"
        elif times > wanted:
            yield f"{stop_id} is named {times} times"
        elif times < wanted:
            yield f"{stop_id} needs two officers and has one"
    for stop_id in visited:
        if stop_id not in rows:
            yield f"{stop_id} is visited but was never measured"


def _left_faults(plan: Plan) -> Iterator[str]:
    """Tell of what is left without a word of what that loses, or with one too many."""
    last = plan.days[-1]
    for each in plan.left_out:
        stop = each.stop
        day = stop.window.day if stop.window is not None else None
        promised = day is not None and day <= last
        lawful = stop.due_by is not None and stop.due_by <= last
        if each.risk is Risk.WAITS and (stop.must or promised or lawful):
            yield f"{stop.id} is left as if nothing were lost"
        if each.risk is Risk.APPOINTMENT and not promised:
            yield f"{stop.id} is said to miss an appointment it has not"
        if each.risk is Risk.LEGAL_DATE and not lawful:
            yield f"{stop.id} is said to miss a last lawful day it has not"


def _shift_faults(plan: Plan, problem: Problem) -> Iterator[str]:
    if plan.days != problem.days:
        yield "the days are not those asked for"
    driven = [route.shift for route in plan.routes]
    named = [*driven, *(shift for shift, _ in plan.idle)]
    yield from (
        f"the shift of {_who(each)} is not the one asked for"
        for each in named
        if each not in problem.shifts
    )
    for shift in problem.shifts:
        if named.count(shift) != 1:
            yield f"the shift of {_who(shift)} is planned {named.count(shift)} times"
    for route in plan.routes:
        count, most = len(route.visits), route.shift.max_stops
        if most is not None and count > most:
            yield f"{count} visits where at most {most} were asked for"
        if len(route.drives) != count + 1:
            yield f"{count} visits need one drive more, got {len(route.drives)}"


def _who(shift: object) -> str:
    officer, day = getattr(shift, "officer", ""), getattr(shift, "day", "")
    return f"{officer}, {day}" if officer else str(day)


def _time_faults(route: Route, rush: Sequence[Rush]) -> Iterator[str]:
    shift, clock = route.shift, route.shift.start
    for number, (visit, drive) in enumerate(zip(route.visits, route.drives, strict=False)):
        clock = _after_lunch(route, number, clock)
        yield from hour_faults(drive, number=number + 1, at=clock, rush=rush)
        clock += drive.seconds
        name = visit.stop.id
        if visit.arrive != clock:
            yield f"{name} is reached at {clock} s, not at {visit.arrive} s"
        yield from _wait_faults(visit, clock)
        clock = visit.start + visit.stop.service_seconds
        if visit.leave != clock:
            yield f"{name} is done at {clock} s, not at {visit.leave} s"
    clock = _after_lunch(route, len(route.visits), clock)
    yield from hour_faults(route.drives[-1], number=len(route.drives), at=clock, rush=rush)
    clock += route.drives[-1].seconds
    if clock > shift.end + shift.max_overtime:
        over = f" and {shift.max_overtime} s of overtime" if shift.max_overtime else ""
        yield f"the shift ends at {shift.end} s{over}, the drive home at {clock} s"
    if route.finish != clock:
        yield f"it finishes at {clock} s, not at {route.finish} s"


def _wait_faults(visit: Visit, clock: int) -> Iterator[str]:
    """Tell of a visit that begins before the arrival; why it may begin later say the rules."""
    if visit.start < clock:
        yield f"{visit.stop.id} begins at {visit.start} s, before the arrival at {clock} s"


def _after_lunch(route: Route, done: int, clock: int) -> int:
    if route.lunch is None or route.lunch.after != done:
        return clock
    return max(clock, route.lunch.end)


def _lunch_faults(route: Route) -> Iterator[str]:
    asked, had = route.shift.lunch, route.lunch
    if asked is None:
        if had is not None:
            yield f"{_who(route.shift)} has a lunch that was not asked for"
        return
    if had is None:
        if route.shift.start <= asked.latest < route.finish:
            yield f"{_who(route.shift)} has no lunch"
        return
    if had.end - had.start != asked.seconds:
        yield f"a lunch of {asked.seconds} s takes {had.end - had.start} s"
    if not asked.earliest <= had.start <= asked.latest:
        yield f"lunch begins at {had.start} s, not between {asked.earliest} s and {asked.latest} s"
    if not 0 <= had.after <= len(route.visits):
        yield f"lunch comes after {had.after} of {len(route.visits)} visits"
    elif had.start < (route.visits[had.after - 1].leave if had.after else route.shift.start):
        yield "lunch begins before the visit ahead of it is done"


def _meeting_faults(plan: Plan) -> Iterator[str]:
    met: dict[str, list[tuple[Route, Visit]]] = defaultdict(list)
    for route in plan.routes:
        for visit in route.visits:
            if visit.stop.two_officers:
                met[visit.stop.id].append((route, visit))
    for stop_id, both in met.items():
        if len({(route.shift.day, visit.start) for route, visit in both}) != 1:
            yield f"{stop_id} needs two officers at once, and they come at different times"
        if len({route.shift.officer for route, _ in both}) != TWO:
            yield f"{stop_id} needs two different officers"
