"""Give an officer on the road the way through other places, or the rest of the day anew."""

import uuid
from base64 import b64decode
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from flask import current_app, request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from pydantic import Field, ValidationError

from cases.field.errors import UnreadableError
from cases.field.reading import why
from cases.field.told import Id, Table
from cases.visits.comparing import Adopted
from cases.visits.following import followed, leg_told
from cases.visits.planned import VisitsError
from reports.routes.adopting import at
from reports.routes.adopting_rest import adopt_rest
from reports.routes.packed import unpack
from reports.routes.problem import Place
from reports.routes.rest_of_day import Where, take_up
from reports.routes.under_way import UnderWay
from reports.routes.written import plan_from_json
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.field.beside import ask
from webmap.field.frame import OFFICER, blueprint, in_json
from webmap.left_words import reason

LASTS_SECONDS = 30 * 60
"""A proposal that is older begins where the officer is no more."""
MOST_SECONDS = 36 * 60 * 60

Lon = Annotated[float, Field(ge=-180, le=180)]
Lat = Annotated[float, Field(ge=-90, le=90)]
Key = Annotated[str, Field(pattern=r"^(case|complaint)-\d{1,18}$")]


class Way(Table):
    """Places to be driven through, in their order."""

    places: Annotated[tuple[tuple[Lon, Lat], ...], Field(min_length=2, max_length=62)]


class Rest(Table):
    """The rest of a day as the officer has it, and what is wanted of it."""

    plan: Id
    here: tuple[Lon, Lat]
    left: Annotated[tuple[Id, ...], Field(max_length=60)] = ()
    pinned: Annotated[tuple[Id, ...], Field(max_length=60)] = ()
    add: Annotated[tuple[Key, ...], Field(max_length=10)] = ()
    anew: bool = True
    had_lunch: bool = False


class Take(Table):
    """A proposal that is taken, under a name the phone gave it."""

    proposal: str
    key: uuid.UUID


@blueprint.post("/way")
@needs(OFFICER)
@in_json
def way() -> dict[str, Any]:
    """Give the drive through some places, turn by turn, and the seconds between all of them."""
    said = _read(Way)
    told = ask({"kind": "way", "places": said.places, "streets": str(_streets())})
    return {**told, "legs": told["legs"] and [leg_told(each) for each in told["legs"]]}


@blueprint.post("/rest")
@needs(OFFICER)
@in_json
def rest() -> dict[str, Any]:
    """Propose the rest of the day, beginning where the officer is; nothing is changed by it."""
    said = _read(Rest)
    where = Where(
        here=Place(_("Where you are"), *said.here), left=said.left, pinned=said.pinned,
        had_lunch=said.had_lunch,
    )  # fmt: skip
    with reading() as desk:
        zone = _zone(desk)
        day = take_up(
            desk.connection, _in_force(desk, said.plan), where, now=desk.moment.now, zone=zone,
            add=said.add, anew=said.anew,
        )  # fmt: skip
    told = day.told()
    # Where the streets lie is no phone's to know, so it stands beside what is signed.
    answer = ask({"kind": "rest", "day": told, "streets": str(_streets())})
    held = {"day": told, "plan": answer["plan"], "measured": answer["measured"]}
    return {"proposal": str(_signer().dumps(held)), **_told(day, answer, zone=zone)}


@blueprint.post("/rest/take")
@needs(OFFICER)
@in_json
def take_rest() -> dict[str, Any]:
    """Put a proposal in force; sent again, it is the same plan."""
    said = _read(Take)
    try:
        held: Any = _signer().loads(said.proposal, max_age=LASTS_SECONDS)
    except BadSignature:  # also where it is too old
        msg = "This proposal is too old by now: ask for another."
        raise VisitsError(msg) from None
    day = UnderWay.read(held["day"])
    plan = plan_from_json(held["plan"], problem=day.problem)
    with writing() as desk:
        _refuse_others(desk, day)
        (plan_id,) = adopt_rest(
            desk.connection, day, plan, measured=unpack(b64decode(held["measured"])),
            zone=_zone(desk), key=said.key, **desk.who,
        )  # fmt: skip
        return {"plan": plan_id}


def _told(day: UnderWay, answer: dict[str, Any], *, zone: ZoneInfo) -> dict[str, Any]:
    """Put a proposal as the phone shows it beside the order the officer has."""
    (on,), before, plan = day.problem.days, answer["before"], answer["plan"]
    (route,) = plan["routes"]

    def moment(seconds: int) -> str:
        return at(on, seconds, zone=zone).isoformat()

    finish = before["finish"]
    has_end = finish is not None and finish < MOST_SECONDS
    return {
        "before": {**before, "ends": moment(finish) if has_end else None},
        "driven": route["totals"]["drive_seconds"],
        "ends": moment(route["finish"]),
        "stops": [
            {
                "id": each["id"], "label": each["label"],
                "arrives": moment(each["arrive"]), "leaves": moment(each["leave"]),
            }
            for each in route["stops"]
        ],
        "dropped": [
            {
                "id": each["id"], "label": each["label"], "risk": each["risk"],
                "why": reason(each["reason"]),
            }
            for each in plan["left"]
        ],
        "added": answer["added"],
        "estimated": plan["estimated"],
    }  # fmt: skip


def _in_force(desk: Desk, plan_id: int) -> Adopted:
    """Return the plan in force, which must be the one named."""
    plan = followed(desk.connection, desk.member.id, on=desk.today)
    if plan is None or plan.plan.id != plan_id:
        msg = "The office has another plan for you by now: look at the day again."
        raise VisitsError(msg)
    return plan


def _refuse_others(desk: Desk, day: UnderWay) -> None:
    """Refuse a proposal that was made for somebody else."""
    if [*day.names.officers.values()] != [desk.member.id]:
        msg = "This proposal is for another officer: ask for your own."
        raise VisitsError(msg)


def _zone(desk: Desk) -> ZoneInfo:
    zone = desk.zone
    assert isinstance(zone, ZoneInfo)  # noqa: S101 - the town's clock has no other
    return zone


def _read[T: Table](kind: type[T]) -> T:
    try:
        return kind.model_validate_json(request.get_data())
    except ValidationError as error:
        msg = f"The phone's words were not understood: {why(error)}"
        raise UnreadableError(msg) from None


def _streets() -> Any:
    return current_app.config["HOME"] / "streets"


def _signer() -> URLSafeTimedSerializer:
    keys = [*reversed(current_app.config["SECRET_KEY_FALLBACKS"]), current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="lotline-field-rest")
