"""A question is kept from its answer's page, changed by who keeps it, and had mailed by itself."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from answered import answered
from counter import CLERK, MANAGER, Counter
from kept_question import keep
from werkzeug.test import TestResponse

from cases.actors import Moment
from cases.workflow.roles import Role
from reports.answers.options import Value
from reports.runs import sending
from reports.runs.rhythm import Rhythm
from reports.runs.tables import SavedReport

REPORTS_PAGE = "/office/reports"
SENDS = {"name": "Weeds", "rhythm": "weekly", "language": "es", "recipients": "a@example.org"}


@pytest.fixture
def desk(counter: Counter, case: int, violation: int) -> Counter:
    """A counter in a town with a verified case."""
    assert case
    assert violation
    return counter


def made(desk: Counter, **values: Value) -> str:
    """Have a report answered now; gives the address of its page."""
    with desk.engine.begin() as connection:
        run_id = answered(connection, "heatmap", now=desk.clock.now(), **values)
    return f"{REPORTS_PAGE}/runs/{run_id}"


def form(page: str, action: str = "") -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    there = page.partition(f'action="{action}"')[2] if action else page.partition("deed-form")[2]
    return dict(re.findall(r'name="(csrf_token|key)"[^>]*value="([^"]+)"', there)[:2])


def kept_by(desk: Counter, role: Role, **said: Any) -> int:
    with desk.engine.begin() as connection:
        return keep(connection, desk.staff[role], now=desk.clock.now(), **said)


def rows(town: sa.Connection) -> list[Any]:
    return [*town.execute(sa.select(SavedReport.__table__).order_by(SavedReport.id))]


def send(desk: Counter, role: Role, path: str, **said: str) -> TestResponse:
    client = desk.client(role)
    return client.post(path, data={**form(client.get(path).text), **said})


def test_the_answers_page_keeps_its_question_once_though_its_form_is_sent_twice(
    desk: Counter, town: sa.Connection
) -> None:
    client, page = desk.client(MANAGER), made(desk, status="all", since=date(2026, 1, 1))
    shown = client.get(page).text
    said = {**form(shown, f"{page}/keep"), **SENDS, "shared": "y"}
    for _ in range(2):
        sent = client.post(f"{page}/keep", data=said)
        assert (sent.status_code, sent.location) == (302, f"{REPORTS_PAGE}#kept")
    (row,) = rows(town)
    assert (row.name, row.report, row.shared, row.rhythm) == ("Weeds", "heatmap", True, "weekly")
    assert row.asked == {"status": "all", "since": "2026-01-01"}
    assert (row.recipients, row.language) == (["a@example.org"], "es")
    assert row.staff_id == desk.staff[MANAGER]


def test_the_list_says_what_is_asked_by_whom_how_often_and_to_whom(desk: Counter) -> None:
    kept_by(desk, MANAGER, name="Weeds", status="all", since=date(2026, 1, 1), shared=True,
            rhythm=Rhythm.MONTHLY, recipients=["a@example.org", "b@example.org"])  # fmt: skip
    kept_by(desk, MANAGER, name="For myself")
    mine = desk.client(MANAGER).get(REPORTS_PAGE).text
    assert "Opened since: <strong>Jan 1, 2026</strong>" in mine
    assert "Its days stay as they are." in mine
    assert "on the 1st of each month" in mine
    assert "next on Jul 1, 2026" in mine
    assert "to a@example.org, b@example.org" in mine
    assert "For myself" in mine
    theirs = desk.client(CLERK).get(REPORTS_PAGE).text
    section = theirs.partition('id="kept"')[2]
    assert "Weeds" in section
    assert "A. Stone" in section
    assert "For myself" not in section
    assert "Change" not in section
    assert "Forget" not in section
    ask = unescape(re.findall(r'href="(/office/reports/heatmap\?[^"]+)"', section)[0])
    assert set(ask.partition("?")[2].split("&")) == {"since=2026-01-01", "status=all"}


def test_what_one_keeps_for_himself_stands_in_no_others_list(desk: Counter) -> None:
    kept_id = kept_by(desk, MANAGER, name="For myself", since=date(2026, 1, 1),
                      rhythm=Rhythm.WEEKLY, recipients=["a@example.org"])  # fmt: skip
    with desk.engine.begin() as connection:
        later = desk.clock.now() + timedelta(days=7)
        moment = Moment(on=later.date(), now=later)
        assert sending.ask_due(connection, kept_id, moment=moment) is not None
    asked = "Opened since: <strong>Jan 1, 2026</strong>"
    listed = {
        role: desk.client(role).get(REPORTS_PAGE).text.partition('id="asked"')[2]
        for role in (MANAGER, CLERK)
    }
    assert asked in listed[MANAGER]
    assert asked not in listed[CLERK]


def test_nothing_kept_no_section(desk: Counter) -> None:
    assert "Kept questions" not in desk.client(MANAGER).get(REPORTS_PAGE).text


@pytest.mark.parametrize(
    ("said", "told", "at"),
    [
        ({"name": ""}, "This is needed.", "name"),
        ({"name": "a\u202eb"}, "Give the question a name of 1 to 80 characters.", "name"),
        ({"recipients": "nobody"}, "is no mail address", "recipients"),
        ({"recipients": "a@example.org\r\nBcc: v@example.org"}, "is no mail address", "recipients"),
        ({"recipients": ""}, "Say whom the answer is mailed to", "recipients"),
        ({"recipients": "\n".join(f"{n}@x.org" for n in range(21))}, "There are 21", "recipients"),
        ({"rhythm": "daily"}, "Not a valid choice", "rhythm"),
        ({"language": "fr"}, "Not a valid choice", "language"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field_and_nothing_typed_is_lost(
    desk: Counter, town: sa.Connection, said: dict[str, str], told: str, at: str
) -> None:
    page = f"{made(desk)}/keep"
    sent = send(desk, MANAGER, page, **{**SENDS, **said})
    assert sent.status_code == 200
    assert f'id="keep-{at}-error"' in sent.text
    assert told in unescape(sent.text)
    assert "keep-recipients" in sent.text
    assert rows(town) == []


def test_addresses_may_stand_a_line_each_or_with_commas_and_each_counts_once(
    desk: Counter, town: sa.Connection
) -> None:
    typed = " a@example.org\r\n\r\nB@example.org, c@example.org;A@EXAMPLE.org "
    send(desk, MANAGER, f"{made(desk)}/keep", **SENDS | {"recipients": typed})
    assert rows(town)[0].recipients == ["a@example.org", "B@example.org", "c@example.org"]


def test_the_page_says_whether_days_stay_or_move_on(desk: Counter) -> None:
    client = desk.client(MANAGER)
    fixed = client.get(f"{made(desk, since=date(2026, 1, 1))}/keep").text
    assert "These days stay as they are whenever it is asked: Opened since." in fixed
    assert "It is answered as of the day it is asked on." in client.get(f"{made(desk)}/keep").text


def test_who_keeps_it_changes_and_forgets_it(desk: Counter, town: sa.Connection) -> None:
    kept_id = kept_by(desk, CLERK, name="Weeds", recipients=["a@example.org"])
    page = f"{REPORTS_PAGE}/kept/{kept_id}"
    shown = desk.client(CLERK).get(page).text
    assert 'value="Weeds"' in shown
    assert "a@example.org</textarea>" in shown
    sent = send(desk, CLERK, page, **SENDS | {"name": "Weeds of spring"})
    assert sent.status_code == 302
    (row,) = rows(town)
    assert (row.name, row.rhythm, row.shared) == ("Weeds of spring", "weekly", False)
    assert sending.due(town, on=date(2026, 6, 1)) == []  # a Monday: not on the day it is chosen
    assert sending.due(town, on=date(2026, 6, 8)) == [kept_id]
    client = desk.client(CLERK)
    gone = client.post(f"{page}/forget", data=form(client.get(page).text, f"{page}/forget"))
    assert gone.status_code == 303
    assert client.get(page).status_code == 404
    assert sending.due(town, on=date(2026, 6, 8)) == []


def test_others_read_what_is_shared_and_change_nothing_of_it(
    desk: Counter, town: sa.Connection
) -> None:
    kept_id = kept_by(desk, MANAGER, name="Weeds", shared=True)
    page = f"{REPORTS_PAGE}/kept/{kept_id}"
    shown = desk.client(CLERK).get(page).text
    assert "Only who keeps a question changes it." in shown
    client = desk.client(CLERK)
    token = form(client.get(f"{made(desk)}/keep").text)
    refused = client.post(page, data={**token, **SENDS, "name": "Mine now"})
    assert "Only who keeps this question changes it" in refused.text
    for deed in ("forget", "unshare"):
        answer = client.post(f"{page}/{deed}", data=token)
        assert answer.status_code == 303
        assert "Only who keeps this question changes it" in client.get(REPORTS_PAGE).text
    (row,) = rows(town)
    assert (row.name, row.shared, row.ended_at) == ("Weeds", True, None)


def test_a_manager_takes_a_question_from_the_office_and_sees_it_no_more(desk: Counter) -> None:
    kept_id = kept_by(desk, CLERK, name="Weeds", shared=True)
    client = desk.client(MANAGER)
    deed = f"{REPORTS_PAGE}/kept/{kept_id}/unshare"
    page = client.get(REPORTS_PAGE).text
    assert client.post(deed, data=form(page, deed)).status_code == 303
    assert client.get(f"{REPORTS_PAGE}/kept/{kept_id}").status_code == 404
    assert "Weeds" in desk.client(CLERK).get(REPORTS_PAGE).text


def test_what_another_keeps_alone_is_as_if_it_were_not(desk: Counter) -> None:
    kept_id = kept_by(desk, CLERK, name="Weeds")
    page = f"{REPORTS_PAGE}/kept/{kept_id}"
    client = desk.client(MANAGER)
    assert client.get(page).status_code == 404
    token = form(client.get(f"{made(desk)}/keep").text)
    for path in (page, f"{page}/forget", f"{page}/unshare"):
        assert client.post(path, data={**token, **SENDS}).status_code == 404


def test_names_and_addresses_are_no_markup(desk: Counter) -> None:
    kept_by(desk, MANAGER, name="<script>alert(1)</script>", shared=True,
            rhythm=Rhythm.WEEKLY, recipients=["o'neil&co@example.org"])  # fmt: skip
    page = desk.client(MANAGER).get(REPORTS_PAGE).text
    assert "<script>alert(1)" not in page
    assert "o&#39;neil&amp;co@example.org" in page
