"""A day is opened in a phone's navigation by links that are made here."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from urllib.parse import parse_qs, urlparse

import pytest
from day_on_the_grid import day, stop
from shapely import LineString

from reports.routes.navigation import MOST_IN_BROWSER, geo_link, stretches
from reports.routes.plan import Drive, Route, Visit

DAY = date(2026, 3, 2)


def _route(count: int) -> Route:
    stops = [stop(str(n), n % 4, n // 4) for n in range(count)]
    drive = Drive(60, 500, LineString([(0, 0), (1, 1)]), ())
    visits = tuple(Visit(each, 30_000, 30_000, 30_900) for each in stops)
    return Route(day(*stops).shifts[0], visits, (drive,) * (count + 1))


def _google(link: str) -> list[str]:
    asked = parse_qs(urlparse(link).query)
    between = asked["waypoints"][0].split("|") if "waypoints" in asked else []
    return [*asked["origin"], *between, *asked["destination"]]


def _apple(link: str) -> list[str]:
    asked = parse_qs(urlparse(link).query)
    return [*asked["source"], *asked.get("waypoint", []), *asked["destination"]]


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 28])
@pytest.mark.parametrize("most", [9, MOST_IN_BROWSER])
def test_links_go_through_every_place_once_and_each_begins_where_the_last_ended(
    count: int, most: int
) -> None:
    route = _route(count)
    places = [f"{each.lat:.6f},{each.lon:.6f}" for each in route.places]
    parts = list(stretches(route, most=most))
    for read, links in ((_google, [each.google for each in parts]),
                        (_apple, [each.apple for each in parts])):  # fmt: skip
        drives = [read(link) for link in links]
        assert all(2 <= len(each) <= most + 2 for each in drives)
        assert all(one[-1] == other[0] for one, other in pairwise(drives))
        assert [drives[0][0], *(place for each in drives for place in each[1:])] == places
    told = [number for each in parts for number in range(each.first, each.last + 1)]
    assert told == list(range(1, count + 2))
    assert all(len(each.google) < 2_048 for each in parts)


def test_a_place_is_linked_with_its_name() -> None:
    place = replace(day().shifts[0].start_place, label="Town Hall & Yard", lon=-71.1, lat=42.37)
    link = "geo:42.370000,-71.100000?q=42.370000,-71.100000(Town%20Hall%20%26%20Yard)"
    assert geo_link(place) == link
