"""Who follows by e-mail says yes first, is told once a day at most, and stops with one click."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from follow_site import HIDDEN, NOON, NOW, ROSA, SITE, Site, site

from cases.following import mailing
from webmap.public.following.pages import BY_ADDRESS
from webmap.worker.clock import _named

__all__ = ["site"]


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
    form = dict(HIDDEN.findall(reader.get("/follow").text)) | {"what": "town", "email": ROSA}
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
    form = dict(HIDDEN.findall(reader.get("/follow").text)) | {"what": "town"}
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
