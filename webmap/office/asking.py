"""Read which list of cases was asked for out of its address, and write such addresses."""

import dataclasses
import math
from typing import Any, Self
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from cases.desk.lists import SORTS, Filter, Ring
from cases.desk.queues import Queue
from cases.stages import Stage
from webmap.arguments import AskedError, one_of, whole


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """A list's filter, order and page."""

    filter: Filter
    sort: str = "due"
    page: int = 1

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> Self:
        """Return what the query string asks for.

        Raises
        ------
        AskedError
            When a value is none that could be.
        """
        queue = one_of(args, "queue", ["", *Queue]) or Queue.OPEN
        return cls(
            filter=Filter(
                queue=Queue(queue),
                stage=one_of(args, "stage", ["", *Stage]),
                category=args.get("category", "")[:200],
                section=args.get("section", "")[:60],
                zone=whole(args, "zone"),
                officer=args.get("officer", "")[:200],
                area=_ring(args.get("area", "")),
            ),
            sort=one_of(args, "sort", list(SORTS)) if args.get("sort") else "due",
            page=whole(args, "page") or 1,
        )

    @property
    def area_text(self) -> str:
        """The area as the query string carries it."""
        return ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in self.filter.area)

    @property
    def query(self) -> str:
        """What is asked, as the query string carries it; page 1."""
        return self._query({})

    def link(self, endpoint: str = "office.cases", **change: Any) -> str:
        """Return the address of a page that asks the same but for a change; page 1 unless named."""
        query = self._query(change)
        return f"{url_for(endpoint)}?{query}" if query else url_for(endpoint)

    def _query(self, change: dict[str, Any]) -> str:
        values = dataclasses.asdict(self.filter) | {
            "area": self.area_text,
            "queue": self.filter.queue if self.filter.queue != Queue.OPEN else "",
            "sort": self.sort if self.sort != "due" else "",
            **change,
        }
        return urlencode({key: str(value) for key, value in values.items() if value})


def _ring(text: str) -> Ring:
    if not text:
        return ()
    try:
        corners = [tuple(map(float, corner.split(","))) for corner in text.split(";")]
        ring = tuple((lon, lat) for lon, lat in corners)
    except ValueError:
        ring = ()
    inside = (abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in ring)  # noqa: PLR2004 - degrees
    finite = (math.isfinite(lon) and math.isfinite(lat) for lon, lat in ring)
    if not ring or not all(finite) or not all(inside):
        msg = f"The area “{text[:60]}” is none: draw it on the map."
        raise AskedError(msg)
    return ring
