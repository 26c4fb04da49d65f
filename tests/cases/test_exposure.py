"""Open liens as they grow and end, and what else their violators own."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, day
from played import MAGISTRATE, one

from cases import liens, orders, releasing
from cases.exposure import LienReckoning, open_liens, other_property, reckoned, releasable
from cases.instruments import Recording
from cases.models import Case, Lien
from geo.layers import Parcel

OWNERSHIP = """
    INSERT INTO lotline.ownership (parcel_id, owner_name, homestead, valid_from, valid_to,
        import_run_id, source_row)
    SELECT p.id, o.name, o.homestead, NULL, o.until, (SELECT max(id) FROM lotline.import_run), 1
    FROM (VALUES ('A-1', 'LANE P', NULL::boolean, NULL::date), ('A-2', 'Lane, P.', true, NULL),
                 ('A-3', 'P & LANE', NULL, NULL), ('A-4', 'P LANE LLC', NULL, NULL),
                 ('A-5', 'P Lane', NULL, date '2020-01-01'), ('A-6', 'Q Lane', NULL, NULL))
         AS o (parcel_no, name, homestead, until)
    JOIN lotline.parcel p USING (parcel_no)
"""


def _reckoning(connection: sa.Connection, on: date) -> list[LienReckoning]:
    return list(reckoned(connection, connection.execute(open_liens()).all(), on=on))


def test_an_open_lien_tells_what_it_has_grown_to_and_when_it_ends(
    town: sa.Connection, lien: int
) -> None:
    row = town.execute(open_liens()).one()
    assert (row.instrument_no, row.parcel_no, row.case_number) == (
        "2026098765", "A-1", "CE-2026-00001",
    )  # fmt: skip
    told = LienReckoning(
        lien_id=lien, principal_cents=30 * 25_000, accrued_cents=14 * 25_000,
        per_diem_cents=25_000, expires_on=date(2046, 10, 1), foreclosure_from=None,
    )  # fmt: skip
    assert _reckoning(town, date(2026, 10, 15)) == [told]


@pytest.mark.parametrize(("homestead", "first"), [(False, date(2027, 1, 2)), (True, None)])
def test_only_what_is_said_to_be_no_homestead_may_be_foreclosed(
    town: sa.Connection, lien: int, homestead: bool, first: date | None
) -> None:
    liens.state_homestead(
        town, lien_id=lien, homestead=homestead, evidence="Roll", actor=CLERK, moment=day(10, 3)
    )
    assert [each.foreclosure_from for each in _reckoning(town, date(2026, 10, 3))] == [first]


def test_a_lien_from_a_file_tells_its_principal_and_nothing_unknown(
    town: sa.Connection, case: int
) -> None:
    filed = {"parcel_id": one(town, Case).parcel_id, "amount_cents": 7, "status": "recorded"}
    town.execute(sa.insert(Lien).values(**filed, instrument_no="F-1"))
    town.execute(sa.insert(Lien).values(**filed, instrument_no="F-2", case_id=case))
    nothing = {"accrued_cents": None, "per_diem_cents": None, "expires_on": None}
    for each in _reckoning(town, date(2026, 10, 3)):
        assert {name: getattr(each, name) for name in nothing} == nothing
        assert (each.principal_cents, each.foreclosure_from) == (7, None)


def test_a_lien_that_ended_is_not_open(town: sa.Connection, lien: int) -> None:
    liens.expire(town, lien_id=lien, actor=CLERK, moment=day(10, 2, 2046))
    assert town.execute(open_liens()).all() == []


@pytest.fixture
def roll(town: sa.Connection) -> sa.Connection:
    """Owners as the tax roll spells them; P. Lane is the respondent, on A-1."""
    town.exec_driver_sql(OWNERSHIP)
    return town


def _found(connection: sa.Connection, case: int) -> list[tuple[Any, ...]]:
    rows = connection.execute(other_property(connection, case))
    return [(row.parcel_no, row.owner_name, row.homestead) for row in rows]


def test_what_else_a_violator_owns_is_found_by_name_with_homesteads_marked(
    roll: sa.Connection, case: int, warning: int
) -> None:
    assert warning
    assert _found(roll, case) == [("A-2", "Lane, P.", True), ("A-3", "P & LANE", None)]


def test_a_case_that_names_nobody_exposes_nobodys_property(roll: sa.Connection, case: int) -> None:
    assert _found(roll, case) == []


def test_a_parcel_released_from_the_lien_is_exposed_no_more(roll: sa.Connection, lien: int) -> None:
    freed = roll.scalars(sa.select(Parcel.id).where(Parcel.parcel_no == "A-3")).one()
    releasing.release_in_part(
        roll, lien_id=lien, parcel_id=freed, reason="Sold", actor=MANAGER, moment=day(11, 2),
        recording=Recording(instrument_no="R-1", recorded_on=date(2026, 11, 2)),
    )  # fmt: skip
    (row,) = roll.execute(open_liens())
    assert [each.parcel_no for each in releasable(roll, row)] == ["A-2"]


def test_a_lien_of_a_vacated_order_is_listed_with_nothing_accrued(
    town: sa.Connection, certified: int, lien: int
) -> None:
    orders.vacate(town, order_id=certified, reason="Astray", actor=MAGISTRATE, moment=day(10, 5))
    (told,) = reckoned(town, town.execute(open_liens()).all(), on=date(2026, 10, 6))
    assert (told.lien_id, told.accrued_cents, told.per_diem_cents) == (lien, 0, 0)
