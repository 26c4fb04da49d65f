"""Money that was taken online and cannot be recorded waits for a person, and is seen to once."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, MANAGER, OFFICER, Counter, filled, wrongs
from desk import CLERK as BY_CLERK
from desk import day
from hosted_page import PAGE, SECRET, notice, opened
from letter_holder import code_for, let_in, words

from cases import cashier
from cases.hosted import HostedPage
from cases.ledger.reading import in_credit, owed
from cases.models import Case, LedgerPosting, UnrecordedPayment, UnrecordedSettlement
from cases.online import PAGE as BY_PAGE
from cases.opening import open_case
from cases.tying import Whereabouts

type On = Callable[[int], Counter]

OWED = 10_000
LIST = "/office/online-money"


@pytest.fixture
def desk(on_case: On, case: int, cited: int) -> Counter:
    """The counter on a case that owes a citation's penalty, in a town that is paid online."""
    assert cited
    found = on_case(case).at(6, 20)
    found.app.extensions["lotline_payments"] = HostedPage(PAGE, secret=SECRET)
    return found


@pytest.fixture
def begun(desk: Counter, town: sa.Connection) -> dict[str, str]:
    """What the hosted page was opened with."""
    return opened(let_in(desk, code_for(desk, town)).get("/my-case/pay/online").location)


@pytest.fixture
def kept(desk: Counter, town: sa.Connection, case: int, begun: dict[str, str]) -> int:
    """A payment that the page told of once the case was closed."""
    _close(town, case)
    said = _tell(desk.at(6, 21), begun, payer="Pat Lane")
    assert (said.status_code, said.json["kept"]) == (200, True)
    return int(town.scalars(sa.select(UnrecordedPayment.id)).one())


def _close(town: sa.Connection, case: int, *, on: str | None = "2026-06-20") -> None:
    town.execute(sa.update(Case).where(Case.id == case).values(closed_on=on))


def _tell(desk: Counter, begun: dict[str, str], **said: Any) -> Any:
    whole = {"bill": begun["bill"], "payment": "P-1", "cents": OWED, **said}
    body, signature = notice(**whole)
    headers = {"Lotline-Signature": signature}
    return desk.app.test_client().post("/payments/notice", data=body, headers=headers)


def _send(desk: Counter, way: str, role: Any = CLERK, **typed: Any) -> Any:
    client = desk.client(role)
    return client.post(way, data=filled(client.get(way).text) | typed)


def _paid(town: sa.Connection) -> list[Any]:
    at = LedgerPosting
    return list(town.execute(sa.select(at.__table__).where(at.kind == "paid").order_by(at.id)))


def _settled(town: sa.Connection) -> list[Any]:
    return list(town.execute(sa.select(UnrecordedSettlement.__table__)))


def test_a_payment_for_a_closed_case_waits_on_the_desk_with_why_however_often_it_is_told(
    desk: Counter, town: sa.Connection, begun: dict[str, str], kept: int
) -> None:
    again = _tell(desk, begun, payer="Pat Lane")
    assert (again.status_code, again.json["kept"]) == (200, True)
    assert town.scalars(sa.select(UnrecordedPayment.id)).all() == [kept]
    assert _paid(town) == []
    for role in (CLERK, MANAGER):
        client = desk.client(role)
        assert "Money taken online, not recorded" in client.get("/office/").text
        for page in (LIST, "/office/deposits"):
            said = words(client.get(page).text)
            assert "P-1" in said
            assert "Pat Lane" in said
            assert "$100.00" in said
            assert "a closed case is only read" in said
    assert desk.client(OFFICER).get(LIST).status_code == 403


def test_whoever_paid_is_told_that_the_town_has_word_of_it(
    desk: Counter, town: sa.Connection, kept: int
) -> None:
    page = words(let_in(desk, code_for(desk, town)).get("/my-case/pay").text)
    assert "You paid $100.00 online" in page
    _send(desk, f"{LIST}/{kept}/refunded", MANAGER, reason="The case was closed, refund R-9")
    page = words(let_in(desk, code_for(desk, town)).get("/my-case/pay").text)
    assert "You paid $100.00 online" not in page


def test_it_is_recorded_by_a_clerk_once_the_case_is_open_and_never_again(
    desk: Counter, town: sa.Connection, case: int, begun: dict[str, str], kept: int
) -> None:
    way = f"{LIST}/{kept}/record"
    closed = _send(desk, way, reason="Paid on the last day")
    assert "only read" in wrongs(closed.text)
    assert "Paid on the last day" in closed.text  # nothing typed is lost
    assert _paid(town) == []
    _close(town, case, on=None)
    client = desk.client(CLERK)
    typed = filled(client.get(way).text) | {"reason": "Paid on the last day"}
    first, twice = client.post(way, data=typed), client.post(way, data=typed)
    (paid,) = _paid(town)
    assert first.location == twice.location == f"/office/case/{desk.number}/receipt/{paid.id}"
    assert (paid.cents, paid.reference, paid.payer) == (OWED, "P-1", "Pat Lane")
    assert paid.actor != BY_PAGE.name
    assert owed(town, case).get("penalty", 0) == 0
    assert _tell(desk.at(6, 25), begun, payer="Pat Lane").json == {"receipt": paid.id}
    later = _send(desk, way, reason="Again")
    assert "saw to this payment on Jun 21, 2026 already" in wrongs(later.text)
    assert len(_paid(town)) == len(_settled(town)) == 1
    said = words(desk.client(MANAGER).get(LIST).text)
    assert f"Receipt {paid.id} in case {desk.number}" in said
    assert "Paid on the last day" in said


