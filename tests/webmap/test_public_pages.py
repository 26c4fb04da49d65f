"""What the public pages ask of the database, what they refuse, what they never show."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from ended_parcel import end_parcel
from flask.testing import FlaskClient
from small_town import lay_out

from cases.models import Lien
from geo.cluster import Cluster
from geo.database import Database, from_cluster
from webmap import words
from webmap.kept_answers import KeptAnswers

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def client(cluster: Cluster, worker_id: str, clone: Callable[[str], None]) -> Iterator[FlaskClient]:
    """A reader of a town in which nothing changes."""
    name = f"read_{worker_id}"
    clone(name)
    with from_cluster(cluster, name=name) as database:
        settle(database)
        with application(database) as app:
            yield app.test_client()
    cluster.drop_database(name)


@pytest.fixture
def own(fresh_database: Database) -> Iterator[FlaskClient]:
    """A reader of a town of the test's own, which it changes."""
    settle(fresh_database)
    with application(fresh_database) as app:
        yield app.test_client()


@contextmanager
def _queries(client: FlaskClient) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(*event: object) -> None:
        asked.append(str(event[2]))

    engine = client.application.extensions["lotline"].public
    sa.event.listen(engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/list",
        "/table",
        "/parcel/12-5",
        "/case/2026-0003",
        "/?show=liens",
        "/table?show=liens",
    ],
)
def test_a_page_asks_as_many_queries_however_many_cases_there_are(
    own: FlaskClient, fresh_database: Database, path: str
) -> None:
    own.get(path)  # the town's clock is read once a minute
    own.application.extensions["lotline_answers"] = KeptAnswers()
    with _queries(own) as few:
        assert own.get(path).status_code == 200
    with fresh_database.owner.begin() as connection:
        connection.execute(
            sa.text("UPDATE lotline.case_file SET parcel_id = 5, parcel_period_id = 5")
        )
    with _queries(own) as many:
        assert own.get(path).status_code == 200
    assert len(few) == len(many) <= 12


