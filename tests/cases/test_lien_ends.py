"""What a lien is recorded for, and when its life is over: a suit filed within it keeps it."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, OFFICER, day
from played import one
from played_after import AFTER, BEFORE, COSTS, authorize, order_work
from played_liens import RECORDED

from cases import abating, liens, suing
from cases.abating import Work
from cases.advancing import GuardError
from cases.instruments import Recording
from cases.liens import LienError
from cases.models import Lien
from cases.papers import CourtPaper


def test_a_suit_filed_in_time_keeps_a_lien_alive_until_it_is_dismissed(
    town: sa.Connection, lien: int, filed: int
) -> None:
    ask = {"lien_id": lien, "actor": CLERK, "moment": day(10, 2, 2046)}
    with pytest.raises(GuardError, match="the life of the lien is over"):
        liens.expire(town, **ask)  # type: ignore[arg-type]
    dismissed = CourtPaper(number="Order, doc. 40", signed_on=date(2046, 10, 1))
    suing.dismiss(town, suit_id=filed, paper=dismissed, actor=CLERK, moment=day(10, 2, 2046))
    liens.expire(town, **ask)  # type: ignore[arg-type]
    assert one(town, Lien).status == "expired"


def test_an_order_whose_lien_expired_is_not_recorded_again(
    town: sa.Connection, certified: int, lien: int
) -> None:
    liens.expire(town, lien_id=lien, actor=CLERK, moment=day(10, 2, 2046))
    again = Recording(instrument_no="2046000001", recorded_on=date(2046, 10, 3))
    with pytest.raises(LienError, match="Lien 2026098765 of Order ORD-2026-00001 lived its time"):
        liens.record_lien(
            town, order_id=certified, recording=again, actor=CLERK, moment=day(10, 3, 2046)
        )


def test_the_principal_holds_what_the_towns_work_on_the_order_cost(
    town: sa.Connection, violation: int, certified: int
) -> None:
    """30 days at $250 to 1 October, and $333.33 of mowing and hauling; not the fee for it."""
    work = authorize(town, violation, order_id=certified, moment=day(9, 26))
    order_work(town, work, moment=day(9, 27))
    done = Work(done_on=date(2026, 9, 28), photos_before=[BEFORE], photos_after=[AFTER])
    abating.complete(town, abatement_id=work, work=done, actor=OFFICER, moment=day(9, 28))
    abating.invoice(town, abatement_id=work, costs=COSTS, actor=CLERK, moment=day(9, 29))
    liens.record_lien(town, order_id=certified, recording=RECORDED, actor=CLERK, moment=day(10, 2))
    assert one(town, Lien).amount_cents == 30 * 25_000 + 33_333
