"""Answer which cases there are, and all that anybody may know of one."""

from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import abort, request, url_for

from cases import open_data, queries
from cases.open_data import STATES, STEPS, Page
from cases.stages import Stage
from geo import places
from webmap.api.asking import AFTER, BBOX, chosen, counted, dated, worded
from webmap.api.models import (
    Case,
    CasePage,
    CaseSummary,
    HearingDay,
    LienPage,
    LienSummary,
    Link,
    Step,
    Violation,
)
from webmap.api.operations import operation
from webmap.arguments import LARGEST
from webmap.visits import Visit

MOST, USUAL = 1000, 100
LIMIT = counted("limit", "How many at most.", most=MOST, default=USUAL)
LIEN_STATUSES = ("recorded", "foreclosing", "satisfied", "released", "foreclosed", "expired")


@operation(
    "/cases",
    summary="List cases",
    answer=CasePage,
    params=(
        chosen("state", "Open cases and those at lien, ended ones, or any.", STATES, "open"),
        chosen("stage", "Only cases that stand so.", [*Stage]),
        worded("category", "Only cases of this kind, as /categories names it."),
        counted("zone", "Only cases of this officers' zone, by its id.", most=LARGEST),
        BBOX,
        dated("opened_from", "Only cases opened on or after this day."),
        dated("opened_to", "Only cases opened on or before this day."),
        LIMIT,
        AFTER,
    ),
)
def list_cases(look: Visit, asked: dict[str, Any]) -> CasePage:
    """Answer a page of cases."""
    page = Page(
        after=asked["after"], most=asked["limit"] + 1, bbox=asked["bbox"],
        since=asked["opened_from"], until=asked["opened_to"],
    )  # fmt: skip
    found = look.rows(
        open_data.cases(
            page, on=look.today, state=asked["state"], stage=asked["stage"],
            category=asked["category"], zone=asked["zone"],
        )
    )  # fmt: skip
    told, links = paged(found, asked["limit"])
    return CasePage(cases=[summary(row) for row in told], links=links)


@operation(
    "/cases/<path:number>",
    summary="Read one case: what is wrong, its hearings and its history",
    answer=Case,
    parts=[("number", "The number of the case.")],
)
def read_case(look: Visit, _asked: dict[str, Any], *, number: str) -> Case:
    """Answer all that anybody may know of one case."""
    row = look.first(queries.case_by_number(number, on=look.today)) or abort(404)
    return Case(
        **summary(row).model_dump(),
        violations=[
            Violation.model_validate(each) for each in look.rows(queries.violations_of([row.id]))
        ],
        hearings=[
            HearingDay.model_validate(each) for each in look.rows(open_data.hearing_days_of(row.id))
        ],
        history=[
            Step(on=each.happened_on, step=each.kind, words=STEPS[each.kind])
            for each in look.rows(open_data.steps_of(row.id))
        ],
        liens=_liens(look, row),
    )


def _liens(look: Visit, case: sa.Row[Any]) -> list[LienSummary]:
    """Return the liens of a case, each with the parcel it binds, which may be another than its."""
    found = look.rows(queries.liens_of_case(case.id))
    bound = look.rows(places.parcels_by_id([each.parcel_id for each in found]))
    at = {each.id: each for each in bound}
    return [
        lien(each, parcel_no=at[each.parcel_id].parcel_no,
             address=at[each.parcel_id].situs_address, number=case.number)
        for each in found if each.parcel_id in at
    ]  # fmt: skip


@operation(
    "/liens",
    summary="List liens",
    answer=LienPage,
    params=(
        chosen("status", "Only liens that stand so.", LIEN_STATUSES),
        BBOX,
        dated("recorded_from", "Only liens recorded on or after this day."),
        dated("recorded_to", "Only liens recorded on or before this day."),
        LIMIT,
        AFTER,
    ),
)
def list_liens(look: Visit, asked: dict[str, Any]) -> LienPage:
    """Answer a page of liens."""
    page = Page(
        after=asked["after"], most=asked["limit"] + 1, bbox=asked["bbox"],
        since=asked["recorded_from"], until=asked["recorded_to"],
    )  # fmt: skip
    told, links = paged(look.rows(open_data.liens(page, status=asked["status"])), asked["limit"])
    return LienPage(
        liens=[
            lien(row, parcel_no=row.parcel_no, address=row.situs_address, number=row.case_number)
            for row in told
        ],
        links=links,
    )


def summary(row: sa.Row[Any]) -> CaseSummary:
    """Return a case as a list tells it."""
    return CaseSummary(
        number=row.number, category=row.category, stage=Stage(row.stage), opened_on=row.opened_on,
        closed_on=row.closed_on, next_due=row.next_due, open_violations=row.open_violations,
        address=row.situs_address, parcel_no=row.parcel_no, zone=row.zone_id, lon=row.lon,
        lat=row.lat, href=url_for("api.read_case", number=row.number, _external=True),
        page=url_for("public.case_page", number=row.number, _external=True),
    )  # fmt: skip


def lien(
    row: sa.Row[Any], *, parcel_no: str, address: str | None, number: str | None
) -> LienSummary:
    """Return a lien, with the parcel and the case it is of."""
    return LienSummary(
        instrument_no=row.instrument_no, book=row.book, page=_page(row),
        recorded_on=row.recorded_on, released_on=row.released_on, amount_cents=row.amount_cents,
        status=row.status, parcel_no=parcel_no, address=address, case_number=number,
    )  # fmt: skip


def _page(row: sa.Row[Any]) -> str | None:
    """Return the page of the book, which a list calls so that it is not taken for its own."""
    said: str | None = row.page_no if "page_no" in row._fields else row.page
    return said


def paged(
    found: list[sa.Row[Any]], most: int, *, mimetype: str = "application/json"
) -> tuple[list[sa.Row[Any]], list[Link]]:
    """Return the rows of a page out of those and one more, and the links to itself and the next."""
    links = [Link(href=request.url, rel="self", type=mimetype)]
    if len(found) > most:
        args = {**request.args.to_dict(), "after": str(found[most - 1].id)}
        links.append(Link(href=f"{request.base_url}?{urlencode(args)}", rel="next", type=mimetype))
    return found[:most], links
