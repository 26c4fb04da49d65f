"""A complaint's page: what may be done with it and by whom, and who reported told once, apart."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from front_desk import CANARY, REPORTER, Clerk, FrontDesk, front_desk

from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import from_cluster

OFFICE = (Role.OFFICER, Role.CLERK, Role.MANAGER)


@pytest.fixture(scope="module")
def desk(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[FrontDesk]:
    """One town for all the complaints, each about a lot of its own."""
    name = f"complaints_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database, front_desk(database) as opened:
        yield opened
    cluster.drop_database(name)


@pytest.fixture
def clerk(desk: FrontDesk) -> Clerk:
    return desk.sit(Role.CLERK)


@pytest.fixture
def officer(desk: FrontDesk) -> Clerk:
    return desk.sit(Role.OFFICER)


@pytest.fixture
def manager(desk: FrontDesk) -> Clerk:
    return desk.sit(Role.MANAGER)


def do(clerk: Clerk, number: str, name: str, /, **said: str) -> str:
    """Do a deed, and return the page it leads to."""
    answer = clerk.send(f"/office/complaint/{number}/do/{name}", said)
    assert answer.status_code == 302, answer.text
    return clerk.page(answer.location)


def status(desk: FrontDesk, number: str) -> str:
    query = "SELECT status FROM lotline.complaint WHERE number = :number"
    return str(desk.ask(query, number=number))


def test_what_is_accepted_becomes_a_case_and_whoever_reports_is_told_at_its_end(
    desk: FrontDesk, officer: Clerk
) -> None:
    number = officer.report(address="101 Birch Ave", told="y", **REPORTER)
    case = do(officer, number, "complaint.accept", into="new")
    assert "101 Birch Ave" in case
    assert f'href="/office/complaint/{number}"' in case
    page = officer.page(f"/office/complaint/{number}")
    assert "It feeds case" in page
    assert "Look into it" not in page
    early = officer.send(
        f"/office/complaint/{number}/do/complaint.close",
        {"told": "phone", "told_on": desk.ask("SELECT current_date::text")},
    )
    assert "its case has ended" in early.text
    assert status(desk, number) == "accepted"


def test_a_deed_is_told_before_it_is_done_and_nothing_of_it_is_kept(
    desk: FrontDesk, clerk: Clerk
) -> None:
    number = clerk.report(address="103 Birch Ave")
    path = f"/office/complaint/{number}/do/complaint.refer"
    answer = clerk.send(path, {"to": "Fire", "reason": "Smoke", "foretell": "1"})
    assert "The complaint was referred to Fire. Reason: Smoke." in answer.text
    assert status(desk, number) == "received"
    assert "referred to Fire" in do(clerk, number, "complaint.refer", to="Fire", reason="Smoke")
    assert status(desk, number) == "referred"


def test_a_dismissed_complaint_is_taken_up_again_by_a_manager_alone(
    desk: FrontDesk, clerk: Clerk, manager: Clerk
) -> None:
    number = clerk.report(address="105 Birch Ave")
    do(clerk, number, "complaint.dismiss", reason="Not in town")
    path = f"/office/complaint/{number}/do/complaint.reopen"
    assert "Take it up again" not in clerk.page(f"/office/complaint/{number}")
    assert clerk.client.get(path).status_code == 302
    do(manager, number, "complaint.reopen", reason="It is")
    assert status(desk, number) == "received"


def test_a_complaint_is_linked_by_a_number_that_is_typed(desk: FrontDesk, clerk: Clerk) -> None:
    number = clerk.report(address="107 Birch Ave", kind="pool")
    path = f"/office/complaint/{number}/do/complaint.link"
    assert "give the number" in clerk.send(path, {"number": "CE-1"}).text
    do(clerk, number, "complaint.link", number="2026-0003")
    assert status(desk, number) == "linked"


@pytest.mark.parametrize(
    ("rule", "said", "shown"),
    [
        ("priority", {"priority": "1"}, "<strong>1 of 5 (1 is danger to life)</strong>"),
        ("respond_by", {"on": "2099-01-04"}, "Jan 4, 2099"),
        ("zone", {"zone": "2"}, "<strong>Zone 2, J. Okafor</strong>"),
        ("duplicates", {"numbers": "2026-0001, 2026-0002"}, "2026-0001, 2026-0002"),
    ],
)
def test_a_decision_is_changed_with_a_reason_and_what_the_rule_said_stays(
    clerk: Clerk, rule: str, said: dict[str, str], shown: str
) -> None:
    number = clerk.report(address="109 Birch Ave")
    path = f"/office/complaint/{number}/do/complaint.override.{rule}"
    assert "This is needed" in clerk.send(path, {**said, "reason": ""}).text
    page = do(clerk, number, f"complaint.override.{rule}", **said, reason="A bus stops there")
    assert shown in page
    assert "A bus stops there" in page
    assert "<del>" in page


@pytest.mark.parametrize(
    ("rule", "said", "told"),
    [
        ("respond_by", {"on": "2001-01-04"}, "A day to respond by is one from"),
        ("duplicates", {"numbers": "CE-1"}, "no complaint or case numbered CE-1"),
    ],
)
def test_what_cannot_stand_for_a_decision_is_told(
    clerk: Clerk, rule: str, said: dict[str, str], told: str
) -> None:
    number = clerk.report(address="109 Birch Ave")
    path = f"/office/complaint/{number}/do/complaint.override.{rule}"
    assert told in clerk.send(path, {**said, "reason": "x"}).text


@pytest.mark.parametrize("path", ["complaint.eat", "complaint.override", "complaint.follow"])
def test_a_deed_nobody_knows_is_no_page(clerk: Clerk, path: str) -> None:
    number = clerk.report(address="109 Birch Ave")
    assert clerk.client.get(f"/office/complaint/{number}/do/{path}").status_code == 404


@pytest.mark.parametrize("role", OFFICE)
def test_who_reported_is_told_once_to_whoever_says_why_and_the_asking_alone_is_on_record(
    desk: FrontDesk, role: Role
) -> None:
    somebody = desk.sit(role)
    number = somebody.report(address="111 Birch Ave", told="y", **REPORTER)
    path = f"/office/complaint/{number}/reporter"
    assert "Ferrer" not in somebody.page(path)
    assert "This is needed" in somebody.send(path, {"reason": ""}).text
    answer = somebody.send(path, {"reason": "A witness at the hearing"})
    for words in REPORTER.values():
        assert words in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    page = somebody.page(f"/office/complaint/{number}")
    assert "Staff were told who made the complaint. Reason: A witness at the hearing." in page
    assert "Ferrer" not in page


def test_without_a_name_only_an_officer_who_believes_in_a_threat_is_offered_to_look_into_it(
    clerk: Clerk, officer: Clerk
) -> None:
    number = clerk.report(address="112 Birch Ave")
    page = clerk.page(f"/office/complaint/{number}")
    steps = page.partition('id="now"')[2].partition("</section>")[0]
    assert "Look into it" not in steps
    assert "Ask who reported" not in steps
    assert "An officer may, who has reason to believe that something imminent threatens" in steps
    there = officer.page(f"/office/complaint/{number}").partition('id="now"')[2]
    theirs = there.partition("</section>")[0]
    assert "opened in the field" in theirs
    assert theirs.index("Dismiss it") < theirs.index("Look into it")
    bare = officer.send(f"/office/complaint/{number}/do/complaint.accept", {"into": "new"})
    assert 'id="imminent-error"' in bare.text
    assert "Case" in do(
        officer, number, "complaint.accept", into="new", imminent="health_safety_welfare",
        because="A child's pool without a fence",
    )  # fmt: skip


def test_whoever_rings_back_with_a_name_and_an_address_gets_their_complaint_looked_into(
    clerk: Clerk,
) -> None:
    number = clerk.report(address="110 Birch Ave")
    path = f"/office/complaint/{number}/do/complaint.name_reporter"
    page = clerk.page(f"/office/complaint/{number}")
    assert path in page
    assert "If whoever reported gives now what is missing, add it." in page
    said = {"name": REPORTER["name"], "home": REPORTER["home"]}
    form = clerk.client.get(path)
    assert "Read this to them first" in form.text
    assert form.headers["Cache-Control"] == "no-store"
    assert "Read them the notice first" in clerk.send(path, said).text
    assert 'id="home-error"' in clerk.send(path, said | {"told": "y", "home": ""}).text
    after = do(clerk, number, "complaint.name_reporter", told="y", **said)
    assert "Whoever made the complaint said since who they are" in after
    assert not [word for word in CANARY if word in after.casefold()]
    assert "Look into it" in after
    assert "Ask who reported" in after
    assert path not in after
    assert "stays as it was said" in clerk.send(path, said | {"told": "y"}).text
    assert "Case" in do(clerk, number, "complaint.accept", into="new")


def test_whoever_left_only_a_name_and_a_number_is_asked_for_the_address_alone(
    clerk: Clerk,
) -> None:
    left = {"name": REPORTER["name"], "phone": "772-555-0114", "told": "y"}
    number = clerk.report(address="112 Birch Ave", **left)
    path = f"/office/complaint/{number}/do/complaint.name_reporter"
    page = clerk.page(f"/office/complaint/{number}")
    assert "Look into it" not in page
    assert path in page
    assert "Ask who reported" in page
    assert 'name="name"' not in clerk.client.get(path).text
    assert 'id="home-error"' in clerk.send(path, {"told": "y"}).text
    after = do(clerk, number, "complaint.name_reporter", told="y", home=REPORTER["home"])
    assert "Look into it" in after
    assert path not in after


def test_a_complaint_on_no_parcel_is_placed_and_goes_to_the_officer_of_its_zone(
    desk: FrontDesk, clerk: Clerk
) -> None:
    number = clerk.report(address="99 Nowhere Ln")
    page = clerk.page(f"/office/complaint/{number}")
    assert page.partition('class="case-columns"')[2].count("99 Nowhere Ln") == 0
    path = f"/office/complaint/{number}/do/complaint.place"
    assert path in page
    assert "We know no parcel or address" in clerk.send(path, {"where": "98 Nowhere Ln"}).text
    placed = do(clerk, number, "complaint.place", where="114 Birch Ave")
    assert "was placed. It is on parcel" in placed
    assert path not in placed
    assert "99 Nowhere Ln" in placed  # what was said stays
    assert desk.ask(
        "SELECT zone_id IS NOT NULL AND point IS NOT NULL AND parcel_id IS NOT NULL "
        "FROM lotline.complaint WHERE number = :number",
        number=number,
    )
    assert clerk.client.get(path).status_code == 302


_INSIDE = """
    SELECT ST_Y(inside) || ', ' || ST_X(inside) FROM (
        SELECT ST_PointOnSurface(CASE WHEN :of_a_lot THEN min(geom::text)::geometry
            ELSE ST_Difference(min(extent::text)::geometry, ST_Union(geom)) END) AS inside
        FROM lotline.parcel_period, lotline.town WHERE valid_to IS NULL) point
