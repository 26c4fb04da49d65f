"""Answer what can be reported, and what became of what was: published cases alone."""

import dataclasses
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

import sqlalchemy as sa
from flask import Response, current_app, request, url_for

from cases.service_requests import Wanted, kinds, service_requests
from webmap.arguments import AskedError, as_day, one_of, whole
from webmap.auth.gate import clock_now
from webmap.dressing import ENDED
from webmap.open311.frame import (
    FORM,
    REPORTER_ADDRESS,
    TOLD,
    NotPublicError,
    blueprint,
    code_of,
    law,
    services,
)
from webmap.open311.writing import TYPES, told
from webmap.visits import Visit, visit

SPAN = timedelta(days=90)
MOST = 1000
"""What GeoReport v2 bounds a list by."""
AGENCY = "Code enforcement"
_FOR_PEOPLE = "Published once an officer has verified it. Reports are looked at in working hours."


@blueprint.get(f"/v2/discovery.{FORM}")
def discovery(form: str) -> Response:
    """Say where this endpoint is and what it speaks."""
    here = url_for("open311.discovery", form=form, _external=True).rpartition("/")[0]
    said = {
        "changeset": "2026-11-27T00:00:00Z",
        "contact": ", ".join(current_app.config["CITY_CONTACT"]) or "See the town's own pages.",
        "key_service": "Ask the town for a key: it gives one to each program that reports.",
        "endpoints": [
            {"specification": "http://wiki.open311.org/GeoReport_v2", "url": here,
             "changeset": "2026-11-27T00:00:00Z", "type": "production",
             "formats": [each.partition(";")[0] for each in TYPES.values()]}
        ],
    }  # fmt: skip
    return told(said, form=form, root="discovery")


@blueprint.get(f"/v2/services.{FORM}")
def service_list(form: str) -> Response:
    """List what can be reported, each answered with a token (GeoReport calls that ``batch``)."""
    said = [
        {"service_code": code, "service_name": name, "description": name, "metadata": True,
         "type": "batch", "keywords": "", "group": AGENCY}
        for code, name in services(law()).items()
    ]  # fmt: skip
    return told(said, form=form, root="services", item="service")


@blueprint.get(f"/v2/services/<service_code>.{FORM}")
def service_definition(service_code: str, form: str) -> Response:
    """Say what is asked of whoever reports, and what becomes of a name before it is given."""
    current = law()
    if current is None or service_code not in services(current):
        msg = (
            f"No service has the code “{service_code[:80]}”: services.{form} lists those there are."
        )
        raise NotPublicError(msg)
    notice = current.intake.public_record_notice
    attributes = [
        _attribute(1, "notice", notice, variable=False),
        _attribute(2, TOLD, "Whoever reports was shown the notice before giving a name.",
                   values=[{"key": "yes", "name": "Yes"}]),
        _attribute(3, REPORTER_ADDRESS, "Address of whoever reports."),
    ]  # fmt: skip
    said = {"service_code": service_code, "attributes": attributes}
    return told(said, form=form, root="service_definition")


def _attribute(
    order: int, code: str, words: str, *, variable: bool = True, values: Any = ()
) -> dict[str, Any]:
    return {
        "variable": variable, "code": code, "datatype": "singlevaluelist" if values else "string",
        "required": False, "datatype_description": "", "order": order, "description": words,
        "values": list(values),
    }  # fmt: skip


@blueprint.get(f"/v2/requests.{FORM}")
def request_list(form: str) -> Response:
    """List service requests: those of the last 90 days, or as asked."""
    wanted = _wanted()
    most = min(whole(request.args, "page_size") or MOST, MOST)
    skip = ((whole(request.args, "page") or 1) - 1) * most
    return _answer(wanted, form, most=most, skip=skip)


@blueprint.get(f"/v2/requests/<path:service_request_id>.{FORM}")
def one_request(service_request_id: str, form: str) -> Response:
    """Answer one service request, as a list of it."""
    today = clock_now().date()
    wanted = Wanted(numbers=[service_request_id], since=today, until=today)
    return _answer(wanted, form, most=1, is_one=True)


def _answer(
    wanted: Wanted, form: str, *, most: int, skip: int = 0, is_one: bool = False
) -> Response:
    zone = clock_now().tzinfo
    with visit() as look:
        wanted = _of_kinds(wanted, look)
        rows = look.rows(service_requests(wanted, on=look.today, most=most, skip=skip))
    if is_one and not rows:
        # Its number is not said again: what is withheld is in no answer, not even as an echo.
        msg = "No such service request is public: one is, once an officer has verified it."
        raise NotPublicError(msg)
    said = [_told(row, zone) for row in rows]
    return told(said, form=form, root="service_requests", item="request")


def _wanted() -> Wanted:
    args = request.args
    numbers = [each for each in args.get("service_request_id", "").split(",") if each][:MOST]
    start, end = _day("start_date"), _day("end_date")
    until = end or (min(start + SPAN, date.max) if start else clock_now().date())
    since = max(start or until - SPAN, until - SPAN)
    status = one_of(args, "status", ["", "open", "closed", "open,closed", "closed,open"])
    return Wanted(
        numbers=numbers, since=since, until=until,
        are_open={"open": True, "closed": False}.get(status),
    )  # fmt: skip


def _of_kinds(wanted: Wanted, look: Visit) -> Wanted:
    """Narrow what is wanted to the codes asked for: those of any kind that there are cases of.

    What came from another system may be of kinds that the law in force has no service for.
    """
    codes = {each for each in request.args.get("service_code", "").split(",") if each}
    if not codes:
        return wanted
    found = look.connection.scalars(kinds(since=wanted.since, until=wanted.until))
    return dataclasses.replace(
        wanted, categories=[each for each in found if code_of(each) in codes]
    )


def _day(key: str) -> date | None:
    said = request.args.get(key, "")
    if not said:
        return None
    try:
        moment = datetime.fromisoformat(said)
        day = moment.astimezone(clock_now().tzinfo).date() if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        day = None
    if day is None or as_day(day.isoformat()) is None:
        msg = f"The {key} “{said[:40]}” is no moment: write it as 2026-06-15T00:00:00Z."
        raise AskedError(msg)
    return day


def _told(row: sa.Row[Any], zone: tzinfo | None) -> dict[str, Any]:
    is_open = row.stage not in ENDED
    return {
        "service_request_id": row.number, "status": "open" if is_open else "closed",
        "status_notes": row.stage, "service_name": row.category,
        "service_code": code_of(row.category), "description": row.category,
        "agency_responsible": AGENCY, "service_notice": _FOR_PEOPLE,
        "requested_datetime": _moment(row.opened_on, zone),
        "updated_datetime": _changed(row, zone),
        "expected_datetime": _moment(row.next_due, zone), "address": row.situs_address,
        "address_id": row.parcel_no, "zipcode": None, "lat": row.lat, "long": row.lon,
        "media_url": None,
    }  # fmt: skip


def _changed(row: sa.Row[Any], zone: tzinfo | None) -> str | None:
    """Return when the last public step was recorded; where none is, the day that says most."""
    if row.changed_at is None:
        return _moment(row.closed_on or row.opened_on, zone)
    at: datetime = row.changed_at
    return at.astimezone(zone).isoformat(timespec="seconds")


def _moment(day: date | None, zone: tzinfo | None) -> str | None:
    return datetime.combine(day, time(), tzinfo=zone).isoformat() if day else None
