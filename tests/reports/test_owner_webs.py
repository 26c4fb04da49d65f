"""The webs of a small town: whose they are, what is known of them, and what is only suggested."""

from datetime import date

import pytest
import sqlalchemy as sa
from counting import counted
from desk import CLERK
from played_owners import BOX, LANDLORD, NUMBER, Played, at, confirm, find

from cases import owner_words
from cases.identities import Verdict
from cases.owners.parties import Party
from reports.owners.grounds import Ground, Sense
from reports.owners.joining import How
from reports.owners.web import Web
from reports.owners.webs import SPELLED, Webs, webs

ON = date(2026, 6, 15)
OWNED = """
    INSERT INTO lotline.ownership (parcel_id, owner_name, mail_line, mail_city, mail_state,
        mail_zip, valid_from, valid_to, import_run_id, source_row)
    SELECT id, %s, %s, 'Pelham Cove', 'FL', '34998', %s, %s,
           (SELECT max(id) FROM lotline.import_run), 1
    FROM lotline.parcel WHERE parcel_no = %s
"""


def own(
    connection: sa.Connection, lot: str, name: str, line: str | None, *, since: str | None = None,
    until: str | None = None,
) -> None:  # fmt: skip
    connection.exec_driver_sql(OWNED, (name, line, since, until, lot))


def of(found: Webs, name: str) -> Web:
    (only,) = (web for web in found.ranked if name in web.names)
    return only


@pytest.fixture
def owned(town: sa.Connection) -> sa.Connection:
    own(town, "A-1", "SAWGRASS HOMES II LLC", "PO BOX 6196")
    own(town, "A-2", "Sawgrass Homes III LLC", "PO Box 6196")
    own(town, "A-3", "Sawgrass Homes II, L.L.C.", "P.O. Box 6196", since="2024-01-01")
    own(town, "A-3", "Vance, Harold", "9 Oak St", until="2024-01-01")
    own(town, "A-4", "Harold Vance", "12 Elm St")
    own(town, "A-5", "UNKNOWN OWNER", None)
    return town


def test_a_web_has_its_spellings_parcels_cases_and_what_they_come_to(
    owned: sa.Connection,
    later: Played,
) -> None:
    found = webs(owned, on=ON, years=5)
    web = of(found, LANDLORD)
    assert found.ranked[0] == web
    assert web.names == (
        "SAWGRASS HOMES II LLC", "SAWGRASS HOMES II, L.L.C.", "Sawgrass Homes II LLC",
        "Sawgrass Homes II, L.L.C.",
    )  # fmt: skip
    assert web.mailings == ("P.O. Box 6196, Pelham Cove, FL 34998",)
    assert [(held.parcel_no, held.now) for held in web.parcels] == [("A-1", True), ("A-3", True)]
    assert web.owners == 1
    figures = web.figures
    assert (figures.cases, figures.open_cases, figures.in_window) == (2, 2, 2)
    assert (figures.violations, figures.owed_cents) == (2, 10_000)
    assert later.case in web.case_ids
    assert webs(owned, on=ON, years=3).ranked[0].figures.in_window == 1


def test_a_repeat_in_law_waits_until_a_person_confirms_it(
    owned: sa.Connection,
    later: Played,
) -> None:
    before = of(webs(owned, on=ON), LANDLORD).figures
    assert (before.repeats, before.waiting_repeats) == (0, 1)
    confirm(owned, later, NUMBER)
    after = of(webs(owned, on=ON), LANDLORD).figures
    assert (after.repeats, after.waiting_repeats) == (1, 0)


def test_each_link_is_explained(owned: sa.Connection) -> None:
    found = webs(owned, on=ON)
    (spelled,) = found.links(of(found, "SAWGRASS HOMES II LLC"))
    assert spelled.how == SPELLED
    assert spelled.names == ("SAWGRASS HOMES II LLC", "Sawgrass Homes II, L.L.C.")
    assert spelled.words == (
        "2 records bear one name, and all their letters go to P.O. Box 6196, Pelham Cove, FL 34998."
    )
    own(owned, "A-4", "VANCE HAROLD", "1 Birch Ave", until="2019-01-01")
    found = webs(owned, on=ON)
    (link,) = found.links(of(found, "Harold Vance"))
    assert link.how == How.NAME_ON_PARCEL
    assert link.words == (
        "The same name on the same parcel, A-4. Letters went to 1 Birch Ave, Pelham Cove, FL "
        "34998 and to 12 Elm St, Pelham Cove, FL 34998."
    )