"""


def test_a_complaint_is_placed_by_a_point_on_the_map_on_the_parcel_that_holds_it_or_on_none(
    desk: FrontDesk, clerk: Clerk
) -> None:
    number = clerk.report(address="97 Nowhere Ln")
    path = f"/office/complaint/{number}/do/complaint.place"
    assert 'id="point-map"' in clerk.page(path)
    for point, why in (("", "put a point on the map"), ("27.3", "put a point on the map"),
                       ("0.5, 0.5", "lies outside the town")):  # fmt: skip
        assert why in clerk.send(path, {"point": point}).text
    street, lot = (desk.ask(_INSIDE, of_a_lot=each) for each in (False, True))
    placed = do(clerk, number, "complaint.place", point=street)
    assert "on no parcel." in placed
    assert "It lies at a point on no parcel." in placed
    placed = do(clerk, number, "complaint.place", point=lot)
    assert "was placed. It is on parcel" in placed
    assert path not in placed


def test_where_nobody_gave_a_name_it_says_so(clerk: Clerk) -> None:
    number = clerk.report(address="113 Birch Ave")
    answer = clerk.send(f"/office/complaint/{number}/reporter", {"reason": "Records request"})
    assert "was made without a name" in answer.text


def test_a_hearing_officer_reads_a_complaint_and_may_do_nothing_with_it(
    desk: FrontDesk, clerk: Clerk
) -> None:
    number = clerk.report(address="115 Birch Ave", told="y", **REPORTER)
    bench = desk.sit(Role.HEARING_OFFICER)
    assert "Nothing here is for your role" in bench.page(f"/office/complaint/{number}")
    for path in ("reporter", "do/complaint.accept", "contact"):
        assert bench.client.get(f"/office/complaint/{number}/{path}").status_code == 403
    admin = desk.sit(Role.ADMIN).client
    assert admin.get(f"/office/complaint/{number}").status_code == 403
    assert admin.get("/office/complaints").status_code == 403


def test_a_number_nobody_gave_is_no_complaint(clerk: Clerk) -> None:
    for path in ("", "/do/complaint.accept", "/reporter", "/contact"):
        assert clerk.client.get(f"/office/complaint/CP-1999-00001{path}").status_code == 404


def test_find_goes_straight_to_a_complaint_by_its_number(clerk: Clerk) -> None:
    number = clerk.report(address="117 Birch Ave")
    answer = clerk.client.get(f"/office/find?q={number.lower()}")
    assert answer.location == f"/office/complaint/{number}"


@pytest.mark.parametrize("role", OFFICE)
def test_no_page_that_staff_walk_names_who_reported(desk: FrontDesk, role: Role) -> None:
    """Every kind of page that links lead to from the first, two of each, forms among them."""
    somebody = desk.sit(role)
    number = somebody.report(address="101 Alder St", told="y", **REPORTER)
    somebody.send(f"/office/complaint/{number}/do/complaint.accept", {"into": "new"})
    second = somebody.report(address="101 Alder St", told="y", **REPORTER)
    somebody.send(f"/office/complaint/{second}/reporter", {"reason": "Records request"})
    waiting, found = ["/office/", f"/office/complaint/{second}"], []
    seen: set[str] = set()
    kinds: Counter[str] = Counter()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        kind = re.sub(r"=[^&]*|\d+|[A-Z]{2,}-[\w-]+", "", path)
        if kinds[kind] == 2:
            continue
        kinds[kind] += 1
        answer = somebody.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
        found += [(path, word) for word in CANARY if word in answer.text.casefold()]
        links = re.findall(r'href="(/(?:office|case|parcel|table)[^"#]*)"', answer.text)
        waiting += sorted({each.replace("&amp;", "&") for each in links} - seen - set(waiting))
    assert found == []
    assert kinds.total() > 60
    assert any("/do/complaint." in path for path in seen)


def test_a_list_asks_as_many_queries_however_long_it_is(desk: FrontDesk, clerk: Clerk) -> None:
    def queries(path: str) -> int:
        asked: list[str] = []

        def note(*event: object) -> None:
            asked.append(str(event[2]))

        engine = desk.app.extensions["lotline"].app
        clerk.client.get(path)
        sa.event.listen(engine, "before_cursor_execute", note)
        assert clerk.client.get(path).status_code == 200
        sa.event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    few = queries("/office/complaints?shelf=closed")
    for _ in range(3):
        clerk.report(address="119 Birch Ave")
    assert queries("/office/complaints") == few <= 12
