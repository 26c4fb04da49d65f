"""Write a plan down: GeoJSON for maps, a JSON summary, GPX for a navigator."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from shapely import GeometryCollection, LineString, Point
from shapely.geometry import mapping

from reports.routes.plan import REASONS, Drive, Plan, Route, Visit
from reports.routes.problem import Place, Stop

GPX_NAMESPACE = "http://www.topografix.com/GPX/1/1"


def write_plan(plan: Plan, folder: Path) -> tuple[Path, ...]:
    """Write `plan.geojson`, `plan.json` and `plan.gpx` into a folder.

    Parameters
    ----------
    plan
        The plan.
    folder
        Made where it does not exist; files of these names in it are replaced.

    Returns
    -------
    tuple of Path
        The files, in the order above.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "plan.geojson": json.dumps(to_geojson(plan)),
        "plan.json": json.dumps(summary(plan), indent=2),
        "plan.gpx": to_gpx(plan),
    }
    for name, text in texts.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")
    return tuple(folder / name for name in texts)


def to_geojson(plan: Plan) -> dict[str, Any]:
    """Return the plan as a GeoJSON FeatureCollection in the order it is driven.

    The collection has `bbox` and, under `properties`, what `summary` returns less the stops.
    Features, each with the `officer` and the `date` ("2026-03-02"), told apart by `role`:

    - `depot` (Point): `end_of_day` (false for the start), `label`, `time` "08:00".
    - `stop` (Point): `order` from 1, `case` (numbers, joined), `cases` (a list), `label`,
      `arrive`, `begin` and `leave` ("09:12"), `service_minutes`, `due_on` ("2014-05-01" or null),
      `priority`.
    - `leg` (LineString along the streets): `order` from 1, `to` (the label it leads to),
      `seconds`, `metres`, `steps`: a list of `{"text", "metres", "seconds"}`.

    Whole seconds and metres; the sums over the legs are `total_seconds` and `total_metres`.
    """
    features = [feature for route in plan.routes for feature in _features(route)]
    figures = summary(plan)
    del figures["stops"], figures["left_out"]
    return {
        "type": "FeatureCollection",
        "bbox": list(_bounds(plan)),
        "properties": figures,
        "features": features,
    }


def _features(route: Route) -> list[dict[str, Any]]:
    shift = route.shift
    features = [_depot(route, shift.start_place, seconds=shift.start, end_of_day=False)]
    targets = [*(visit.stop.label for visit in route.visits), shift.end_place.label]
    for order, (drive, label) in enumerate(zip(route.drives, targets, strict=True), start=1):
        features.append(_leg(route, drive, order=order, label=label))
        if order <= len(route.visits):
            features.append(_stop(route, route.visits[order - 1], order=order))
    features.append(_depot(route, shift.end_place, seconds=route.finish, end_of_day=True))
    return features


def summary(plan: Plan) -> dict[str, Any]:
    """Return the plan's figures, its routes, its stops and what was left, with the reason.

    The figures without an officer are those of the first route and of all routes together.
    """
    return {
        **_figures(plan.routes[0]),
        "stops_planned": len(plan.visits),
        "total_seconds": plan.total_seconds,
        "total_metres": plan.total_metres,
        "service_seconds": plan.service_seconds,
        "estimated": plan.estimated,
        "left_by_reason": {str(reason): count for reason, count in plan.left_by_reason().items()},
        "routes": [
            {"officer": route.shift.officer, **_figures(route), "stops": len(route.visits)}
            for route in plan.routes
        ],
        "stops": [
            _visit_properties(route, visit, order=order)
            for route in plan.routes
            for order, visit in enumerate(route.visits, 1)
        ],
        "left_out": [
            {
                "cases": list(left.stop.case_numbers),
                "label": left.stop.label,
                "reason": str(left.reason),
                "why": f"{left.stop.label} {REASONS[left.reason]}",
                "risk": str(left.risk),
            }
            for left in plan.left_out
        ],
    }


def _figures(route: Route) -> dict[str, Any]:
    lunch = route.lunch
    return {
        "date": route.shift.day.isoformat(),
        "start": clock_time(route.shift.start),
        "finish": clock_time(route.finish),
        "shift_end": clock_time(route.shift.end),
        "lunch": f"{clock_time(lunch.start)}-{clock_time(lunch.end)}" if lunch else None,
    }


