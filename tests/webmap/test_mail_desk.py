"""Today's mail: the number on a paper leads to the forms that enter it."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from front_desk import NAMES, Clerk, FrontDesk, front_desk, now

from cases import inspections, notices
from cases.actors import Actor, Moment
from cases.following.holding import Held
from cases.inspections import Entry, Finding, Visit
from cases.notice_words import NoticeKind
from cases.opening import RespondentKind, name_respondent, open_case
from cases.service.attempts import Attempt, MailTo, Method
from cases.tying import Whereabouts
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import Database, from_cluster


@pytest.fixture(scope="module")
def desk(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[FrontDesk]:
    """A town with one case, whose warning went out by certified mail."""
    name = f"mail_desk_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database, front_desk(database) as opened:
        warn_by_mail(database)
        yield opened
    cluster.drop_database(name)


@pytest.fixture
def clerk(desk: FrontDesk) -> Clerk:
    return desk.sit(Role.CLERK)


def warn_by_mail(database: Database) -> None:
    officer = Actor(NAMES[Role.OFFICER], Role.OFFICER)
    who = {"actor": officer, "moment": Moment(on=now().date(), now=now())}
    at = Whereabouts(
        parcel_no="12-30", address=None, point=None, opened_on=now().date() - timedelta(days=1)
    )
    seen = Finding(section="30-36(a)", item="Grass", passed=False)
    with database.app.begin() as connection:
        law = connection.exec_driver_sql("SELECT id FROM lotline.law_pack").scalar_one()
        case = open_case(connection, category="High grass", place=at, law_pack_id=law, **who)
        person = name_respondent(
            connection, case_id=case, kind=RespondentKind.OWNER, name="P. Lane", address="1 A St",
            **who,
        )  # fmt: skip
        visit = Visit(entry=Entry.VANTAGE, entry_detail="from the street", findings=(seen,))
        inspections.make(connection, case_id=case, visit=visit, **who)
        violation = connection.exec_driver_sql(
            f"SELECT id FROM lotline.violation WHERE case_id = {case}"  # noqa: S608 - a number
        ).scalar_one()
        notice = notices.draft(
            connection, case_id=case, kind=NoticeKind.WARNING, respondent_id=person,
            violation_ids=[violation], **who,
        )  # fmt: skip
        notices.issue(connection, notice_id=notice, **who)
        attempt = Attempt(
            method=Method.CERTIFIED_MAIL, made_on=now().date(), mailed_to=MailTo.TAX_COLLECTOR,
            carrier_no="9407 1118 9956",
        )  # fmt: skip
        notices.record_attempt(connection, notice_id=notice, attempt=attempt, **who)


@pytest.mark.parametrize(
    "number", ["CE-2026-00001", "ce-2026-00001", "9407 1118 9956", "940711189956", "9407-1118-9956"]
)
def test_a_number_as_it_stands_on_the_paper_finds_its_case(clerk: Clerk, number: str) -> None:
    year = str(date.today().year)  # noqa: DTZ011 - as the number of the case has it
    page = clerk.page(f"/office/post?q={number.replace('2026', year)}")
    assert "110 Birch Ave" in page
    assert "9407 1118 9956" in page


def test_returned_mail_leads_to_its_form_with_the_day_it_came_back(clerk: Clerk) -> None:
    page = clerk.page("/office/post?q=940711189956&received_on=2026-07-01")
    (href,) = re.findall(
        r'href="(/office/case/[^"]*/do/notice[^"]*returned_on=2026-07-01[^"]*)"', page
    )
    assert clerk.client.get(href.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("number", ["1", "%", "CE-1999-1", "x" * 300, "' OR 1=1 --"])
def test_a_number_that_nothing_bears_says_so(clerk: Clerk, number: str) -> None:
    page = clerk.client.get("/office/post", query_string={"q": number})
    assert page.status_code == 200
    assert "Nothing bears the number" in page.text


def test_a_letter_that_was_signed_for_says_so_and_is_not_entered_again(
    desk: FrontDesk, clerk: Clerk
) -> None:
    said, today = "This letter was already signed for on", now().date()
    number = "/office/post?q=940711189956"
    assert said not in clerk.page(number)
    with desk.database.app.begin() as connection:
        (attempt,) = connection.exec_driver_sql("SELECT id FROM lotline.service_attempt").scalars()
        notices.complete_attempt(
            connection, attempt_id=attempt, signed_on=today,
            actor=Actor(NAMES[Role.CLERK], Role.CLERK), moment=Moment(on=today, now=now()),
        )  # fmt: skip
    page = clerk.page(number)
    assert re.search(rf"{said} [^<]+ in case CE-{today.year}-00001\.", page)
    assert "Returned mail" not in page
    assert said not in clerk.page(f"/office/post?q=CE-{today.year}-00001")


def test_the_clerk_reads_why_a_message_to_who_follows_was_not_sent(
    desk: FrontDesk, clerk: Clerk
) -> None:
    sent = sa.text("""
        WITH sent AS (
            INSERT INTO lotline.mail (to_address, subject, body, status, queued_at, attempts,
                attempted_at, last_error)
            SELECT 'a@example.org', 'x', 'x', 'failed', now(), 1, now(), why
            FROM unnest(CAST(:whys AS text[])) why
            RETURNING id)
        INSERT INTO lotline.follow_mail (mail_id, kind, made_at, told, stop_sha256)
        SELECT id, 'confirm', now(), ARRAY['x'], sha256(id::text::bytea) FROM sent""")
    with desk.database.owner.begin() as connection:
        connection.execute(sent, {"whys": ["550 No such reader <b>", *Held]})
    page = clerk.page("/office/follow-log")
    assert "550 No such reader &lt;b&gt;" in page
    assert not [each for each in Held if each not in page]
