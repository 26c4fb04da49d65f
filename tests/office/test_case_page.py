"""A case's page names what is related to it, and reads in the order in which it is worked."""

import re
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from counter import CLERK, MANAGER, OFFICER, Counter, number_of
from counter import filled as filled_form
from desk import OFFICER as RIVERA
from desk import day
from flask.testing import FlaskClient
from played_owners import BOX, LANDLORD, Played, find

from cases import inspections, violations
from cases.desk import owned
from cases.desk.beside import DeskAction
from cases.inspections import Entry, Finding, Visit
from cases.models import Citation, EnforcementOrder, Inspection, Respondent, Violation
from webmap import words
from webmap.catalogue.gathering import gathered

type On = Callable[[int], Counter]


@pytest.mark.usefixtures("roll")
def test_cases_of_the_same_owner_elsewhere_are_named_and_a_namesakes_are_not(
    on_case: On, town: sa.Connection, law: int, earlier: Played, later: Played
) -> None:
    namesake = find(
        town, law, on=date(2026, 5, 1), lot="A-2", name=LANDLORD, address="1 Elsewhere Ct, Tampa FL"
    )
    page = on_case(later.case).page(CLERK)
    elsewhere = page.partition('id="elsewhere"')[2].partition("</section>")[0]
    assert number_of(town, earlier.case) in elsewhere
    assert number_of(town, namesake.case) not in elsewhere


