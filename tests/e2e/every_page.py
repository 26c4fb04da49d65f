"""List every page of a town in which a case went all the way, with who sees it and what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from answered import answered
from counter import Counter
from drafted_town import MONDAY, Officers, draft_town
from drafted_zones import draft_zones
from ended_parcel import end_parcel
from flask import Flask
from kept_question import keep as keep_question
from seats import hire
from walked import Walk, closed, inspected
from werkzeug.routing import Rule
from werkzeug.test import TestResponse
from who_may import OUTSIDE, WHO_MAY

from cases import exempting, owner_words
from cases.actors import Actor, Moment
from cases.deposits import Count, close_deposit
from cases.identities import Verdict
from cases.ledger.accounts import Method
from cases.lien_searches import Asked, take_in
from cases.models import (
    Case,
    Complaint,
    Hearing,
    HearingSession,
    LedgerPosting,
    Lien,
    Notice,
    Respondent,
    RespondentCode,
)
from cases.owners.parties import Party
from cases.paying import Taken
from cases.records import requests
from cases.records.pieces import pieces_of
from cases.unrecorded import keep
from cases.workflow.roles import Role
from geo.layers import Parcel, Zone
from reports.runs import running
from reports.runs.rhythm import Rhythm

LOOKED_AT_BY = (OUTSIDE, Role.MANAGER, Role.CLERK, Role.OFFICER, Role.HEARING_OFFICER, Role.ADMIN)
"""Whose view of a page is looked at: of all who may see it, the first."""

PARTS = {
    "action",
    "row_id",
    "deed_name",
    "calendar_token",
    "filename",
    "kind",
    "name",
    "on",
    "packet_id",
    "part_id",
    "photo_id",
    "plan_id",
    "layer_key",
    "nth",
    "figure",
    "report_id",
    "saved_id",
    "sha256",
    "what",
    "case_id",
    "collection_id",
    "data_file",
    "day",
    "form",
    "report_token",
    "service_code",
    "service_request_id",
    "feature_id",
    "export_id",
    "x",
    "y",
    "z",
}
"""What varies in the addresses of forms, which are looked at apart, and of what is no page."""

REFUSED = {
    "/set-password/<token>", "/sign-in/city", "/sign-in/city/back", "/follow/confirm/<token>",
    "/follow/stop/<token>",
}  # fmt: skip
"""Whose pages say no in this town: its links are dead, and no city lets people in."""
ASKED = {"/office/plans/<int:draft_id>/change": "?stop=parcel-1"}
"""What a page is asked for that shows nothing by itself."""

_COMPLAINT_DEED = re.compile(r"/do/(complaint\.[a-z_.]+)\"")
_A_TURN = (302, 303)


@dataclass(frozen=True, slots=True)
class Shown:
    """One page as the server sent it.

    Parameters
    ----------
    role
        Who sees it; None for somebody who is not signed in.
    policy
        Its content security policy, as its header says.
    """

    role: Role | None
    path: str
    html: str
    policy: str


class Recorder(Counter):
    """A counter that keeps the form of each deed the first time it is offered."""

    def __init__(self, app: Flask, *, on: date) -> None:
        super().__init__(app, on=on)
        self.forms: dict[str, Shown] = {}

    def page(self, role: Role) -> str:
        """Return the case's page, and keep the forms it leads to."""
        page = super().page(role)
        for action, way in re.findall(r'"(?:[^"]*)/do/([a-z_.]+)/(\d+)"', page):
            if action not in self.forms:
                path = f"/office/case/{self.number}/do/{action}/{way}"
                self.forms[action] = _form(role, path, self.client(role).get(path))
        return page


def record(counter: Recorder) -> list[Shown]:
    """Walk a case to its end; return every page of the town, and each deed's form."""
    walk = Walk(counter)
    complaint = str(walk.all(sa.select(Complaint.number))[0].number)
    counter.forms |= _complaint_forms(counter, complaint)
    inspected(walk)
    closed(walk)
    return [*_pages(counter, _values(walk, complaint)), *counter.forms.values()]


def _complaint_forms(counter: Recorder, number: str) -> Iterator[tuple[str, Shown]]:
    page = counter.client(Role.CLERK).get(f"/office/complaint/{number}").text
    for name in set(_COMPLAINT_DEED.findall(page)):
        path = f"/office/complaint/{number}/do/{name}"
        yield name, _form(Role.CLERK, path, counter.client(Role.CLERK).get(path))


