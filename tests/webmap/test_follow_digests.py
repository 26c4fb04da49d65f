"""A digest tells each thing once, to whom it may be told, in the words of the town."""

import re
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from alder_town import application, settle
from follow_site import EVENT, HIDDEN, NOON, ROSA, SITE, Site, site
from mail_server import Mailbox, mail_server

from cases.errors import MailError
from geo.database import Database
from webmap.follow_digest import FollowWriter
from webmap.office.follow_log import why

__all__ = ["site"]


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


def _refused(site: Site, *, day: int, taken: bool = True) -> Any:
    """Have a day's digest refused by its reader's server, and other mail taken or not."""
    site.happens(3, seq=day)
    site.town.run("UPDATE lotline.follower SET told_until = now() - interval '1 hour'")
    assert site.tell(at=NOON + timedelta(days=day)) == 1
    digest = site.digest()
    box = Mailbox()
    box.to_recipients = "550 5.1.1 no such mailbox"
    with mail_server(box, port=site.town.port):
        site.town.work()
    if taken:
        site.ask(what="town", email=f"other{day}@example.org")
        with mail_server(Mailbox(), port=site.town.port):
            site.town.work()
    return digest


def _is_kept(site: Site) -> bool:
    return ROSA in [row.email for row in site.all("SELECT email FROM lotline.follower")]


def test_an_address_that_refuses_digest_after_digest_is_written_to_no_more(site: Site) -> None:
    site.follow(what="place", where="12-5")
    site.arrive()
    for day in (1, 2):
        _refused(site, day=day)
    assert _is_kept(site)
    last = _refused(site, day=3)
    assert not _is_kept(site)
    kept = site.town.mail(last.id)
    assert kept.status == "failed"
    assert why(kept.last_error).endswith("The address is refused: 550 5.1.1 no such mailbox")
    assert why(kept.last_error).startswith("Written to no more")


def test_a_server_that_takes_nothing_for_anybody_forgets_nobody(site: Site) -> None:
    site.follow(what="place", where="12-5")
    site.arrive()
    for day in (1, 2, 3, 4):
        _refused(site, day=day, taken=False)
    assert _is_kept(site)


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
    reader.post(way, data=dict(HIDDEN.findall(reader.get(way).text)))
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
        assert "/follow?" not in app.test_client().get("/case/2026-0003").text