@pytest.mark.usefixtures("roll")
def test_many_cases_of_one_owner_are_capped_with_a_way_to_all(
    on_case: On, town: sa.Connection, law: int, later: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [find(town, law, on=date(2025, 3, day), lot="A-1") for day in range(1, 9)]
    counter = on_case(later.case)
    elsewhere = counter.page(CLERK).partition('id="elsewhere"')[2].partition("</section>")[0]
    assert elsewhere.count("<li>") == 6
    assert f"/office/case/{counter.number}/owner" in elsewhere
    everything = counter.client(CLERK).get(f"/office/case/{counter.number}/owner").text
    assert all(number_of(town, each.case) in everything for each in others)
    assert BOX not in everything
    assert "There may be more" not in everything
    monkeypatch.setattr(owned, "MOST", 7)  # of like names, of which there are more
    assert "7 cases of this owner elsewhere, or more" in counter.page(CLERK)
    cut = counter.client(CLERK).get(f"/office/case/{counter.number}/owner").text
    assert "There may be more" in cut


def test_the_page_reads_next_then_place_money_violations_people_and_the_story_last(
    on_case: On, case: int, fence: int
) -> None:
    assert fence
    page = on_case(case).page(CLERK)
    heads = re.findall(r'id="(now|money|violations|people|contacts|story)"|(small-map)', page)
    assert [first or second for first, second in heads] == [
        "now", "small-map", "money", "violations", "people", "contacts", "story"
    ]  # fmt: skip


def test_a_violation_says_why_it_may_be_cited_and_why_not_yet(
    on_case: On, case: int, violation: int, served: int
) -> None:
    assert served
    counter = on_case(case).at(6, 4)
    assert (
        "Only for a reason that needs no warning can it be cited before its time to correct is over"
    ) in counter.page(OFFICER)
    said = counter.at(6, 15).page(OFFICER)
    assert "It may be cited: its warning was served, and its time to correct was over on" in said
    assert f"/do/citation.issue/{violation}" in said


def test_of_two_violations_one_is_under_a_citation_already_and_the_other_was_not_warned_of(
    on_case: On, town: sa.Connection, case: int, violation: int, citation: int
) -> None:
    fallen = Finding(section="58-203", item="Fence upright", passed=False)
    visit = Visit(entry=Entry.CONSENT, entry_detail="P. Lane", findings=(fallen,))
    inspections.make(town, case_id=case, visit=visit, actor=RIVERA, moment=day(6, 16))
    number = town.scalars(sa.select(Citation.number).where(Citation.id == citation)).one()
    said = on_case(case).at(6, 17).page(OFFICER)
    cited, other = said.partition('id="violations"')[2].split("<article")[1:3]
    assert f"It is under citation {number} already, and cannot be cited again before" in cited
    assert f"/do/citation.issue/{violation}" not in said
    assert "No warning of it was served: it can be cited only for a reason that needs none" in other
    assert "/do/citation.issue/" in other


def test_a_message_is_written_from_the_page_and_stands_in_its_thread(
    on_case: On, case: int, served: int
) -> None:
    assert served
    counter = on_case(case).at(6, 4)
    client, way = counter.client(CLERK), f"/office/case/{counter.number}"
    assert f"{way}/message" not in counter.page(CLERK)
    said = filled_form(client.get(f"{way}/email").text)
    client.post(f"{way}/email", data=said | {"email": "p.lane@example.org"})
    said = filled_form(client.get(f"{way}/message").text) | {"said": "Friday will do."}
    for _ in range(2):
        assert client.post(f"{way}/message", data=said).status_code == 302
    thread = counter.page(CLERK).partition('id="messages"')[2].partition('id="contacts"')[0]
    assert thread.count("Friday will do.") == 1
    assert "waits to be sent" in thread


def _post(client: FlaskClient, way: str, **said: str) -> None:
    token = re.search(r'csrf_token"[^>]* value="([^"]+)"', client.get("/office/cases").text)
    assert token is not None
    answer = client.post(f"/office/cases/{way}", data={"csrf_token": token[1], **said})
    assert answer.status_code == 302


def test_a_saved_list_is_shared_by_its_owner_and_unshared_by_a_manager_too(
    counter: Counter, town: sa.Connection
) -> None:
    officer, clerk, manager = (counter.client(each) for each in (OFFICER, CLERK, MANAGER))

    def offices() -> str:
        return clerk.get("/office/").text.partition("Lists of the office")[2]

    _post(officer, "save", name="Roofs", query="category=Roof")
    saved_id = town.scalar(sa.text("SELECT max(id) FROM lotline.saved_list"))
    _post(clerk, f"share/{saved_id}")  # not theirs to show
    assert "Roofs" not in offices()
    _post(officer, f"share/{saved_id}")
    assert "Roofs" in offices()
    _post(clerk, f"unshare/{saved_id}")
    assert "Roofs" in offices()
    _post(manager, f"unshare/{saved_id}")
    assert "Roofs" not in offices()
    assert "Roofs" in officer.get("/office/").text


def test_an_officer_who_may_hand_no_case_over_is_told_who_does(on_case: On, case: int) -> None:
    counter = on_case(case)
    assert "ask one of these: clerk, manager." in counter.page(OFFICER)
    assert "To hand this case to another officer" not in counter.page(CLERK)


def test_what_was_seen_and_done_tells_its_hour_by_the_towns_clock(
    on_case: On, case: int, violation: int
) -> None:
    """At noon of the town, or as it was written down on a later day."""
    assert violation
    page = on_case(case).at(6, 2).page(CLERK)
    inspections = page.partition('id="inspections"')[2].partition("</article>")[0]
    hour = r'Jun 1, 2026</time> <small class="clock-time">\d+:\d\d [AP]M</small>'
    assert re.search(hour, inspections)
    story = page.partition('id="story"')[2]
    assert story.count('class="clock-time"') == story.count("<li>")


def test_who_works_here_finds_the_way_back_to_the_office_from_a_page_there_is_none_of(
    on_case: On, case: int
) -> None:
    counter = on_case(case)
    for path, code in (("/office/case/none", 404), ("/office/nowhere", 404), ("/staff", 403)):
        answer = counter.client(CLERK).get(path)
        assert answer.status_code == code, path
        assert 'href="/office/">Back to the office' in answer.text
        assert "Sign out" in answer.text
    assert "Back to the office" not in counter.app.test_client().get("/nowhere").text


def test_an_order_that_runs_says_whose_day_counts_and_the_notices_day_is_struck_out(
    on_case: On, case: int, order: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(8, 12)
    said = " ".join(desk.page(CLERK).partition('id="violations"')[2].split())
    number = town.scalar(sa.select(EnforcementOrder.number).where(EnforcementOrder.id == order))
    notice, ordered = town.execute(
        sa.select(Violation.comply_by, EnforcementOrder.comply_by)
        .join(EnforcementOrder, EnforcementOrder.violation_id == Violation.id)
    ).one()  # fmt: skip
    assert f'<time datetime="{ordered}"' in said.partition("</strong>, as order " + number)[0]
    assert f'<del><time datetime="{notice}"' in said.partition("</del> counts no more")[0]
    town.execute(sa.update(Citation).values(status="voided"))
    assert "It may be cited" not in desk.page(CLERK)


def test_a_status_is_said_in_the_gender_of_what_it_is_of(
    on_case: On, case: int, citation: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert citation
    monkeypatch.setattr(words, "pgettext", lambda of, text: f"{text} {of}")
    page = on_case(case).page(CLERK)
    for said in ("Open violation", "Issued citation", "Issued notice"):
        assert f">{said}</span>" in page


def test_every_status_is_in_the_catalogue_by_what_it_is_of() -> None:
    said = {(each.context, each.id) for each in gathered()}
    assert {("violation", "open"), ("hearing", "opened"), ("order", "served")} <= said
    assert ("violation", "closed") in said  # no step leads there, but an import does


def test_the_list_of_a_page_leads_to_each_part_and_what_is_folded_is_counted(
    on_case: On, case: int, order: int
) -> None:
    assert order
    page = on_case(case).at(8, 12).page(CLERK)
    jump = page.partition('<nav class="jump')[2].partition("</nav>")[0]
    ways = re.findall(r'href="#(\w+)"', jump)
    assert {"money", "violations", "notices", "hearings", "orders", "story"} <= set(ways)
    assert "liens" not in ways  # there is none, and no heading
    heads = re.findall(r'<h2 id="(\w+)"', page)
    assert sorted(ways) == sorted(set(heads) - {"now", "jump"})
    told = int(re.search(r'href="#story">[^<]+<span class="counted">(\d+)', jump)[1])  # type: ignore[index]
    story = page.partition('<h2 id="story"')[2]
    seen, _details, folded = story.partition('<details class="folded earlier">')
    assert (seen.count("<li>"), folded.count("<li>")) == (8, told - 8)
    assert f'Earlier <span class="counted">{told - 8}</span>' in folded


def test_an_inspection_says_what_it_found_of_what_it_looked_at(
    on_case: On, case: int, violation: int, town: sa.Connection
) -> None:
    assert violation
    desk = on_case(case).at(6, 20)
    inspections.make(
        town, case_id=case, actor=RIVERA, moment=day(6, 20),
        visit=Visit(entry=Entry.VANTAGE, entry_detail="the street"),
    )  # fmt: skip

    def found() -> list[str]:
        page = desk.page(CLERK).partition('id="inspections"')[2].partition("<h2")[0]
        return re.findall(r"Found:</strong> ([^<]+)<", page)

    assert found() == ["no result is entered yet", "violation seen: 1 of 1"]
    assert "M. Rivera · From outside: the street" in desk.page(CLERK)
    last = town.scalar(sa.select(sa.func.max(Inspection.id)))
    violations.find_corrected(
        town, violation_id=violation, inspection_id=last, actor=RIVERA, moment=day(6, 20)
    )
    assert found() == ["complied: 1 of 1", "violation seen: 1 of 1"]


def test_what_people_wrote_is_shown_as_they_wrote_it_before_a_deed_and_the_rules_words_are_told(
    on_case: On, case: int, order: int, town: sa.Connection
) -> None:
    """A name that happens to be a phrase of the catalogue is nobody's to translate."""
    town.execute(sa.update(Respondent).values(name="Left with a resident"))
    desk = on_case(case).at(8, 12)
    way = desk.way(DeskAction.SEND_ORDER, order, CLERK)
    page = desk.client(CLERK).get(way, headers={"Accept-Language": "es"}).text
    weighed = page.partition('class="foretold"')[2].partition("</section>")[0]
    assert "<dd>Left with a resident" in weighed
    assert "comply by" not in weighed
    assert "is a violation of" not in weighed