@pytest.mark.parametrize(
    "path",
    [
        "/list?bbox=1,2,3",
        "/list?bbox=nan,0,1,1",
        "/list?bbox=3,0,1,1",
        "/list?bbox=200,0,220,1",
        "/list?stage=nonsense",
        "/list?age=ancient",
        "/list?show=owners",
        "/table?show=liens&lien=soon",
        "/list?by=colour",
        "/list?zone=x",
        "/table?page=99999999999999999999",
        "/table?sort=price",
        "/list?category=%00",
        "/parcel/%00",
        "/search?q=%00",
        "/search/suggestions?q=alder&kind=moon",
    ],
)
def test_an_address_that_asks_for_what_cannot_be_is_refused_in_a_sentence(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "<h1>We could not read that address</h1>" in answer.text


def test_suggestions_are_narrowed_to_the_kinds_that_are_asked_for(client: FlaskClient) -> None:
    whole = client.get("/search/suggestions?q=alder").text
    assert 'data-kind="street"' in whole
    narrowed = client.get("/search/suggestions?q=101+alder&kind=address&kind=parcel").text
    kinds = set(re.findall(r'data-kind="(\w+)"', narrowed))
    assert kinds == {"address"}
    assert "Nothing found" in client.get("/search/suggestions?q=alder&kind=parcel").text


@pytest.mark.parametrize(
    ("typed", "told"), [("999 ald", True), ("101 ald", False), ("alder", False), ("999", False)]
)
def test_a_house_number_that_is_not_on_record_is_told_beside_those_near_it(
    client: FlaskClient, typed: str, told: bool
) -> None:
    shown = client.get("/search/suggestions", query_string={"q": typed}).text
    assert ("No number 999 is on record there. Nearest:" in shown) is told


def test_the_list_and_the_table_say_the_same_of_an_age_and_keep_it_in_their_links(
    own: FlaskClient, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE lotline.case_file SET open_since = current_date - 200 WHERE id IN (1, 4)"
        )
    for path in ("/list", "/table"):
        shown = own.get(f"{path}?age=older&by=age").text
        assert set(re.findall(r"/case/([\d-]+)", shown)) == {"2026-0001", "2026-0004"}
    shown = own.get("/list?by=age").text
    assert re.findall(r'data-age="(\w+)"', shown) == ["month", "older"]
    assert "/?age=older&amp;by=age" in shown.replace("by=age&amp;age=older", "age=older&amp;by=age")
    assert "<b>2</b>" in shown
    page = own.get("/?age=older&by=age").text
    assert '<option value="older" selected>over 180 days ago</option>' in page
    assert '<input type="hidden" name="by" value="age">' in page


def test_recorded_liens_are_a_list_and_a_table_of_their_own(client: FlaskClient) -> None:
    listed = client.get("/list?show=liens").text
    assert "1 recorded lien" in listed
    assert 'data-parcel="12-15"' in listed
    table = client.get("/table?show=liens&lien=year").text
    assert "$4,350.00" in table
    assert "2026-00815" in table
    assert "There is nothing to show" in client.get("/table?show=liens&lien=longer").text
    page = client.get("/?show=liens&lien=year").text
    assert '<option value="year" selected>in the last year</option>' in page
    assert '<input type="hidden" name="show" value="liens">' in page


def test_a_page_that_only_shows_says_what_may_be_asked_of_it(client: FlaskClient) -> None:
    answer = client.post("/table")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", ["/parcel/none", "/case/none", "/panel/parcel/x", "/?case=none"])
def test_what_is_not_there_is_told_so(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_case_not_verified_yet_and_the_people_in_a_case_are_on_no_page(
    client: FlaskClient,
) -> None:
    pages = ["/", "/table", "/parcel/12-20", "/parcel/12-5", "/case/2026-0003", "/search?q=canary"]
    shown = "".join(client.get(path).text for path in pages)
    assert "2026-0010" not in shown
    assert "CANARY OWNER" not in shown
    assert client.get("/case/2026-0010").status_code == 404


def test_the_table_sorts_and_pages_and_keeps_what_was_asked(client: FlaskClient) -> None:
    page = client.get("/table?category=Trash&sort=address&page=2").text
    assert "This list has no page 2." in page
    assert '<a href="/table?category=Trash&amp;sort=address">Go to its first page</a>' in page
    assert "There is nothing to show for this choice." in client.get("/table?category=Vermin").text
    page = client.get("/table?category=Trash&sort=number").text
    assert page.index("2026-0003") < page.index("2026-0007")
    assert "/table?category=Trash&amp;sort=address" in page


@pytest.mark.parametrize(
    ("metres", "told"),
    [(0, "0 ft"), (304.6, "999 ft"), (305, "0.2 miles"), (16_000, "9.9 miles"),
     (236_842, "147 miles")],
)  # fmt: skip
def test_a_distance_is_told_in_feet_and_from_a_thousand_on_in_miles(
    metres: float, told: str
) -> None:
    assert words.distance_words(metres) == told


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "due today"),
        (1, "due tomorrow"),
        (3, "due in 3 days"),
        (-1, "1 day late"),
        (-62, "62 days late"),
        (-64, "2 months late"),
        (-800, "2 years late"),
    ],
)
def test_a_deadline_is_told_from_today(days: int, told: str) -> None:
    assert words.due_words(TODAY + timedelta(days=days), TODAY) == told


def test_money_and_land_are_told_as_people_read_them() -> None:
    assert words.dollars(435_005) == "$4,350.05"
    assert words.square_feet(500) == "5,382 sq ft"
    assert words.square_feet(8_094) == "2.0 acres"
    assert words.square_feet(500, 8_094) == "0.12 acres"


@pytest.mark.parametrize("path", ["/", "/table", "/parcel/12-5", "/route"])
def test_every_page_says_whom_it_names_not_though_an_officer_is_named(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path).text
    assert "It names no owner, tenant or complainant." in page
    assert "names no people" not in page
    assert "A town for tests." in page  # the credit of a layer that asks for one
    assert "M. Rivera" in client.get("/parcel/12-5").text


def test_a_case_without_a_deadline_is_told_without_one(
    own: FlaskClient, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.execute(sa.text("UPDATE lotline.case_file SET next_due = NULL WHERE id = 1"))
        connection.execute(sa.text("UPDATE lotline.violation SET comply_by = NULL WHERE id = 1"))
    page = own.get("/case/2026-0001").text
    assert "No deadline is on record." in page
    assert "An officer may come back to check on any day." in page
    assert "still time" not in page
    assert "after the deadline" not in page
    assert "not known" not in page


@pytest.mark.feature("public portal: the status of a case")
def test_a_case_says_how_late_it_is_as_its_parcel_does(client: FlaskClient) -> None:
    for path in ("/case/2026-0003", "/parcel/12-5"):
        assert "<strong>5 days late</strong>" in client.get(path).text
    assert "late</strong>" not in client.get("/case/2026-0008").text


def test_a_case_of_several_kinds_is_not_told_by_its_first_alone(
    own: FlaskClient, fresh_database: Database
) -> None:
    assert " and 1 more" not in own.get("/case/2026-0003").text  # twice the same
    with fresh_database.owner.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE lotline.violation SET ordinance_id = 1 WHERE id ="
                " (SELECT max(id) FROM lotline.violation WHERE case_id = 3)"
            )
        )
    for path in ("/case/2026-0003", "/panel/parcel/12-5"):
        assert "Trash and 1 more" in own.get(path).text


