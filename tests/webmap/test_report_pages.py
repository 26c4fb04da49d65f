"""A resident reports a problem without an account: told first, kept once, followed by a code."""

import re
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from front_desk import CANARY, REPORTER, Clerk, FrontDesk, front_desk
from markupsafe import escape
from resident import QUIET, Resident, a_file, code_in, hidden_in

from cases.documents.store import Store
from cases.receiving import Report
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import from_cluster
from webmap.public.reporting import opened, pages, tracking
from webmap.public.reporting.around import Around
from webmap.public.reporting.desk import Counter
from webmap.visits import Visit

sys.path.append(str(Path(__file__).parents[1] / "cases"))
from files import CANARY as EXIF_CANARY
from files import exif, jpeg

COMPLAINTS = "SELECT count(*) FROM lotline.complaint WHERE channel = 'web'"
FIRST_HELD = """SELECT min(received_on) FROM lotline.complaint c
    JOIN lotline.resident_report r ON r.complaint_id = c.id
    WHERE r.held_because IS NOT NULL AND r.released_by IS NULL AND c.status = 'received'"""
UNKNOWN = "We know no report with this code."


@pytest.fixture(scope="module")
def town(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[FrontDesk]:
    name = f"reporting_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database, front_desk(database) as opened:
        opened.app.extensions["lotline_documents"] = Store("memory://reporting")
        yield opened
    cluster.drop_database(name)


@pytest.fixture(autouse=True)
def unlimited(town: FrontDesk) -> None:
    """Give whoever sends from here all their tries back before each test."""
    with town.database.owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM lotline.throttle")


@pytest.fixture
def resident(town: FrontDesk) -> Resident:
    return Resident(town.app.test_client(), town)


@pytest.fixture
def clerk(town: FrontDesk) -> Clerk:
    return town.sit(Role.CLERK)


def test_the_notice_and_the_reason_stand_before_the_name_is_asked(resident: Resident) -> None:
    page = resident.client.get("/report").text
    notice, reason = page.index("chapter 119"), page.index("162.06(1)(b)")
    assert max(notice, reason) < page.index('name="who"') < page.index('name="name"')


def test_ten_sends_of_a_report_make_one_complaint_and_show_the_same_receipt(
    town: FrontDesk, resident: Resident
) -> None:
    before, form = town.ask(COMPLAINTS), resident.form()
    answers = [resident.send(form) for _ in range(10)]
    assert {each.status_code for each in answers} == {200}
    assert len({code_in(each) for each in answers}) == 1
    assert town.ask(COMPLAINTS) == before + 1


def test_a_code_tells_where_it_stands_and_never_who(resident: Resident, clerk: Clerk) -> None:
    sent = resident.send()
    code = code_in(sent)
    told = resident.track(f" {code.lower().replace('-', ' ')} ")
    assert "Somebody at the town is to look at it by" in told.text
    assert not [each for each in CANARY if each in told.text.casefold()]
    assert not [each for each in CANARY if each in sent.text.casefold()]
    number = re.search(r"CP-\d{4}-\d+", sent.text)
    assert number is not None
    reason = {"reason": "There is no such lot."}
    clerk.send(f"/office/complaint/{number[0]}/do/complaint.dismiss", reason)
    told = resident.track(code)
    assert "closed without a case" in told.text
    assert "There is no such lot." in told.text


@pytest.mark.parametrize(
    "code", ["AAAAA-AAAAA-AAAAA-AAAAA", "no code", "'; DROP TABLE x", "é" * 60]
)
def test_what_is_no_code_answers_as_one_unknown(resident: Resident, code: str) -> None:
    answer = resident.track(code)
    assert (answer.status_code, UNKNOWN in answer.text) == (200, True)
    typed = r'name="csrf_token"[^>]*>|(?<= id="code") [^>]*value="[^"]*"'
    known = re.sub(typed, "", resident.track("BBBBB-BBBBB-BBBBB-BBBBB").text)
    assert re.sub(typed, "", answer.text) == known
    assert f'value="{escape(code)}"' in answer.text  # each letter of it can be looked at


def test_codes_are_tried_so_often_and_no_more(resident: Resident) -> None:
    tries = tracking.CODES_BY_PLACE.tries
    assert [resident.track("no").status_code for _ in range(tries)] == [200] * tries
    late = resident.track("no")
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) > 0


