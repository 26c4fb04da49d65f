"""Who follows by e-mail says yes first, is told once a day at most, and stops with one click."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from flask.testing import FlaskClient
from mail_server import Mailbox, free_port, mail_server
from mail_town import SENDER, MailTown
from werkzeug.test import TestResponse

from cases import exempting
from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.errors import MailError
from cases.following import mailing
from cases.lawpack.reading import DEFAULT
from cases.workflow.roles import Role
from geo.database import Database
from webmap.follow_digest import FollowWriter
from webmap.public.following.pages import BY_ADDRESS
from webmap.worker.clock import Telling, _named
from webmap.worker.following import tell_followers

SITE = "https://code.alder.example"
ROSA = "rosa@example.org"
NOW = datetime.now(UTC)
NOON = datetime.combine(NOW.date() + timedelta(days=1), time(12), UTC)
"""Of the next day, in the town."""
_HIDDEN = re.compile(r'<input id="\w+" name="(\w+)" type="hidden" value="([^"]*)">')
EVENT = """
    INSERT INTO lotline.case_event (case_id, seq, kind, actor, happened_on, recorded_at, prev_hash,
        hash)
    SELECT {case}, {seq}, '{kind}', 'CANARY ACTOR', current_date, now() + interval '1 minute',
        decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')"""


@dataclass
class Site:
    """The town's site, the mail it queues, and a clock that is moved."""

    town: MailTown
    app: Flask

    @property
    def messages(self) -> Path:
        """The folder of the town's own wordings."""
        return Path(self.app.config["MESSAGES"])

    @property
    def database(self) -> Database:
        return self.town.database

    def reader(self) -> FlaskClient:
        return self.app.test_client()

    def ask(
        self, reader: FlaskClient | None = None, *, asked: str = "", **said: str
    ) -> TestResponse:
        """Open the form and send it."""
        reader = reader or self.reader()
        form = dict(_HIDDEN.findall(reader.get(f"/follow{asked}").text))
        return reader.post("/follow", data={"email": ROSA, **form, **said})

    def follow(self, **said: str) -> None:
        """Ask to follow, and say yes by the link."""
        assert "Look into your e-mail" in self.ask(**said).text
        reader, way = self.reader(), self.link("confirm")
        form = dict(_HIDDEN.findall(reader.get(way).text))
        assert "You follow this now" in reader.post(way, data=form).text

    def link(self, what: str) -> str:
        """Return the latest link of a kind that was mailed, as a way on the site."""
        bodies = self.all("SELECT body FROM lotline.mail ORDER BY id DESC")
        found = re.findall(rf"{SITE}(/follow/{what}/\S+)", "\n".join(row.body for row in bodies))
        return str(found[0])

    def all(self, statement: str) -> list[Any]:
        with self.database.owner.connect() as connection:
            return list(connection.execute(sa.text(statement)))

    def happens(self, case: int, kind: str = "violation_verified", seq: int = 1) -> None:
        """Have something happen in a case, a little later than now."""
        self.town.run(EVENT.format(case=case, kind=kind, seq=seq))

    def tell(self, *, at: datetime = NOON) -> int:
        """Have the day's digests made."""
        told = Telling(
            url=SITE, mails=True, roots=Path("unused"), root_to=None, messages=self.messages
        )
        return tell_followers(self.database, told, now=at)

    def arrive(self) -> None:
        """Have what waits be taken by a server, now."""
        self.town.run(
            "UPDATE lotline.mail SET status = 'sent', sent_at = now(), attempts = attempts + 1, "
            "attempted_at = now() WHERE status = 'queued'"
        )

    def digest(self) -> Any:
        """Return the latest digest."""
        return self.all("SELECT * FROM lotline.mail ORDER BY id DESC LIMIT 1")[0]

    def exempt(self, lot: str) -> None:
        who: dict[str, Any] = {
            "actor": Actor("J. Okafor", Role.CLERK), "moment": Moment(on=NOW.date(), now=NOW)
        }  # fmt: skip
        with self.database.owner.begin() as connection:
            adopt(connection, DEFAULT, on=NOW.date())
        with self.database.app.begin() as connection:
            provision = exempting.provisions(connection, on=NOW.date())[0][0]
            wanted = exempting.Wanted(place=lot, provision=provision, requested_on=NOW.date())
            exempting.exempt(connection, wanted, form_key=uuid4(), **who)


