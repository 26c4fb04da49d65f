"""Read what a page was asked for out of its address, and write such addresses."""

import dataclasses
import math
from typing import Self
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from cases import queries
from cases.queries import Box
from cases.stages import Stage
from webmap.arguments import AskedError, one_of, whole
from webmap.assets import age_looks


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """The filters, order and page of a list of cases.

    Parameters
    ----------
    stage, category
        Empty for any.
    zone
        An officer zone's id, or None for the whole town.
    age
        How long ago the oldest violation was verified; empty for any.
    show
        ``liens`` for recorded liens in place of cases.
    lien
        How long ago a lien was recorded; empty for any.
    by
        ``age`` where shapes and rows tell the age, else they tell the stage.
    bbox
        West, south, east, north in degrees (EPSG:4326), or None for everywhere.
    """

    stage: str = ""
    category: str = ""
    zone: int | None = None
    age: str = ""
    show: str = ""
    lien: str = ""
    by: str = ""
    bbox: Box | None = None
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
        return cls(
            stage=one_of(args, "stage", ["", *Stage]),
            category=args.get("category", "")[:200],
            zone=whole(args, "zone"),
            age=one_of(args, "age", ["", *(look["age"] for look in age_looks())]),
            show=one_of(args, "show", ["", "liens"]),
            lien=one_of(args, "lien", ["", *queries.LIEN_AGES]),
            by=one_of(args, "by", ["", "age"]),
            bbox=_box(args.get("bbox", "")),
            sort=one_of(args, "sort", queries.SORTS) if args.get("sort") else "due",
            page=whole(args, "page") or 1,
        )

    @property
    def bbox_text(self) -> str:
        """The box as the query string carries it."""
        return ",".join(f"{edge:.6f}" for edge in self.bbox) if self.bbox else ""

    @property
    def followed(self) -> dict[str, str]:
        """What of it can be followed, as the address of a feed says it; stages come and go."""
        said = {"category": self.category, "zone": str(self.zone or ""), "bbox": self.bbox_text}
        return {key: value for key, value in said.items() if value}

    def link(self, endpoint: str, **change: str | int) -> str:
        """Return the address of a page that asks the same but for a change; page 1 unless named."""
        values: dict[str, str | int | None] = {
            "stage": self.stage,
            "category": self.category,
            "zone": self.zone,
            "age": self.age,
            "show": self.show,
            "lien": self.lien,
            "by": self.by,
            "bbox": self.bbox_text,
            "sort": self.sort if self.sort != "due" else "",
            **change,
        }
        asked = {key: str(value) for key, value in values.items() if value}
        return f"{url_for(endpoint)}?{urlencode(asked)}" if asked else url_for(endpoint)


def _box(text: str) -> Box | None:
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise _no_box(text) from None
    if not all(map(math.isfinite, (west, south, east, north))):
        raise _no_box(text)
    box = max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0)
    if box[0] >= box[2] or box[1] >= box[3]:
        raise _no_box(text)
    return box


def _no_box(text: str) -> AskedError:
    msg = f"The box “{text[:80]}” is none: it needs west, south, east and north in degrees."
    return AskedError(msg)