def test_reports_are_taken_so_often_from_one_place_and_nothing_typed_is_lost(
    town: FrontDesk, resident: Resident
) -> None:
    for _ in range(pages.REPORTS_BY_PLACE.tries):
        assert "data-received" in resident.send().text
    before, form = town.ask(COMPLAINTS), resident.form()
    late = resident.send(form, said="Grass & <weeds>")
    assert (late.status_code, int(late.headers["Retry-After"]) > 0) == (429, True)
    assert "Grass &amp; &lt;weeds&gt;" in late.text
    assert form["key"] in late.text
    assert town.ask(COMPLAINTS) == before


def test_what_comes_at_once_is_asked_to_be_sent_again_and_is_then_taken(
    resident: Resident,
) -> None:
    form = resident.form()
    quick = resident.send(form, opened=resident.begun(form["key"], seconds=0))
    assert "very quick" in quick.text
    assert "Waist high" in quick.text
    assert "data-received" in resident.send(form).text


def test_a_form_that_does_not_say_when_it_was_opened_is_asked_once_more_and_keeps_all(
    town: FrontDesk, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "TOO_QUICK", timedelta(0))
    before = town.ask(COMPLAINTS)
    for nth, old in enumerate(("", "forged", resident.begun("another key", seconds=60))):
        form = resident.form()
        asked = resident.send(form, opened=old)
        assert "open for long" in asked.text
        assert "very quick" not in asked.text
        assert "Waist high" in asked.text
        assert town.ask(COMPLAINTS) == before + nth
        fresh = hidden_in(asked)
        assert fresh["key"] == form["key"]
        assert "data-received" in resident.send(fresh).text
        assert town.ask(COMPLAINTS) == before + nth + 1


def test_a_page_without_its_guard_and_moment_is_given_both_anew(
    resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "TOO_QUICK", timedelta(0))
    asked = resident.send(csrf_token="stale", opened="forged")  # noqa: S106 - a guard, no password
    assert "data-received" in resident.send(hidden_in(asked)).text


def test_a_page_that_lost_its_guard_keeps_what_was_typed(
    town: FrontDesk, resident: Resident
) -> None:
    before, form = town.ask(COMPLAINTS), resident.form()
    stale = resident.send(form | {"csrf_token": "stale"})
    assert (stale.status_code, "Waist high" in stale.text) == (400, True)
    assert "choose them once more" not in stale.text
    assert town.ask(COMPLAINTS) == before
    photo = a_file(jpeg((60, 40)), "a.jpg")
    stale = resident.send(form | {"csrf_token": "stale"}, photos=photo)
    assert "choose them once more" in stale.text
    assert resident.client.post(f"/report/photo/{form['key']}", data=b"x").status_code == 400


def test_a_report_without_a_name_is_kept_and_said_to_open_nothing(resident: Resident) -> None:
    nothing = dict.fromkeys(REPORTER, "")
    code = code_in(resident.send(who="nameless", **nothing))
    assert "without a name and an address" in resident.track(code).text
    assert "Type your name" in resident.send(**nothing).text
    assert "Choose yes or no" in resident.send(who="").text


def test_who_gives_no_name_gives_none_though_the_fields_were_filled(
    town: FrontDesk, resident: Resident
) -> None:
    before = town.ask("SELECT count(*) FROM lotline.reporter")
    assert "data-received" in resident.send(who="nameless").text
    assert town.ask("SELECT count(*) FROM lotline.reporter") == before


def test_what_is_public_nearby_is_offered_before_anything_new_is_kept(
    town: FrontDesk, resident: Resident
) -> None:
    before, form = town.ask(COMPLAINTS), resident.form()
    there = {"where": "102 Alder St"}
    asked = resident.send(form, **there)
    shown = re.findall(r'name="shown" value="([^"]+)"', asked.text)
    assert town.ask(COMPLAINTS) == before
    assert "2026-0002" in shown
    assert "/case/2026-0002" in asked.text
    assert "data-received" not in resident.send(form, **there, shown=shown).text
    assert "data-received" not in resident.send(form, **there, same_as="").text
    sent = resident.send(form, **there, shown=shown, same_as="2026-0002")
    assert "data-received" in sent.text
    about = town.ask(
        "SELECT c.number FROM lotline.resident_report r "
        "JOIN lotline.case_file c ON c.id = r.about_case_id ORDER BY complaint_id DESC LIMIT 1"
    )
    assert about == "2026-0002"