@pytest.fixture
def site(fresh_database: Database, tmp_path: Path) -> Iterator[Site]:
    settle(fresh_database)
    town = MailTown(fresh_database, tmp_path, free_port())
    said = {
        "LOTLINE_URL": SITE, "LOTLINE_SMTP_URL": f"smtp://127.0.0.1:{town.port}",
        "LOTLINE_MAIL_FROM": SENDER,
    }  # fmt: skip
    with application(fresh_database, **said) as app:
        app.config["MESSAGES"] = tmp_path / "messages"
        yield Site(town, app)
    town.close()


def test_nobody_is_told_anything_who_has_not_said_yes(site: Site) -> None:
    told = site.ask(what="place", where="108 alder st").text
    assert "We are sending a link to rosa@example.org" in told
    way = site.link("confirm")
    assert (
        "Do you want to follow this?" in site.reader().get(way).text
    )  # as a guard of mail opens it
    site.happens(3)
    assert site.tell() == 0
    kept = site.all("SELECT * FROM lotline.following")[0]
    assert kept.confirmed_at is None
    assert way.rpartition("/")[2].encode() not in bytes(kept.confirm_sha256)
    site.tell(at=NOW + timedelta(days=4))
    assert site.all("SELECT * FROM lotline.follower") == []
    assert site.reader().get(way).status_code == 410


def test_what_happened_is_told_once_a_day_with_a_link_that_stops_it(site: Site) -> None:
    site.follow(what="place", where="12-5")
    assert site.tell(at=datetime.combine(NOON.date(), time(5), UTC)) == 0  # nobody is woken
    site.happens(3)
    site.happens(4)  # another lot
    assert site.tell() == 1
    mail = site.digest()
    assert "1 case you follow" in mail.subject
    assert "108 Alder St, Trash, Case 2026-0003" in mail.body
    assert "A violation was verified." in mail.body
    assert f"{SITE}/case/2026-0003" in mail.body
    assert not [each for each in ("CANARY", "2026-0004", "112 Alder") if each in mail.body]
    site.happens(3, "case_closed", seq=2)
    assert site.tell() == 0  # it waits for the next day
    site.arrive()
    assert site.tell(at=NOON + timedelta(days=1)) == 0  # recorded before what was told until
    assert mail.unsubscribe == f"{SITE}{site.link('stop')}"


@pytest.mark.parametrize(
    ("said", "cases"),
    [
        ({"what": "case", "case": "2026-0004"}, "4"),
        ({"what": "place", "where": "108 Alder St"}, "3"),
        ({"what": "near", "where": "108 Alder St", "distance": "75"}, "2 3 4"),
        ({"what": "near", "where": "108 Alder St", "distance": "75", "category": "Trash"}, "3 4"),
        ({"what": "zone", "zone": "2"}, "4 5"),
        ({"what": "town", "category": "High grass"}, "1 2 6"),
        ({"what": "area", "asked": "?bbox=-80.4,27.2994,-80.3994,27.3006"}, "1 6"),
    ],
)
def test_a_case_a_place_an_area_and_a_kind_can_be_followed(
    site: Site, said: dict[str, str], cases: str
) -> None:
    site.follow(**said)
    for case in range(1, 8):
        site.happens(case)
    assert site.tell() == 1
    assert sorted(set(re.findall(r"2026-000(\d)", site.digest().body))) == cases.split()


def test_a_lot_that_is_no_more_is_followed_on_the_lot_it_became(site: Site) -> None:
    site.follow(what="place", where="12-5")
    site.town.run(
        "INSERT INTO lotline.parcel_lineage (parent_id, child_id, as_of, share) "
        "SELECT mine.parcel_id, its.parcel_id, current_date, 0.9 "
        "FROM lotline.case_file mine, lotline.case_file its WHERE mine.id = 3 AND its.id = 4"
    )
    site.happens(4)
    assert site.tell() == 0  # it stands yet, and the other lot is its neighbour's
    site.town.run(
        "UPDATE lotline.parcel_period SET valid_to = current_date + 1 "
        "WHERE parcel_id = (SELECT parcel_id FROM lotline.case_file WHERE id = 3)"
    )
    site.town.run("UPDATE lotline.follower SET told_until = now() - interval '1 hour'")
    assert site.tell(at=NOON + timedelta(days=1)) == 1
    assert "2026-0004" in site.digest().body


