"""Whoever has a report's code is mailed what its page tells, once, and never who made it."""

import re
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alder_town import KEY
from follow_site import HIDDEN, NOON, NOW, ROSA, Site, site
from mail_server import Mailbox, mail_server
from werkzeug.test import TestResponse

from cases import inspections
from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.following import digests, mailing
from cases.following.reports import LOGGED
from cases.intake import accept, dismiss
from cases.lawpack.reading import DEFAULT
from cases.models import Case, Complaint
from cases.residents.codes import Codes
from cases.residents.reporting import Sent, take_in
from cases.screening import Channel
from cases.workflow.roles import Role

sys.path.append(str(Path(__file__).parents[1] / "cases"))
from played import FROM_THE_STREET
from reported import FERRER, GRASS

__all__ = ["site"]

DAY = timedelta(days=1)
SECRETS = ("ferrer", "77 quince", "odalys", "alder st", "waist-high", "12-5")
"""Who reported it, what they said and where: none of it is for whoever has the code."""
ALSO = """
    INSERT INTO lotline.following (follower_id, name, page, scope_sha256, case_id, confirm_sha256,
        asked_at, confirmed_at)
    SELECT id, 'x', '/x', sha256('a'), {case}, sha256('b'), now(), now() FROM lotline.follower"""
"""Has whoever follows the report follow its case by itself as well."""
OFFICER, CLERK = Actor("M. Rivera", Role.OFFICER), Actor("D. Quinn", Role.CLERK)


@dataclass
class Report:
    """A report that came through the site, and what the town does with it."""

    site: Site
    code: str
    id: int

    def later(self, minutes: int = 1) -> Moment:
        now = datetime.now(UTC) + timedelta(minutes=minutes)
        return Moment(on=NOW.date(), now=now)

    def ask(self, **said: str) -> TestResponse:
        """Ask after it, and send the form that its page offers."""
        reader = self.site.reader()
        asked = dict(HIDDEN.findall(reader.get("/report/track").text)) | {"code": self.code}
        form = dict(HIDDEN.findall(reader.post("/report/track", data=asked).text))
        return reader.post("/report/follow", data={"email": ROSA, **form, **said})

    def follow(self) -> None:
        assert "Look into your e-mail" in self.ask().text
        reader, way = self.site.reader(), self.site.link("confirm")
        answer = reader.post(way, data=dict(HIDDEN.findall(reader.get(way).text)))
        assert "You follow this now" in answer.text

    def accepted(self) -> int:
        with self.site.database.app.begin() as connection:
            return accept(connection, complaint_id=self.id, actor=OFFICER, moment=self.later())

    def verified(self, case: int, *, on: timedelta = DAY) -> str:
        """Have an officer find the violation, after the first digest; gives the case's number."""
        moment = Moment(on=NOW.date(), now=NOON + on - timedelta(hours=1))
        with self.site.database.app.begin() as connection:
            inspections.make(
                connection, case_id=case, visit=FROM_THE_STREET, actor=OFFICER, moment=moment
            )
            return str(connection.scalar(sa.select(Case.number).where(Case.id == case)))

    def dismissed(self, reason: str) -> None:
        with self.site.database.app.begin() as connection:
            dismiss(
                connection, complaint_id=self.id, reason=reason, actor=CLERK, moment=self.later()
            )


@pytest.fixture
def report(site: Site) -> Report:
    with site.database.owner.begin() as connection:
        adopt(connection, DEFAULT, on=NOW.date())
        for table in ("case_file", "violation", "ordinance"):  # numbered by hand in this town
            named = f"lotline.{table}"
            connection.execute(
                sa.text("SELECT setval(pg_get_serial_sequence(:named, 'id'), 1000)"),
                {"named": named},
            )
    return _reported(site)


def _reported(site: Site) -> Report:
    moment = Moment(on=NOW.date(), now=NOW)
    sent = Sent(id=uuid4(), report=replace(GRASS, channel=Channel.WEB, address="108 Alder St"))
    with site.database.app.begin() as connection:
        receipt = take_in(
            connection, sent, reporter=FERRER, codes=Codes([KEY]), law_pack_id=1, moment=moment
        )
        found = sa.select(Complaint.id).where(Complaint.number == receipt.number)
        return Report(site, str(receipt.code), int(connection.scalar(found) or 0))


def _told(site: Site) -> str:
    mail = site.digest()
    return f"{mail.subject}\n{mail.body}"


def _secrets_in(text: str) -> list[str]:
    return [each for each in SECRETS if each in text.casefold()]


