"""Compliance is what an inspection shows: not later than it, and not from outside a closed gate."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import OFFICER, day
from played import look_again, the_order

from cases import inspections, orders
from cases.advancing import GuardError
from cases.inspections import Entry, Visit
from cases.orders import ComplianceDayError


def test_no_inspection_shows_a_day_after_it(town: sa.Connection, case: int, sworn: int) -> None:
    look = look_again(town, case, month=9, number=26)
    verify = {"order_id": sworn, "inspection_id": look, "actor": OFFICER, "moment": day(11, 20)}
    with pytest.raises(ComplianceDayError, match="made on 2026-09-26, which cannot show"):
        orders.verify_compliance(town, complied_on=date(2026, 9, 27), **verify)  # type: ignore[arg-type]
    assert the_order(town).complied_on is None
    orders.verify_compliance(town, complied_on=date(2026, 9, 26), **verify)  # type: ignore[arg-type]
    assert the_order(town).complied_on == date(2026, 9, 26)


def test_an_inspection_that_was_refused_entry_shows_neither_compliance_nor_the_lack_of_it(
    town: sa.Connection, case: int, ordered: int
) -> None:
    refused = inspections.make(
        town,
        case_id=case,
        visit=Visit(entry=Entry.REFUSED, entry_detail=""),
        actor=OFFICER,
        moment=day(9, 4),
    )
    show = {"order_id": ordered, "inspection_id": refused, "actor": OFFICER, "moment": day(9, 4)}
    with pytest.raises(GuardError, match="inspect"):
        orders.verify_compliance(town, complied_on=date(2026, 9, 4), **show)  # type: ignore[arg-type]
    with pytest.raises(GuardError, match="inspect"):
        orders.file_affidavit(town, **show)  # type: ignore[arg-type]
