"""What is done after an order: liens, the town's own work, suits, appeals, through the pages."""

import re
from collections.abc import Callable
from datetime import date

import files
import pytest
import sqlalchemy as sa
from counter import CLERK, MANAGER, OFFICER, ZONE, Counter, filled
from desk import day
from papers import hang
from played import one, the_order, under
from played_after import AFTER, pay_all
from played_liens import mown
from played_owners import find, tell

from cases.documents.intake import TakenIn, take_in
from cases.documents.store import Store
from cases.models import Abatement, Appeal, Case, Lien, LienRelease, Respondent, Suit
from cases.notice_words import NoticeKind
from geo.layers import Ownership, Parcel, ParcelPeriod

SPLIT = """
    INSERT INTO lotline.parcel_lineage (parent_id, child_id, as_of, share)
    SELECT parent.id, child.id, DATE '2026-10-03', 1
    FROM lotline.parcel parent, lotline.parcel child
    WHERE (parent.parcel_no, child.parcel_no) = ('A-1', 'A-2')
"""

type On = Callable[[int], Counter]


def test_a_certified_order_becomes_a_lien(
    on_case: On, case: int, certified: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(10, 2)
    assert desk.leads(CLERK)[0] == "lien.record"
    ahead = desk.send(CLERK, "lien.record", instrument_no="2026098765", recorded_on="2026-12-01")
    assert 'id="recorded_on-error"' in ahead.text
    assert 'value="2026098765"' in ahead.text
    assert ">$7,750.00<" in re.sub(
        r"\s+", "", ahead.text
    )  # the principal is seen before it is kept
    desk.do(CLERK, "lien.record", instrument_no="2026098765", book="4312", page="87")
    assert one(town, Lien).book == "4312"
    assert one(town, Lien).amount_cents == 7_750_00
    assert ("lien.record", certified) not in desk.offers(CLERK)


@pytest.mark.usefixtures("certified")
def test_a_lien_is_recorded_for_the_sum_that_was_seen_and_no_other(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(10, 2)
    shown = desk.send(CLERK, "lien.record", press="foretell", instrument_no="2026098765").text
    for said in ("Principal", "How it is counted", "Costs", "Homestead", "Open permits"):
        assert said in shown
    said = desk.refusal(CLERK, "lien.record", instrument_no="2026098765", recorded_on="2026-10-01")
    assert "the principal is $7,500.00, not the $7,750.00 shown before" in said
    assert town.scalar(sa.select(sa.func.count()).select_from(Lien)) == 0


@pytest.mark.usefixtures("certified")
def test_what_only_brings_the_ledger_up_to_date_is_told_to_change_nothing(
    on_case: On, case: int
) -> None:
    desk = on_case(case).at(10, 2)
    assert "$7,850.00" in desk.page(CLERK)
    shown = desk.send(CLERK, "lien.record", press="foretell", instrument_no="2026098765").text
    assert "This will be put on record" in shown
    assert "owed, where it is" not in shown
    given = {"cents": "100.00", "method": "cash"}
    paid = desk.send(CLERK, "money.take_payment", press="foretell", **given).text
    assert "$7,750.00 owed, where it is $7,850.00 now" in paid


@pytest.mark.usefixtures("lien")
def test_a_lien_is_freed_in_part_then_released_unpaid(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(10, 5)
    desk.do(CLERK, "lien.state_homestead", homestead="no", evidence="Tax roll of 2026")
    desk.do(
        MANAGER, "lien.release_in_part", description="The north ten feet", instrument_no="2026-7",
        reason="Sold to the county",
    )  # fmt: skip
    assert one(town, LienRelease).description == "The north ten feet"
    town.exec_driver_sql(SPLIT)
    split = town.scalars(sa.select(Parcel.id).where(Parcel.parcel_no == "A-2")).one()
    desk.do(
        MANAGER, "lien.release_in_part", parcel=str(split), instrument_no="2026-8",
        reason="Sold to the school",
    )  # fmt: skip
    page = desk.client(CLERK).get(f"/office/case/{desk.number}").text
    assert "Parcel A-2 is free of it." in page
    assert "The north ten feet" in page.partition("Free of it")[2].partition("Payoff")[0]
    desk.do(MANAGER, "lien.release", authorization="R-26-4", reason="Council's settlement")
    assert one(town, Lien).status == "released"


@pytest.mark.usefixtures("lien")
def test_a_paid_lien_is_satisfied(
    on_case: On, case: int, violation: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(10, 7)
    mown(town, case, the_order(town).id, violation)
    pay_all(town, month=10, number=6)
    assert "lien.satisfy" in desk.leads(CLERK)
    assert (
        "The fine runs on" not in desk.client(CLERK).get(desk.way("lien.satisfy", None, CLERK)).text
    )
    desk.do(CLERK, "lien.satisfy", instrument_no="2026-9")
    page = desk.client(CLERK).get(f"/office/case/{desk.number}").text
    assert "satisfaction recorded as instrument 2026-9" in page
    assert "Its satisfaction is recorded as instrument 2026-9." in page
    assert "satisfied by instrument 2026-9" in desk.client(CLERK).get("/office/parcel/A-1").text
    desk.do(CLERK, "order.satisfy")
    assert (one(town, Lien).status, the_order(town).status) == ("satisfied", "satisfied")


@pytest.mark.usefixtures("lien")
def test_whoever_satisfies_a_lien_while_the_fine_runs_is_told_what_it_adds(
    on_case: On, town: sa.Connection
) -> None:
    desk = on_case(one(town, Lien).case_id).at(10, 6)
    pay_all(town, month=10, number=6)
    form = desk.client(CLERK).get(desk.way("lien.satisfy", None, CLERK)).text
    assert "The fine runs on" in form
    assert "$250.00, from tomorrow until the order is met" in form
    assert "recorded as a new one" in form


@pytest.mark.usefixtures("lien")
def test_what_else_a_lien_binds_is_named_on_its_case_and_on_the_parcel_it_binds(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(10, 5)
    clerk = desk.client(CLERK)
    owned = town.execute(sa.select(Parcel).where(Parcel.parcel_no == "A-2")).one()
    name = town.scalars(sa.select(Respondent.name)).first()
    run = sa.select(sa.func.min(ParcelPeriod.import_run_id)).scalar_subquery()
    roll = {"parcel_id": owned.id, "owner_name": name, "homestead": False}
    town.execute(sa.insert(Ownership).values(import_run_id=run, source_row=9, **roll))
    page = clerk.get(f"/office/case/{desk.number}").text
    assert owned.parcel_no in page.partition("Parcels bound:")[2].partition("</p>")[0]
    assert "homestead: " in page
    there = clerk.get(f"/office/parcel/{owned.parcel_no}").text
    assert desk.number in there.partition("Bound by liens on other parcels")[2]


@pytest.mark.usefixtures("lien")
def test_a_lien_is_foreclosed_or_the_suit_withdrawn(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(10, 5)
    desk.do(CLERK, "lien.state_homestead", homestead="no", evidence="Tax roll of 2026")
    desk.at(2, 1, 2027)
    asked = {"court_case_no": "2027-CA-1", "authorization": "Order of January 5"}
    desk.do(MANAGER, "lien.foreclose", **asked)
    desk.do(MANAGER, "lien.withdraw_foreclosure", reason="They will pay")
    desk.do(MANAGER, "lien.foreclose", **asked)
    desk.at(6, 1, 2027).do(CLERK, "lien.adjudge", judgment="Final judgment, doc. 31")
    assert one(town, Lien).status == "foreclosed"


@pytest.mark.usefixtures("lien")
def test_a_liens_life_ends(on_case: On, case: int, town: sa.Connection) -> None:
    desk = on_case(case).at(10, 5)
    assert "life of the lien is over" in desk.refusal(CLERK, "lien.expire")
    desk.at(10, 2, 2046).do(CLERK, "lien.expire")
    assert one(town, Lien).status == "expired"


@pytest.mark.usefixtures("violation")
def test_the_town_does_the_work_and_bills_it(
    on_case: On, case: int, sworn: int, taken: TakenIn, store: Store, town: sa.Connection
) -> None:
    after = take_in(store, files.pdf(), name="after.pdf", zone=ZONE)
    for each in (taken, after):
        hang(town, each, case, moment=day(9, 4))
    desk = on_case(case).at(9, 7)
    desk.do(MANAGER, "abatement.authorize", reason="Rats")
    assert one(town, Abatement).order_id == sworn
    assert desk.leads(OFFICER)[0] == "abatement.order_work"
    desk.do(
        OFFICER, "abatement.order_work", contractor="Green Acres LLC", entry="consent",
        entry_detail="P. Lane, by telephone",
    )  # fmt: skip
    desk.at(9, 10)
    wrong = desk.send(OFFICER, "abatement.complete", photos_before=AFTER, photos_after=after.sha256)
    assert 'id="photos_before-error"' in wrong.text
    assert filled(wrong.text)["photos_after"] == after.sha256
    desk.do(
        OFFICER, "abatement.complete", photos_before=taken.sha256, photos_after=after.sha256
    )  # fmt: skip
    done = one(town, Abatement)
    assert (done.photos_before, done.photos_after) == ([taken.sha256], [after.sha256])
    lines = {"costs__0__what": "Mowing", "costs__0__cents": "250", "costs__1__what": "Hauling"}
    half = desk.send(CLERK, "abatement.invoice", **lines)
    assert half.status_code == 200
    assert 'value="Hauling"' in half.text
    desk.do(CLERK, "abatement.invoice", **lines, costs__1__cents="83.33")
    # $333.33, a fee of $150, and 10 percent of the costs less a part of a cent.
    assert one(town, Abatement).fee_cents == 18_333
    pay_all(town, month=9, number=10)
    desk.do(CLERK, "abatement.settle")
    assert one(town, Abatement).status == "settled"


def test_the_law_by_which_a_notice_suffices_is_named_beside_it_and_of_what_it_is_alone(
    on_case: On, town: sa.Connection
) -> None:
    law = under(town, "ohio-statutory")
    for lot, section, named in (("A-1", "521.08", ["R.C. 731.53"]), ("A-3", "1361.04", [])):
        found = find(town, law, on=date(2026, 6, 1), lot=lot, section=section)
        tell(town, found, kind=NoticeKind.WARNING, days=1)
        desk = on_case(found.case).at(7, 1)
        way = desk.way("abatement.authorize", found.violation, MANAGER)
        page = desk.client(MANAGER).get(way).text
        assert re.findall(r"R\.C\. 7[^<)]*", page) == named


@pytest.mark.usefixtures("abatement")
def test_the_work_is_called_off(on_case: On, case: int, town: sa.Connection) -> None:
    on_case(case).at(9, 8).do(MANAGER, "abatement.cancel", reason="They mowed it")
    assert one(town, Abatement).status == "cancelled"


def test_counsel_sues_and_the_court_decides(
    on_case: On, case: int, lien: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(1, 10, 2027)
    desk.do(MANAGER, "legal_action.refer", reason="Unpaid for three months")
    assert (one(town, Suit).kind, one(town, Suit).lien_id) == ("money_judgment", lien)
    desk.at(1, 20, 2027).do(
        CLERK, "legal_action.file", court_case_no="2027-CC-0081", resolution_no="R-27-3"
    )
    page = desk.client(CLERK).get(desk.way("legal_action.adjudge", None, CLERK)).text
    assert 'name="relief"' not in page
    desk.at(3, 1, 2027).do(
        CLERK, "legal_action.adjudge", paper_no="doc. 31", awarded_cents="6,000.00"
    )
    assert one(town, Suit).judgment_cents == 600_000
    pay_all(town, month=3, number=1, year=2027)
    desk.do(CLERK, "legal_action.satisfy")
    assert one(town, Suit).status == "satisfied"


@pytest.mark.parametrize(
    ("role", "action", "typed", "status"),
    [
        (CLERK, "legal_action.dismiss", {"paper_no": "doc. 9"}, "dismissed"),
        (MANAGER, "legal_action.settle", {"resolution_no": "R-9", "reason": "Half"}, "settled"),
    ],
)
@pytest.mark.usefixtures("filed")
def test_a_suit_ends_otherwise(
    on_case: On, case: int, town: sa.Connection, role: str, action: str,
    typed: dict[str, str], status: str,
) -> None:  # fmt: skip
    on_case(case).at(2, 1, 2027).do(role, action, **typed)  # type: ignore[arg-type]
    assert one(town, Suit).status == status


@pytest.mark.usefixtures("referred")
def test_counsel_declines(on_case: On, case: int, town: sa.Connection) -> None:
    on_case(case).at(1, 11, 2027).do(MANAGER, "legal_action.decline", reason="Too small")
    assert one(town, Suit).status == "declined"


def test_an_appeal_is_entered_stayed_and_decided(
    on_case: On, case: int, sworn: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(9, 12)
    late = desk.send(
        CLERK, "appeal.file", court_case_no="2026-AP-7", received_on="2026-09-12"
    )  # fmt: skip
    assert 'id="received_on-error"' in late.text
    desk.do(CLERK, "appeal.file", court_case_no="2026-AP-7", received_on="2026-09-09")
    assert ("appeal.file", sworn) not in desk.offers(CLERK)
    desk.do(CLERK, "appeal.stay", paper_no="doc. 4", fine_stands_from="2026-09-12")
    desk.do(CLERK, "appeal.lift_stay", paper_no="doc. 7")
    desk.do(CLERK, "appeal.affirm", paper_no="doc. 20")
    assert one(town, Appeal).status == "affirmed"


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("appeal.reverse", "vacated"),
        ("appeal.remand", "vacated"),
        ("appeal.dismiss", "noncompliant"),
    ],
)
@pytest.mark.usefixtures("appealed")
def test_an_appeal_does_to_the_order_what_the_court_says(
    on_case: On, case: int, town: sa.Connection, action: str, status: str
) -> None:
    on_case(case).at(10, 1).do(CLERK, action, paper_no="doc. 20")
    assert the_order(town).status == status


@pytest.mark.usefixtures("certified")
def test_a_block_bars_recording_until_it_is_lifted(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(10, 1)
    desk.do(CLERK, "case.block", reference="26-bk-1", reason="Petition filed")
    assert "lien.record" not in desk.leads(CLERK)
    assert "no bankruptcy" in desk.refusal(CLERK, "lien.record", instrument_no="1")
    assert not any(action == "case.unblock" for action, _row in desk.offers(CLERK))
    desk.do(MANAGER, "case.unblock", reason="Dismissed")
    assert town.scalar(sa.select(Case.closed_on)) is None
    assert "lien.record" in desk.leads(CLERK)