def to_gpx(plan: Plan) -> str:
    """Return the plan as GPX 1.1: a waypoint for each stop, for each day a route and a track.

    A navigator that finds its own way follows the route's stops; one that follows a line, the
    track, which is the way planned.
    """
    root = ET.Element("gpx", {"version": "1.1", "creator": "Lotline", "xmlns": GPX_NAMESPACE})
    for route in plan.routes:
        for order, visit in enumerate(route.visits, start=1):
            stop = visit.stop
            point = ET.SubElement(root, "wpt", _position(stop.lon, stop.lat))
            ET.SubElement(point, "name").text = f"{order}. {stop.label}"
            ET.SubElement(point, "desc").text = f"{clock_time(visit.arrive)} {_cases(visit)}"
    for route in plan.routes:
        through = ET.SubElement(root, "rte")
        ET.SubElement(through, "name").text = _title(route)
        for place in route.places:
            point = ET.SubElement(through, "rtept", _position(place.lon, place.lat))
            ET.SubElement(point, "name").text = place.label
    for route in plan.routes:
        track = ET.SubElement(root, "trk")
        ET.SubElement(track, "name").text = _title(route)
        for drive in route.drives:
            segment = ET.SubElement(track, "trkseg")
            for lon, lat in drive.line.coords:
                ET.SubElement(segment, "trkpt", _position(lon, lat))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _title(route: Route) -> str:
    whose = f", {route.shift.officer}" if route.shift.officer else ""
    return f"Route for {route.shift.day.isoformat()}{whose}"


def clock_time(seconds: int) -> str:
    """Return seconds after midnight as "09:12"; a part of a minute is not rounded up."""
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"


def _depot(route: Route, place: Place, *, seconds: int, end_of_day: bool) -> dict[str, Any]:
    return _feature(
        Point(place.lon, place.lat),
        role="depot",
        **_whose(route),
        label=place.label,
        time=clock_time(seconds),
        end_of_day=end_of_day,
    )


def _stop(route: Route, visit: Visit, *, order: int) -> dict[str, Any]:
    point = Point(visit.stop.lon, visit.stop.lat)
    return _feature(point, role="stop", **_visit_properties(route, visit, order=order))


def _visit_properties(route: Route, visit: Visit, *, order: int) -> dict[str, Any]:
    stop = visit.stop
    return {
        **_whose(route),
        "order": order,
        "case": _cases(visit),
        "cases": list(stop.case_numbers),
        "label": stop.label,
        "arrive": clock_time(visit.arrive),
        "begin": clock_time(visit.start),
        "leave": clock_time(visit.leave),
        "service_minutes": stop.service_seconds // 60,
        "due_on": stop.due_on.isoformat() if stop.due_on else None,
        "priority": stop.priority,
    }


def _leg(route: Route, drive: Drive, *, order: int, label: str) -> dict[str, Any]:
    steps = [
        {"text": step.text, "metres": step.metres, "seconds": step.seconds} for step in drive.steps
    ]
    return _feature(
        drive.line,
        role="leg",
        **_whose(route),
        order=order,
        to=label,
        seconds=drive.seconds,
        metres=drive.metres,
        steps=steps,
    )


def _whose(route: Route) -> dict[str, str]:
    return {"officer": route.shift.officer, "date": route.shift.day.isoformat()}


def _feature(shape: Point | LineString, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": mapping(shape), "properties": properties}


def _cases(visit: Visit) -> str:
    return ", ".join(visit.stop.case_numbers)


def _position(lon: float, lat: float) -> dict[str, str]:
    return {"lat": f"{lat:.6f}", "lon": f"{lon:.6f}"}


def _bounds(plan: Plan) -> tuple[float, float, float, float]:
    ends = (
        end for route in plan.routes for end in (route.shift.start_place, route.shift.end_place)
    )
    places: list[Place | Stop] = [*ends, *(visit.stop for visit in plan.visits)]
    points = [Point(place.lon, place.lat) for place in places]
    bounds: tuple[float, float, float, float] = GeometryCollection(
        [*points, *(drive.line for drive in plan.drives)]
    ).bounds
    return bounds
