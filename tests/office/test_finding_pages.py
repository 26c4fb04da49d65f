"""The one box that finds: misspelled streets, and numbers of papers."""

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa
from counter import CLERK, Counter, name_street
from desk import CLERK as BY_CLERK
from desk import day
from played_owners import find

from cases import exempting
from cases.models import Citation, EnforcementOrder, Lien
from geo.layers import Ownership
from geo.places import house_number

type On = Callable[[int], Counter]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("480 Lockwood Ave", "480"), ("Lockwood Ave 480", "480"), ("12b Alder", "12b"),
        ("Lockwood", None), ("21st Ave", None), ("480", None), ("CE-2026-00001", None),
        ("UCV-2026-00001", None),
    ],
)  # fmt: skip
def test_a_house_number_stands_before_or_behind_its_street(typed: str, number: str | None) -> None:
    assert house_number(typed) == number


@pytest.mark.parametrize("part", [Citation.number, EnforcementOrder.number, Lien.instrument_no])
def test_a_papers_number_leads_to_its_case(
    on_case: On, town: sa.Connection, case: int, lien: int, part: sa.ColumnElement[str]
) -> None:
    assert lien
    counter = on_case(case).at(10, 5)
    number = str(town.scalar(sa.select(part)))
    client = counter.client(CLERK)
    exact = client.get("/office/find", query_string={"q": number.lower()})
    assert exact.location == f"/office/case/{counter.number}"
    partly = client.get("/office/find", query_string={"q": number[:-1]}).text
    assert number in partly.partition("Papers")[2]


def test_staff_find_an_exempt_place_and_are_told_that_it_is_one(
    on_case: On, town: sa.Connection, case: int
) -> None:
    name_street(town)
    client = on_case(case).at(6, 20).client(CLERK)
    box = "/office/places/suggestions?q=101+Alder&kind=address&kind=parcel"
    assert "exempt" not in client.get(box).text
    wanted = exempting.Wanted(
        place="A-1", provision="s. 119.071(4)(d), Florida Statutes", requested_on=date(2026, 6, 2)
    )
    exempting.exempt(town, wanted, form_key=uuid4(), actor=BY_CLERK, moment=day(6, 20))
    for way in (box, "/office/places/suggestions?q=A-1", "/office/find?q=101+Alder"):
        page = client.get(way).text
        assert "exempt: tell nobody outside" in page, way
        assert 'href="/office/parcel/A-1"' in page, way
    assert client.get("/office/places/suggestions?q=101&kind=x").status_code == 400
    assert 'data-suggest="/office/places/suggestions' in client.get("/office/intake").text


@pytest.mark.parametrize("typed", ["Aldder", "aldre st"])
def test_a_misspelled_street_lists_its_parcels_those_with_open_cases_first(
    on_case: On, town: sa.Connection, case: int, typed: str
) -> None:
    name_street(town)
    page = on_case(case).client(CLERK).get("/office/find", query_string={"q": typed}).text
    streets = page.partition("On streets of such a name")[2]
    assert "1 open case" in streets.partition("</li>")[0]
    assert "Alder St" in streets


def test_a_house_number_behind_a_misspelled_street_finds_the_address(
    on_case: On, town: sa.Connection, case: int
) -> None:
    name_street(town)
    page = on_case(case).client(CLERK).get("/office/find?q=Aldder+101").text
    found = page.partition("Places")[2].partition("</li>")[0]
    assert "101 Alder St" in found
    assert "1 open case" in found


@pytest.mark.parametrize("typed", ["30-36(a)", "Sec. 30-36(a)", "section 30-36", "30-36 (A)"])
def test_a_section_leads_to_the_list_of_its_cases_which_can_be_chosen_there(
    on_case: On, case: int, violation: int, typed: str
) -> None:
    assert violation
    client = on_case(case).client(CLERK)
    page = client.get("/office/find", query_string={"q": typed}).text
    found = page.partition("Sections of the code")[2].partition("</ul>")[0]
    assert "1 case · 1 open case" in found
    way = found.partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    listed = client.get(way).text
    assert "101 Alder St" in listed
    chosen = listed.partition('name="section"')[2].partition("</select>")[0]
    assert re.search(r'value="30-36\(a\)" selected>Sec\. 30-36\(a\) ', chosen)
    assert "101 Alder St" not in client.get("/office/cases?section=9-9").text


@pytest.mark.usefixtures("roll")
def test_an_owner_is_found_once_with_parcels_and_open_cases_before_streets_of_a_like_name(
    on_case: On, town: sa.Connection, law: int
) -> None:
    name_street(town)
    played = [find(town, law, on=date(2026, 5, 1), lot=lot) for lot in ("A-1", "A-1")]
    owned = sa.select(Ownership.parcel_id).where(Ownership.valid_to.is_(None))
    parcels = town.scalars(owned.order_by(Ownership.id).limit(2)).all()
    town.execute(
        sa.update(Ownership).where(Ownership.parcel_id.in_(parcels)).values(owner_name="ALDER ST")
    )
    page = on_case(played[0].case).client(CLERK).get("/office/find?q=alder+st").text
    assert page.index("<h2>Owners</h2>") < page.index("On streets of such a name")
    owners = page.partition("<h2>Owners</h2>")[2].partition("</ul>")[0]
    assert owners.count('<span class="where">ALDER ST</span>') == 1
    assert f"{len(parcels)} parcels" in owners