def test_one_click_stops_all_and_leaves_the_log(site: Site) -> None:
    site.follow(what="place", where="12-5")
    site.happens(3)
    site.tell()
    way = site.link("stop")
    shown = site.reader().get(way).text
    assert shown.count('<button class="usa-button usa-button--big">') == 1
    assert len(site.all("SELECT * FROM lotline.following")) == 1  # opening it stops nothing
    post = site.reader().post(way, data={"List-Unsubscribe": "One-Click"})  # no cookie, no token
    assert post.status_code == 200
    assert site.all("SELECT * FROM lotline.follower") == site.all("SELECT * FROM lotline.following")
    with site.database.app.connect() as connection:
        logged = connection.execute(mailing.log()).all()
    assert [(row.to_address, row.kind, row.told) for row in logged] == [
        (ROSA, "digest", ["2026-0003"]), (ROSA, "confirm", ["108 Alder St"]),
    ]  # fmt: skip
    assert site.reader().post("/follow/stop/none").status_code == 410


def test_one_of_several_is_stopped_alone(site: Site) -> None:
    site.follow(what="place", where="12-5")
    site.follow(what="case", case="2026-0004")
    way = site.link("stop")
    one = re.findall(r'name="one" value="(\d+)"', site.reader().get(way).text)
    assert len(one) == 2
    assert "That one is stopped" in site.reader().post(way, data={"one": one[0]}).text
    assert [row.page for row in site.all("SELECT page FROM lotline.following")] == [
        "/case/2026-0004"
    ]


def test_a_form_sent_twice_mails_once_and_a_mailbox_is_not_filled(site: Site) -> None:
    reader = site.reader()
    form = dict(_HIDDEN.findall(reader.get("/follow").text)) | {"what": "town", "email": ROSA}
    for _ in range(2):
        assert "Look into your e-mail" in reader.post("/follow", data=form).text
    assert len(site.all("SELECT * FROM lotline.mail")) == 1
    for _ in range(BY_ADDRESS.tries - 1):
        assert site.ask(what="town").status_code == 200
    held = site.ask(what="town")
    assert held.status_code == 429
    assert int(held.headers["Retry-After"]) > 0
    assert f'value="{ROSA}"' in held.text


def test_one_mailbox_is_one_however_its_address_is_written(site: Site) -> None:
    for each in ("rosa+a@example.org", "Rosa+b@example.org", "r.osa@example.org", ROSA, ROSA):
        assert site.ask(what="town", email=each).status_code == 200
    assert site.ask(what="town", email="ro.sa+c@Example.org").status_code == 429
    assert site.ask(what="town", email="rosa@example.com").status_code == 200


def test_what_somebody_follows_keeps_its_name_whoever_asks_for_it_again(site: Site) -> None:
    site.follow(what="town")
    reader = site.reader()
    reader.get("/language/es?to=/")
    site.ask(reader, what="town")
    (kept,) = site.all("SELECT name FROM lotline.following")
    assert kept.name == "All cases, in the whole town"
    reader.post(site.link("stop"))
    site.ask(what="town")
    site.ask(reader, what="town")
    (kept,) = site.all("SELECT name FROM lotline.following")
    assert kept.name != "All cases, in the whole town"


def test_sent_again_to_a_mended_address_or_for_another_thing_it_is_mailed_too(site: Site) -> None:
    reader = site.reader()
    form = dict(_HIDDEN.findall(reader.get("/follow").text)) | {"what": "town"}
    for more in ({"email": "rosa@exampel.org"}, {"email": ROSA}, {"email": ROSA.title()}):
        assert "Look into your e-mail" in reader.post("/follow", data=form | more).text
    told = [row.to_address for row in site.all("SELECT to_address FROM lotline.mail ORDER BY id")]
    assert told == ["rosa@exampel.org", ROSA]
    reader.post("/follow", data=form | {"email": ROSA, "what": "place", "where": "12-5"})
    assert len(site.all("SELECT * FROM lotline.mail")) == 3


