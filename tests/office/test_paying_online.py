"""A case is paid on a hosted page: the sum is the ledger's, and what is told is recorded once."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from alder_town import application
from counter import Counter
from desk import CLERK, day
from hosted_page import PAGE, SECRET, notice, opened, signed
from letter_holder import code_for, let_in, words

from cases import cashier
from cases.codes.giving import Scope
from cases.hosted import HostedPage
from cases.ledger.reading import in_credit, owed
from cases.models import LedgerPosting
from cases.online import PAGE as BY_PAGE
from geo.database import Database

type On = Callable[[int], Counter]

OWED = 10_000


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
    answer = let_in(desk, code_for(desk, town)).get("/my-case/pay/online")
    assert answer.status_code == 303
    return opened(answer.location)


def _tell(desk: Counter, signature: str | None = None, **said: Any) -> Any:
    body, good = notice(**said)
    headers = {"Lotline-Signature": good if signature is None else signature}
    return desk.app.test_client().post("/payments/notice", data=body, headers=headers)


def _paid(town: sa.Connection) -> list[tuple[Any, ...]]:
    at = LedgerPosting
    columns = (at.id, at.cents, at.method, at.reference, at.payer, at.actor)
    return [tuple(row) for row in town.execute(sa.select(*columns).where(at.kind == "paid"))]


def test_the_page_is_opened_with_what_the_ledger_says_and_nothing_of_the_browser(
    desk: Counter, town: sa.Connection, case: int
) -> None:
    client = let_in(desk, code_for(desk, town))
    page = client.get("/my-case/pay")
    assert "Pay $100.00 online" in words(page.text)
    assert 'href="/my-case/pay/online"' in page.text
    cashier.receive_payment(
        town, case_id=case, cents=4_000, method="cash", key="some", actor=CLERK, moment=day(6, 20)
    )  # fmt: skip
    asked = opened(client.get("/my-case/pay/online?cents=1&case=other").location)
    assert (asked["cents"], asked["case"]) == ("6000", desk.number)
    assert asked["back"].endswith("/my-case/pay")
    assert "$40.00 on Jun 20, 2026, receipt" in words(client.get("/my-case/pay").text)


def test_a_notice_is_one_payment_with_a_receipt_however_often_and_late_it_is_told(
    desk: Counter, town: sa.Connection, case: int, begun: dict[str, str]
) -> None:
    said = {"bill": begun["bill"], "payment": "P-1", "cents": OWED, "payer": "Pat Lane"}
    first = _tell(desk, **said)
    assert first.status_code == 200, first.text
    assert owed(town, case).get("penalty", 0) == 0
    again, later = _tell(desk, **said), _tell(desk.at(6, 28), **said)
    assert first.json == again.json == later.json
    assert _paid(town) == [
        (first.json["receipt"], OWED, "card", "P-1", "Pat Lane", BY_PAGE.name)
    ]  # fmt: skip
    page = words(let_in(desk, code_for(desk, town)).get("/my-case/pay").text)
    assert f"receipt {first.json['receipt']}" in page
    assert "online" not in page
    client = let_in(desk, code_for(desk, town))
    way = f"/my-case/receipt?of={first.json['receipt']}"
    assert f'href="{way}"' in client.get("/my-case/pay").text
    paper = words(client.get(way).text)
    for each in (f"Receipt {first.json['receipt']}", "$100.00 paid on", "Toward the", "P-1"):
        assert each in paper, (each, paper)
    assert "Pat Lane" not in paper
    assert client.get("/my-case/receipt?of=999999").status_code == 404
    posted = let_in(desk, code_for(desk, town, Scope.READS))
    assert posted.get(way).status_code == 400


def test_a_payment_that_was_taken_back_is_not_recorded_again(
    desk: Counter, town: sa.Connection, case: int, begun: dict[str, str]
) -> None:
    said = {"bill": begun["bill"], "payment": "P-1", "cents": OWED}
    receipt = _tell(desk, **said).json["receipt"]
    cashier.return_cheque(
        town, case_id=case, payment_id=receipt, reason="Charged back", key="back", actor=CLERK,
        moment=day(6, 21),
    )  # fmt: skip
    assert _tell(desk.at(6, 22), **said).json == {"receipt": receipt}
    assert len(_paid(town)) == 1
    page = words(let_in(desk, code_for(desk, town)).get("/my-case/pay").text)
    assert f"receipt {receipt}" not in page


def test_who_pays_twice_has_the_second_in_credit(
    desk: Counter, town: sa.Connection, case: int, begun: dict[str, str]
) -> None:
    for reference in ("P-1", "P-2"):
        said = {"bill": begun["bill"], "payment": reference, "cents": OWED}
        assert _tell(desk, **said, method="bank_transfer").status_code == 200
    assert (len(_paid(town)), in_credit(town, case)) == (2, OWED)


@pytest.mark.parametrize(
    ("changes", "signature", "status"),
    [
        ({}, "", 403),
        ({}, "sha256=" + "0" * 64, 403),
        ({}, "sha256=é", 403),
        ({"cents": 0}, None, 409),
        ({"cents": str(OWED)}, None, 409),
        ({"cents": True}, None, 409),
        ({"cents": None}, None, 409),
        ({"method": "cash"}, None, 409),
        ({"method": ["card"]}, None, 409),
        ({"payment": ""}, None, 409),
        ({"payment": "x" * 201}, None, 409),
        ({"payment": "P\n1"}, None, 409),
        ({"payer": 7}, None, 409),
        ({"bill": "1-1-1-1-1"}, None, 409),
        ({"bill": "é"}, None, 409),
    ],
)
def test_a_notice_that_is_not_signed_or_makes_no_sense_records_nothing(
    desk: Counter, town: sa.Connection, begun: dict[str, str], changes: dict[str, Any],
    signature: str | None, status: int, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    said = {"bill": begun["bill"], "payment": "P-1", "cents": OWED} | changes
    with caplog.at_level(logging.ERROR):
        answer = _tell(desk, signature, **said)
    assert answer.status_code == status, answer.text
    assert answer.json["error"]
    assert _paid(town) == []
    assert bool(caplog.records) == (status == 409)  # somebody's money: a person has to look


def test_a_bill_of_another_sum_cannot_be_made_up(
    desk: Counter, town: sa.Connection, begun: dict[str, str]
) -> None:
    made_up = begun["bill"].replace(f"-{OWED}-", "-100-")
    assert made_up != begun["bill"]
    assert _tell(desk, bill=made_up, payment="P-1", cents=100).status_code == 409
    assert _paid(town) == []


def test_money_taken_for_a_bill_of_an_earlier_secret_is_told_to_whoever_reads_the_log(
    desk: Counter, town: sa.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    earlier = HostedPage(PAGE, secret=SECRET[::-1])  # what they shared until yesterday
    desk.app.extensions["lotline_payments"] = earlier
    asked = let_in(desk, code_for(desk, town)).get("/my-case/pay/online").location
    bill = parse_qs(urlsplit(asked).query)["bill"][0]
    desk.app.extensions["lotline_payments"] = HostedPage(PAGE, secret=SECRET)
    with caplog.at_level(logging.ERROR):
        answer = _tell(desk, bill=bill, payment="P-1", cents=OWED)
    assert answer.status_code == 409
    assert "not on record" in caplog.text
    assert _paid(town) == []


def test_what_is_no_json_is_refused_and_a_reference_stands_for_one_payment(
    desk: Counter, town: sa.Connection, begun: dict[str, str], case: int
) -> None:
    client = desk.app.test_client()
    for body in (b"", b"[1]", b"\xff", b"[" * 9_000):
        header = {"Lotline-Signature": f"sha256={signed(body)}"}
        assert client.post("/payments/notice", data=body, headers=header).status_code == 409
    assert client.post("/payments/notice", data=b"x" * 10_001).status_code == 413
    assert _tell(desk, bill=begun["bill"], payment="P-1", cents=OWED).status_code == 200
    cashier.return_cheque(
        town, case_id=case, payment_id=_paid(town)[0][0], reason="Back", key="b", actor=CLERK,
        moment=day(6, 20),
    )  # fmt: skip
    other = opened(let_in(desk, code_for(desk, town)).get("/my-case/pay/online").location)
    assert other["cents"] != str(OWED)  # the fee of a returned payment came on top
    again = _tell(desk, bill=other["bill"], payment="P-1", cents=int(other["cents"]))
    assert (again.json["kept"], len(_paid(town))) == (True, 1)


def test_a_town_without_a_page_says_how_to_pay_at_the_counter(
    on_case: On, case: int, cited: int, town: sa.Connection
) -> None:
    assert cited
    desk = on_case(case).at(6, 20)
    client = let_in(desk, code_for(desk, town))
    said = words(client.get("/my-case/pay").text)
    assert "online" not in said.lower()
    for each in ("In cash, at the counter", "By check", "By card, at the counter's terminal"):
        assert each in said
    assert client.get("/my-case/pay/online").location == "/my-case/pay"
    assert _tell(desk, bill="1").status_code == 404


def test_a_posted_code_begins_no_payment(desk: Counter, town: sa.Connection) -> None:
    reader = let_in(desk, code_for(desk, town, Scope.READS))
    assert reader.get("/my-case/pay/online").status_code == 400


def test_the_page_is_where_the_setting_says(laid_out: Database) -> None:
    with application(laid_out, LOTLINE_PAY_URL=PAGE, LOTLINE_PAY_SECRET=SECRET) as app:
        assert app.extensions["lotline_payments"].is_hosted
