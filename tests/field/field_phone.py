"""Be a phone that tells the office its deeds over HTTP."""

import hashlib
import io
import uuid
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

_DRAWN = io.BytesIO()
Image.effect_noise((64, 48), 50).save(_DRAWN, "JPEG")
JPEG = _DRAWN.getvalue()


class Phone:
    """One officer's phone, its deeds numbered in order."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.id = str(uuid.uuid4())
        self.seq = 0
        self.token = client.get("/field/token.json").json["token"]

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"X-CSRFToken": self.token, **options.pop("headers", {})}
        return self.client.open(path, method=method, headers=headers, **options)

    def introduce(self) -> dict[str, Any]:
        answer = self.send("POST", "/field/device", json={"device": self.id})
        assert answer.status_code == 200, answer.text
        return dict(answer.json)

    def deed(self, kind: str, payload: dict[str, Any], **more: Any) -> dict[str, Any]:
        self.seq += 1
        return {
            "id": str(uuid.uuid4()), "device": self.id, "seq": self.seq, "kind": kind,
            "made_at": datetime.now(UTC).isoformat(), "case": None, "complaint": None,
            "visit": None, "basis": 1_000, "again": None, "payload": payload, **more,
        }  # fmt: skip

    def tell(self, deed: dict[str, Any]) -> TestResponse:
        return self.send("POST", "/field/deeds", json=deed)

    def told(self, deed: dict[str, Any]) -> dict[str, Any]:
        answer = self.tell(deed)
        assert answer.status_code == 200, answer.text
        return dict(answer.json)

    def visit(self, case: int, **more: Any) -> dict[str, Any]:
        return self.deed("visit", VISIT, case=case, **more)

    def result(
        self, visit: dict[str, Any], violation: int, result: str, **more: Any
    ) -> dict[str, Any]:
        payload = {"violation": violation, "result": result}
        return self.deed("result", payload, case=visit["case"], visit=visit["id"], **more)

    def day(self) -> dict[str, Any]:
        """Return the officer's day, as it is given to this phone."""
        return dict(self.client.get(f"/field/day.json?device={self.id}").json)

    def stop(self, case: int) -> dict[str, Any]:
        return next(each for each in self.day()["stops"] if each["case"] == case)

    def photo(self, visit: str, data: bytes = JPEG, **more: Any) -> TestResponse:
        photo_id = more.pop("id", str(uuid.uuid4()))
        sha256 = more.pop("sha256", hashlib.sha256(data).hexdigest())
        query = {"device": self.id, "visit": visit, "taken": datetime.now(UTC).isoformat(), **more}
        return self.send(
            "PUT", f"/field/photos/{photo_id}", query_string=query, data=data,
            headers={"X-Content-SHA256": sha256, "Content-Type": "image/jpeg"},
        )  # fmt: skip


VISIT: dict[str, Any] = {
    "inspection": None, "entry": "vantage", "entry_detail": "from the sidewalk", "findings": [],
    "note": "", "belief": None,
}  # fmt: skip
FOUND = str(uuid.uuid4())
TRASH = {"id": FOUND, "section": "30-36(b)", "item": "Trash", "passed": False}


def verified(phone: Phone, case: int) -> dict[str, Any]:
    """Verify what is alleged in a case, and find trash beside it; gives the visit."""
    visit = phone.deed("visit", {**VISIT, "findings": [TRASH]}, case=case)
    assert phone.told(visit)["status"] == "stored"
    [stop] = [each for each in phone.day()["stops"] if each["case"] == case]
    alleged = next(each["id"] for each in stop["violations"] if each["status"] == "alleged")
    result = {"violation": alleged, "result": "verified"}
    told = phone.deed("result", result, case=case, visit=visit["id"])
    assert phone.told(told)["status"] == "stored"
    return {**visit, "alleged": alleged, "respondent": stop["respondents"][0]["id"]}
