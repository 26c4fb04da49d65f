"""Write links that open a day in the navigation of a phone; nothing is asked of anybody for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from reports.routes.plan import Route
from reports.routes.problem import Place, Stop

MOST_BETWEEN = 9
"""So many places between start and end Google Maps takes; Apple Maps takes more."""
MOST_IN_BROWSER = 3
"""So many it takes in the browser of a phone, where its app is not installed."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day that one link opens.

    Attributes
    ----------
    first, last
        The stops it goes to, counted from 1; `last` is one more than the stops where it also
        leads home.
    """

    first: int
    last: int
    google: str
    apple: str


def geo_link(place: Place | Stop) -> str:
    """Return a link to a place (RFC 5870), with its name for programs that show one."""
    at = _at(place)
    return f"geo:{at}?q={at}({quote(place.label)})"


def stretches(route: Route, *, most: int = MOST_BETWEEN) -> Iterator[Stretch]:
    """Part a day into links, each from where the one before it ended.

    Parameters
    ----------
    most
        How many places a link may have between its start and its end.
    """
    places = route.places
    for start in range(0, len(places) - 1, most + 1):
        part = places[start : start + most + 2]
        yield Stretch(start + 1, start + len(part) - 1, google(part), apple(part))


def google(places: Sequence[Place | Stop]) -> str:
    """Return a link for Google Maps (Maps URLs, ``api=1``) through some places in order."""
    asked = {"api": "1", "travelmode": "driving", "origin": _at(places[0]),
             "destination": _at(places[-1])}  # fmt: skip
    if between := places[1:-1]:
        asked["waypoints"] = "|".join(map(_at, between))
    return f"https://www.google.com/maps/dir/?{urlencode(asked)}"


def apple(places: Sequence[Place | Stop]) -> str:
    """Return a link for Apple Maps (unified Maps URLs, iOS 18.4) through some places in order."""
    asked = [("source", _at(places[0])), ("destination", _at(places[-1]))]
    asked += [("waypoint", _at(each)) for each in places[1:-1]]
    return f"https://maps.apple.com/directions?{urlencode([*asked, ('mode', 'driving')])}"


def _at(place: Place | Stop) -> str:
    return f"{place.lat:.6f},{place.lon:.6f}"
