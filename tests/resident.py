"""Report a problem in the town of Alder as a resident's browser does."""

import io
import re
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from front_desk import REPORTER, FrontDesk
from itsdangerous import TimestampSigner
from werkzeug.test import TestResponse

_HIDDEN = re.compile(r'<input id="\w+" name="(\w+)" type="hidden" value="([^"]*)">')
_CODE = re.compile(r'class="code">([0-9A-Z-]+)<')
QUIET = "900 Nowhere Rd"
"""An address that the town does not know, about which nothing is known either."""


@dataclass
class Resident:
    """Somebody outside the town, at a browser of their own."""

    client: FlaskClient
    desk: FrontDesk
    said: dict[str, Any] = field(
        default_factory=lambda: {
            "where": QUIET, "kind": "High grass", "said": "Waist high", "who": "named", **REPORTER
        }
    )  # fmt: skip

    def form(self) -> dict[str, str]:
        """Open the form, as if it had been opened a while ago."""
        page = self.client.get("/report")
        assert page.status_code == 200, page.text
        hidden = dict(_HIDDEN.findall(page.text))
        return hidden | {"opened": self.begun(hidden["key"], seconds=60)}

    def begun(self, key: str, *, seconds: float) -> str:
        """Sign that the form of a key was opened a while ago."""

        class Earlier(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(time.time() - seconds)

        signer = Earlier(self.desk.app.config["SECRET_KEY"], salt="report-begun")
        return signer.sign(key).decode()

    def send(self, form: dict[str, str] | None = None, **said: Any) -> TestResponse:
        """Send a report of high grass, or one that differs."""
        data = (form or self.form()) | self.said | said
        return self.client.post("/report", data=data, content_type="multipart/form-data")

    def photo(self, form: dict[str, str], data: bytes, **said: Any) -> TestResponse:
        """Send a photograph as a script does, before the words."""
        token = self.client.get("/report/token.json").get_json()["token"]
        return self.client.post(
            f"/report/photo/{form.get('key') or uuid.uuid4()}", data=data, query_string=said,
            content_type="application/octet-stream", headers={"X-CSRFToken": token},
        )  # fmt: skip

    def track(self, code: str) -> TestResponse:
        """Ask where the report of a code stands."""
        hidden = dict(_HIDDEN.findall(self.client.get("/report/track").text))
        return self.client.post("/report/track", data=hidden | {"code": code})


def hidden_in(answer: TestResponse) -> dict[str, str]:
    """Return the hidden fields of a form that came back."""
    return dict(_HIDDEN.findall(answer.text))


def code_in(answer: TestResponse) -> str:
    """Return the code that a receipt shows."""
    found = _CODE.search(answer.text)
    assert found is not None, answer.text
    return found[1]


def a_file(data: bytes, name: str = "IMG_1.jpg") -> tuple[io.BytesIO, str]:
    """Return a file as a form sends it."""
    return io.BytesIO(data), name