def test_a_case_that_is_not_public_is_not_offered(town: FrontDesk, resident: Resident) -> None:
    with town.database.owner.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE lotline.case_file SET published = false WHERE number = '2026-0002'"
        )
    said = {"where": "102 Alder St", "kind": "High grass"}
    shown = resident.client.get("/report/around", query_string=said).text
    with town.database.owner.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE lotline.case_file SET published = true WHERE number = '2026-0002'"
        )
    assert "2026-0002" not in shown
    assert "2026-0002" in resident.client.get("/report/around", query_string=said).text


def test_an_exempt_lot_is_told_of_as_an_address_nobody_knows(
    town: FrontDesk, resident: Resident
) -> None:
    said = {"where": "102 Alder St", "kind": "High grass"}
    unknown = resident.client.get("/report/around", query_string=said | {"where": QUIET}).text
    with town.database.owner.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO lotline.withheld_parcel SELECT parcel_id, false"
            " FROM lotline.situs_address WHERE label = '102 Alder St' LIMIT 1"
        )
    try:
        shown = resident.client.get("/report/around", query_string=said).text
    finally:
        with town.database.owner.begin() as connection:
            connection.exec_driver_sql("DELETE FROM lotline.withheld_parcel")
    assert shown == unknown


def test_a_place_is_looked_at_so_often_and_no_more(resident: Resident) -> None:
    said = {"where": QUIET, "kind": "High grass"}
    answers = [
        resident.client.get("/report/around", query_string=said)
        for _ in range(pages.LOOKS_BY_PLACE.tries + 1)
    ]
    assert {each.status_code for each in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_filled_trap_holds_a_report_which_a_clerk_lets_through(
    resident: Resident, clerk: Clerk
) -> None:
    sent = resident.send(website="http://spam.example")
    assert "data-received" in sent.text
    number = re.search(r"CP-\d{4}-\d+", sent.text)
    assert number is not None
    assert number[0] in clerk.page("/office/complaints?shelf=held")
    page = f"/office/complaint/{number[0]}"
    assert "Held back." in clerk.page(page)
    clerk.send(f"{page}/do/complaint.release", {})
    assert "Held back." not in clerk.page(page)
    assert "let it through" in clerk.page(page)
    assert number[0] not in clerk.page("/office/complaints?shelf=held")
    assert number[0] in clerk.page("/office/complaints")


def test_the_clerk_is_told_on_the_first_page_that_some_are_held_and_since_when(
    town: FrontDesk, resident: Resident, clerk: Clerk
) -> None:
    held = "SELECT count(*) FROM lotline.resident_report WHERE held_because IS NOT NULL"
    held += " AND released_by IS NULL"
    links = "see www.a.example www.b.example www.c.example"
    numbers = []
    for sent in (resident.send(said=links), resident.send(website="http://spam.example")):
        assert "data-received" in sent.text  # as any other receipt
        assert "held" not in sent.text.lower()
        found = re.search(r"CP-\d{4}-\d+", sent.text)
        assert found is not None
        numbers.append(found[0])
    with town.database.app.connect() as connection:
        first = connection.execute(sa.text(FIRST_HELD)).scalar_one()
    since = f"The first came on {first:%b} {first.day}, {first.year}."
    today = clerk.page("/office/")
    pile = today.partition("pile--held")[2].partition("</li>")[0]
    assert f"<b>{town.ask(held)}</b>" in pile
    assert since in pile
    shelf = clerk.page("/office/complaints?shelf=held")
    assert since in shelf
    for deed, said in (("release", {}), ("dismiss", {"reason": "An advertisement."})):
        number = numbers.pop()
        way = f"/office/complaint/{number}/do/complaint.{deed}"
        assert f'href="{way}"' in shelf
        clerk.send(way, said)
        assert number not in clerk.page("/office/complaints?shelf=held")
    assert "The first came" not in clerk.page("/office/complaints")


def test_photographs_come_with_the_form_or_before_it_and_the_clerk_sees_them(
    town: FrontDesk, resident: Resident, clerk: Clerk
) -> None:
    form = resident.form()
    first = jpeg((60, 40), tags=exif())
    assert [resident.photo(form, first, name="a.jpg").status_code for _ in range(3)] == [200] * 3
    lacks = resident.send(form, said="", photos=a_file(jpeg((50, 40)), "b.jpg"))
    assert "2 photos are kept" in lacks.text
    sent = resident.send(form)
    number = re.search(r"CP-\d{4}-\d+", sent.text)
    assert number is not None
    page = clerk.page(f"/office/complaint/{number[0]}")
    assert "It came through the site." in page
    shown = set(re.findall(r"/office/file/([0-9a-f]{64})", page))
    assert len(shown) == 2
    outside = town.app.test_client()
    for each in shown:  # an original is for staff alone
        assert outside.get(f"/office/file/{each}").status_code == 302
    assert EXIF_CANARY not in sent.text


def test_a_point_goes_before_words_and_says_where_it_is(resident: Resident) -> None:
    page = resident.client.get("/report/around", query_string={"where": QUIET}).text
    assert "We know no such address" in page
    far = {"point": "10.0, 10.0", "kind": "High grass"}
    assert "outside the town" in resident.client.get("/report/around", query_string=far).text
    for wrong in ("x", "91, 0", "nan, 1", "1", "1e999, 2"):
        assert "not understood" in resident.send(point=wrong).text


@pytest.mark.parametrize(
    "said", [{"kind": "High\0grass"}, {"kind": "x" * 9_000}, {"where": "102 Alder St " * 9_000}]
)
def test_what_the_form_refuses_is_looked_up_nowhere_and_given_back(
    resident: Resident, monkeypatch: pytest.MonkeyPatch, said: dict[str, str]
) -> None:
    looked: list[Report] = []
    there = pages.around

    def around(look: Visit, at: Counter, report: Report) -> Around:
        looked.append(report)
        return there(look, at, report)

    monkeypatch.setattr(pages, "around", around)
    asked = resident.send(**{"where": "102 Alder St", **said})
    assert (asked.status_code, "Waist high" in asked.text) == (200, True)
    assert "data-received" not in asked.text
    assert all(len(each.address or "") <= 200 for each in looked)
    assert {each.category for each in looked} <= {"", "High grass"}


def test_no_officer_is_said_to_have_looked_where_what_was_repeated_was_set_aside(
    town: FrontDesk, resident: Resident, clerk: Clerk
) -> None:
    first, second = (resident.send(said=words) for words in ("One", "The same"))
    earlier, later = (re.findall(r"CP-\d{4}-\d+", each.text)[0] for each in (first, second))
    at = "/office/complaint"
    clerk.send(f"{at}/{later}/do/complaint.link", {"number": earlier})
    clerk.send(f"{at}/{earlier}/do/complaint.dismiss", {"reason": "No such lot."})
    told = {"told": "phone", "told_on": str(town.ask("SELECT current_date"))}
    closed = clerk.send(f"{at}/{later}/do/complaint.close", told)
    assert closed.status_code == 302, closed.text
    said = resident.track(code_in(second)).text
    assert "It has come to its end" in said
    assert "An officer looked at the place" not in said


def test_what_was_changed_after_a_report_came_is_said_not_to_be_in_it(
    town: FrontDesk, resident: Resident
) -> None:
    form = resident.form()
    first = resident.send(form, said=" Waist high\r\nsince May ")
    same = resident.send(form, said="Waist high\r\nsince May")
    changed = resident.send(form, said="Waist high since May, and a dog was hurt")
    assert "is not in it" not in first.text + same.text
    assert "is not in it" in changed.text
    assert len({code_in(each) for each in (first, same, changed)}) == 1
    assert town.ask("SELECT count(*) FROM lotline.complaint WHERE description LIKE '%dog%'") == 0


def test_an_answer_is_kept_by_no_cache(resident: Resident) -> None:
    for answer in (resident.client.get("/report"), resident.send(), resident.track("no")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_every_public_page_leads_to_the_report(resident: Resident) -> None:
    for path in ("/", "/table", "/search?q=alder", "/case/2026-0003", "/report/track", "/nowhere"):
        assert '<a class="site-do" href="/report"' in resident.client.get(path).text
