"""What binds a parcel is told whole, and nothing is told that nobody can ever ask for."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import CLEAR, ORDER, look_again, one
from test_exposure import OWNERSHIP

from cases import citing, releasing, violations, waiving
from cases.instruments import Recording
from cases.ledger.paying import pay
from cases.ledger.reading import owed
from cases.lien_answer import draw_up
from cases.liens import LienError
from cases.models import Case, Lien
from geo.layers import Parcel

SPLIT = """
    INSERT INTO lotline.parcel_lineage (parent_id, child_id, as_of, share)
    SELECT parent.id, child.id, DATE '2026-10-03', 1
    FROM lotline.parcel parent, lotline.parcel child
    WHERE (parent.parcel_no, child.parcel_no) IN (('A-1', 'A-2'), ('A-2', 'A-3'), ('A-5', 'A-6'))
"""


def _told(town: sa.Connection, parcel_no: str) -> dict[str, Any]:
    parcel_id = town.scalars(sa.select(Parcel.id).where(Parcel.parcel_no == parcel_no)).one()
    return draw_up(town, parcel_id, good_through=date(2026, 10, 15), on=date(2026, 10, 5))


def _mow(town: sa.Connection, violation: int) -> None:
    look = look_again(town, one(town, Case).id, month=7, number=20)
    violations.find_corrected(
        town, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(7, 20)
    )


def test_further_days_of_a_settled_citation_are_told_no_more(
    town: sa.Connection, case: int, violation: int, cited: int
) -> None:
    waiving.confirm_waiver(town, citation_id=cited, check=CLEAR, actor=CLERK, moment=day(7, 13))
    _mow(town, violation)
    (potential,) = _told(town, "A-1")["potential"]
    assert potential["cents"] == 12 * 10_000  # 8 to 19 July
    pay(
        town, case_id=case, cents=10_000, method="cash", order=ORDER, actor=CLERK.name, key="p",
        on=date(2026, 7, 20), now=day(7, 20).now,
    )  # fmt: skip
    citing.settle(town, citation_id=cited, actor=CLERK, moment=day(7, 20))
    told = _told(town, "A-1")
    assert told["potential"] == []
    assert told["is_clear"]


@pytest.mark.usefixtures("citation")
def test_a_citation_that_is_not_served_yet_is_told_as_potential(town: sa.Connection) -> None:
    told = _told(town, "A-1")
    assert [(each["cents"], each["served"]) for each in told["potential"]] == [(10_000, False)]
    assert not told["is_clear"]


@pytest.mark.usefixtures("cited")
def test_further_days_of_a_citation_that_may_yet_be_upheld_are_told(town: sa.Connection) -> None:
    (potential,) = _told(town, "A-1")["potential"]
    assert potential["cents"] == 19 * 10_000


@pytest.mark.usefixtures("lien")
def test_a_parcel_split_from_one_with_a_lien_is_not_told_to_be_free(town: sa.Connection) -> None:
    town.exec_driver_sql(SPLIT)
    for split, came_from in (("A-2", ["A-1"]), ("A-3", ["A-1", "A-2"])):
        told = _told(town, split)
        assert told["parcel"]["came_from"] == came_from
        (lien,) = told["before"]
        assert (lien["parcel"], lien["principal_cents"]) == ("A-1", 750_000)
        assert (lien["accrued_cents"], lien["per_diem_cents"]) == (350_000, 25_000)
        assert (told["total_cents"], told["is_whole"], told["is_clear"]) == (0, False, False)
    of_nothing = _told(town, "A-6")
    assert (of_nothing["before"], of_nothing["is_whole"]) == ([], True)
    assert not of_nothing["is_clear"]  # what was recorded against the older lot is to be asked
    assert _told(town, "A-4")["is_clear"]


def test_a_lot_freed_by_name_and_what_is_made_of_it_are_told_free_and_nothing_is_posted(
    town: sa.Connection, lien: int
) -> None:
    town.exec_driver_sql(SPLIT)
    before = owed(town, one(town, Case).id)
    freed = town.scalars(sa.select(Parcel.id).where(Parcel.parcel_no == "A-2")).one()
    releasing.release_in_part(
        town, lien_id=lien, parcel_id=freed, reason="Sold", actor=MANAGER, moment=day(10, 4),
        recording=Recording(instrument_no="R-1", recorded_on=date(2026, 10, 4)),
    )  # fmt: skip
    assert owed(town, one(town, Case).id) == before
    assert [_told(town, each)["before"] for each in ("A-2", "A-3")] == [[], []]
    assert len(_told(town, "A-1")["liens"]) == 1
    with pytest.raises(LienError, match="or freed it before"):
        releasing.release_in_part(
            town, lien_id=lien, parcel_id=freed, reason="Twice", actor=MANAGER, moment=day(10, 5),
            recording=Recording(instrument_no="R-2", recorded_on=date(2026, 10, 5)),
        )  # fmt: skip


def _free(town: sa.Connection, lien: int, parcel_no: str, *, instrument_no: str = "R-1") -> None:
    parcel = town.scalars(sa.select(Parcel.id).where(Parcel.parcel_no == parcel_no)).one()
    releasing.release_in_part(
        town, lien_id=lien, parcel_id=parcel, reason="Sold", actor=MANAGER, moment=day(10, 4),
        recording=Recording(instrument_no=instrument_no, recorded_on=date(2026, 10, 4)),
    )  # fmt: skip


def test_a_lot_joined_of_a_freed_one_and_a_bound_one_is_told_bound(
    town: sa.Connection, lien: int
) -> None:
    town.exec_driver_sql("""
        INSERT INTO lotline.parcel_lineage (parent_id, child_id, as_of, share)
        SELECT parent.id, child.id, DATE '2026-10-03', 0.5
        FROM lotline.parcel parent, lotline.parcel child
        WHERE (parent.parcel_no, child.parcel_no) IN
              (('A-1', 'A-2'), ('A-1', 'A-3'), ('A-2', 'A-6'), ('A-3', 'A-6'))""")
    _free(town, lien, "A-2")
    bound = {each: len(_told(town, each)["before"]) for each in ("A-2", "A-3", "A-6")}
    assert bound == {"A-2": 0, "A-3": 1, "A-6": 1}
    _free(town, lien, "A-3", instrument_no="R-2")
    assert _told(town, "A-6")["before"] == []


def test_what_one_lien_of_a_case_freed_its_other_lien_still_binds_until_it_frees_it(
    town: sa.Connection, case: int, lien: int
) -> None:
    town.exec_driver_sql(OWNERSHIP)
    first = one(town, Lien)
    second = town.execute(
        sa.insert(Lien).values(
            parcel_id=first.parcel_id, amount_cents=7, status="recorded", instrument_no="F-2",
            case_id=case, recorded_on=first.recorded_on,
        ).returning(Lien.id)
    ).scalar_one()  # fmt: skip
    _free(town, lien, "A-3")
    assert [each["instrument_no"] for each in _told(town, "A-3")["elsewhere"]] == ["F-2"]
    _free(town, second, "A-3", instrument_no="R-2")
    assert _told(town, "A-3")["elsewhere"] == []


@pytest.mark.usefixtures("lien")
def test_a_lien_elsewhere_is_told_with_its_amount_and_the_sum_frees_nothing(
    town: sa.Connection,
) -> None:
    town.exec_driver_sql(OWNERSHIP)
    told = _told(town, "A-3")
    (lien,) = told["elsewhere"]
    assert (lien["parcel"], lien["principal_cents"], lien["accrued_cents"]) == (
        "A-1", 750_000, 350_000,
    )  # fmt: skip
    assert not told["is_whole"]
