"""A title company asks what binds a parcel, and is told all of it once, frozen, in time."""

import hashlib
import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, day
from played import one
from played_liens import block
from test_exposure import OWNERSHIP

from cases import lien_searches
from cases.adopted import NoLawError
from cases.days import DayError
from cases.desk import requests
from cases.lien_searches import (
    Asked,
    EndedSearchError,
    LienSearchError,
    NotYourSearchError,
    UnpaidSearchError,
)
from cases.models import Case, Lien
from cases.once import UnusableKeyError

ASKED = Asked(
    parcel="A-1", requester="R. Vance", company="Vance Title", email="r@vance.example",
    file_no="24-881", received_on=date(2026, 10, 2),
)  # fmt: skip


def _ask(town: sa.Connection, *, key: UUID | None = None, **changes: Any) -> int:
    said = {name: getattr(ASKED, name) for name in ASKED.__slots__} | changes
    return lien_searches.take_in(
        town, Asked(**said), form_key=key or uuid4(), actor=CLERK, moment=day(10, 5)
    )


def _pay(
    town: sa.Connection, search_id: int, *, receipt_no: str = "T-100", on: date = date(2026, 10, 5)
) -> None:
    lien_searches.note_fee(
        town, search_id=search_id, receipt_no=receipt_no, paid_on=on, actor=CLERK,
        moment=day(10, 5),
    )  # fmt: skip


def _answer(town: sa.Connection, search_id: int, *, through: date = date(2026, 10, 15)) -> str:
    return lien_searches.answer(
        town, search_id=search_id, good_through=through, actor=CLERK, moment=day(10, 5)
    )


def _row(town: sa.Connection, search_id: int) -> sa.Row[Any]:
    return town.execute(requests.lien_search(search_id)).one()


def _told(town: sa.Connection, search_id: int) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_row(town, search_id).content)
    return told


@pytest.mark.usefixtures("law")
def test_a_unit_that_is_not_on_record_is_answered_on_no_other_units_lot(
    town: sa.Connection,
) -> None:
    town.exec_driver_sql("""
        UPDATE lotline.situs_address SET unit = '4', label = label || ' #4'
        WHERE number_low = 101 AND street_key = 'alder st'""")
    with pytest.raises(LienSearchError, match="no address of just one"):
        _ask(town, parcel="101 Alder Street Unit 5")
    assert _row(town, _ask(town, parcel="101 Alder Street Unit 4")).parcel_no == "A-1"


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize("typed", ["A-1", "a 1", "101 Alder Street"])
def test_no_search_reads_every_parcel_of_the_town(town: sa.Connection, typed: str) -> None:
    read: list[str] = []
    sa.event.listen(town, "before_cursor_execute", lambda *args: read.append(args[2]))
    assert _row(town, _ask(town, parcel=typed)).parcel_no == "A-1"
    assert not [each for each in read if "lotline.parcel" in each and "WHERE" not in each]
    assert not [each for each in read if "lotline.situs_address" in each]


@pytest.mark.usefixtures("law")
def test_fee_and_last_day_are_those_of_the_towns_law(town: sa.Connection) -> None:
    row = _row(town, _ask(town))
    assert (row.number, row.fee_cents, row.due_on) == ("LS-2026-00001", 7_500, date(2026, 10, 9))
    assert "business days" in row.because


def test_a_lien_is_told_with_its_priority_its_growth_and_what_pays_it_off(
    town: sa.Connection, lien: int  # noqa: ARG001 - recorded
) -> None:  # fmt: skip
    asked = _ask(town)
    _pay(town, asked)
    digest = _answer(town, asked)
    row, told = _row(town, asked), _told(town, asked)
    assert row.sha256.hex() == digest == hashlib.sha256(row.content.encode()).hexdigest()
    (one,) = told["liens"]
    # Recorded with 30 days at $250; 2 to 15 October are 14 more.
    assert (one["priority"], one["book"], one["page"]) == (1, "4312", "87")
    assert (one["principal_cents"], one["accrued_cents"]) == (750_000, 350_000)
    assert (one["per_diem_cents"], one["recorded_on"]) == (25_000, "2026-10-01")
    (payoff,) = told["payoffs"]
    assert payoff["total_cents"] == told["total_cents"] == 10_000 + 44 * 25_000
    assert told["per_diem_cents"] == 25_000
    assert [each["number"] for each in told["cases"]] == ["CE-2026-00001"]
    assert told["orders"] == []
    assert told["is_whole"]
    assert told["request"]["file_no"] == "24-881"


