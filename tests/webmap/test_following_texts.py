"""Who follows by text says yes first, is told once a day and by day, and stops by the link."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from alder_town import application, settle
from follow_site import HIDDEN, NOON, NOW, SITE, Site
from mail_server import Mailbox, free_port, mail_server
from mail_town import SENDER, MailTown
from text_gateway import SECRET, Phones, text_gateway

from cases.following import mailing
from cases.mail.segments import segments
from geo.database import Database
from webmap import quiet_hours
from webmap.follow_texts import FollowTexter, confirming_text
from webmap.public.following.pages import BY_NUMBER, NUMBERS_BY_PLACE
from webmap.quiet_hours import is_day, next_morning
from webmap.worker.clock import Telling
from webmap.worker.following import tell_followers
from webmap.worker.quiet import waits_for_morning

TYPED, NUMBER = "(352) 555-0142", "+13525550142"
MAILS = {"LOTLINE_SMTP_URL", "LOTLINE_MAIL_FROM"}


class TextSite(Site):
    """The site of a town that sends texts."""

    def tell(self, *, at: datetime = NOON) -> int:
        told = Telling(
            url=SITE,
            mails=True,
            roots=Path("unused"),
            root_to=None,
            messages=Path("unused"),
            texts=True,
        )
        return tell_followers(self.database, told, now=at)

    def text(self, **said: str) -> Any:
        """Ask to follow by text."""
        return self.ask(**{"by": "text", "phone": TYPED, "email": "", **said})

    def follow_by_text(self, **said: str) -> None:
        """Ask to follow by text, and say yes by the link."""
        assert "Look for a text message" in self.text(**said).text
        reader, way = self.reader(), self.link("confirm")
        form = dict(HIDDEN.findall(reader.get(way).text))
        assert "We text you when something happens" in reader.post(way, data=form).text

    @contextmanager
    def gateway(self, phones: Phones) -> Iterator[None]:
        port = int(self.town.more["LOTLINE_SMS_URL"].rpartition(":")[2].partition("/")[0])
        with text_gateway(phones, port=port):
            yield


@contextmanager
def _opened(
    database: Database, home: Path, *, without: set[str], **more: str
) -> Iterator[TextSite]:
    settle(database)
    town = MailTown(database, home, free_port())
    town.without |= without
    town.more = {
        "LOTLINE_SMS_URL": f"http://127.0.0.1:{free_port()}/texts", "LOTLINE_SMS_SECRET": SECRET,
        **more,
    }  # fmt: skip
    mails = {"LOTLINE_SMTP_URL": f"smtp://127.0.0.1:{town.port}", "LOTLINE_MAIL_FROM": SENDER}
    said = {"LOTLINE_URL": SITE, **({} if without else mails), **town.more}
    with application(database, **said) as app:
        yield TextSite(town, app)
    town.close()


@pytest.fixture
def site(fresh_database: Database, tmp_path: Path) -> Iterator[TextSite]:
    with _opened(fresh_database, tmp_path, without=set()) as opened:
        yield opened


@pytest.fixture
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be day at any hour at which tests are run."""
    monkeypatch.setattr(quiet_hours, "FROM_HOUR", 0)
    monkeypatch.setattr(quiet_hours, "UNTIL_HOUR", 24)


def test_nobody_is_texted_more_than_a_question_who_has_not_said_yes(site: TextSite) -> None:
    assert "(352) 555-0142" in site.text(what="place", where="108 alder st").text
    (asked,) = site.all("SELECT * FROM lotline.mail")
    assert (asked.channel, asked.to_address, asked.unsubscribe) == ("text", NUMBER, None)
    assert asked.body.startswith("Alder code enforcement: get texts about 108 Alder St?")
    assert asked.body.endswith("Not you? Do nothing.")
    way = site.link("confirm")
    assert "Do you want to follow this?" in site.reader().get(way).text
    site.happens(3)
    assert site.tell() == 0
    (kept,) = site.all("SELECT email, phone FROM lotline.follower")
    assert (kept.email, kept.phone) == (None, NUMBER)
    site.tell(at=NOW + timedelta(days=4))
    assert site.all("SELECT * FROM lotline.follower") == []
    assert site.reader().get(way).status_code == 410


