"""Show one parcel or one case: as a page of its own, or as the panel beside the map."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from flask import Response, abort, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from cases import open_data, queries
from cases.open_data import STEPS
from geo import places
from webmap.public.frame import blueprint
from webmap.visits import Visit, visit

AROUND = 0.0006  # degrees: a house and its neighbours


@dataclasses.dataclass(frozen=True, slots=True)
class Wrong:
    """Violations of one section that stand alike, told once."""

    citation: str
    status: str
    found_on: date | None
    comply_by: date | None
    due_on: date | None
    times: int


@dataclasses.dataclass(frozen=True, slots=True)
class Happened:
    """Steps of one kind on one day, told once, in words that are translated as they are shown."""

    on: date | None
    words: str
    times: int


@blueprint.get("/parcel/<path:parcel_no>")
def parcel_page(parcel_no: str) -> str:
    """Show a parcel: its address, zone and officer, cases and liens."""
    with visit() as look:
        record = _parcel(look, parcel_no)
        parcel = record["parcel"]
        return look.page(
            "record.html",
            title=parcel.situs_address or _("Parcel %(number)s", number=parcel_no),
            back=url_for("public.map_page", parcel=parcel_no),
            place=parcel,
            record=record,
        )


@blueprint.get("/panel/parcel/<path:parcel_no>")
def parcel_panel(parcel_no: str) -> str:
    """Show a parcel beside the map."""
    with visit() as look:
        return look.page("_panel.html", record=_parcel(look, parcel_no))


@blueprint.get("/lot/<int:parcel_id>")
def lot_number(parcel_id: int) -> Response:
    """Tell the number of a parcel clicked on the map; nothing where it is none or not public."""
    with visit() as look:
        parcel = look.first(places.parcel_by_id(parcel_id))
    if parcel is None:
        return Response(status=HTTPStatus.NO_CONTENT)
    return Response(parcel.parcel_no, mimetype="text/plain")


@blueprint.get("/case/<path:number>")
def case_page(number: str) -> str:
    """Show a case: what is wrong, where it stands, what happens next, its dates."""
    with visit() as look:
        record = _case(look, number)
        return look.page(
            "record.html",
            title=_("Case %(number)s", number=number),
            back=url_for("public.map_page", case=number),
            place=record["place"],
            record=record,
        )


@blueprint.get("/panel/case/<path:number>")
def case_panel(number: str) -> str:
    """Show a case beside the map."""
    with visit() as look:
        return look.page("_panel.html", record=_case(look, number))


def chosen_record(look: Visit, args: MultiDict[str, str]) -> dict[str, Any] | None:
    """Return the record of the parcel or case that the map's address names, if it names one."""
    if number := args.get("case"):
        return _case(look, number)
    if parcel_no := args.get("parcel"):
        return _parcel(look, parcel_no)
    return None


def _parcel(look: Visit, parcel_no: str) -> dict[str, Any]:
    parcel = look.first(places.parcel_by_number(parcel_no)) or abort(404)
    cases = look.rows(queries.cases_of_parcel(parcel.id, on=look.today))
    return {
        "part": "_parcel.html",
        "followed": {"parcel": parcel.parcel_no},
        "parcel": parcel,
        "zone": look.first(places.zone_at(parcel.lon, parcel.lat)),
        "cases": cases,
        "violations": _wrongs(look, [case.id for case in cases]),
        "liens": look.rows(queries.liens_of_parcel(parcel.id)),
        "lineage": look.rows(places.lineage_of(parcel.id)),
    }


def _case(look: Visit, number: str) -> dict[str, Any]:
    case = look.first(queries.case_by_number(number, on=look.today)) or abort(404)
    return {
        "part": "_case.html",
        "followed": {"case": case.number},
        "case": case,
        "place": _place(look, case),
        "violations": _wrongs(look, [case.id]).get(case.id, []),
        "liens": look.rows(queries.liens_of_case(case.id)),
        "hearings": look.rows(open_data.hearing_days_of(case.id)),
        "history": _history(look.rows(open_data.steps_of(case.id))),
    }


def _place(look: Visit, case: sa.Row[Any]) -> object:
    """Return the case's parcel; without one a box around its point; None where neither is known."""
    if case.parcel_id is not None:
        return look.first(places.parcel_by_id(case.parcel_id))
    if case.lon is None:
        return None
    return {
        "lon": case.lon,
        "lat": case.lat,
        "west": case.lon - AROUND,
        "south": case.lat - AROUND,
        "east": case.lon + AROUND,
        "north": case.lat + AROUND,
    }


def _history(steps: Iterable[sa.Row[Any]]) -> list[Happened]:
    alike = groupby(steps, key=lambda step: (step.happened_on, step.kind))
    return [Happened(on, STEPS[kind], len([*several])) for (on, kind), several in alike]


def _wrongs(look: Visit, case_ids: list[int]) -> dict[int, list[Wrong]]:
    rows = look.rows(queries.violations_of(case_ids)) if case_ids else []
    by_case: dict[int, list[sa.Row[Any]]] = defaultdict(list)
    for row in rows:
        by_case[row.case_id].append(row)
    return {case_id: _together(violations) for case_id, violations in by_case.items()}


def _together(violations: Iterable[sa.Row[Any]]) -> list[Wrong]:
    alike = Counter(
        (row.citation, row.status, row.found_on, row.comply_by, row.due_on) for row in violations
    )
    wrongs = [Wrong(*key, times) for key, times in alike.items()]
    return sorted(wrongs, key=lambda wrong: wrong.status != "open")