def test_no_visitor_names_a_mail_so_that_the_clocks_own_could_not_be_queued(site: Site) -> None:
    name = _named("Alder", SITE, NOON.date(), "digest 1")
    assert "Look into your e-mail" in site.ask(what="town", key=str(name)).text
    (mail,) = site.all("SELECT message_id FROM lotline.mail")
    assert mail.message_id != name


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"what": "case", "case": "2026-4711"}, "We know no public case of this number"),
        ({"what": "case", "case": "2026-0010"}, "We know no public case of this number"),
        ({"what": "place", "where": "1 Nowhere Rd"}, "We know no such address here"),
        ({"what": "place", "where": "108 Alder Street"}, "Which one is it?"),
        ({"what": "town", "email": "nobody"}, "is no mail address"),
        ({"what": "town", "email": ""}, "Type your e-mail address"),
        ({}, "Choose what you want to follow"),
        ({"what": "area", "area": "1,2;x"}, "is none: draw it on the map"),
        ({"what": "area"}, "it needs three corners at least"),
        ({"what": "town", "category": "Pay at"}, "Choose what kind of problem it is."),
        ({"what": "near", "where": "108 Alder St", "category": "Pay at"}, "Choose what kind"),
    ],
)
def test_what_cannot_be_followed_is_said_and_nothing_typed_is_lost(
    site: Site, said: dict[str, str], words: str
) -> None:
    page = site.ask(**{"where": "kept", **said}).text
    assert words in page
    assert site.all("SELECT * FROM lotline.mail") == []
    kept = [value for key, value in said.items() if value and key != "category"]
    assert all(f'value="{value}"' in page for value in kept)
    assert "Pay at" not in page


def test_without_its_guard_the_form_asks_again(site: Site) -> None:
    answer = site.reader().post("/follow", data={"what": "town", "email": ROSA})
    assert answer.status_code == 400
    assert f'value="{ROSA}"' in answer.text


def test_an_exempt_place_is_in_no_digest_not_even_one_that_waits(site: Site) -> None:
    site.follow(what="zone", zone="1")
    site.happens(3)
    site.tell()
    waiting = site.digest()
    assert "108 Alder" in waiting.body
    site.exempt("12-5")
    box = Mailbox()
    with mail_server(box, port=site.town.port):
        site.town.work()
    assert not [each for each in box.received if b"108 Alder" in each]
    assert site.town.mail(waiting.id).status == "failed"
    site.town.run("UPDATE lotline.follower SET told_until = now() - interval '1 hour'")
    assert site.tell(at=NOON + timedelta(days=1)) == 0


def test_no_link_that_was_mailed_still_names_a_place_that_is_exempt_since(site: Site) -> None:
    site.follow(what="place", where="12-5")
    site.follow(what="case", case="2026-0003")
    site.follow(what="case", case="2026-0004")
    site.ask(what="near", where="112 Alder St")
    site.ask(what="case", case="2026-0003", email="iris@example.org")
    ways = [site.link("stop"), site.link("confirm")]
    assert all("108 Alder" in site.reader().get(way).text for way in ways[1:])
    site.exempt("12-5")
    for way in ways:
        page = site.reader().get(way).text
        assert not [each for each in ("108 Alder", "2026-0003", "12-5") if each in page]
    assert page.count("Something that is not public now") == 1
    held = site.all("SELECT body FROM lotline.mail ORDER BY id")[0].body
    (stop,) = re.findall(rf"{SITE}(/follow/stop/\S+)", held)
    page = site.reader().get(stop).text
    assert page.count("<li>Something that is not public now") == 2
    assert "2026-0004" in page