def test_what_happened_is_texted_once_a_day_with_a_link_that_stops_it(site: TextSite) -> None:
    site.follow_by_text(what="place", where="12-5")
    site.happens(3)
    site.happens(4)  # another lot
    assert site.tell() == 1
    text = site.digest()
    assert (text.channel, text.to_address) == ("text", NUMBER)
    stop = site.link("stop")
    assert text.body == (
        "Alder code enforcement: news of 1 case you follow. "
        "108 Alder St: A violation was verified. "
        f"See it: {SITE}/case/2026-0003 Stop: {SITE}{stop}"
    )
    assert segments(text.body) <= 2
    assert site.tell() == 0
    page = site.reader().get(stop).text
    assert "What (352) 555-0142 follows" in page
    assert "No more of it comes to (352) 555-0142" in site.reader().post(stop).text
    assert site.all("SELECT * FROM lotline.follower") == []
    with site.database.app.connect() as connection:
        logged = connection.execute(mailing.log()).all()
    assert [(row.to_address, row.channel, row.kind, row.told) for row in logged] == [
        (NUMBER, "text", "digest", ["2026-0003"]), (NUMBER, "text", "confirm", ["108 Alder St"]),
    ]  # fmt: skip


def test_an_address_and_a_number_are_told_each_by_its_own_way(site: TextSite) -> None:
    site.follow(what="place", where="12-5", by="mail")
    site.follow_by_text(what="place", where="12-5")
    site.happens(3)
    assert site.tell(at=datetime.combine(NOON.date(), time(7, 30), UTC)) == 1  # mail alone
    assert site.tell(at=datetime.combine(NOON.date(), time(20), UTC)) == 0
    assert site.tell() == 1
    told = site.all("SELECT channel, unsubscribe IS NULL FROM lotline.mail ORDER BY id DESC")
    assert [tuple(row) for row in told[:2]] == [("text", True), ("mail", False)]


def test_a_long_digest_is_cut_and_says_how_many_more(site: TextSite) -> None:
    site.follow_by_text(what="town")
    for case in range(1, 8):
        site.happens(case)
    assert site.tell() == 1
    text = site.digest()
    assert segments(text.body) == 2
    shown = text.body.count("A violation was verified.")
    assert shown >= 2
    assert f"And {7 - shown} more. What you follow, and stop: {SITE}/follow/stop/" in text.body
    row = site.all("SELECT told, more FROM lotline.follow_mail ORDER BY mail_id DESC LIMIT 1")[0]
    assert (len(row.told), row.more) == (shown, 7 - shown)


@pytest.mark.usefixtures("by_day")
def test_a_text_arrives_once_though_the_gateway_was_down_and_none_follows_it_that_day(
    site: TextSite,
) -> None:
    site.follow_by_text(what="place", where="12-5")
    site.happens(3)
    site.tell()
    site.town.work()
    site.town.let_waits_last()
    site.town.run("UPDATE lotline.follower SET told_until = now() - interval '1 hour'")
    assert site.tell(at=NOON + timedelta(days=1)) == 0  # the one of the day before still waits
    phones = Phones()
    with site.gateway(phones):
        site.town.let_waits_pass()
        site.town.work()
        site.town.work()
    assert [each.count("news of 1 case") for each in phones.texts()].count(1) == 1
    site.town.run("UPDATE lotline.follower SET told_on = NULL")
    assert site.tell(at=datetime.now(UTC)) == 0  # it arrived on this very day
    assert site.tell(at=NOON + timedelta(days=1)) == 1


