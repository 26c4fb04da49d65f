"""Give an officer on the road the way through other places, or the rest of the day anew."""

import uuid
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from flask import current_app, request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from pydantic import Field, ValidationError

from cases.field.errors import UnreadableError
from cases.field.reading import why
from cases.field.told import Id, Table
from cases.visits.adopting import adopt_plan
from cases.visits.comparing import Adopted, adopted
from cases.visits.following import followed, leg_told
from cases.visits.planned import VisitsError
from cases.working.terms import Base
from reports.routes.rest_of_day import Asked, planned_rest, rest_question
from reports.routes.rest_stops import Day
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.field.beside import ask
from webmap.field.frame import OFFICER, blueprint, in_json
from webmap.office.closings import calendar

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
    asked = Asked(
        here=Base(label=_("Where you are"), lon=said.here[0], lat=said.here[1]), left=said.left,
        pinned=said.pinned, add=said.add, anew=said.anew, had_lunch=said.had_lunch,
    )  # fmt: skip
    with reading() as desk:
        day = _day(desk, said.plan)
        question = rest_question(desk.connection, day, asked, streets=_streets())
    answer = ask(question)
    # Where the streets lie is no phone's to know.
    held = {"question": {**question, "streets": None}, "answer": answer, "plan": said.plan}
    after = answer["after"]
    times = zip(after["order"], after["arrive"], after["leave"], strict=True)
    return {
        "proposal": str(_signer().dumps(held)),
        "before": {**answer["before"], "ends": _ends(day, answer["before"]["finish"])},
        "driven": after["driven"],
        "ends": day.moment(after["finish"]).isoformat(),
        "stops": [
            {
                "id": name, "arrives": day.moment(arrive).isoformat(),
                "leaves": day.moment(leave).isoformat(),
                **{part: _named(question, name)[part] for part in ("label", "spot")},
            }
            for name, arrive, leave in times
        ],
        "dropped": [
            {**each, "label": _named(question, each["id"])["label"]} for each in answer["dropped"]
        ],
        "added": answer["added"],
        "estimated": answer["estimated"],
    }  # fmt: skip


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
    with writing() as desk:
        plan = _own(desk, held["plan"])
        planned = planned_rest(_as_of(desk, plan), held["question"], held["answer"])
        plan_id = adopt_plan(
            desk.connection, planned, key=said.key, instead_of=held["plan"], **desk.who
        )
        return {"plan": plan_id}


def _ends(day: Day, finish: int | None) -> str | None:
    """Return when the order that the officer has would end; None where there is no way."""
    return day.moment(finish).isoformat() if finish is not None and finish < MOST_SECONDS else None


def _named(question: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in question["stops"] if each["id"] == name)
    return found


def _day(desk: Desk, plan_id: int) -> Day:
    """Return the day as it is now; the plan named must be the one in force."""
    plan = followed(desk.connection, desk.member.id, on=desk.today)
    if plan is None or plan.plan.id != plan_id:
        msg = "The office has another plan for you by now: look at the day again."
        raise VisitsError(msg)
    return _as_of(desk, plan)


def _own(desk: Desk, plan_id: int) -> Adopted:
    """Return a plan of the officer's own, in force or taken the place of by this very proposal."""
    plan = adopted(desk.connection, plan_id)
    if plan is None or plan.plan.officer_id != desk.member.id:
        msg = f"There is no plan {plan_id} of yours."
        raise VisitsError(msg)
    return plan


def _as_of(desk: Desk, plan: Adopted) -> Day:
    zone = desk.zone
    assert isinstance(zone, ZoneInfo)  # noqa: S101 - the town's clock has no other
    return Day(plan=plan, now=desk.moment.now, zone=zone, calendar=calendar(desk))


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
