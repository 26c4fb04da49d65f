"""Every address of the site and every role: in for whom it is, and for nobody else."""

import os
import re
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alder_town import KEY, application, settle
from answered import answered
from drafted_zones import draft_zones
from ended_parcel import end_parcel
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from kept_question import keep as keep_question
from staffed import Desk, hire
from werkzeug.routing import Rule
from werkzeug.test import TestResponse
from who_may import ALL, BY_KEY, KNOWN, OUTSIDE, UNKNOWN, WHO_MAY, WORKERS

from cases import exempting, owner_words
from cases.accounts import links
from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.codes.giving import Scope, give
from cases.codes.keys import CodeKeys
from cases.deposits import Count, close_deposit
from cases.documents.store import Store
from cases.field.calendar import give_address
from cases.identities import Verdict
from cases.lawpack.reading import DEFAULT
from cases.ledger.accounts import Component, Method
from cases.ledger.paying import pay
from cases.lien_searches import Asked, take_in
from cases.models import Case, Document, Respondent, RespondentCode
from cases.owners.parties import Party
from cases.paying import Taken
from cases.records import requests
from cases.records.deciding import decide
from cases.records.exporting import export
from cases.records.pieces import Outcome, pieces_of
from cases.unrecorded import keep
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import Database, from_cluster
from reports import open_data
from reports.runs import running

SAFE = {"GET", "HEAD", "OPTIONS"}
GUARDS = "wtf-csrf-token"
CITY = {
    "LOTLINE_OIDC_ISSUER": "http://127.0.0.1:9",  # nobody listens there
    "LOTLINE_OIDC_CLIENT_ID": "lotline",
    "LOTLINE_OIDC_CLIENT_SECRET": "x",
}

DAY = date.fromisoformat(KNOWN["day"])
CASE = 3  # number 2026-0003, on lot 12-5
LIEN = sa.text("""
    INSERT INTO lotline.lien (parcel_id, case_id, instrument_no, recorded_on, amount_cents, status)
    VALUES (5, 3, '2026-00999', current_date, 100, 'recorded') RETURNING id""")
DRAFT = sa.text("""
    INSERT INTO lotline.route_draft (key, asked, first_day, last_day, made_by, made_at)
    VALUES (gen_random_uuid(), '{}', '2026-06-15', '2026-06-15', 'A. Stone', now()) RETURNING id""")
HEARING = sa.text("""
    WITH sitting AS (INSERT INTO lotline.hearing_session (body, held_on, capacity)
        VALUES ('Special Magistrate', current_date, 1) RETURNING id)
    INSERT INTO lotline.hearing (case_id, about, status, requested_by, session_id, docket_place)
    SELECT 3, 'violation', 'docketed', 'P. Lane', id, 1 FROM sitting""")
NOTICE = sa.text("""
    WITH owner AS (INSERT INTO lotline.respondent (case_id, kind, name, address, since)
        VALUES (3, 'owner', 'P. Lane', '9 Birch Ave', current_date) RETURNING id)
    INSERT INTO lotline.notice (case_id, respondent_id, kind, status, content, issued_on)
    SELECT 3, id, 'warning', 'issued', '{}', current_date FROM owner RETURNING id""")
PACKET = sa.text("""
    INSERT INTO lotline.hearing_packet (hearing_id, language, sha256, pages, filed_at, filed_by)
    SELECT min(id), 'en', :sha256, 1, now(), 'x' FROM lotline.hearing RETURNING id""")
LETTER = sa.text("""
    INSERT INTO lotline.case_letter (case_id, kind, part_id, language, recipient, address, sha256,
        pages, issued_on, issued_at, issued_by)
    VALUES (3, 'payoff', 3, 'en', 'P. Lane', '', :sha256, 1, '2020-01-02', now(), 'x')
    RETURNING id""")
PLAN = sa.text("""
    INSERT INTO lotline.visit_plan (officer_id, on_day, begins_at, ends_at, starts, ends,
        drive_seconds, metres, estimated, seed, parameters, key, made_at, made_by)
    VALUES (:officer, current_date, now(), now() + interval '8 hours', CAST(:place AS jsonb),
        CAST(:place AS jsonb), 0, 0, true, 0, '{}', gen_random_uuid(), now(), 'x') RETURNING id""")
