"""Find the stops of a draft on its map and in its lists, and drag one onto another."""

import math
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page

from webmap.office.plan_shown import ShownPlan

ROOM = 48  # pixels that the map keeps free around the routes
NEAREST = 512 * 2**16 / (2 * math.pi)  # at zoom 16, where the map comes no nearer


def drag(page: Page, plan: ShownPlan, *, on: date, stop: str, onto: str) -> None:
    """Drag a stop of a day onto the first stop of a route, by the key of the route."""
    page.locator("#plan-map.map-ready").wait_for()
    page.locator("#plan-map").evaluate("map => map.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(500)
    box = page.locator("#plan-map").bounding_box()
    found, route = plan.stop(stop), plan.route(onto)
    assert box is not None
    assert found is not None
    assert route is not None
    project = _projection(plan, on=on, width=box["width"], height=box["height"])
    (x, y), (to_x, to_y) = project(found[1]), project(route.stops[0])
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    page.mouse.move(box["x"] + (x + to_x) / 2, box["y"] + (y + to_y) / 2, steps=4)
    page.mouse.move(box["x"] + to_x, box["y"] + to_y, steps=4)
    page.mouse.up()


def carry(page: Page, grip: Locator, *, onto: Locator, then: str = "") -> None:
    """Take a stop by its number in a list and let it fall on the upper edge of something.

    Parameters
    ----------
    then
        A key that is pressed before it is let fall.
    """
    page.locator("#plan-map.map-ready").wait_for()  # the script is there
    grip.scroll_into_view_if_needed()
    here, there = grip.bounding_box(), onto.bounding_box()
    assert here is not None
    assert there is not None
    page.mouse.move(here["x"] + here["width"] / 2, here["y"] + here["height"] / 2)
    page.mouse.down()
    page.mouse.move(here["x"] + 30, here["y"] + 20, steps=3)
    page.mouse.move(there["x"] + 40, there["y"] + 4, steps=4)
    was = None
    while was != (box := onto.bounding_box()):  # near an edge the page rolls on
        assert box is not None
        page.mouse.move(box["x"] + 40, box["y"] + 5)
        page.wait_for_timeout(200)
        was = box
    if then:
        page.keyboard.press(then)
    page.mouse.up()


def _projection(plan: ShownPlan, *, on: date, width: float, height: float) -> Any:
    """Return where the map, which is fitted around all of the day, has a stop, in pixels."""

    def mercator(lon: float, lat: float) -> tuple[float, float]:
        north = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
        return math.radians(lon), -north

    routes = [each for each in plan.of_day(on) if each.stops]
    places = [(stop.lon, stop.lat) for route in routes for stop in route.stops]
    places += [(route.starts_at["lon"], route.starts_at["lat"]) for route in routes]
    xs, ys = zip(*(mercator(*each) for each in places), strict=True)
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    fits = [(width - 2 * ROOM) / across if across else NEAREST,
            (height - 2 * ROOM) / down if down else NEAREST]  # fmt: skip
    scale = min(*fits, NEAREST)

    def at(stop: Any) -> tuple[float, float]:
        x, y = mercator(stop.lon, stop.lat)
        return (
            width / 2 + (x - (max(xs) + min(xs)) / 2) * scale,
            height / 2 + (y - (max(ys) + min(ys)) / 2) * scale,
        )

    return at
