"""Play on from an affidavit: a fine that is certified, and what may stand in its way."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import MAGISTRATE, look_again

from cases import blocking, imposing, liens, orders, violations
from cases.blocking import BlockKind
from cases.instruments import Recording
from cases.pausing import Paper, PauseAuthority

STAY = Paper(
    authority=PauseAuthority.COURT_ORDER,
    reference="Order in 2026-AP-7",
    ordered_on=date(2026, 10, 1),
)


@pytest.fixture
def certified(town: sa.Connection, sworn: int) -> int:
    """The fine certified on 25 September: 24 days at $250, and running."""
    imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 25))
    return sworn


def block(connection: sa.Connection, case: int, **changes: object) -> int:
    asked = {
        "kind": BlockKind.BANKRUPTCY,
        "reference": "26-bk-01234",
        "since": date(2026, 9, 28),
        "reason": "Petition filed",
        "actor": MANAGER,
        "moment": day(10, 1),
    }
    return blocking.block(connection, case_id=case, **(asked | changes))  # type: ignore[arg-type]


RECORDED = Recording(
    instrument_no="2026098765", recorded_on=date(2026, 10, 1), book="4312", page="87"
)


@pytest.fixture
def lien(town: sa.Connection, certified: int) -> int:
    """The order recorded on 1 October, entered on the 2nd: 30 days at $250 are owed."""
    return liens.record_lien(
        town, order_id=certified, recording=RECORDED, actor=CLERK, moment=day(10, 2)
    )


def mown(connection: sa.Connection, case: int, order: int, violation: int) -> None:
    """Find on 6 October that the lot complies since the 5th."""
    look = look_again(connection, case, month=10, number=6)
    violations.find_corrected(
        connection, violation_id=violation, inspection_id=look, actor=OFFICER, moment=day(10, 6)
    )
    orders.verify_compliance(
        connection, order_id=order, inspection_id=look, complied_on=date(2026, 10, 5),
        actor=OFFICER, moment=day(10, 6),
    )  # fmt: skip