@pytest.mark.parametrize("path", ["/", "/search?q=nowhere at all"])
def test_the_search_gives_an_example_of_its_own_town_or_none(
    own: FlaskClient, fresh_database: Database, path: str
) -> None:
    assert 'placeholder="Such as 100 Alder St"' in own.get(path).text
    assert '<span class="where">100 Alder St</span>' in own.get("/search?q=100 Alder St").text
    with fresh_database.owner.begin() as connection:
        connection.execute(sa.text("DELETE FROM lotline.situs_address"))
    assert "placeholder" not in own.get(path).text


def test_a_case_on_no_parcel_goes_by_its_stated_address_on_every_page(
    own: FlaskClient, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE lotline.case_file SET parcel_id = NULL, parcel_period_id = NULL,"
                " tie_method = 'none', tie_confidence = 0, stated_address = '330 Magnolia St',"
                " zone_id = NULL, point = NULL, point_3857 = NULL WHERE number = '2026-0003'"
            )
        )
    for path in ("/table", "/list", "/case/2026-0003"):
        page = own.get(path).text
        assert "330 Magnolia St" in page
        assert "no parcel" not in page


def test_nothing_found_suggests_an_address_of_the_town(client: FlaskClient) -> None:
    assert "such as “100 Alder St”" in client.get("/search?q=nowhere at all").text


def test_a_page_that_is_not_there_keeps_the_name_of_the_town(client: FlaskClient) -> None:
    for path in ("/nowhere", "/case/none", "/list?bbox=1"):
        page = client.get(path).text
        assert "<title>" in page
        assert "· Alder</title>" in page
        assert "A town for tests." in page


def test_an_empty_town_says_how_to_load_one_with_its_mapping(fresh_database: Database) -> None:
    with application(fresh_database) as app:
        assert "--mapping" in app.test_client().get("/").text


def test_a_resident_reads_in_spanish_what_is_wrong(client: FlaskClient) -> None:
    shown = client.get("/table", headers={"Accept-Language": "es"}).text
    assert "Césped alto</td>" in shown
    assert re.search('<option value="High grass"[^>]*>\\s*Césped alto', shown)


def test_a_parcel_that_ended_is_shown_as_it_was_and_says_where_its_ground_went(
    fresh_database: Database,
) -> None:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
        end_parcel(connection, case_id=0, parcel_id=1)
        connection.exec_driver_sql(
            "UPDATE lotline.parcel_period SET valid_to = '2026-06-01' WHERE parcel_id = 1"
        )
    with application(fresh_database) as app:
        client = app.test_client()
        ended, made = client.get("/parcel/A-1").text, client.get("/parcel/A-2").text
    assert "This parcel is no more since Jun 1, 2026." in ended
    assert '<a href="/parcel/A-2">A-2</a> (50%, Jun 1, 2026)' in ended
    assert 'Made from: <a href="/parcel/A-1">A-1</a>' in made


def test_the_parts_of_a_lot_tell_the_lien_that_binds_its_ground(fresh_database: Database) -> None:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
        end_parcel(connection, case_id=0, parcel_id=1)
        lien = sa.insert(Lien).values(
            parcel_id=1, instrument_no="2026-77", amount_cents=123_400, status="recorded",
            recorded_on=date(2026, 2, 1),
        )  # fmt: skip
        connection.execute(lien)
    with application(fresh_database) as app:
        client = app.test_client()
        whole, part = client.get("/parcel/A-1").text, client.get("/parcel/A-2").text
    for page in (whole, part):
        assert "$1,234.00" in page
        assert "2026-77" in page
    assert "It was recorded on parcel A-1, which this one was made of." in part
    assert "It was recorded on parcel" not in whole