def test_it_is_recorded_in_another_case_where_what_is_too_much_is_credit(
    desk: Counter, town: sa.Connection, law: int, kept: int
) -> None:
    nowhere = Whereabouts(
        parcel_no=None, address="330 Magnolia St", point=None, opened_on=date(2026, 6, 1)
    )
    other_id = open_case(
        town, category="High grass", place=nowhere, law_pack_id=law, actor=BY_CLERK,
        moment=day(6, 21),
    )  # fmt: skip
    other = town.execute(sa.select(Case.id, Case.number).where(Case.id == other_id)).one()
    way = f"{LIST}/{kept}/record"
    unknown = _send(desk, way, number="2099-9999", reason="Same owner")
    assert "No case is numbered" in wrongs(unknown.text)
    _send(desk, way, number=f" {other.number.lower()} ", reason="Same owner")
    assert in_credit(town, other.id) == OWED
    (settled,) = _settled(town)
    assert (settled.way, settled.case_id) == ("recorded", other.id)
    assert f"Taken online for case {desk.number}" in _paid(town)[0].memo


def test_a_manager_notes_that_it_went_back_and_nobody_who_takes_money_does(
    desk: Counter, town: sa.Connection, begun: dict[str, str], case: int, kept: int
) -> None:
    way = f"{LIST}/{kept}/refunded"
    assert desk.client(CLERK).get(way).status_code == 403
    assert desk.client(MANAGER).get(f"{LIST}/{kept}/record").status_code == 403
    ahead = _send(desk, way, MANAGER, refunded_on="2026-06-22", reason="R-9")
    assert "lies in the future" in ahead.text
    unsaid = _send(desk, way, MANAGER, reason=" ")
    assert wrongs(unsaid.text)
    assert _settled(town) == []
    _send(desk, way, MANAGER, reason="The case was closed, refund R-9")
    (settled,) = _settled(town)
    assert (settled.way, settled.settled_by, settled.reason) == (
        "refunded", "A. Stone", "The case was closed, refund R-9"
    )  # fmt: skip
    _close(town, case, on=None)
    assert _tell(desk, begun, payer="Pat Lane").json["kept"] is True
    assert "already" in wrongs(_send(desk, f"{LIST}/{kept}/record", reason="After all").text)
    assert _paid(town) == []
    assert "went back on Jun 21, 2026" in words(desk.client(CLERK).get(LIST).text)


def test_a_notice_of_another_sum_waits_for_a_person_with_both_sums(
    desk: Counter, town: sa.Connection, begun: dict[str, str]
) -> None:
    assert _tell(desk, begun, cents=OWED - 1).json["kept"] is True
    assert _paid(town) == []
    said = words(desk.client(CLERK).get(LIST).text)
    assert "The bill is of $100.00, and the page took $99.99." in said
    other = _tell(desk, begun, cents=OWED)
    assert (
        other.status_code == 409
    )  # two payments under one reference: nobody could tell them apart
    assert len(town.scalars(sa.select(UnrecordedPayment.id)).all()) == 1


def test_what_only_the_database_refuses_is_kept_too(
    desk: Counter, town: sa.Connection, begun: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: sa.Connection, **_said: Any) -> Any:
        connection.exec_driver_sql(
            "INSERT INTO lotline.ledger_posting (case_id, kind, key, cents, method, actor,"
            " posted_at, effective_on, asked) SELECT id, 'paid', 'odd', 1, 'card', 'x', now(),"
            " DATE '2026-06-20', '{}' FROM lotline.case_file LIMIT 1"
        )  # a posting without entries, which is refused at the commit alone
        return SimpleNamespace(id=1)

    monkeypatch.setattr("cases.online.paying.pay", broken)
    assert _tell(desk, begun).json["kept"] is True
    assert _paid(town) == []
    assert "refuses it by its rule" in words(desk.client(CLERK).get(LIST).text)


def test_a_reference_that_has_a_receipt_is_told_of_another_sum_only_to_a_person(
    desk: Counter, town: sa.Connection, begun: dict[str, str], case: int
) -> None:
    receipt = _tell(desk, begun).json["receipt"]
    cashier.return_cheque(
        town, case_id=case, payment_id=receipt, reason="Back", key="b", actor=BY_CLERK,
        moment=day(6, 20),
    )  # fmt: skip
    other = opened(let_in(desk, code_for(desk, town)).get("/my-case/pay/online").location)
    again = _tell(desk, other, cents=int(other["cents"]))
    assert again.json["kept"] is True
    assert f"stands for receipt {receipt} already" in words(desk.client(CLERK).get(LIST).text)


def test_a_bill_that_is_paid_twice_stands_before_a_clerk_until_the_rest_went_back(
    desk: Counter, town: sa.Connection, case: int, begun: dict[str, str]
) -> None:
    assert "No case has more" in words(desk.client(CLERK).get(LIST).text)
    for reference in ("P-1", "P-2"):
        assert "receipt" in _tell(desk.at(6, 21), begun, payment=reference).json
    assert in_credit(town, case) == OWED
    said = words(desk.client(CLERK).get(LIST).text)
    assert f"{desk.number} $100.00" in said
    assert "No case has more" not in said