def test_texts_wait_for_the_morning_but_not_those_that_the_town_tries(site: TextSite) -> None:
    site.text(what="town")
    night = datetime.combine(NOON.date(), time(3), UTC)
    engine = site.database.app
    mail_id = site.digest().id
    site.town.run("DELETE FROM jobs.procrastinate_jobs")
    assert waits_for_morning(engine, mail_id, now=night)
    (job,) = site.all("SELECT scheduled_at, task_name FROM jobs.procrastinate_jobs")
    assert (job.scheduled_at, job.task_name) == (night.replace(hour=8), "text.send")
    assert not waits_for_morning(engine, mail_id, now=NOON)
    site.town.lotline_mail("test", NUMBER)
    assert not waits_for_morning(engine, site.digest().id, now=night)


@pytest.mark.parametrize(
    ("hour", "told"), [(0, False), (7, False), (8, True), (19, True), (20, False)]
)
def test_texts_go_by_day_alone(hour: int, told: bool) -> None:
    now = datetime(2026, 3, 7, hour, 59, tzinfo=UTC)
    assert is_day(now) is told
    if not told:
        assert next_morning(now) == datetime(2026, 3, 7 + (hour >= 20), 8, tzinfo=UTC)


def test_a_number_is_asked_a_few_times_a_day_and_the_town_pays_for_so_many(
    fresh_database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with _opened(fresh_database, tmp_path, without=set(), LOTLINE_SMS_ASKS="4") as site:
        for _ in range(BY_NUMBER.tries):
            assert site.text(what="town").status_code == 200
        assert "tried too often" in site.text(what="town", phone="352 555 0142").text
        assert site.text(what="town", phone="352 555 0143").status_code == 200
        with caplog.at_level(logging.WARNING):
            held = site.text(what="town", phone="352 555 0144")
        assert held.status_code == 429
        assert int(held.headers["Retry-After"]) > 0
        assert "No more texts go out just now" in held.text
        assert 'value="352 555 0144"' in held.text
        assert "LOTLINE_SMS_ASKS=4" in caplog.text
        assert "5550144" not in re.sub(r"\D", "", caplog.text)
        assert len(site.all("SELECT * FROM lotline.mail")) == 4
        assert site.ask(what="town", by="mail").status_code == 200  # mail costs nothing


def test_one_place_does_not_use_up_what_the_town_texts(site: TextSite) -> None:
    for each in range(NUMBERS_BY_PLACE.tries):
        assert site.text(what="town", phone=f"352 555 01{each:02}").status_code == 200
    held = site.text(what="town", phone="352 555 0199")
    assert (held.status_code, int(held.headers["Retry-After"]) > 0) == (429, True)
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    reader = site.app.test_client()
    form = dict(HIDDEN.findall(reader.get("/follow", environ_base=elsewhere).text))
    form |= {"what": "town", "by": "text", "phone": "352 555 0199"}
    assert reader.post("/follow", data=form, environ_base=elsewhere).status_code == 200


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"phone": "555-0142"}, "ten digits"),
        ({"phone": ""}, "ten digits"),
        ({"phone": "+44 7700 900123"}, "no texts to numbers of that country"),
        ({"phone": "876 555 0142"}, "no texts to numbers of that country"),
        ({"by": "pigeon"}, "Choose how we shall tell you."),
        ({"by": "mail", "email": ""}, "Type your e-mail address"),
    ],
)
def test_what_cannot_be_texted_is_said_and_nothing_typed_is_lost(
    site: TextSite, said: dict[str, str], words: str
) -> None:
    page = site.text(what="town", **said).text
    assert words in page
    assert site.all("SELECT * FROM lotline.mail") == []
    assert said.get("phone", TYPED) in page


def test_a_form_sent_twice_texts_once(site: TextSite) -> None:
    reader = site.reader()
    form = dict(HIDDEN.findall(reader.get("/follow").text))
    form |= {"what": "town", "by": "text", "phone": TYPED}
    for _ in range(2):
        assert "Look for a text message" in reader.post("/follow", data=form).text
    assert len(site.all("SELECT * FROM lotline.mail")) == 1


