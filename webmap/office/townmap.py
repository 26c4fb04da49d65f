"""Show the whole town's cases on one map beside their list, filtered by one sentence."""

from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort, jsonify, request
from werkzeug.wrappers import Response

from cases.business_days import DAY
from cases.desk import lists
from cases.desk.book import open_book
from cases.desk.queues import WAITING
from cases.permissions import Right
from cases.phases import Phase
from cases.stages import stage
from cases.succession.waiting import refreshes
from webmap.arguments import as_day
from webmap.assets import age_looks
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.office import parcels
from webmap.office.asking import Asked
from webmap.office.frame import blueprint
from webmap.office.lists import count
from webmap.office.sentence import choices
from webmap.tiles import MIMETYPE

DEEPEST = 22
"""The zoom of the smallest tiles there are."""
BESIDE = 60
"""How many cases the list beside the map holds; the table holds all."""


@blueprint.get("/map")
@needs(Right.READ_CASE)
def map_page() -> str:
    """Show the map."""
    asked = Asked.read(request.args)
    with reading() as desk:
        return desk.page(
            "office/map.html", present=desk.layers(), age_looks=age_looks(),
            years=[(each - DAY, each) for each in _years(desk)],
            **choices(desk, asked.filter), **_beside(desk, asked),
        )  # fmt: skip


@blueprint.get("/map/list")
@needs(Right.READ_CASE)
def map_list() -> str:
    """Show the list that goes beside the map."""
    with reading() as desk:
        return desk.page("office/_maplist.html", **_beside(desk, Asked.read(request.args)))


@blueprint.get("/map/found.json")
@needs(Right.READ_CASE)
def map_found() -> Response:
    """Name each case of a narrowed list, for the map to draw; of a longer one only that it is."""
    asked = Asked.read(request.args)
    with reading() as desk:
        most = lists.COUNTED
        rows = desk.rows(lists.cases(asked.filter, on=desk.today, most=most + 1))
        found = [_feature(row, desk) for row in rows if row.lon is not None]
    return jsonify(type="FeatureCollection", features=found[:most], more=len(rows) > most)


@blueprint.get("/map/case/<path:number>")
@needs(Right.READ_CASE)
def map_case(number: str) -> str:
    """Show a case and the history of its parcel, for the panel beside the map."""
    with reading() as desk:
        book = open_book(desk.connection, number) or abort(404)
        case = book.case
        parcel = parcels.history(desk, case.parcel_no) if case.parcel_no else {}
        stands = stage(Phase(case.phase), case.next_due, on=desk.today)
        return desk.page("office/_case_panel.html", case=case, stage=stands, **parcel)


@blueprint.get("/map/parcels/<on>/<int:z>/<int:x>/<int:y>.mvt")
@needs(Right.READ_CASE)
def parcels_on(on: str, z: int, x: int, y: int) -> Response:
    """Give a tile of the parcels as they were on a day: a Mapbox vector tile."""
    day = as_day(on)
    if day is None or z > DEEPEST or max(x, y) >= 2**z:
        abort(404)
    query = sa.select(sa.func.office.tile_parcels_on(z, x, y, day))
    with reading() as desk:
        tile = desk.connection.execute(query).scalar()
    return Response(bytes(tile or b""), mimetype=MIMETYPE)


def _years(desk: Desk) -> list[date]:
    """Return the days from which the parcels were others, the latest first."""
    return [each.as_of for each in desk.rows(refreshes()) if each.undone_at is None]


def _beside(desk: Desk, asked: Asked) -> dict[str, Any]:
    counted = count(desk, asked)
    unplaced = replace(asked, filter=replace(asked.filter, area=(), unplaced=True))
    return {
        "unplaced": unplaced.link(),
        "unplaced_count": 0 if asked.filter.unplaced else count(desk, unplaced),
        "asked": asked,
        "cases": desk.rows(lists.cases(asked.filter, on=desk.today, sort=asked.order, most=BESIDE)),
        "counted": counted,
        "most": lists.COUNTED,
        "more_than": counted > lists.COUNTED,
        "queue": WAITING[asked.filter.queue],
        "table": asked.link(),
    }


def _feature(row: Any, desk: Desk) -> dict[str, Any]:
    age = None if row.opened_on is None else (desk.today - row.opened_on).days
    said = {"number": row.number, "category": row.category, "stage": row.stage, "age": age}
    return {
        "type": "Feature",
        "properties": {**said, "unassigned": not row.officer_works},
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
    }