def test_an_order_without_a_lien_is_told_as_imposed_only_once_it_is_certified(
    town: sa.Connection, sworn: int  # noqa: ARG001 - sworn, not certified
) -> None:  # fmt: skip
    asked = _ask(town)
    _pay(town, asked)
    told = lien_searches.preview(
        town, search_id=asked, good_through=date(2026, 10, 15), on=date(2026, 10, 5)
    )
    (order,) = told["orders"]
    assert (order["imposed"], order["fine_cents"]) == (False, 44 * 25_000)
    assert told["liens"] == []
    (violation,) = told["violations"]
    assert violation["provision"].startswith("Sec. 30-36(a) Grass")
    assert violation["comply_by"] == order["comply_by"] == "2026-09-01"


@pytest.mark.usefixtures("lien")
def test_a_lien_elsewhere_is_told_of_what_else_its_violator_owns(town: sa.Connection) -> None:
    town.exec_driver_sql(OWNERSHIP)
    elsewhere = {
        parcel_no: lien_searches.preview(
            town, search_id=_ask(town, parcel=parcel_no), good_through=date(2026, 10, 15),
            on=date(2026, 10, 5),
        )["elsewhere"]
        for parcel_no in ("A-2", "A-3", "A-4")
    }  # fmt: skip
    assert [(each["parcel"], each["homestead"]) for each in elsewhere["A-2"]] == [("A-1", True)]
    assert [each["homestead"] for each in elsewhere["A-3"]] == [False]
    assert elsewhere["A-4"] == []  # a company of the same name is another owner


@pytest.mark.usefixtures("lien")
def test_what_may_not_be_collected_has_no_payoff_and_says_why(
    town: sa.Connection, case: int
) -> None:
    block(town, case, moment=day(10, 3))
    asked = _ask(town)
    told = lien_searches.preview(
        town, search_id=asked, good_through=date(2026, 10, 15), on=date(2026, 10, 5)
    )
    (payoff,) = told["payoffs"]
    assert payoff["total_cents"] is None
    assert not told["is_whole"]
    assert "26-bk-01234" in payoff["refused"]


@pytest.mark.usefixtures("law")
def test_a_lien_from_a_file_is_told_and_no_sum_is_said_to_free_the_parcel(
    town: sa.Connection, case: int
) -> None:
    filed = {"parcel_id": one(town, Case).parcel_id, "amount_cents": 7, "status": "recorded"}
    town.execute(sa.insert(Lien).values(case_id=case, instrument_no="F-1", **filed))
    told = lien_searches.preview(
        town, search_id=_ask(town), good_through=date(2026, 10, 15), on=date(2026, 10, 5)
    )
    assert [each["accrued_cents"] for each in told["liens"]] == [None]
    assert not told["is_whole"]


@pytest.mark.usefixtures("law")
def test_nothing_is_answered_before_the_fee_is_paid_and_nothing_twice(town: sa.Connection) -> None:
    asked = _ask(town)
    with pytest.raises(UnpaidSearchError, match=r"\$75\.00 comes before"):
        _answer(town, asked)
    _pay(town, asked)
    with pytest.raises(EndedSearchError, match="its fee is paid"):
        _pay(town, asked, receipt_no="T-101")
    assert town.scalar(requests.lien_searches_waiting()) == 1
    assert town.scalar(requests.lien_searches_waiting(due_before=date(2026, 10, 9))) == 0
    assert town.scalar(requests.lien_searches_waiting(due_before=date(2026, 10, 10))) == 1
    _answer(town, asked)
    assert town.scalar(requests.lien_searches_waiting()) == 0
    with pytest.raises(EndedSearchError, match="was answered"):
        _answer(town, asked)
    with pytest.raises(LienSearchError, match="another request's"):
        _pay(town, _ask(town))


