"""Play on from an affidavit: a fine that is certified, and what may stand in its way."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import MANAGER, day
from played import MAGISTRATE

from cases import blocking, imposing
from cases.blocking import BlockKind
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