def test_what_else_a_digest_told_that_is_held_back_is_told_in_the_next(site: Site) -> None:
    site.follow(what="town")
    for case in (3, 4):
        site.happens(case)
    assert site.tell() == 1
    site.exempt("12-5")
    box = Mailbox()
    with mail_server(box, port=site.town.port):
        site.town.work()
    assert not [each for each in box.received if b"2026-0004" in each]
    assert site.tell(at=NOON + timedelta(hours=1)) == 1
    assert "2026-0004" in site.digest().body
    assert "2026-0003" not in site.digest().body
    with mail_server(box, port=site.town.port):
        site.town.work()
    assert len([each for each in box.received if b"2026-0004" in each]) == 1
    assert site.tell(at=NOON + timedelta(days=1)) == 0


def test_what_no_server_took_for_days_is_told_in_the_next_digest(site: Site) -> None:
    site.follow(what="place", where="12-5")
    site.happens(3)
    assert site.tell() == 1
    lost = site.digest().id
    site.town.run(
        "UPDATE lotline.mail SET attempts = 20, attempted_at = now(), "
        "queued_at = now() - interval '5 days'"
    )
    site.town.work()
    assert site.town.mail(lost).status == "failed"
    assert site.tell(at=NOON + timedelta(days=1)) == 1
    assert "2026-0003" in site.digest().body


def test_who_has_stopped_is_sent_nothing_that_waited_and_asked_nothing(site: Site) -> None:
    site.follow(what="place", where="12-5")
    site.happens(3)
    site.tell()
    way = site.link("stop")
    site.ask(what="case", case="2026-0004")
    site.reader().post(way, data={"List-Unsubscribe": "One-Click"})
    box = Mailbox()
    with mail_server(box, port=site.town.port):
        site.town.work()
    assert box.received == []
    told = {row.last_error for row in site.all("SELECT last_error FROM lotline.mail")}
    assert told == {"Not sent: whoever it was for has stopped, or did not say yes in time."}


def _words(site: Site, kind: str, text: str, language: str = "en") -> None:
    """Put a wording of the town's own in force."""
    file = site.messages / language / f"{kind}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_digest_reads_as_it_came_until_the_town_words_it_itself(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.follow(what="place", where="12-5")
    site.happens(3)
    site.tell()
    stop = f"{SITE}{site.link('stop')}"
    today, told = date.today(), NOON.date()  # noqa: DTZ011 - the database's own day
    assert site.digest().subject == f"{_day(told)}: news of 1 case you follow"
    assert site.digest().body == (
        "What happened in what you follow in Alder:\n\n"
        f"108 Alder St, Trash, Case 2026-0003\n- {_day(today)}: A violation was verified.\n"
        f"  {SITE}/case/2026-0003\n\n"
        "You get this at most once a day, and only when something happened.\n"
        f"Stop it, or choose what to stop: {stop}\n"
    )
    site.arrive()
    loop = "{% for one in cases %}{{ one.number }} {{ one.address }}\n{% endfor %}\n"
    _words(site, "follow_digest", f"{{{{ count }}}} in {{{{ town }}}}\n\n{loop}{{{{ stop }}}}")
    site.happens(3, "case_closed", seq=2)
    site.town.run("UPDATE lotline.follower SET told_until = now() - interval '1 hour'")
    assert site.tell(at=NOON + timedelta(days=1)) == 1
    assert site.digest().subject == "1 in Alder"
    assert site.digest().body.startswith(f"2026-0003 {SITE}/case/2026-0003\n")
    site.arrive()
    _words(site, "follow_digest", f"{{{{ count }}}}\n\n{loop}no link")
    site.town.run("UPDATE lotline.follower SET told_until = now() - interval '1 hour'")
    assert site.tell(at=NOON + timedelta(days=2)) == 1
    assert "news of 1 case you follow" in site.digest().subject
    assert site.digest().unsubscribe in site.digest().body
    assert "follow_digest went out as it came with Lotline" in caplog.text


def test_the_mail_that_asks_for_a_yes_reads_as_the_town_words_it(site: Site) -> None:
    _words(site, "follow_confirm", "Yes?\n\n{{ followed }}: {{ confirm }} or {{ stop }}")
    site.follow(what="place", where="12-5")
    assert site.digest().subject == "Yes?"
    assert "Somebody, most likely you" not in site.digest().body


def _day(value: date) -> str:
    return f"{value:%b} {value.day}, {value.year}"