@pytest.mark.usefixtures("by_day")
def test_whoever_answered_stop_is_forgotten_as_the_gateway_says(site: TextSite) -> None:
    site.follow_by_text(what="place", where="12-5")
    site.follow(what="place", where="12-5", by="mail")
    site.happens(3)
    phones, mailbox = Phones(answers=[(202, "taken"), (410, "answered STOP")]), Mailbox()
    with site.gateway(phones), mail_server(mailbox, port=site.town.port):
        site.town.work()
        site.tell()
        site.town.work()
    assert len(phones.sent) == 1
    assert [row.phone for row in site.all("SELECT phone FROM lotline.follower")] == [None]
    assert site.digest().status in {"sent", "failed"}


@pytest.mark.usefixtures("by_day")
def test_an_exempt_place_is_in_no_text_not_even_one_that_waits(site: TextSite) -> None:
    site.follow_by_text(what="zone", zone="1")
    site.happens(3)
    site.tell()
    assert "108 Alder" in site.digest().body
    site.exempt("12-5")
    phones = Phones()
    with site.gateway(phones):
        site.town.work()
    assert not [each for each in phones.texts() if "108 Alder" in each]
    assert site.digest().status == "failed"


def test_who_follows_in_spanish_is_texted_in_spanish_without_what_halves_the_text(
    site: TextSite,
) -> None:
    reader = site.reader()
    reader.get("/language/es?to=/")
    site.ask(reader, what="place", where="12-5", by="text", phone=TYPED)
    way = site.link("confirm")
    reader.post(way, data=dict(HIDDEN.findall(reader.get(way).text)))
    site.happens(3)
    site.tell()
    body = site.digest().body
    assert "108 Alder St: " in body
    assert segments(body) <= 2
    assert not set(body) & set("áíóú")


def test_a_town_offers_what_it_has(fresh_database: Database, tmp_path: Path) -> None:
    with _opened(fresh_database, tmp_path, without=MAILS) as site:
        page = site.reader().get("/follow").text
        assert "Follow by text message" in page
        assert 'name="phone"' in page
        assert not [each for each in ('name="email"', 'name="by"') if each in page]
        assert "By text message, at most once a day" in site.reader().get("/case/2026-0003").text
        assert "your telephone number and what you follow" in site.reader().get("/privacy").text
        site.follow_by_text(what="place", where="12-5")


def test_a_town_that_sends_no_texts_speaks_of_none(fresh_database: Database) -> None:
    settle(fresh_database)
    mails = {"LOTLINE_SMTP_URL": "smtp://127.0.0.1:9", "LOTLINE_MAIL_FROM": SENDER}
    with application(fresh_database, **mails) as app:
        reader = app.test_client()
        for page in ("/follow", "/case/2026-0003", "/privacy"):
            assert "text message" not in reader.get(page).text
        form = dict(HIDDEN.findall(reader.get("/follow").text))
        form |= {"what": "town", "by": "text", "phone": TYPED}
        assert "Type your e-mail address" in reader.post("/follow", data=form).text


@pytest.mark.parametrize("name", ["108 Alder St", "x" * 400, "ó" * 400, "中" * 400, "🏠" * 400])
def test_a_question_fits_into_a_text_whatever_is_followed(name: str) -> None:
    link = f"https://codeenforcement.sunrisefl.example.gov/follow/confirm/{'x' * 22}"
    text = confirming_text(town="Sunrise", name=name, link=link)
    assert link in text
    assert segments(text) <= 2


def test_a_digest_fits_into_a_text_whatever_a_place_is_called() -> None:
    class Row:
        situs_address, parcel_no, number, kind = "中" * 60, "1", "2026-0001", "case_opened"

    class Reader:
        language = "en"

    class Whole:
        follower, cases, more, numbers = Reader(), [[Row()], [Row()]], 3, ["2026-0001"] * 2

    url = "https://codeenforcement.sunrisefl.example.gov"
    writer: Any = FollowTexter(town="Sunrise", url=url, own=Path("unused"))
    _subject, text, shown = writer.words(Whole(), stop="x" * 22, on=NOON.date())
    assert shown == 0
    assert text.startswith("News of 5 cases you follow: https://")
    assert segments(text) <= 2
