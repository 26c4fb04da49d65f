"""Write ways as OpenStreetMap XML that a routing engine reads."""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from data.town.noise import Array
from data.town.roads import Way

STAMP = 'version="1" timestamp="2020-01-01T00:00:00Z" changeset="1"'
"""Fixed, so that the same town gives the same bytes."""


def write(path: Path, *, places: Array, ways: list[Way]) -> None:
    """
    Write nodes and ways as OSM XML 0.6.

    Parameters
    ----------
    path
        File to make.
    places
        (n, 2) longitude and latitude of each node, degrees.
    ways
        Ways over the nodes' indices; identifiers in the file begin at 1.
    """
    with path.open("w", encoding="utf-8") as out:
        out.writelines(_lines(places, ways))


def _lines(places: Array, ways: list[Way]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="lotline">\n'
    for number, (lon, lat) in enumerate(places, start=1):
        yield f'<node id="{number}" {STAMP} lat="{lat:.7f}" lon="{lon:.7f}"/>\n'
    for number, way in enumerate(ways, start=1):
        yield f'<way id="{number}" {STAMP}>\n'
        yield from (f'<nd ref="{node + 1}"/>\n' for node in way.nodes)
        yield from (f"<tag k={quoteattr(k)} v={quoteattr(v)}/>\n" for k, v in way.tags.items())
        yield "</way>\n"
    yield "</osm>\n"
