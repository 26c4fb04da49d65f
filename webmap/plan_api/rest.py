"""Plan the rest of a day that is under way, for programs of the office."""

from base64 import b64decode
from typing import Any

from flask import current_app

from cases.visits.answering import answered, keep_answer
from cases.visits.planned import VisitsError
from reports.routes.adopting_rest import adopt_rest, changed_by
from reports.routes.packed import unpack
from reports.routes.problem import Place
from reports.routes.rest_of_day import Where, take_up_day
from reports.routes.under_way import UnderWay
from reports.routes.written import plan_from_json
from webmap.auth.desk import Desk
from webmap.field.beside import ask
from webmap.plan_api.models import RestAsking, RestMade
from webmap.plan_api.operations import operation, zone_of


@operation(
    "/plans/rest",
    summary="Plan the rest of today anew, or put in what is urgent where it costs least",
    answer=RestMade,
    method="post",
    body=RestAsking,
)
def plan_rest(desk: Desk, _asked: dict[str, Any], *, sent: RestAsking) -> RestMade:
    """Plan the rest of today; the plans in force stay unless it is to be adopted.

    What is adopted is told by its key again as it was told first, whatever has become of the day.
    """
    if not sent.adopt:
        return _made(desk, sent)
    asked = sent.model_dump(mode="json")
    told = answered(desk.connection, sent.key, asked)
    if told is not None:
        return RestMade.model_validate_json(told)
    made = _made(desk, sent)
    said = made.model_dump_json(by_alias=True)
    keep_answer(desk.connection, sent.key, asked=asked, told=said, moment=desk.moment)
    return made


def _made(desk: Desk, sent: RestAsking) -> RestMade:
    day = take_up_day(
        desk.connection, on=desk.today, now=desk.moment.now, zone=zone_of(desk),
        officers=_whose(sent), urgent=sent.urgent,
    )  # fmt: skip
    told = ask({
        "kind": "rest_of_town", "day": day.told(), "streets": str(current_app.config["STREETS"]),
    })  # fmt: skip
    adopted = _adopted(desk, day, told, sent) if sent.adopt else []
    return RestMade(
        plan=told["plan"], replaces=dict(day.plans), gone=[*day.gone], adopted=adopted,
        **told["changes"],
    )  # fmt: skip


def _whose(sent: RestAsking) -> dict[str, Where] | None:
    """Return whose day is planned, and where they are; None for everybody's."""
    here = None
    if sent.lon is not None and sent.lat is not None:
        here = Place("Here", sent.lon, sent.lat)
    if sent.officer is not None:
        return {sent.officer: Where(here=here, had_lunch=sent.had_lunch)}
    if sent.urgent is None or here is not None or sent.had_lunch:
        msg = "Say whose day it is: name the officer."
        raise VisitsError(msg)
    return None


def _adopted(desk: Desk, day: UnderWay, told: dict[str, Any], sent: RestAsking) -> list[int]:
    """Put in force the days that are otherwise than the officers have them."""
    plan = plan_from_json(told["plan"], problem=day.problem)
    return adopt_rest(
        desk.connection, day, plan, measured=unpack(b64decode(told["measured"])),
        zone=zone_of(desk), only=changed_by(day, plan), key=sent.key, **desk.who,
    )  # fmt: skip