def test_a_digest_is_cut_and_says_how_many_more(site: Site) -> None:
    site.town.run(
        "INSERT INTO lotline.case_file (id, number, category, opened_on, phase, open_violations, "
        "published, parcel_id, parcel_period_id, tie_method, tie_confidence, import_run_id, "
        "source_row) SELECT 100 + n, '2027-' || n, category, opened_on, phase, 1, true, parcel_id, "
        "parcel_period_id, tie_method, tie_confidence, 1, 100 + n "
        "FROM lotline.case_file, generate_series(1, 34) n WHERE id = 1"
    )
    site.follow(what="town")
    site.town.run(EVENT.format(case="id", seq=1, kind="case_opened")
                  + " FROM lotline.case_file WHERE id > 100")  # fmt: skip
    assert site.tell() == 1
    assert site.digest().body.count(f"{SITE}/case/") == 20
    assert "And 14 more cases." in site.digest().body


def test_a_digest_arrives_once_though_the_server_was_down(site: Site) -> None:
    site.follow(what="place", where="12-5")
    site.happens(3)
    site.tell()
    site.town.work()
    site.town.let_waits_last()
    assert {row.status for row in site.all("SELECT status FROM lotline.mail")} == {"queued"}
    assert site.tell() == 0
    box = Mailbox()
    with mail_server(box, port=site.town.port):
        site.town.let_waits_pass()
        site.town.work()
        site.town.work()
    digests = [each for each in box.messages() if "you follow" in each["Subject"]]
    (digest,) = [each for each in digests if "news of" in each["Subject"]]
    _stops_by_one_click(digest, site.link("stop"))


def test_days_without_a_server_end_in_one_digest_that_waited_and_one_of_the_rest(
    site: Site,
) -> None:
    site.follow(what="town")
    site.happens(3)
    assert site.tell() == 1
    site.happens(4)
    site.town.run("UPDATE lotline.follower SET told_until = now() - interval '1 hour'")
    for day in (1, 2):
        assert site.tell(at=NOON + timedelta(days=day)) == 0  # the first of them still waits
    site.arrive()
    assert site.tell(at=NOON + timedelta(days=3)) == 1
    assert "2026-0004" in site.digest().body


def test_one_who_cannot_be_told_keeps_nobody_else_from_being_told(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    site.follow(what="town")
    site.follow(what="town", email="iris@example.org")
    site.happens(3)
    writes = FollowWriter.words

    def fails(self: FollowWriter, digest: Any, **said: Any) -> tuple[str, str]:
        if digest.follower.email == ROSA:
            msg = "It cannot be written to rosa@example.org."
            raise MailError(msg)
        return writes(self, digest, **said)

    monkeypatch.setattr(FollowWriter, "words", fails)
    assert site.tell() == 1
    assert site.digest().to_address == "iris@example.org"
    assert "MailError" in caplog.text
    assert ROSA not in caplog.text
    monkeypatch.undo()
    assert site.tell(at=NOON + timedelta(days=1)) == 1  # nothing of it is lost
    assert site.digest().to_address == ROSA
    assert "2026-0003" in site.digest().body


def _stops_by_one_click(message: EmailMessage, way: str) -> None:
    assert message["List-Unsubscribe"] == f"<{SITE}{way}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_follows_in_spanish_is_written_to_in_spanish(site: Site) -> None:
    reader = site.reader()
    reader.get("/language/es?to=/")
    site.ask(reader, what="place", where="12-5")
    way = site.link("confirm")
    reader.post(way, data=dict(_HIDDEN.findall(reader.get(way).text)))
    assert site.all("SELECT language FROM lotline.follower")[0].language == "es"
    assert site.digest().subject == "Confirme lo que quiere seguir"
    assert "decir que sí" in site.digest().body
    site.happens(3)
    site.tell()
    assert "novedades de 1 caso que usted sigue" in site.digest().subject
    assert ", Caso 2026-0003" in site.digest().body


def test_a_town_without_mail_offers_feeds_instead(fresh_database: Database) -> None:
    settle(fresh_database)
    with application(fresh_database) as app:
        page = app.test_client().get("/follow").text
        assert "sends no e-mail yet" in page
        assert "<form method=" not in page
        assert "/follow" not in app.test_client().get("/case/2026-0003").text
