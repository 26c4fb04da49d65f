"""Take in the photographs of a phone, each once, and answer with the hash of what was stored."""

import uuid
from datetime import datetime
from typing import Any

from flask import current_app, request

from cases.documents.intake import MOST_BYTES, take_in
from cases.field import photos as receipts
from cases.field.errors import UnreadableError
from cases.field.photos import Sent, Spot
from cases.residents.unsent import hold_files
from cases.wording import tidy
from webmap.auth.desk import writing
from webmap.auth.gate import needs
from webmap.field.frame import OFFICER, blueprint, in_json

MOST_CAPTION = 300
"""Letters of what a photograph shows, as many as a phone lets be written."""


@blueprint.url_value_preprocessor
def _allow_more(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a photograph be larger than a form, before anything looks at what was sent."""
    if endpoint == "field.photo":
        request.max_content_length = MOST_BYTES


@blueprint.put("/photos/<uuid:photo_id>")
@needs(OFFICER)
@in_json
def photo(photo_id: uuid.UUID) -> dict[str, Any]:
    """Store a photograph and its receipt; the same one again has the same answer."""
    sent = _sent(photo_id)
    announced = request.headers.get("X-Content-SHA256", "").lower()
    data = request.get_data(cache=False)
    with writing() as desk:
        before = receipts.before(desk.connection, sent, staff_id=desk.member.id)
        if before is not None:
            receipts.require_same(before, sha256=announced)
            return {"id": str(photo_id), "sha256": before.sha256}
        receipts.require_visit(desk.connection, sent, staff_id=desk.member.id)
        receipts.require_whole(data, announced=announced)
        store = current_app.extensions["lotline_documents"]
        hold_files(desk.connection)
        taken = take_in(store, data, name=None, zone=desk.zone)
        receipts.keep(desk.connection, sent, taken, now=desk.moment.now)
        receipts.hang(desk.connection, sent, taken, staff_id=desk.member.id, **desk.who)
    return {"id": str(photo_id), "sha256": taken.sha256}


def _sent(photo_id: uuid.UUID) -> Sent:
    said = request.args
    try:
        spot = None
        if said.get("lon"):
            accuracy = said.get("accuracy")
            spot = Spot(
                lon=float(said["lon"]), lat=float(said["lat"]),
                accuracy_m=float(accuracy) if accuracy else None,
            )  # fmt: skip
        taken_at = datetime.fromisoformat(said["taken"])
        device, visit = uuid.UUID(said["device"]), uuid.UUID(said["visit"])
    except (KeyError, ValueError):
        msg = "A photograph says of which phone and visit it is, and when it was taken."
        raise UnreadableError(msg) from None
    if taken_at.tzinfo is None:
        msg = "The time a photograph was taken says its time zone."
        raise UnreadableError(msg)
    return Sent(
        id=photo_id, device=device, visit=visit, taken_at=taken_at, spot=spot,
        caption=tidy(said.get("caption", "")[:MOST_CAPTION]),
    )  # fmt: skip
