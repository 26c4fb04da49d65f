"""Write a day of a route plan as what its map draws: each drive, each stop, each end of a day."""

from collections.abc import Sequence
from typing import Any

from webmap.office.plan_shown import ShownRoute, as_time

type Feature = dict[str, Any]


def map_of(routes: Sequence[ShownRoute]) -> dict[str, Any]:
    """Return a GeoJSON collection (EPSG:4326): legs, stops and ends, each told whose it is.

    Times are seconds after midnight, so that the page can tell what is over at an hour. A stop of
    a day in force tells what became of it as well.
    """
    features = [each for route in routes if route.stops for each in _of(route)]
    return {"type": "FeatureCollection", "features": features}


def hours_of(routes: Sequence[ShownRoute]) -> tuple[int, int]:
    """Return from when to when anybody of some routes is out, in whole hours as seconds."""
    out = [each for each in routes if each.stops] or routes
    first = min((each.begins for each in out), default=8 * 3600)
    last = max((max(each.finish, each.ends) for each in out), default=17 * 3600)
    return first // 3600 * 3600, -(-last // 3600) * 3600


def _of(route: ShownRoute) -> list[Feature]:
    whose = {"route": route.key, "officer": route.officer, "letter": route.mark.letter,
             "look": route.mark.look["route"]}  # fmt: skip
    made = [_end(route, whose)]
    leaves, lunch = route.begins, route.lunch
    for nth, leg in enumerate(route.legs):
        if lunch and lunch[2] == nth:
            leaves = lunch[1]
        arrives = leaves + leg["seconds"]
        made.append(_leg(route, nth, {**whose, "from": leaves, "to": arrives}))
        if nth < len(route.stops):
            made.append(_stop(route, nth, whose))
            leaves = route.stops[nth].leave
    return made


def _leg(route: ShownRoute, nth: int, told: dict[str, Any]) -> Feature:
    line = route.legs[nth].get("line") or _straight(route, nth)
    return _feature("LineString", line, {**told, "role": "leg"})


def _straight(route: ShownRoute, nth: int) -> list[list[float]]:
    """Return a leg that was not driven on streets: from place to place."""
    way = [
        route.starts_at, *({"lon": each.lon, "lat": each.lat} for each in route.stops),
        route.ends_at,
    ]  # fmt: skip
    return [[each["lon"], each["lat"]] for each in way[nth : nth + 2]]


def _stop(route: ShownRoute, nth: int, whose: dict[str, Any]) -> Feature:
    stop = route.stops[nth]
    told = {
        **whose, "role": "stop", "id": stop.id, "tag": stop.tag, "order": stop.order,
        "label": stop.label, "from": stop.arrive, "to": stop.leave,
        "time": as_time(stop.begin).strftime("%H:%M"), "pinned": stop.pinned,
        **({} if stop.became is None else {"became": stop.became, "told": stop.told}),
    }  # fmt: skip
    return _feature("Point", [stop.lon, stop.lat], told)


def _end(route: ShownRoute, whose: dict[str, Any]) -> Feature:
    there = route.starts_at
    return _feature("Point", [there["lon"], there["lat"]], {**whose, "role": "end"})


def _feature(kind: str, coordinates: Any, properties: dict[str, Any]) -> Feature:
    return {
        "type": "Feature", "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }  # fmt: skip