def test_what_is_only_alike_is_suggested_and_joined_by_a_persons_word_alone(
    owned: sa.Connection,
) -> None:
    found = webs(owned, on=ON)
    second = of(found, "SAWGRASS HOMES II LLC")
    (only,) = found.suggested(second)
    assert only.web == of(found, "Sawgrass Homes III LLC")
    assert only.sense is Sense.ONE_LANDLORD
    assert {reason.ground for reason in only.reasons} == {Ground.ROW, Ground.PLACE}
    (shared,) = found.shared(second)
    assert shared.others == (only.web,)
    say(owned, Verdict.ONE_LANDLORD, only.ours.party, only.theirs.party)
    found = webs(owned, on=ON)
    both = of(found, "SAWGRASS HOMES II LLC")
    assert both == of(found, "Sawgrass Homes III LLC")
    assert both.owners == 2
    assert {held.parcel_no for held in both.parcels} == {"A-1", "A-2", "A-3"}
    assert found.suggested(both) == ()
    assert [link.how for link in found.links(both)][-1] == How.CONFIRMED_LANDLORD
    assert found.of(second.code) == found.of(only.web.code) == both


def test_one_landlord_makes_no_repeat_in_law(
    owned: sa.Connection,
    law: int,
    earlier: Played,
) -> None:
    third = Party(name="Sawgrass Homes III LLC", mailing=BOX)
    find(owned, law, on=date(2026, 6, 1), lot="A-2", name=third.name, address=BOX)
    say(owned, Verdict.ONE_LANDLORD, Party(name=LANDLORD, mailing=BOX), third)
    figures = of(webs(owned, on=ON), third.name).figures
    assert (figures.cases, figures.repeats, figures.waiting_repeats) == (2, 0, 0)
    assert earlier


def say(connection: sa.Connection, verdict: Verdict, a: Party, b: Party) -> None:
    owner_words.confirm(
        connection, a, b, verdict=verdict, reason="One manager signs", evidence="L150",
        actor=CLERK, moment=at(ON),
    )  # fmt: skip


def test_a_persons_word_on_namesakes_joins_or_parts_them(owned: sa.Connection) -> None:
    found = webs(owned, on=ON)
    vance = of(found, "Harold Vance")
    (suggested,) = found.suggested(vance)
    assert suggested.sense is Sense.ONE_OWNER
    say(owned, Verdict.DIFFERENT, suggested.ours.party, suggested.theirs.party)
    found = webs(owned, on=ON)
    assert found.suggested(of(found, "Harold Vance")) == ()
    say(owned, Verdict.SAME, suggested.ours.party, suggested.theirs.party)
    web = of(webs(owned, on=ON), "Harold Vance")
    assert web.owners == 1
    assert [(held.parcel_no, held.now) for held in web.parcels] == [("A-3", False), ("A-4", True)]


UNNAMED = """
    INSERT INTO lotline.case_file (number, category, opened_on, phase, published, tie_method,
        tie_confidence, parcel_id, parcel_period_id)
    SELECT 'X-' || n, 'High grass', opened_on::date, 'open', true, 'parcel_no', 1, p.id, pp.id
    FROM (VALUES (1, '2023-06-01', 'A-3'), (2, '2025-06-01', 'A-3'), (3, NULL, 'A-3'),
                 (4, '2025-06-01', 'A-6')) AS told (n, opened_on, lot)
    JOIN lotline.parcel p ON p.parcel_no = lot
    JOIN lotline.parcel_period pp ON pp.parcel_id = p.id AND pp.valid_to IS NULL
"""


def test_a_case_that_names_nobody_is_of_whoever_owned_the_parcel_that_day(
    owned: sa.Connection,
) -> None:
    owned.exec_driver_sql(UNNAMED)
    found = webs(owned, on=ON)
    assert of(found, "Vance, Harold").figures.cases == 1
    sawgrass = of(found, "SAWGRASS HOMES II LLC").figures
    assert (sawgrass.cases, sawgrass.in_window) == (2, 1)
    assert (found.unowned, found.nameless) == (1, 1)


def test_an_exempt_place_marks_its_web(owned: sa.Connection) -> None:
    owned.exec_driver_sql(
        "INSERT INTO lotline.withheld_parcel (parcel_id, whole) "
        "SELECT id, true FROM lotline.parcel WHERE parcel_no = 'A-2'"
    )
    found = webs(owned, on=ON)
    web = of(found, "Sawgrass Homes III LLC")
    assert web.exempt
    assert [held.exempt for held in web.parcels] == [True]
    assert not of(found, "Harold Vance").exempt


def test_a_town_without_owners_has_no_webs(town: sa.Connection) -> None:
    found = webs(town, on=ON)
    assert (found.ranked, found.nameless, found.unowned) == ((), 0, 0)
    assert found.of("nothing") is None


def test_more_owners_cost_no_more_questions(owned: sa.Connection, later: Played) -> None:
    few = counted(owned, lambda: webs(owned, on=ON))
    for n in range(40):
        own(owned, f"A-{1 + n % 6}", f"Owner{n} LLC", f"{n} Oak St", since=f"{1950 + n}-01-01",
            until=f"{1951 + n}-01-01")  # fmt: skip
    assert counted(owned, lambda: webs(owned, on=ON)) == few
    assert few <= 16
    assert later