def test_each_zone_is_told_with_its_open_violations_and_no_median_of_a_few(
    own: FlaskClient, fresh_database: Database
) -> None:
    def figures() -> list[list[str]]:
        page = own.get("/figures").text
        rows = re.findall(r"<tr[^>]*>(<th scope=\"row\".*?)</tr>", page, re.DOTALL)
        return [
            [re.sub(r"<span class=\"unseen\">.*?</span>|<[^>]+>", "", cell).strip()
             for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
            for row in rows
        ]  # fmt: skip

    assert figures() == [
        ["Zone 1", "5", "6", "30 days", "0", "1"],
        ["Zone 2", "2", "2", "too few to say", "0", "0"],
        ["The whole town", "7", "8", "30 days", "0", "1"],
    ]
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE lotline.case_file SET published = false WHERE id IN (3, 7)"
        )
    assert figures() == [
        ["Zone 1", "3", "3", "too few to say", "0", "0"],
        ["Zone 2", "2", "2", "too few to say", "0", "0"],
        ["The whole town", "5", "5", "30 days", "0", "0"],
    ]


def test_zones_are_shaded_by_the_figure_of_the_address_and_one_left_out_has_no_shade(
    own: FlaskClient,
) -> None:
    def shaded(asked: str) -> list[tuple[str, str]]:
        page = own.get(f"/figures{asked}").text
        return re.findall(r'data-shade="(\d*)" data-says="([^"]*)"', page)

    assert shaded("") == shaded("?by=violations") == [("3", "6"), ("1", "2")]
    assert shaded("?by=median_days") == [("3", "30 days"), ("", "too few to say")]
    assert 'aria-current="true">Recorded liens</a>' in own.get("/figures?by=liens").text
    assert own.get("/figures?by=owners").status_code == 400


@pytest.mark.parametrize(
    ("status", "day", "told", "never"),
    [
        ("recorded", None, "was recorded on", "no longer"),
        ("foreclosing", None, "The town has asked a court to foreclose it.", "no longer"),
        ("satisfied", "satisfied_on", "was paid in full. It is no longer owed.", "released"),
        ("released", "released_on", "It is no longer owed.", "is recorded"),
        ("foreclosed", "foreclosed_on", "was foreclosed by a court.", "no longer owed"),
        ("expired", "expired_on", "It no longer binds the property.", "no longer owed"),
    ],
)
def test_a_lien_is_told_as_it_stands_by_its_property_and_its_case(
    own: FlaskClient, fresh_database: Database, status: str, day: str | None, told: str, never: str
) -> None:
    now = {"status": status, **({day: sa.func.current_date()} if day else {})}
    with fresh_database.owner.begin() as connection:
        connection.execute(sa.update(Lien).values(now))
    for path in ("/parcel/12-15", "/case/2026-0007"):
        card = own.get(path).text.partition('class="card lien')[2].partition("</div>")[0]
        assert told in " ".join(card.split()), path
        assert never not in card, path


@pytest.mark.feature("public portal: the status of a case")
def test_a_case_tells_its_hearings_and_what_happened_in_both_languages(
    own: FlaskClient, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql("""
            INSERT INTO lotline.case_event (case_id, seq, kind, actor, happened_on, details,
                                            recorded_at, prev_hash, hash)
            SELECT 5, n, kind, 'CANARY ACTOR', DATE '2026-05-01' + n / 3, '{"note": "CANARY NOTE"}',
                   now(), decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')
            FROM (VALUES (1, 'violation_verified'), (2, 'violation_verified'),
                         (3, 'contact_noted'), (4, 'hearing_docketed')) AS told(n, kind)
        """)
        connection.exec_driver_sql("""
            WITH sitting AS (INSERT INTO lotline.hearing_session
                (body, held_on, capacity, begins_at, place)
                VALUES ('Special Magistrate', DATE '2026-07-01', 1, '10:00', 'Town Hall')
                RETURNING id)
            INSERT INTO lotline.hearing
                (case_id, about, status, requested_by, session_id, docket_place)
            SELECT 5, 'violation', 'docketed', 'CANARY ASKER', id, 1 FROM sitting
        """)
    page = " ".join(own.get("/case/2026-0005").text.split())
    assert "Jul 1, 2026</time>, 10:00 AM" in page
    assert "Docketed · Special Magistrate, Town Hall" in page
    assert 'A violation was verified. <span class="quiet">\N{MULTIPLICATION SIGN} 2</span>' in page
    assert page.index("A violation was verified.") < page.index("A hearing was put on a docket.")
    assert "CANARY" not in page
    page = own.get("/panel/case/2026-0005", headers={"Accept-Language": "es"}).text
    assert "Se puso una audiencia en la lista." in page
    assert "En la lista de audiencias" in page


def test_a_table_by_where_cases_stand_begins_with_the_most_pressing(client: FlaskClient) -> None:
    shown = client.get("/table?sort=stage").text
    order = ["03", "07", "06", "05", "04", "02", "01"]  # overdue, lien, ordered, ... open
    assert re.findall(r'href="/case/2026-00(\d\d)"', shown) == order