def _values(walk: Walk, complaint: str) -> dict[str, str]:
    """Return a value there is for each part of an address that varies."""
    case = walk.last(Case)
    parcel = walk.all(sa.select(Parcel.parcel_no).where(Parcel.id == case.parcel_id))
    paid = walk.all(sa.select(LedgerPosting.__table__).where(LedgerPosting.kind == "paid"))[-1]
    return {
        **_asked_from_outside(walk, paid, parcel[0].parcel_no),
        "number": case.number,
        "complaint": complaint,
        "parcel_no": parcel[0].parcel_no,
        "parcel_id": str(case.parcel_id),
        "zone_id": str(walk.all(sa.select(Zone.id))[0].id),
        "succession_id": str(_on_ended_parcel(walk, case)),
        "lien_id": str(walk.all(sa.select(Lien.id))[-1].id),
        "posting_id": str(paid.id),
        "notice_id": str(walk.last(Notice).id),
        "hearing_id": str(walk.last(Hearing).id),
        "sitting_id": str(walk.last(HearingSession).id),
        "taken_on": paid.effective_on.isoformat(),
        "method": paid.method,
        "staff_id": str(walk.desk.staff[Role.OFFICER]),
        "letter_id": _letter_of(walk, case),
        **_code_of(walk, case),
        "token": "none",
        "code": "en",
        "worded": "warning",
        "mailed": "follow_digest",
        "draft_id": str(_draft(walk)),
        "zone_draft_id": str(_zones(walk)),
        "when": "today",
        "report_name": "repeat",
        "ending": "csv",
        "run_id": str(_report(walk)),
        "kept_id": str(_kept(walk)),
        "row_key": "none",
        "violation_id": "1",
        "prior_no": "none",
        "planned_on": MONDAY.isoformat(),
    }


def _report(walk: Walk) -> int:
    """Have the densest places answered, which has a surface, marks and a table."""
    with walk.desk.engine.begin() as connection:
        run_id = answered(connection, "heatmap", now=walk.desk.clock.now())
        running.keep_file(connection, run_id, "csv", b"a,b")
    return run_id


def _kept(walk: Walk) -> int:
    """Keep a question that is mailed by itself."""
    with walk.desk.engine.begin() as connection:
        return keep_question(
            connection, walk.desk.staff[Role.MANAGER], now=walk.desk.clock.now(), shared=True,
            rhythm=Rhythm.WEEKLY, recipients=["mayor@example.org"],
        )  # fmt: skip


def _draft(walk: Walk) -> int:
    with walk.desk.engine.begin() as connection:
        cole = hire(connection, Role.OFFICER, name="K. Cole")
        rivera = walk.desk.staff[Role.OFFICER]
        return draft_town(connection, Officers(rivera=rivera, cole=cole))


def _zones(walk: Walk) -> int:
    """Propose zones as they were before the officers' accounts, one of them new."""
    with walk.desk.engine.begin() as connection:
        return draft_zones(connection, now=walk.desk.clock.now())


def _on_ended_parcel(walk: Walk, case: Any) -> int:
    with walk.desk.engine.begin() as connection:
        return end_parcel(connection, case_id=case.id, parcel_id=case.parcel_id)


def _code_of(walk: Walk, case: Any) -> dict[str, str]:
    """Print a respondent's code as a clerk does, and return whose it is and which."""
    to = str(walk.last(Respondent).id)
    way = f"/office/case/{case.number}/respondent/{to}/code.pdf"
    assert walk.desk.client(Role.CLERK).get(way).status_code == 200
    code = walk.all(sa.select(RespondentCode.id).where(RespondentCode.respondent_id == int(to)))
    return {"respondent_id": to, "code_id": str(code[0].id)}


def _letter_of(walk: Walk, case: Any) -> str:
    """Issue a payoff as its clerk does, and return which letter it is."""
    clerk = walk.desk.client(Role.CLERK)
    page = clerk.get(f"/office/case/{case.number}/payoff").text
    way = f"/office/case/{case.number}/letter/payoff/{case.id}"
    form = page.partition(f'action="{way}"')[2]
    hidden = dict(re.findall(r'name="(csrf_token|to|through)" value="([^"]*)"', form))
    issued = clerk.post(way, data=hidden | {"language": "en"})
    assert issued.status_code == 303, issued.text
    return issued.location.rpartition("/")[2].removesuffix(".pdf")


