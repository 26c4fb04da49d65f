"""Hold the letter of a case and open its page by the code, as its recipient does."""

import re
from typing import Any

import sqlalchemy as sa
from counter import CLERK, Counter
from flask.testing import FlaskClient
from played import one

from cases.actors import Actor, Moment
from cases.codes.giving import Scope, give
from cases.codes.spelling import grouped
from cases.models import Respondent

GUARD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
KEY = re.compile(r'name="key"[^>]*value="([^"]+)"')


def code_for(
    desk: Counter, town: sa.Connection, scope: Scope = Scope.ACTS, *, to: int | None = None
) -> str:
    """Return the code on a respondent's letter, as it is printed."""
    now = desk.clock.now()
    keys = desk.app.extensions["lotline_codes"]
    code = give(
        town, keys, respondent_id=to or one(town, Respondent).id, scope=scope,
        actor=Actor("J. Okafor", CLERK), moment=Moment(on=now.date(), now=now),
    )  # fmt: skip
    return grouped(code)


def typed(client: FlaskClient, code: str, **headers: str) -> Any:
    """Type a code into the page that asks for it."""
    page = client.get("/notice").text
    said = {"csrf_token": GUARD.findall(page)[0], "code": code}
    return client.post("/notice", data=said, headers=headers)


def let_in(desk: Counter, code: str) -> FlaskClient:
    """Return a browser that holds a code."""
    client = desk.app.test_client()
    answer = typed(client, code)
    assert (answer.status_code, answer.location) == (303, "/my-case"), answer.text
    return client


def sent(client: FlaskClient, way: str, **said: Any) -> Any:
    """Fill in a form of the page and send it."""
    page = client.get(way)
    assert page.status_code == 200, (way, page.status_code)
    hidden = {"csrf_token": GUARD.findall(page.text)[-1], "key": KEY.findall(page.text)[0]}
    return client.post(
        way, data={**hidden, **said}, content_type="multipart/form-data", buffered=True
    )  # fmt: skip


def words(page: str) -> str:
    """Return what a page says."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
