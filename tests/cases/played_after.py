"""Play on what follows an order, as fixtures that take each other and those of `played` by name."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import ORDER, one

from cases import abating
from cases.abatement_costs import CostLine
from cases.abating import AbatementAuthority, Work
from cases.inspections import Entry
from cases.ledger.accounts import Method
from cases.ledger.paying import pay
from cases.ledger.reading import owed
from cases.models import Violation

BEFORE, AFTER = "0b" * 32, "af" * 32

MOWN = Work(done_on=date(2026, 9, 10), photos_before=[BEFORE], photos_after=[AFTER])

COSTS = (CostLine(what="Mowing", cents=25_000), CostLine(what="Hauling", cents=8_333))


@pytest.fixture
def abatement(town: sa.Connection, violation: int, sworn: int) -> int:
    """The town is to mow, the order's time being over."""
    return authorize(town, violation, order_id=sworn)


@pytest.fixture
def worked(town: sa.Connection, abatement: int) -> int:
    """Mown by a contractor, with the owner's consent, on 10 September."""
    order_work(town, abatement)
    abating.complete(town, abatement_id=abatement, work=MOWN, actor=OFFICER, moment=day(9, 11))
    return abatement


def authorize(connection: sa.Connection, violation: int, **changes: object) -> int:
    asked = {
        "authority": AbatementAuthority.ORDER,
        "reason": "Rats",
        "actor": MANAGER,
        "moment": day(9, 7),
    }
    return abating.authorize(connection, violation_id=violation, **(asked | changes))  # type: ignore[arg-type]


def order_work(connection: sa.Connection, abatement: int, **changes: object) -> None:
    asked = {
        "contractor": "Green Acres LLC",
        "entry": Entry.CONSENT,
        "entry_detail": "P. Lane, by telephone",
        "actor": OFFICER,
        "moment": day(9, 8),
    }
    abating.order_work(connection, abatement_id=abatement, **(asked | changes))  # type: ignore[arg-type]


def pay_all(connection: sa.Connection, *, month: int, number: int) -> None:
    """Pay whatever the case owes, in cash."""
    case_id, moment = one(connection, Violation).case_id, day(month, number)
    pay(
        connection, case_id=case_id, cents=sum(owed(connection, case_id).values()),
        method=Method.CASH, order=ORDER, actor=CLERK.name, key=f"all:{month}-{number}",
        on=moment.on, now=moment.now,
    )  # fmt: skip