def _asked_from_outside(walk: Walk, paid: Any, parcel_no: str) -> dict[str, str]:
    """Bring what was paid to the bank, and let a title company ask about the parcel."""
    now = walk.desk.clock.now()
    clerk = Actor("J. Okafor", Role.CLERK)
    moment = Moment(on=now.date(), now=now)
    count = Count(
        taken_on=paid.effective_on, method=Method(paid.method), receipts=[paid.id],
        counted_cents=paid.cents, slip_no="S-1",
    )  # fmt: skip
    asked = Asked(parcel=parcel_no, requester="R. Vance", received_on=moment.on)
    with walk.desk.engine.begin() as connection:
        deposit = close_deposit(connection, count, actor=clerk, moment=moment)
        online = Taken(
            case_id=paid.case_id, cents=5_000, method=Method.CARD, reference="P-77", payer="P. Lane"
        )  # fmt: skip
        kept_online = keep(connection, online, because="Its case is closed.", moment=moment)
        search = take_in(connection, asked, form_key=uuid4(), actor=clerk, moment=moment)
        wanted = requests.Wanted(asked="The whole file", received_on=moment.on)
        request = requests.take_in(connection, wanted, form_key=uuid4(), actor=clerk, moment=moment)
        requests.choose(connection, request_id=request, number=walk.desk.number, actor=clerk)
        piece = next(iter(pieces_of(connection, request, on=moment.on)))
        provision = exempting.provisions(connection, on=moment.on)[0][0]
        others = sa.select(Parcel.parcel_no).where(Parcel.parcel_no != parcel_no)
        spare = connection.scalars(others.order_by(Parcel.id.desc())).first() or ""
        kept = exempting.Wanted(place=spare, provision=provision, requested_on=moment.on)
        exemption = exempting.exempt(connection, kept, form_key=uuid4(), actor=clerk, moment=moment)
        two = (Party(name=name, parcel_no=parcel_no) for name in ("R. Vance", "S. Vance"))
        word = owner_words.confirm(
            connection, *two, verdict=Verdict.SAME, reason="One registration", evidence="L-1",
            actor=clerk, moment=moment,
        )  # fmt: skip
    return {
        "deposit_id": str(deposit), "payment_id": str(kept_online),
        "search_id": str(search), "request_id": str(request), "piece_key": piece.key,
        "exemption_id": str(exemption), "word_id": str(word),
    }  # fmt: skip


def _pages(counter: Recorder, values: dict[str, Any]) -> Iterator[Shown]:
    rules = counter.app.url_map.iter_rules()
    for rule in sorted(rules, key=lambda rule: rule.rule):
        assert rule.arguments <= {*values, *PARTS}, f"{rule.rule} needs a value in every_page.py"
        if "GET" not in (rule.methods or ()) or rule.arguments & PARTS:
            continue
        path = _path(counter, rule, values)
        role = next(each for each in LOOKED_AT_BY if each in WHO_MAY[rule.rule])
        client = counter.client(role) if role in counter.staff else counter.app.test_client()
        answer = client.get(path, headers={"Accept": "text/html"})
        if answer.status_code in _A_TURN or answer.mimetype != "text/html":
            continue
        assert (answer.status_code >= 400) is (rule.rule in REFUSED), (path, answer.status)
        if "<main" in answer.text:  # the rest are parts that pages fetch
            yield Shown(role, path, answer.text, answer.headers["Content-Security-Policy"])


def _form(role: Role | None, path: str, answer: TestResponse) -> Shown:
    assert answer.status_code == 200, (path, answer.status)
    return Shown(role, path, answer.text, answer.headers["Content-Security-Policy"])


def _path(counter: Recorder, rule: Rule, values: dict[str, Any]) -> str:
    said = values | ({"number": values["complaint"]} if "/complaint/" in rule.rule else {})
    wanted = {name: rule._converters[name].to_python(said[name]) for name in rule.arguments}
    path = counter.app.url_map.bind("localhost").build(rule.endpoint, wanted)
    return f"{path}{ASKED.get(rule.rule, '')}"
