"""Take in the deeds of a phone, know the phone, and give it what it needs to send them."""

import uuid
from typing import Any

from flask import current_app, request
from flask_wtf.csrf import generate_csrf

from cases.field import deeds, devices, numbers, photos, reading
from cases.field.deeds import Officer
from cases.field.errors import UnreadableError
from webmap.auth.desk import writing
from webmap.auth.gate import me, needs
from webmap.field.frame import OFFICER, blueprint, in_json, in_words


@blueprint.get("/token.json")
@needs(OFFICER)
@in_json
def token() -> dict[str, Any]:
    """Give the token that proves a post comes from our own app, and say whose it is."""
    return {"token": generate_csrf(), "staff": me().id}


@blueprint.post("/device")
@needs(OFFICER)
@in_json
def device() -> dict[str, Any]:
    """Know a phone, and give it numbers for citations."""
    said: Any = request.get_json(silent=True)
    try:
        device_id = uuid.UUID(said["device"])
    except (KeyError, TypeError, ValueError, AttributeError):
        msg = "A phone says which it is."
        raise UnreadableError(msg) from None
    with writing() as desk:
        now = desk.moment.now
        devices.know(
            desk.connection, device_id, staff_id=desk.member.id,
            label=request.user_agent.string, now=now,
        )  # fmt: skip
        held = devices.hold(desk.connection, device_id, staff_id=desk.member.id)
        return {
            "numbers": list(numbers.top_up(desk.connection, device_id, now=now)),
            "last": held.last_seq,
        }


@blueprint.post("/deeds")
@needs(OFFICER)
@in_json
def deed() -> dict[str, Any]:
    """Do one deed, or keep it for its officer to decide; the same one again has the same answer."""
    told = reading.read(request.get_data())
    with writing() as desk:
        officer = Officer(staff_id=desk.member.id, actor=desk.actor)
        answer = deeds.receive(desk.connection, told, officer=officer, now=desk.moment.now)
        photos.hang_decided(
            desk.connection, told, current_app.extensions["lotline_documents"],
            staff_id=desk.member.id, **desk.who,
        )  # fmt: skip
        return in_words(answer)
