"""Say at once what a change of a plan by hand does, and give the plan with it, checked.

Nothing is driven for it: drives there were not before are taken from the matrix.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.streets.travel import Matrix
from reports.routes.changes import Change, ChangeError, Deed, Effect, Late, Whose
from reports.routes.check import check_plan
from reports.routes.concerned import told_anew, visits, whose, with_met, with_pin
from reports.routes.ground import Orders
from reports.routes.hand import Hand, take_up
from reports.routes.helped_anew import helped_anew
from reports.routes.insertion import cheapest, detours
from reports.routes.openings import contradicts, refusal, risk
from reports.routes.plan import REASONS, LeftOut, LeftReason, Plan, Route
from reports.routes.problem import Pin, Place, Problem, Stop
from reports.routes.timing import set_clock, set_clock_anyway
from reports.routes.waiting import waited

type Rows = Mapping[Place | str, int]


def effect(
    problem: Problem, matrix: Matrix, plan: Plan, change: Change, *, rows: Rows
) -> Effect:  # fmt: skip
    """Say what a change does.

    Parameters
    ----------
    problem, plan
        As they are; neither is changed.
    matrix, rows
        What the plan was measured with.

    Raises
    ------
    ChangeError
        There is no such stop or day, or the change cannot be made by hand at all.
    PlanFaultError
        The checker refuses the plan with the change.
    """
    stop = next((each for each in problem.stops if each.id == change.stop_id), None)
    if stop is None:
        msg = f"There is no stop {change.stop_id} in this plan: look at it again."
        raise ChangeError(msg)
    _refuse(stop, change, rows=rows)
    has = [whose(route) for route in plan.routes if visits(route, stop)]
    if change.deed in {Deed.PIN, Deed.UNPIN}:
        return _pinned(problem, matrix, plan, stop, has, change=change, rows=rows)
    if change.deed is Deed.REMOVE:
        return _removed(problem, matrix, plan, stop, has, rows=rows)
    return _moved(problem, matrix, plan, stop, has, change=change, rows=rows)


def _refuse(stop: Stop, change: Change, *, rows: Rows) -> None:
    if stop.two_officers and change.deed is not Deed.REMOVE:
        msg = f"{stop.label} is visited by two officers at once: take it out, or plan anew."
        raise ChangeError(msg)
    if stop.id not in rows and change.deed is not Deed.REMOVE:
        msg = (
            f"The drives to {stop.label} were not measured, for it was not considered or cannot be "
            "driven to: plan anew with it."
        )
        raise ChangeError(msg)


def _pinned(
    problem: Problem, matrix: Matrix, plan: Plan, stop: Stop, has: Sequence[Whose],
    *, change: Change, rows: Rows,
) -> Effect:  # fmt: skip
    if not has:
        msg = f"{stop.label} is in nobody's day: give it to somebody first."
        raise ChangeError(msg)
    (officer, day), pins = has[0], change.deed is Deed.PIN
    problem = with_pin(problem, stop, Pin(officer, day) if pins else None)
    days = with_met(plan, has)
    hand = take_up(plan, problem=problem, matrix=matrix, rows=rows, whose=days)
    number = hand.number(stop.id)
    theirs = [shift for shift, order in enumerate(hand.orders) if number in order]
    if not all(hand.ground.may(number, shift) for shift in theirs):
        why = f"{stop.label} lies outside {officer}'s zones: {officer} has it by hand alone."
        return Effect(problem=problem, why=why, officer=officer, day=day)
    return _changed(hand, hand.orders, problem, matrix, rows=rows, stop=stop)


def _removed(
    problem: Problem, matrix: Matrix, plan: Plan, stop: Stop, has: Sequence[Whose], *, rows: Rows
) -> Effect:  # fmt: skip
    if not has:
        msg = f"{stop.label} is in nobody's day already."
        raise ChangeError(msg)
    problem = with_pin(problem, stop, None)
    hand = take_up(plan, problem=problem, matrix=matrix, rows=rows, whose=with_met(plan, has))
    gone = hand.number(stop.id)
    orders = [[each for each in order if each != gone] for order in hand.orders]
    return _changed(hand, orders, problem, matrix, rows=rows, stop=stop)


def _moved(
    problem: Problem, matrix: Matrix, plan: Plan, stop: Stop, has: Sequence[Whose],
    *, change: Change, rows: Rows,
) -> Effect:  # fmt: skip
    if change.deed is Deed.MOVE and not has:
        msg = f"{stop.label} is in nobody's day: add it instead."
        raise ChangeError(msg)
    target = (
        (change.officer, change.day) if change.officer is not None and change.day else None
    )  # fmt: skip
    if target is None:
        target = _best_day(problem, matrix, plan, stop, change=change, rows=rows)
        if target is None:
            why = f"{stop.label} fits into nobody's day without another stop giving way."
            return Effect(problem=problem, why=why)
    if target not in {whose(route) for route in plan.routes}:
        msg = f"{target[0]} has no day on {target[1]} in this plan: choose another."
        raise ChangeError(msg)
    problem = with_pin(problem, stop, Pin(*target))
    pinned = next(each for each in problem.stops if each.id == stop.id)
    days = with_met(plan, dict.fromkeys([*has, target]))
    hand = take_up(plan, problem=problem, matrix=matrix, rows=rows, whose=days, also=[pinned])
    into = next(n for n, each in enumerate(hand.shifts) if (each.officer, each.day) == target)
    number = hand.number(stop.id)
    if not hand.ground.may(number, into):
        return Effect(problem=problem, why=_barred(pinned, hand, into), officer=target[0],
                      day=target[1])  # fmt: skip
    orders = [[each for each in order if each != number] for order in hand.orders]
    return _put(hand, orders, number, into, problem, matrix, change=change, rows=rows)


def _put(
    hand: Hand, orders: Orders, number: int, into: int, problem: Problem, matrix: Matrix,
    *, change: Change, rows: Rows,
) -> Effect:  # fmt: skip
    """Put a stop into a day at its position, with optional stops giving way where it must be."""
    stop = hand.ground.problem.stops[number]
    if change.position is None:
        place = cheapest(hand.ground, orders, number, shifts=[into])
        at = int(detours(hand.ground, orders[into], number, shift=into).argmin())
        at = place.position if place else at
    else:
        at = min(max(change.position, 0), len(orders[into]))
    wanted = [*orders[into][:at], number, *orders[into][at:]]
    wrong = _wrong(hand, into, wanted)
    fitting = _giving_way(hand, into, wanted, keep=number)
    if fitting is None:
        why = f"{stop.label} does not fit into this day, whatever else is left out of it."
        officer, day = hand.shifts[into].officer, hand.shifts[into].day
        return replace(wrong, problem=problem, why=why, officer=officer, day=day, position=at)
    orders[into] = fitting
    told = _changed(hand, orders, problem, matrix, rows=rows, stop=stop, moved=stop.id)
    return replace(
        told, late=wrong.late, overrun_seconds=wrong.overrun_seconds, lunch_lost=wrong.lunch_lost
    )


def _giving_way(hand: Hand, shift: int, order: list[int], *, keep: int) -> list[int] | None:
    """Take optional stops out of a day, the least first, until it can be driven; None: never."""
    stops, ground = hand.ground.problem.stops, hand.ground
    optional = [
        each for each in order
        if each != keep and not (stops[each].must or stops[each].two_officers or stops[each].pin)
    ]  # fmt: skip
    rest = list(order)
    for out in (None, *sorted(optional, key=lambda each: (ground.value(each), each))):
        if out is not None:
            rest.remove(out)
        if ground.time(shift, rest) is not None:
            return rest
    return None


def _wrong(hand: Hand, shift: int, order: Sequence[int]) -> Effect:
    """Say what would be wrong with a day if nothing gave way: its lunch alone, or what is late."""
    who, stops = hand.shifts[shift], hand.ground.problem.stops
    hops, home = hand.ground.hops(shift, order)
    nothing, rush = Effect(problem=hand.ground.problem), hand.ground.problem.policy.rush
    if set_clock(who, hops, home=home, rush=rush) is not None:
        return nothing
    if set_clock(replace(who, lunch=None), hops, home=home, rush=rush) is not None:
        return replace(nothing, lunch_lost=True)
    timed = set_clock_anyway(who, hops, home=home, rush=rush)
    late = tuple(
        Late(stop_id=stops[each].id, label=stops[each].label, seconds=start - hop.latest)
        for each, start, hop in zip(order, timed.start, hops, strict=True)
        if start > hop.latest
    )
    over = max(0, timed.finish - who.end - who.max_overtime)
    return replace(nothing, late=late, overrun_seconds=over)


def _changed(
    hand: Hand, orders: Orders, problem: Problem, matrix: Matrix,
    *, rows: Rows, stop: Stop, moved: str | None = None,
) -> Effect:  # fmt: skip
    """Write the changed days into the plan, and have them checked."""
    if any(hand.ground.time(shift, order) is None for shift, order in enumerate(orders)):
        why = "The day cannot be driven so: the way round takes too long."
        return Effect(problem=problem, why=why)
    before = {whose(route): route for route in hand.plan.routes}
    after = {
        (who.officer, who.day): hand.route(shift, orders[shift])
        for shift, who in enumerate(hand.shifts)
    }
    now = {each.id: each for each in problem.stops}
    routes = tuple(after.get(whose(route)) or told_anew(route, now) for route in hand.plan.routes)
    plan = replace(hand.plan, routes=routes, left_out=_left(hand.plan, routes, problem))
    helped = helped_anew(plan, problem=problem, matrix=matrix, rows=rows, moved=moved)
    plan = replace(plan, helped=helped)
    _check(plan, [*after.values()], problem, matrix, rows)
    pushed = {visit.stop.id for visit in hand.plan.visits} - {
        visit.stop.id for visit in plan.visits
    }  # fmt: skip
    where = next(
        ((*day, at) for day, route in after.items()
         for at, visit in enumerate(route.visits) if visit.stop.id == stop.id), None
    )  # fmt: skip
    return Effect(
        problem=problem, plan=plan, officer=where[0] if where else None,
        day=where[1] if where else None, position=where[2] if where else None,
        changed=tuple(each for each in after if after[each] != before[each]),
        added_seconds=sum(after[each].total_seconds - before[each].total_seconds for each in after),
        waiting_seconds=waited(plan, problem=problem) - waited(hand.plan, problem=problem),
        finishes={each: (before[each].finish, after[each].finish) for each in after},
        pushed_out=tuple(sorted(pushed - {stop.id})),
    )  # fmt: skip


def _check(
    plan: Plan, changed: list[Route], problem: Problem, matrix: Matrix, rows: Rows
) -> None:  # fmt: skip
    """Check the changed days, and that no stop is lost or named twice in all of them."""
    visited = [visit.stop.id for route in changed for visit in route.visits]
    left = [each for each in plan.left_out if each.stop.id not in visited]
    concerned = {*visited, *(each.stop.id for each in left)}
    part = replace(
        problem,
        shifts=tuple(route.shift for route in changed),
        stops=tuple(stop for stop in problem.stops if stop.id in concerned),
    )
    days = {whose(route) for route in changed}
    helped = tuple(each for each in plan.helped if (each.officer, each.day) in days)
    some = replace(plan, routes=tuple(changed), left_out=tuple(left), helped=helped, idle=())
    check_plan(some, problem=part, matrix=matrix, rows=rows)
    everywhere = {visit.stop.id for visit in plan.visits} | {each.stop.id for each in plan.left_out}
    if everywhere != {stop.id for stop in problem.stops}:
        msg = "A stop of the plan was lost by the change: please report it."
        raise ChangeError(msg)


def _left(plan: Plan, routes: Sequence[Route], problem: Problem) -> tuple[LeftOut, ...]:
    """Return what is in no route then; what was left before is left for the same reason."""
    visited = {visit.stop.id for route in routes for visit in route.visits}
    why = {each.stop.id: each.reason for each in plan.left_out}
    return tuple(
        LeftOut(stop, why.get(stop.id, LeftReason.NO_TIME), risk(stop, plan.days))
        for stop in problem.stops
        if stop.id not in visited
    )


def _best_day(
    problem: Problem, matrix: Matrix, plan: Plan, stop: Stop, *, change: Change, rows: Rows
) -> Whose | None:
    """Find the day in which a stop costs least, among those of the officer or on the day asked."""
    days = [
        whose(route) for route in plan.routes
        if change.officer in {None, route.shift.officer} and change.day in {None, route.shift.day}
    ]  # fmt: skip
    free = with_pin(problem, stop, None)
    also = [each for each in free.stops if each.id == stop.id]
    hand = take_up(plan, problem=free, matrix=matrix, rows=rows, whose=days, also=also)
    number = hand.number(stop.id)
    orders = [[each for each in order if each != number] for order in hand.orders]
    place = cheapest(hand.ground, orders, number)
    if place is None:
        return None
    return hand.shifts[place.shift].officer, hand.shifts[place.shift].day


def _barred(stop: Stop, hand: Hand, shift: int) -> str:
    """Say why an officer may not make a visit on a day at all."""
    who = hand.shifts[shift]
    why = refusal(stop, who, lent=True)
    if why is None:
        why = LeftReason.CONTRADICTORY if contradicts(stop) else LeftReason.OTHER_DAYS
        if hand.ground.problem.daylight and stop.daylight_only and not contradicts(stop):
            why = LeftReason.NO_DAYLIGHT
    if why is LeftReason.CONTRADICTORY:
        return f"{stop.label} may not be visited on {who.day}."
    return f"{stop.label} {REASONS[why]} ({who.officer}, {who.day})."