@pytest.mark.usefixtures("law")
def test_what_is_withdrawn_says_why_and_waits_no_more(town: sa.Connection) -> None:
    asked = _ask(town)
    who = {"search_id": asked, "actor": CLERK, "moment": day(10, 5)}
    with pytest.raises(LienSearchError, match="Say why"):
        lien_searches.withdraw(town, reason=" ", **who)
    lien_searches.withdraw(town, reason="The sale fell through", **who)
    assert _row(town, asked).reason == "The sale fell through"
    assert town.scalar(requests.lien_searches_waiting()) == 0


@pytest.mark.usefixtures("law")
def test_a_parcel_is_meant_by_its_number_or_by_an_address_of_its_own(town: sa.Connection) -> None:
    by_address = _row(town, _ask(town, parcel=" 101 alder street "))
    assert (by_address.parcel_no, _row(town, _ask(town, parcel="a 1")).parcel_no) == ("A-1", "A-1")
    with pytest.raises(LienSearchError, match="no address of just one"):
        _ask(town, parcel="103 Aldre Street")  # a misspelt street is no sure address


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"parcel": "Z-9"}, "“Z-9” is the number of no parcel"),
        ({"requester": " "}, "Say who asks"),
        ({"email": "vance"}, "is no e-mail address"),
        ({"received_on": date(2026, 10, 6)}, "cannot have come"),
    ],
)
def test_a_request_that_cannot_be_answered_is_not_taken_in(
    town: sa.Connection, changes: dict[str, Any], why: str
) -> None:
    with pytest.raises(LienSearchError, match=why):
        _ask(town, **changes)


@pytest.mark.usefixtures("law")
def test_a_form_sent_twice_asks_once_and_another_word_in_it_is_refused(town: sa.Connection) -> None:
    key = uuid4()
    assert _ask(town, key=key) == _ask(town, key=key)
    assert town.scalar(requests.lien_searches_waiting()) == 1
    with pytest.raises(UnusableKeyError, match="was sent before"):
        _ask(town, key=key, file_no="24-882")


@pytest.mark.usefixtures("law")
def test_the_list_goes_on_page_by_page_and_carries_no_answer(
    town: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (_ask(town) for _ in range(3))
    _pay(town, first)
    _answer(town, first)
    day_asked = {"first": date(2026, 10, 1), "last": date(2026, 10, 5)}
    pages = [
        town.execute(requests.lien_searches(**day_asked, most=2, skip=skip)).all()
        for skip in (0, 2)
    ]
    assert [[row.id for row in page] for page in pages] == [[third, second], [first]]
    assert not {"content", "sha256"} & set(pages[1][0]._fields)
    monkeypatch.setattr(requests, "COUNTED", 0)
    assert town.scalar(requests.lien_searches_waiting()) == 1


@pytest.mark.usefixtures("law")
def test_an_answer_is_good_through_a_day_that_can_be_promised(town: sa.Connection) -> None:
    asked = _ask(town)
    _pay(town, asked)
    for through in (date(2026, 10, 4), date(2028, 1, 1)):
        with pytest.raises(LienSearchError, match="is good through a day from"):
            _answer(town, asked, through=through)


@pytest.mark.usefixtures("law")
def test_the_clerk_answers_and_nobody_else(town: sa.Connection) -> None:
    with pytest.raises(NotYourSearchError, match="for the clerk"):
        lien_searches.take_in(town, ASKED, form_key=uuid4(), actor=MANAGER, moment=day(10, 5))


def test_a_town_whose_law_sets_no_fee_is_told_what_to_add(town: sa.Connection) -> None:
    with pytest.raises(NoLawError):
        _ask(town)


@pytest.mark.usefixtures("law")
def test_a_fee_is_not_dated_before_its_request(town: sa.Connection) -> None:
    search = _ask(town)
    with pytest.raises(DayError, match=r"before October 2, 2026, when the request LS-"):
        _pay(town, search, on=date(2026, 10, 1))
    assert _row(town, search).paid_on is None