def test_what_became_of_it_is_told_once_and_only_after_a_yes(site: Site, report: Report) -> None:
    assert "Look into your e-mail" in report.ask().text
    report.dismissed("There is no such lot.")
    assert site.tell() == 0
    assert not _secrets_in(_told(site))
    report.follow()
    site.town.run("UPDATE lotline.follower SET told_on = NULL, told_until = now()")
    assert site.tell() == 1
    told = _told(site)
    assert "High grass: report sent on" in told
    assert "It was closed without a case. The reason: There is no such lot." in told
    assert f"{site.link('stop')}" in told
    assert not _secrets_in(told)
    assert site.tell(at=NOON + DAY) == 0


def test_its_case_is_told_as_any_once_that_is_public_and_each_step_once(
    site: Site, report: Report
) -> None:
    report.follow()
    case = report.accepted()
    assert site.tell() == 1
    told = _told(site)
    assert "It is being looked into." in told
    assert not _secrets_in(told)
    assert "/case/" not in told
    site.arrive()
    number = report.verified(case)
    site.town.run(ALSO.format(case=case))
    assert site.tell(at=NOON + DAY) == 1
    told = _told(site)
    assert f"An officer found a violation. It is part of case {number}." in told
    assert told.count("A violation was verified.") == 1
    assert told.count(f"/case/{number}") == 1
    assert not [each for each in SECRETS[:3] if each in told.casefold()]
    site.arrive()
    site.happens(case, "case_closed", seq=90)
    site.town.run("UPDATE lotline.follower SET told_until = now()")
    assert site.tell(at=NOON + 2 * DAY) == 1
    assert "The case was closed." in _told(site)


def test_a_case_withheld_since_is_named_in_no_digest_not_even_one_that_waits(
    site: Site, report: Report
) -> None:
    report.follow()
    case = report.accepted()
    number = report.verified(case, on=timedelta(0))
    assert site.tell() == 1
    waiting = site.digest()
    assert number in waiting.body
    site.exempt("12-5")
    box = Mailbox()
    with mail_server(box, port=site.town.port):
        site.town.work()
    assert not [each for each in box.received if number.encode() in each]
    assert site.town.mail(waiting.id).status == "failed"
    site.town.run("UPDATE lotline.follower SET told_until = now()")
    assert site.tell(at=NOON + DAY) == 1
    told = _told(site)
    assert "It is being looked into." in told
    assert number not in told
    assert not _secrets_in(told)


def test_the_log_does_not_say_which_report_an_address_follows(site: Site, report: Report) -> None:
    report.follow()
    report.dismissed("Twice")
    site.tell()
    with site.database.app.connect() as connection:
        assert [row.told for row in connection.execute(mailing.log())] == [[LOGGED], [LOGGED]]


def test_it_is_stopped_by_the_link_and_forgotten_with_its_report(
    site: Site, report: Report
) -> None:
    report.follow()
    site.reader().post(site.link("stop"), data={"List-Unsubscribe": "One-Click"})
    assert site.all("SELECT * FROM lotline.follower") == []
    report.follow()
    site.town.run("DELETE FROM lotline.resident_report")
    assert site.all("SELECT * FROM lotline.following") == []


def test_what_is_wrong_is_said_and_the_code_is_kept(site: Site, report: Report) -> None:
    answer = report.ask(email="nobody")
    assert "is no mail address" in answer.text
    assert report.code in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "We know no report with this code" in report.ask(code="AAAAA-AAAAA-AAAAA-AAAAA").text
    assert report.ask(csrf_token="").status_code == 400
    assert report.ask(code="").headers["Location"] == "/report/track"
    assert site.all("SELECT * FROM lotline.mail") == []


def test_sent_twice_it_mails_once_and_codes_are_not_tried_here_either(
    site: Site, report: Report
) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert "Look into your e-mail" in report.ask(key=key).text
    assert len(site.all("SELECT * FROM lotline.mail")) == 1
    answers = [report.ask(code="AAAAA-AAAAA-AAAAA-AAAAA").status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]


def test_reports_count_among_what_a_digest_shows(
    site: Site, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "SHOWN", 2)
    report.follow()
    report.dismissed("Twice")
    site.follow(what="town")
    for each in (1, 2, 3):
        site.happens(each)
    site.tell()
    told = _told(site)
    assert "news of what you follow" in told
    assert len(re.findall(r"/case/", told)) == 1
    assert "And 2 more cases" in told


def test_what_it_is_called_tells_nothing_of_the_place(site: Site, report: Report) -> None:
    report.follow()
    (row,) = site.all("SELECT name, page FROM lotline.following")
    assert (row.page, "High grass" in row.name) == ("/report/track", True)
    assert not _secrets_in(row.name)
