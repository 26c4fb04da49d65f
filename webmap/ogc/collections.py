"""Name the collections of features, and write a row of each as GeoJSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import url_for

from cases import open_data
from cases.open_data import Page

TEXT = {"type": "string", "nullable": True}
NAMED = {"type": "string"}
DAY = {"type": "string", "format": "date", "nullable": True}
COUNT = {"type": "integer"}
NUMBER = {"type": "number", "nullable": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A kind of feature that can be asked for.

    Parameters
    ----------
    rows
        Selects a page of them on a day.
    properties
        What each feature tells, by the column it comes from, with its schema (OpenAPI 3.0).
    shape
        The type of their geometries.
    shown
        The page that shows one, by its columns; None where there is none.
    """

    id: str
    title: str
    description: str
    rows: Callable[[Page, date], sa.Select[Any]]
    properties: Mapping[str, Mapping[str, Any]]
    shape: str
    dated: bool = False
    page: tuple[str, str] | None = None

    def feature(self, row: sa.Row[Any]) -> dict[str, Any]:
        """Return a row as a GeoJSON feature."""
        told = {name: _plain(getattr(row, name)) for name in self.properties if name != "page"}
        if self.page:
            endpoint, column = self.page
            told["page"] = url_for(
                endpoint, **{_ARGUMENTS[endpoint]: getattr(row, column)}, _external=True
            )
        return {"type": "Feature", "id": row.id, "geometry": _geometry(row), "properties": told}


_ARGUMENTS = {"public.case_page": "number", "public.parcel_page": "parcel_no"}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _geometry(row: sa.Row[Any]) -> dict[str, Any] | None:
    fields = row._fields
    if "shape" in fields:
        return json.loads(row.shape) if row.shape else None
    return None if row.lon is None else {"type": "Point", "coordinates": [row.lon, row.lat]}


COLLECTIONS = {
    each.id: each
    for each in (
        Collection(
            id="cases", title="Code cases",
            description="Cases whose violations an officer has verified, open and ended, each at "
            "the point of its lot; the date is the day it was opened.",
            rows=lambda page, on: open_data.cases(page, on=on, state="any"),
            properties={
                "number": NAMED, "category": NAMED, "stage": NAMED, "opened_on": DAY,
                "closed_on": DAY, "next_due": DAY, "open_violations": COUNT,
                "situs_address": TEXT, "parcel_no": TEXT, "page": NAMED,
            },
            shape="Point", dated=True, page=("public.case_page", "number"),
        ),
        Collection(
            id="liens", title="Liens",
            description="Claims on property for what is owed, each with the ground it is recorded "
            "against; the date is the day it was recorded.",
            rows=lambda page, _on: open_data.liens(page),
            properties={
                "instrument_no": NAMED, "book": TEXT, "page_no": TEXT, "recorded_on": DAY,
                "released_on": DAY, "amount_cents": COUNT, "status": NAMED, "parcel_no": NAMED,
                "situs_address": TEXT, "case_number": TEXT,
            },
            shape="MultiPolygon", dated=True,
        ),
        Collection(
            id="zones", title="Officers' zones",
            description="The zones in which officers work.",
            rows=lambda page, _on: open_data.zones(page),
            properties={"code": NAMED, "name": NAMED, "officer_name": TEXT},
            shape="MultiPolygon",
        ),
        Collection(
            id="parcels", title="Parcels",
            description="Parcels as they stand, without their owners.",
            rows=lambda page, _on: open_data.parcels(page),
            properties={
                "parcel_no": NAMED, "situs_address": TEXT, "land_use": TEXT, "area_m2": NUMBER,
                "page": NAMED,
            },
            shape="MultiPolygon", page=("public.parcel_page", "parcel_no"),
        ),
    )
}  # fmt: skip
"""By the name in their addresses."""
