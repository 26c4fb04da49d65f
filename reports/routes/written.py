"""Write a problem, its matrix and its plan down so that nothing is lost, and read them again.

What a plan is written with beside what it holds, such as slack and totals, is for whoever shows it:
reading computes it anew.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from shapely import LineString

from cases.visiting.kinds import Kind
from geo.streets.travel import Step
from reports.routes.names import Item, Names
from reports.routes.plan import Drive, Help, LeftOut, LeftReason, Pause, Plan, Risk, Route, Visit
from reports.routes.problem import Lunch, Pin, Place, Policy, Problem, Rush, Shift, Stop, Window
from reports.routes.slack import slacks

type Json = dict[str, Any]

NOBODY = Names()


def problem_to_json(problem: Problem, *, names: Names = NOBODY) -> Json:
    """Return a problem, and whom and what it stands for, as JSON."""
    return {
        "days": [day.isoformat() for day in problem.days],
        "shifts": [_shift(shift, names) for shift in problem.shifts],
        "stops": [_stop(stop, names) for stop in problem.stops],
        "daylight": {day.isoformat(): [*told] for day, told in problem.daylight.items()},
        "policy": {
            "overtime_price": problem.policy.overtime_price,
            "fair_margin": problem.policy.fair_margin,
            "help_seconds": problem.policy.help_seconds,
            "wait_seconds": problem.policy.wait_seconds,
            "rush": [[each.start, each.end, each.percent] for each in problem.policy.rush],
        },
    }


def problem_from_json(said: Mapping[str, Any]) -> Problem:
    """Return the problem that `problem_to_json` has written."""
    return Problem(
        days=tuple(map(date.fromisoformat, said["days"])),
        shifts=tuple(map(_shift_of, said["shifts"])),
        stops=tuple(map(_stop_of, said["stops"])),
        daylight={
            date.fromisoformat(day): (told[0], told[1]) for day, told in said["daylight"].items()
        },
        policy=_policy_of(said["policy"]),
    )


def _policy_of(said: Mapping[str, Any]) -> Policy:
    return Policy(**{**said, "rush": tuple(Rush(*each) for each in said.get("rush", ()))})


def names_from_json(said: Mapping[str, Any]) -> Names:
    """Return whom and what a problem stands for that `problem_to_json` has written."""
    return Names(
        officers={
            each["officer"]: each["officer_id"]
            for each in said["shifts"]
            if each["officer_id"] is not None
        },
        items={each["id"]: tuple(map(Item.read, each["items"])) for each in said["stops"]},
        spots={each["id"]: each["spot"] for each in said["stops"] if each["spot"]},
    )


def plan_to_json(plan: Plan, *, problem: Problem, names: Names = NOBODY) -> Json:
    """Return a plan of a problem as JSON; times are whole seconds after midnight."""
    return {
        "days": [day.isoformat() for day in plan.days],
        "routes": [_route(route, problem, names) for route in plan.routes],
        "left": [
            {**_named(each.stop, names), "reason": str(each.reason), "risk": str(each.risk)}
            for each in plan.left_out
        ],
        "helped": [
            {
                "id": each.stop.id, "officer": each.officer, "day": each.day.isoformat(),
                "extra_seconds": each.extra_seconds, "own_seconds": each.own_seconds,
            }
            for each in plan.helped
        ],
        "idle": [
            {"officer": shift.officer, "day": shift.day.isoformat(), "why": why}
            for shift, why in plan.idle
        ],
        "estimated": plan.estimated,
        "totals": totals(plan),
    }  # fmt: skip


def plan_from_json(said: Mapping[str, Any], *, problem: Problem) -> Plan:
    """Return the plan that `plan_to_json` has written of a problem."""
    stops = {stop.id: stop for stop in problem.stops}
    shifts = {(shift.officer, shift.day): shift for shift in problem.shifts}

    def shift_of(told: Mapping[str, Any]) -> Shift:
        return shifts[told["officer"], date.fromisoformat(told["day"])]

    return Plan(
        days=tuple(map(date.fromisoformat, said["days"])),
        routes=tuple(_route_of(each, shift_of(each), stops) for each in said["routes"]),
        left_out=tuple(
            LeftOut(stops[each["id"]], LeftReason(each["reason"]), Risk(each["risk"]))
            for each in said["left"]
        ),
        estimated=said["estimated"],
        helped=tuple(
            Help(
                stops[each["id"]], each["officer"], date.fromisoformat(each["day"]),
                each["extra_seconds"], each["own_seconds"],
            )
            for each in said["helped"]
        ),
        idle=tuple((shift_of(each), each["why"]) for each in said["idle"]),
    )  # fmt: skip


def pause_to_json(pause: Pause | None) -> Json | None:
    """Return a lunch as JSON: from when to when, seconds after midnight, and after which stop."""
    if pause is None:
        return None
    return {"start": pause.start, "end": pause.end, "after": pause.after}


def pause_of(parameters: Mapping[str, Any]) -> Pause | None:
    """Return the lunch that an adopted day tells among its parameters, where it tells any."""
    said = parameters.get("lunch")
    keys = ("start", "end", "after")
    if not isinstance(said, Mapping) or not all(isinstance(said.get(key), int) for key in keys):
        return None
    return Pause(**{key: said[key] for key in keys})


def legs_to_json(route: Route) -> list[Json]:
    """Return the drives of a route as JSON, in order; the last leads home."""
    return [leg_to_json(drive) for drive in route.drives]


def totals(plan: Plan) -> Json:
    """Return what a plan comes to: stops, seconds driven and at the doors, metres, what is left."""
    musts = sum(each.stop.must for each in plan.left_out)
    return {
        "stops": len(plan.visits), "drive_seconds": plan.total_seconds,
        "metres": plan.total_metres, "service_seconds": plan.service_seconds,
        "left": len(plan.left_out), "musts_left": musts, "routes": len(plan.routes),
    }  # fmt: skip


def _shift(shift: Shift, names: Names) -> Json:
    return {
        "officer": shift.officer, "officer_id": names.officers.get(shift.officer),
        "day": shift.day.isoformat(), "start": shift.start, "end": shift.end,
        "start_place": _place(shift.start_place), "end_place": _place(shift.end_place),
        "lunch": _lunch(shift.lunch), "max_overtime": shift.max_overtime,
        "certifications": sorted(shift.certifications), "zones": sorted(shift.zones),
        "outside_seconds": shift.outside_seconds, "helps": sorted(shift.helps),
        "max_stops": shift.max_stops,
    }  # fmt: skip


def _shift_of(said: Mapping[str, Any]) -> Shift:
    told = {key: value for key, value in said.items() if key != "officer_id"}
    sets = {key: frozenset(said[key]) for key in ("certifications", "zones", "helps")}
    places = {key: Place(**said[key]) for key in ("start_place", "end_place")}
    lunch = Lunch(**said["lunch"]) if said["lunch"] else None
    return Shift(
        **{**told, **sets, **places, "day": date.fromisoformat(said["day"]), "lunch": lunch}
    )  # fmt: skip


def _stop(stop: Stop, names: Names) -> Json:
    window = stop.window
    return {
        **_named(stop, names),
        "spot": names.spots.get(stop.id, ""), "case_numbers": [*stop.case_numbers],
        "due_on": _day(stop.due_on), "priority": stop.priority,
        "service_seconds": stop.service_seconds, "worth_seconds": stop.worth_seconds,
        "kinds": [str(kind) for kind in stop.kinds], "not_before": _day(stop.not_before),
        "due_by": _day(stop.due_by),
        "window": None if window is None else
        {"earliest": window.earliest, "latest": window.latest, "day": _day(window.day)},
        "must": stop.must, "two_officers": stop.two_officers, "daylight_only": stop.daylight_only,
        "certifications": sorted(stop.certifications), "zone": stop.zone,
        "pin": stop.pin and {"officer": stop.pin.officer, "day": _day(stop.pin.day)},
    }  # fmt: skip


def _stop_of(said: Mapping[str, Any]) -> Stop:
    told = {key: value for key, value in said.items() if key not in {"items", "spot"}}
    days = {key: _day_of(said[key]) for key in ("due_on", "not_before", "due_by")}
    window, pin = said["window"], said["pin"]
    return Stop(
        **{
            **told, **days,
            "case_numbers": tuple(said["case_numbers"]),
            "kinds": tuple(map(Kind, said["kinds"])),
            "window": window and Window(**{**window, "day": _day_of(window["day"])}),
            "certifications": frozenset(said["certifications"]),
            "pin": pin and Pin(pin["officer"], date.fromisoformat(pin["day"])),
        }
    )  # fmt: skip


def _named(stop: Stop, names: Names) -> Json:
    items = [each.told() for each in names.items.get(stop.id, ())]
    return {"id": stop.id, "label": stop.label, "lon": stop.lon, "lat": stop.lat, "items": items}


def _route(route: Route, problem: Problem, names: Names) -> Json:
    visits = zip(route.visits, slacks(route, problem), strict=True)
    lunch = route.lunch
    return {
        "officer": route.shift.officer, "officer_id": names.officers.get(route.shift.officer),
        "day": route.shift.day.isoformat(), "shift": _shift(route.shift, names),
        "stops": [_visit(visit, slack, names) for visit, slack in visits],
        "lunch": pause_to_json(lunch),
        "legs": legs_to_json(route),
        "finish": route.finish,
        "totals": {
            "stops": len(route.visits), "drive_seconds": route.total_seconds,
            "metres": route.total_metres, "service_seconds": route.service_seconds,
            "wait_seconds": sum(visit.start - visit.arrive for visit in route.visits),
            "shift_seconds": route.shift.end - route.shift.start,
            "used_seconds": route.finish - route.shift.start if route.visits else 0,
            "overtime_seconds": max(0, route.finish - route.shift.end),
        },
    }  # fmt: skip


def _visit(visit: Visit, slack: int, names: Names) -> Json:
    return {
        **_named(visit.stop, names), "arrive": visit.arrive, "begin": visit.start,
        "leave": visit.leave, "slack": slack, "pinned": visit.stop.pin is not None,
        "must": visit.stop.must, "two_officers": visit.stop.two_officers,
        "due_by": _day(visit.stop.due_by), "due_on": _day(visit.stop.due_on),
    }  # fmt: skip


def _route_of(said: Mapping[str, Any], shift: Shift, stops: Mapping[str, Stop]) -> Route:
    return Route(
        shift,
        tuple(
            Visit(stops[each["id"]], each["arrive"], each["begin"], each["leave"])
            for each in said["stops"]
        ),
        tuple(map(_drive_of, said["legs"])),
        said["lunch"] and Pause(**said["lunch"]),
    )


def leg_to_json(drive: Drive) -> Json:
    """Return a drive as JSON, as it is kept with a plan."""
    return {
        "seconds": drive.seconds, "metres": drive.metres,
        "line": [[*point] for point in drive.line.coords],
        "steps": [
            {
                "text": step.text, "seconds": step.seconds, "metres": step.metres,
                "kind": step.kind, "turn": step.turn, "street": step.street, "exit": step.exit,
                "bearing": step.bearing, "lon": step.lon, "lat": step.lat,
            }
            for step in drive.steps
        ],
        **({} if drive.free is None else {"free": drive.free}),
    }  # fmt: skip


def _drive_of(said: Mapping[str, Any]) -> Drive:
    steps = tuple(Step(**step) for step in said["steps"])
    line = LineString(said["line"])
    return Drive(said["seconds"], said["metres"], line, steps, said.get("free"))


def _place(place: Place) -> Json:
    return {"label": place.label, "lon": place.lon, "lat": place.lat}


def _lunch(lunch: Lunch | None) -> Json | None:
    if lunch is None:
        return None
    return {"earliest": lunch.earliest, "latest": lunch.latest, "seconds": lunch.seconds}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_of(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)
