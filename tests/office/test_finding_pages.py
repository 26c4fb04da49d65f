"""The one box that finds: misspelled streets, and numbers of papers."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from counter import CLERK, Counter

from cases.models import Citation, EnforcementOrder, Lien
from geo.places import house_number

type On = Callable[[int], Counter]


def name_street(town: sa.Connection) -> None:
    """List the town's street, as loading its addresses does."""
    streets = sa.table("street_name", sa.column("street_key"), sa.column("name"), schema="lotline")
    town.execute(sa.insert(streets).values(street_key="alder st", name="Alder St"))


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
