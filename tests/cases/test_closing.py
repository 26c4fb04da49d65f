"""A case ends only when nothing in it runs, and is voided only where nothing came of it."""

from datetime import date

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from played import MAGISTRATE, look_again, one
from played_after import authorize, order_work, pay_all, recorded

from cases import abating, appealing, citing, hearings, imposing, orders, suing, violations
from cases.abating import AbatementAuthority
from cases.advancing import GuardError
from cases.hearings import About
from cases.models import Case, Citation, EnforcementOrder, Suit
from cases.opening import NotVoidableError, close_case, reopen_case, void_case
from cases.papers import CourtPaper
from cases.suing import SuitKind

LATER = day(11, 2)


def _correct(connection: sa.Connection, case: int, violation: int, *, month: int) -> None:
    look = look_again(connection, case, month=month, number=15)
    violations.find_corrected(
        connection, violation_id=violation, inspection_id=look, actor=OFFICER,
        moment=day(month, 15),
    )  # fmt: skip


def _close(connection: sa.Connection, case: int, moment: object = LATER) -> None:
    close_case(connection, case_id=case, reason="Done", actor=OFFICER, moment=moment)  # type: ignore[arg-type]


def _barred(connection: sa.Connection, case: int, moment: object = LATER) -> bool:
    with pytest.raises(GuardError, match="nothing in the case is open, unpaid or waiting"):
        _close(connection, case, moment)
    return True


def test_a_hearing_that_waits_keeps_a_case_open(
    town: sa.Connection, case: int, violation: int, served: int
) -> None:
    asked = hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=MANAGER, moment=day(6, 3)
    )
    _correct(town, case, violation, month=6)
    assert _barred(town, case, day(6, 16))
    hearings.cancel(town, hearing_id=asked, reason="Mown", actor=CLERK, moment=day(6, 16))
    _close(town, case, day(6, 16))
    assert served


def test_an_order_that_runs_keeps_a_case_open(
    town: sa.Connection, case: int, violation: int, cited: int, ordered: int
) -> None:
    citing.uphold(town, citation_id=cited, actor=MAGISTRATE, moment=day(8, 12))
    pay_all(town, month=8, number=13)
    _correct(town, case, violation, month=8)
    citing.settle(town, citation_id=cited, actor=CLERK, moment=day(8, 15))
    assert _barred(town, case, day(8, 16))
    look = look_again(town, case, month=8, number=16)
    orders.verify_compliance(
        town, order_id=ordered, inspection_id=look, complied_on=date(2026, 8, 15), actor=OFFICER,
        moment=day(8, 16),
    )  # fmt: skip
    _close(town, case, day(8, 16))


def test_an_abatement_under_way_keeps_a_case_open(
    town: sa.Connection, case: int, violation: int, served: int
) -> None:
    abatement = authorize(town, violation, authority=AbatementAuthority.EMERGENCY, moment=day(6, 3))
    order_work(town, abatement, moment=day(6, 4))
    _correct(town, case, violation, month=6)
    assert _barred(town, case, day(6, 16))
    abating.cancel(
        town, abatement_id=abatement, reason="The owner mowed", actor=MANAGER, moment=day(6, 16)
    )
    _close(town, case, day(6, 16))
    assert served


def test_a_suit_keeps_a_case_open(
    town: sa.Connection, case: int, violation: int, served: int
) -> None:
    suit = suing.refer(
        town, case_id=case, kind=SuitKind.INJUNCTION, reason="Vermin", actor=MANAGER,
        moment=day(6, 3),
    )  # fmt: skip
    _correct(town, case, violation, month=6)
    assert _barred(town, case, day(6, 16))
    suing.decline(town, suit_id=suit, reason="Mown", actor=MANAGER, moment=day(6, 16))
    _close(town, case, day(6, 16))
    assert (one(town, Suit).status, served > 0) == ("declined", True)


def test_a_recorded_lien_keeps_a_case_open(
    town: sa.Connection, case: int, violation: int, served: int
) -> None:
    recorded(town, case)
    _correct(town, case, violation, month=6)
    assert _barred(town, case, day(6, 16))
    recorded_rows = sa.text("UPDATE lotline.lien SET status = 'released', released_on = '20261001'")
    town.execute(recorded_rows)
    _close(town, case, day(6, 16))
    assert served


def test_an_appeal_keeps_a_case_open_and_reopens_nothing(
    town: sa.Connection, case: int, violation: int, cited: int, appealed: int
) -> None:
    citing.uphold(town, citation_id=cited, actor=MAGISTRATE, moment=day(9, 11))
    pay_all(town, month=9, number=11)
    _correct(town, case, violation, month=9)
    citing.settle(town, citation_id=cited, actor=CLERK, moment=day(9, 15))
    town.execute(sa.update(EnforcementOrder).values(status="complied"))
    assert _barred(town, case)
    mandate = CourtPaper(number="Mandate", signed_on=date(2026, 10, 30))
    appealing.affirm(town, appeal_id=appealed, paper=mandate, actor=CLERK, moment=LATER)
    _close(town, case)
    reopen_case(town, case_id=case, reason="Grown again", actor=MANAGER, moment=LATER)


def test_a_case_under_an_order_is_not_void(town: sa.Connection, case: int, ordered: int) -> None:
    ask = {"case_id": case, "reason": "Wrong lot", "actor": MANAGER}
    with pytest.raises(NotVoidableError, match="Order ORD-2026-00001, citation UCV-2026-00001 and"):
        void_case(town, moment=day(8, 20), **ask)  # type: ignore[arg-type]
    assert one(town, Case).voided_on is None
    orders.vacate(town, order_id=ordered, reason="Wrong lot", actor=MAGISTRATE, moment=day(8, 20))
    with pytest.raises(NotVoidableError, match="Citation UCV-2026-00001 and a debt of"):
        void_case(town, moment=day(8, 20), **ask)  # type: ignore[arg-type]
    end = {"citation_id": one(town, Citation).id, "moment": day(8, 20)}
    citing.uphold(town, actor=MAGISTRATE, **end)  # type: ignore[arg-type]
    citing.void(town, reason="Wrong lot", actor=MANAGER, **end)  # type: ignore[arg-type]
    void_case(town, moment=day(8, 20), **ask)  # type: ignore[arg-type]
    assert one(town, Case).voided_on == date(2026, 8, 20)


def test_a_case_under_a_certified_order_or_a_lien_is_not_void(
    town: sa.Connection, case: int, sworn: int
) -> None:
    ask = {"case_id": case, "reason": "Wrong lot", "actor": MANAGER, "moment": LATER}
    imposing.certify(town, order_id=sworn, actor=MAGISTRATE, moment=day(9, 25))
    recorded(town, case)
    with pytest.raises(NotVoidableError, match="Order ORD-2026-00001, lien 2026-118, citation"):
        void_case(town, **ask)  # type: ignore[arg-type]
    orders.vacate(town, order_id=sworn, reason="Astray", actor=MAGISTRATE, moment=LATER)
    with pytest.raises(NotVoidableError, match="Lien 2026-118, citation"):
        void_case(town, **ask)  # type: ignore[arg-type]
    assert one(town, Case).voided_on is None