HALL = '{"label": "Hall", "lon": -81.9, "lat": 29.2}'
COMPLAINT = sa.text("""
    INSERT INTO lotline.complaint (number, category, status, received_on, channel, import_run_id,
        source_row)
    VALUES ('2026-0003', 'Trash', 'received', current_date, 'phone', 1, 1)""")

REPORT_TOKEN = "r" * 48
REPORT = sa.text("""
    WITH report AS (INSERT INTO lotline.complaint (number, category, status, received_on, channel,
            import_run_id, source_row)
        VALUES ('2026-0004', 'Trash', 'received', current_date, 'open311', 1, 2) RETURNING id)
    INSERT INTO lotline.intake_key (key, complaint_id, kept_at) SELECT :key, id, now()
    FROM report""")

everybody = pytest.mark.parametrize("role", sorted(ALL, key=str), ids=str)


class House:
    """The site of a town where somebody of each role works."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.app = app
        self.database = database
        with database.app.begin() as connection:
            self.spare = hire(connection, login="spare")
            self.staff = {role: hire(connection, role) for role in sorted(WORKERS)}
        app.extensions["lotline_documents"] = store = Store("memory://house")
        self.paper = store.put(b"%PDF-1.7 a paper")
        now = datetime.now(UTC)
        clerk, moment = Actor("J. Okafor", Role.CLERK), Moment(on=now.date(), now=now)
        with database.owner.begin() as connection:
            self._write_rows(connection, stored_at=now)
        with database.app.begin() as connection:
            self._give_code(connection, actor=clerk, moment=moment)
            self._take_money(connection, actor=clerk, moment=moment)
            self.calendar = give_address(connection, self.spare, now=now)
            adopt(connection, DEFAULT, on=moment.on)
            self._answer(connection, store, actor=clerk, moment=moment)

    def _write_rows(self, connection: sa.Connection, *, stored_at: datetime) -> None:
        """Write what deeds would make: a lien, papers, a hearing, and a case on a parcel gone."""
        paper = {"sha256": self.paper}
        kept = {**paper, "media_type": "application/pdf", "byte_size": 16, "stored_at": stored_at}
        connection.execute(sa.insert(Document).values(kept))
        self.lien = connection.execute(LIEN).scalar_one()
        self.notice = connection.execute(NOTICE).scalar_one()
        connection.execute(COMPLAINT)
        connection.execute(REPORT, {"key": REPORT_TOKEN})
        connection.execute(HEARING)
        self.draft = connection.execute(DRAFT).scalar_one()
        self.run = answered(connection, "heatmap", now=stored_at)
        running.keep_file(connection, self.run, "csv", b"a,b")
        parcel = connection.scalars(sa.select(Case.parcel_id).where(Case.id == CASE)).one()
        self.waits = end_parcel(connection, case_id=CASE, parcel_id=parcel)
        self.packet = connection.execute(PACKET, paper).scalar_one()
        self.plan = connection.execute(
            PLAN, {"officer": self.staff[Role.OFFICER], "place": HALL}
        ).scalar_one()  # fmt: skip
        self.letter = connection.execute(LETTER, paper).scalar_one()

    def _give_code(self, connection: sa.Connection, **who: Any) -> None:
        self.respondent = connection.scalars(sa.select(Respondent.id)).one()
        give(
            connection, CodeKeys([KEY]), respondent_id=self.respondent, scope=Scope.ACTS, **who
        )  # fmt: skip
        self.code = connection.scalars(sa.select(RespondentCode.id)).one()

    def _take_money(self, connection: sa.Connection, *, actor: Actor, moment: Moment) -> None:
        paid = pay(
            connection, case_id=CASE, cents=100, method="cash", order=[*Component], key="one",
            actor=actor.name, on=moment.on, now=moment.now,
        )  # fmt: skip
        self.posting = paid.id
        count = Count(
            taken_on=moment.on, method=Method.CASH, receipts=[paid.id], counted_cents=100,
            slip_no="S-1",
        )  # fmt: skip
        self.deposit = close_deposit(connection, count, actor=actor, moment=moment)
        taken = Taken(case_id=CASE, cents=100, method=Method.CARD, reference="P-1", payer=None)
        self.payment = keep(connection, taken, because="It is closed.", moment=moment)

    def _answer(self, connection: sa.Connection, store: Store, **who: Any) -> None:
        """Take in a lien search and a request for records, exempt a place, and hand out a file."""
        on = who["moment"].on
        asked = Asked(parcel="12-5", requester="R. Vance", received_on=on)
        self.search = take_in(connection, asked, form_key=uuid4(), **who)
        wanted = requests.Wanted(asked="x", received_on=on)
        self.request = requests.take_in(connection, wanted, form_key=uuid4(), **who)
        which = {"request_id": self.request}
        requests.choose(connection, number="2026-0003", actor=who["actor"], **which)
        for piece in pieces_of(connection, self.request, on=on):
            decide(
                connection, key=piece.key, outcome=Outcome.RELEASED,
                text_sha256=piece.text_sha256, **which, **who,
            )  # fmt: skip
        provision = exempting.provisions(connection, on=on)[0][0]
        kept = exempting.Wanted(place="12-40", provision=provision, requested_on=on)
        self.exemption = exempting.exempt(connection, kept, form_key=uuid4(), **who)
        two = (Party(name=name, parcel_no="12-5") for name in ("R. Vance", "S. Vance"))
        self.word = owner_words.confirm(
            connection, *two, verdict=Verdict.SAME, reason="x", evidence="x", **who
        )
        self.export = export(connection, store, write_index=lambda _index: "x", **which, **who)

    def ask(self, method: str, address: str, role: Role | None, *, guarded: bool) -> TestResponse:
        """Ask for an address in a new browser, as somebody who has just signed in."""
        client = self.app.test_client()
        if role is not OUTSIDE:
            Desk(client).seat(self.database, self.staff[role])
        said = {}
        if guarded:
            key = secrets.token_hex(20)
            with client.session_transaction() as cookie:
                cookie["csrf_token"] = key
            signer = URLSafeTimedSerializer(self.app.secret_key, salt=GUARDS)  # type: ignore[arg-type]
            said["csrf_token"] = signer.dumps(key)
        return client.open(address, method=method, data=said or None, buffered=True)

    def address(self, rule: Rule, **said: str) -> str:
        """Write the address of a rule, each part that varies with a value of the town."""
        values = {**KNOWN, "staff_id": str(self.staff[Role.OFFICER])}
        if "token" in rule.arguments:
            values["token"] = self._link()
        if "zone_draft_id" in rule.arguments and "zone_draft_id" not in said:
            values["zone_draft_id"] = self._draft_zones()  # which one deed discards
        if "kept_id" in rule.arguments:
            values["kept_id"] = self._keep()
        if rule.rule.startswith("/staff/"):
            values["staff_id"] = str(self.spare)  # whose access may be taken
        values |= {"calendar_token": self.calendar}
        values |= {"lien_id": str(self.lien), "posting_id": str(self.posting)}
        values |= {"deposit_id": str(self.deposit), "search_id": str(self.search)}
        values |= {"payment_id": str(self.payment), "draft_id": str(self.draft)}
        values |= {"plan_id": str(self.plan)}
        values |= {"run_id": str(self.run)}
        values |= {"notice_id": str(self.notice), "packet_id": str(self.packet)}
        values |= {"exemption_id": str(self.exemption), "word_id": str(self.word)}
        values |= {"respondent_id": str(self.respondent), "code_id": str(self.code)}
        values |= {"succession_id": str(self.waits)}
        values |= {"report_token": REPORT_TOKEN}
        values |= {"letter_id": str(self.letter)}
        values |= {"request_id": str(self.request), "export_id": str(self.export)}
        values |= {"sha256": self.paper, **said}
        wanted = {name: rule._converters[name].to_python(values[name]) for name in rule.arguments}
        built = self.app.url_map.bind("localhost").build(rule.endpoint, wanted)
        return str(built)

    def _keep(self) -> str:
        """Have the clerk keep a question for the office: the manager reads it, and may end that."""
        clerk, name = self.staff[Role.CLERK], secrets.token_hex(8)
        with self.database.app.begin() as connection:
            return str(keep_question(
                connection, clerk, now=datetime.now(UTC), name=name, shared=True
            ))  # fmt: skip

    def _draft_zones(self) -> str:
        with self.database.app.begin() as connection:
            return str(draft_zones(connection, now=datetime.now(UTC)))

    def _link(self) -> str:
        with self.database.app.begin() as connection:
            return links.make(
                connection, self.spare, lasting=timedelta(hours=1), by="x", now=datetime.now(UTC)
            )


@pytest.fixture(scope="module")
def house(
    cluster: Cluster,
    worker_id: str,
    clone: Callable[[str], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    clone(f"house_{worker_id}")
    with from_cluster(cluster, name=f"house_{worker_id}") as database:
        settle(database)
        with application(database, **CITY) as app:
            app.config["OPEN_DATA"] = folder = tmp_path_factory.mktemp("data")
            with database.public.connect() as connection:
                open_data.make(connection, folder, on=DAY, licence="")
                list(open_data.take_back(connection, folder, moved=0, read_at=0))
            os.utime(folder / open_data.CHECKED, (2**33, 2**33))  # as if looked at all the time
            yield House(app, database)


def _rules(house: House) -> list[Rule]:
    return list(house.app.url_map.iter_rules())


def _is_let_in(answer: TestResponse) -> bool:
    if answer.status_code == 302:
        return not answer.location.startswith("/sign-in?next=")
    return answer.status_code not in {401, 403, 404, 405, 500, 503}


def test_every_address_there_is_has_a_line_and_no_line_is_left_over(house: House) -> None:
    assert {rule.rule for rule in _rules(house)} == set(WHO_MAY)


def test_every_part_of_an_address_that_varies_has_a_value(house: House) -> None:
    assert {name for rule in _rules(house) for name in rule.arguments} == set(KNOWN)


@everybody
def test_a_page_is_for_whom_it_is_and_for_nobody_else(house: House, role: Role | None) -> None:
    wrong = {}
    for rule in _rules(house):
        if "GET" not in (rule.methods or ()):
            continue
        answer = house.ask("GET", house.address(rule), role, guarded=False)
        if _is_let_in(answer) is not (role in WHO_MAY[rule.rule]):
            wrong[rule.rule] = answer.status
    assert wrong == {}


@everybody
def test_a_deed_is_for_whom_it_is_and_for_nobody_else(house: House, role: Role | None) -> None:
    wrong = {}
    for rule, method in _deeds(house):
        answer = house.ask(method, house.address(rule), role, guarded=True)
        if role in WHO_MAY[rule.rule]:
            is_right = _is_let_in(answer)
        else:
            is_right = answer.status_code == (401 if role is OUTSIDE else 403)
        if not is_right:
            wrong[f"{method} {rule.rule}"] = answer.status
    assert wrong == {}


@everybody
def test_no_deed_is_done_without_the_guard_of_its_form(house: House, role: Role | None) -> None:
    answers = {
        f"{method} {rule.rule}": house.ask(method, house.address(rule), role, guarded=False)
        for rule, method in _deeds(house)
    }
    assert len(answers) >= 12
    assert {deed: each.status for deed, each in answers.items() if each.status_code != 400} == {}


@everybody
def test_what_is_not_there_answers_as_if_it_had_never_been(house: House, role: Role | None) -> None:
    """Who may not ask at all is told the same whether it is there or not."""
    wrong = {}
    for rule in _rules(house):
        unknown = {name: UNKNOWN[name] for name in rule.arguments if name in UNKNOWN}
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"} if unknown else ():
            answer = house.ask(method, house.address(rule, **unknown), role, guarded=True)
            expected = 404
            if role not in WHO_MAY[rule.rule]:
                known = house.ask(method, house.address(rule), role, guarded=True)
                expected = known.status_code
            if answer.status_code != expected:
                wrong[f"{method} {rule.rule}"] = answer.status
    assert wrong == {}


@pytest.mark.parametrize("number", [str(2**63 - 1), str(2**63)])
def test_no_number_of_an_address_is_too_large_to_be_looked_up(house: House, number: str) -> None:
    wrong = {}
    for rule in _rules(house):
        asked = re.sub(r"<int:\w+>", number, rule.rule)
        address = re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda part: KNOWN[part[1]], asked)
        role = max(WHO_MAY[rule.rule], key=str)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"} if asked != rule.rule else ():
            answer = house.ask(method, address, role, guarded=True)
            if answer.status_code >= 500:
                wrong[f"{method} {rule.rule}"] = answer.status
    assert wrong == {}


def test_a_view_that_says_nothing_of_who_may_lets_nobody_in(house: House) -> None:
    view: Any = house.app.view_functions["auth.staff"]
    assert view.needs == ("program.look_after_accounts",)
    try:
        del view.needs
        for role in sorted(ALL, key=str):
            assert house.ask("GET", "/staff", role, guarded=False).status_code == 404
    finally:
        view.needs = ("program.look_after_accounts",)


def _deeds(house: House) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in _rules(house)
        for method in (rule.methods or set()) - SAFE
        if rule.rule not in BY_KEY
    ]
