"""What home says of an officer's day is what the phone is given."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from small_town import lay_out

from cases.field.choosing import MOST_STOPS
from cases.field.package import Places, day_of, stops_today
from cases.models import Case, Inspection
from geo.layers import ParcelPeriod

ON, ZONE, OFFICER = date(2026, 6, 15), ZoneInfo("America/New_York"), "Officer 1"
CASE = """
    INSERT INTO lotline.case_file (number, category, phase, published, opened_on, zone_id,
        tie_method, tie_confidence, point, point_3857, stated_address)
    SELECT 'C-' || n, 'High grass', 'reported', false, date '2026-05-01', zone.id, 'none', 0,
        place, ST_Transform(place, 3857), CAST(:address AS text)
    FROM (SELECT min(id) AS id FROM lotline.zone) zone,
        (SELECT ST_Centroid(extent) AS place FROM lotline.town) town,
        (SELECT count(*) + 1 AS n FROM lotline.case_file) so_many"""


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    connection.execute(
        sa.text("UPDATE lotline.zone SET officer_name = :officer"), {"officer": OFFICER}
    )
    return connection


def _places(town: sa.Connection, *addresses: str | None) -> int:
    """Report something at each address, and return the places the phone and home agree on."""
    town.execute(sa.text(CASE), [{"address": each} for each in addresses])
    given = len({stop["spot"] for stop in day_of(town, OFFICER, on=ON, zone=ZONE).stops})
    assert stops_today(town, OFFICER, on=ON, zone=ZONE) == Places(left=given, visited=0)
    return given


def test_home_counts_the_places_of_the_stops_a_phone_is_given(town: sa.Connection) -> None:
    addresses = [f"{n // 2} Elm St" for n in range(MOST_STOPS + 20)]
    assert _places(town, *addresses) == MOST_STOPS // 2


@pytest.mark.parametrize("other", ["12 Elm St\n", " 12  ELM st", "12\tElm St"])
def test_an_address_spelled_another_way_is_one_place(town: sa.Connection, other: str) -> None:
    assert _places(town, "12 Elm St", other) == 1


def test_letters_that_are_not_the_same_are_two_places_everywhere(town: sa.Connection) -> None:
    assert _places(town, "12 Straße", "12 STRASSE") == 2


def test_what_has_no_address_is_a_place_of_its_own(town: sa.Connection) -> None:
    assert _places(town, None, None, " \n") == 3


def test_the_cases_of_one_parcel_are_one_place(town: sa.Connection) -> None:
    _places(town, "12 Elm St", "14 Elm St")
    lot = sa.select(sa.func.min(ParcelPeriod.id)).scalar_subquery()
    tied = {"parcel_period_id": lot, "tie_method": "parcel_no", "tie_confidence": 1}
    whose = sa.select(ParcelPeriod.parcel_id).where(ParcelPeriod.id == lot).scalar_subquery()
    town.execute(sa.update(Case).values(parcel_id=whose, **tied))
    assert stops_today(town, OFFICER, on=ON, zone=ZONE) == Places(left=1, visited=0)


def test_a_place_whose_case_its_visit_ended_stays_visited(town: sa.Connection) -> None:
    _places(town, "12 Elm St", "14 Elm St", "16 Elm St")
    made = {"made_on": ON, "entry": "vantage", "entry_detail": "the street"}
    one, two = town.scalars(sa.select(Case.id).order_by(Case.id).limit(2))
    for case, officer in ((one, OFFICER), (two, "Officer 2")):
        seen = {"case_id": case, "status": "made", "officer": officer, **made}
        town.execute(sa.insert(Inspection).values(seen))
    town.execute(
        sa.update(Case).where(Case.id.in_((one, two))).values(closed_on=ON, phase="closed")
    )
    assert stops_today(town, OFFICER, on=ON, zone=ZONE) == Places(left=1, visited=1)
    tomorrow = stops_today(town, OFFICER, on=date(2026, 6, 16), zone=ZONE)
    assert tomorrow == Places(left=1, visited=0)
