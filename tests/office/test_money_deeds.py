"""What the cashier does: each deed once, however often its form is sent; papers to hand over."""

import re
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, OFFICER, Counter, filled, wrongs
from played import one, under
from played_liens import mown
from played_owners import Played, cite, find, settle

from cases.ledger.reading import in_credit, owed
from cases.models import Case, CaseEvent, LedgerPosting, Lien

type On = Callable[[int], Counter]


def _posted(town: sa.Connection, kind: str) -> int:
    query = sa.select(sa.func.count()).where(LedgerPosting.kind == kind)
    return town.scalars(query).one()


@pytest.mark.usefixtures("cited")
def test_a_payment_sent_twice_is_taken_once_and_leads_to_its_receipt(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    way, client = desk.way("money.take_payment", None, CLERK), desk.client(CLERK)
    typed = filled(client.get(way).text) | {"reference": "1041"}
    assert typed["cents"] == "100.00"
    first, second = client.post(way, data=typed), client.post(way, data=typed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert _posted(town, "paid") == 1
    assert owed(town, case) == {"penalty": 0}
    receipt = client.get(first.headers["Location"]).text
    assert "$100.00" in receipt
    assert "City Hall, 1 Main St<br>352-555-0100<br>code@alder.example" in receipt
    assert "Toward the fine" in receipt
    assert "Received from</dt><dd>P. Lane" in receipt
    assert filled(client.get(way).text)["key"] != typed["key"]


@pytest.mark.usefixtures("cited")
def test_a_form_sent_again_with_another_amount_takes_nothing_more(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    way, client = desk.way("money.take_payment", None, CLERK), desk.client(CLERK)
    typed = filled(client.get(way).text) | {"reference": "1041"}
    client.post(way, data=typed)
    again = client.post(way, data=typed | {"cents": "5.00"})
    assert "This form was sent before" in wrongs(again.text)
    assert _posted(town, "paid") == 1


@pytest.mark.usefixtures("cited")
def test_a_key_that_was_not_made_for_a_form_is_refused(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    assert desk.send(CLERK, "money.take_payment", key="order:1:costs").status_code == 200
    assert _posted(town, "paid") == 0


@pytest.mark.usefixtures("cited")
def test_what_is_waived_whole_is_not_said_to_be_too_late_when_it_is_sent_again(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    way, client = desk.way("money.waive", None, MANAGER), desk.client(MANAGER)
    typed = filled(client.get(way).text) | {"cents": "100", "reason": "Hardship"}
    client.post(way, data=typed)
    assert client.post(way, data=typed).status_code == 302
    assert "It is on record." in client.get(f"/office/case/{desk.number}").text
    assert _posted(town, "waived") == 1


@pytest.mark.usefixtures("cited")
def test_a_waiver_over_the_limit_is_refused_beside_its_amount(on_case: On, case: int) -> None:
    desk = on_case(case).at(6, 20)
    page = desk.send(CLERK, "money.waive", cents="25.01", reason="Hardship").text
    assert 'id="cents-error"' in page
    assert "Hardship</textarea>" in page
    assert "$25.00 are left" in page


HARDSHIP = "money.reduce_for_hardship"
SHOWN = {
    "effort": "The lot was mown on May 3",
    "burden": "Social security is the only income",
}


@pytest.fixture
def first(town: sa.Connection) -> Played:
    """Weeds on A-1 in a California city, cited on 21 December 2025, paid and settled."""
    law = under(town, "california-admin")
    played = find(town, law, on=date(2025, 12, 1), section="8.20.010")
    settle(town, played)
    return played


def test_hardship_reduces_a_further_penalty_by_the_manager_and_leaves_something_of_it(
    on_case: On, town: sa.Connection, first: Played
) -> None:
    law = town.scalars(sa.select(Case.law_pack_id).where(Case.id == first.case)).one()
    again = find(town, law, on=date(2026, 6, 1), lot="A-3", section="8.20.010")
    citation = cite(town, again, cents=20_000)
    desk = on_case(again.case).at(7, 1)
    assert not {
        role for role in (OFFICER, CLERK, JUDGE) if (HARDSHIP, citation) in desk.offers(role)
    }
    page = desk.client(MANAGER).get(desk.way(HARDSHIP, citation, MANAGER)).text
    assert "something of it stays" in page
    assert "The penalty is $200.00; it may be reduced by $199.99 at most." in page
    repeat = desk.way("violation.confirm_repeat", again.violation, OFFICER)
    asked = desk.client(OFFICER).get(repeat).text
    assert "By Government Code s. 36900(b) and (c)." in asked
    assert not [each for each in (asked, desk.page(OFFICER)) if "Florida" in each]
    whole = desk.send(MANAGER, HARDSHIP, cents="200", **SHOWN).text
    assert 'id="cents-error"' in whole
    assert "leaves something of it" in whole
    blank = desk.send(MANAGER, HARDSHIP, cents="150", **SHOWN | {"burden": " "}).text
    assert 'id="burden-error"' in blank
    desk.do(MANAGER, HARDSHIP, cents="150", **SHOWN)
    assert owed(town, again.case) == {"penalty": 5_000}
    told = "$150.00 of the fine was waived by the manager for hardship, citation UCV-2026-00001."
    assert told in desk.page(CLERK)


def test_of_a_first_violation_the_page_says_that_hardship_reduces_nothing(
    on_case: On, town: sa.Connection, first: Played
) -> None:
    law = town.scalars(sa.select(Case.law_pack_id).where(Case.id == first.case)).one()
    other = find(town, law, on=date(2026, 6, 1), lot="A-4", section="8.20.020")
    citation = cite(town, other)
    desk = on_case(other.case).at(7, 1)
    page = desk.client(MANAGER).get(desk.way(HARDSHIP, citation, MANAGER)).text
    assert "hardship reduces the penalty of a further one alone" in page
    assert '<button class="usa-button">' not in page


@pytest.mark.usefixtures("cited")
def test_where_the_law_has_no_hardship_none_is_offered(on_case: On, case: int) -> None:
    offered = {action for action, _row in on_case(case).at(6, 20).offers(MANAGER)}
    assert "money.waive" in offered
    assert HARDSHIP not in offered


@pytest.mark.usefixtures("cited")
def test_money_moves_by_those_whose_right_it_is(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    desk.do(CLERK, "money.take_payment", cents="120", reference="1041")
    rights = {
        role: {action for action, _row in desk.offers(role) if action.startswith("money.")}
        for role in (OFFICER, CLERK, MANAGER, JUDGE)
    }
    assert rights == {
        OFFICER: set(), JUDGE: set(), MANAGER: {"money.refund", "money.void_payment"},
        CLERK: {"money.take_payment", "money.return_payment", "money.void_payment"},
    }  # fmt: skip
    way = f"/office/case/{desk.number}/do/money.take_payment/{case}"
    assert desk.client(OFFICER).post(way, data={"cents": "5"}).status_code in {302, 400}
    assert _posted(town, "paid") == 1


@pytest.mark.usefixtures("cited")
def test_a_returned_check_is_owed_again_with_its_fee_and_credit_covers_it(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    desk.do(CLERK, "money.take_payment", cents="100", reference="1041")
    desk.do(CLERK, "money.take_payment", cents="40", method="cash")
    payment = town.scalars(
        sa.select(LedgerPosting.id).where(
            LedgerPosting.cents == 10_000, LedgerPosting.kind == "paid"
        )
    ).one()
    once = desk.send(CLERK, "money.return_payment", payment=str(payment), reason="No funds")
    assert "$130.00 owed, where it is $0.00 now" in once.text  # its fee is seen before it is kept
    assert _posted(town, "payment_returned") == 0
    desk.do(CLERK, "money.return_payment", payment=str(payment), reason="Insufficient funds")
    assert in_credit(town, case) == 4_000
    # $100 and the fee of $30 for a check up to $300.
    assert owed(town, case) == {"penalty": 10_000, "fee": 3_000}
    assert "The bank sent this payment back" in (
        desk.client(CLERK).get(f"/office/case/{desk.number}/receipt/{payment}").text
    )
    desk.do(CLERK, "money.apply_credit")
    assert in_credit(town, case) == 0


@pytest.mark.usefixtures("cited")
def test_of_several_receipts_none_is_chosen_before_somebody_chooses(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    desk.do(CLERK, "money.take_payment", cents="100", reference="1041")
    assert filled(desk.client(CLERK).get(desk.way("money.void_payment", None, CLERK)).text)[
        "payment"
    ]
    desk.do(CLERK, "money.take_payment", cents="40", reference="1042")
    assert "This is needed." in desk.refusal(CLERK, "money.void_payment", reason="Typed twice")
    assert "This is needed." in desk.refusal(CLERK, "money.return_payment", reason="No funds")
    assert _posted(town, "payment_voided") == 0


@pytest.mark.usefixtures("lien")
def test_whoever_takes_back_what_paid_a_lien_is_told_what_rests_on_it_and_what_to_do(
    on_case: On, case: int, order: int, violation: int, town: sa.Connection
) -> None:
    mown(town, case, order, violation)
    desk = on_case(case).at(10, 6)
    desk.do(CLERK, "money.take_payment", reference="1041")
    number = town.scalars(sa.select(LedgerPosting.id).where(LedgerPosting.kind == "paid")).one()
    void, client = desk.way("money.void_payment", None, CLERK), desk.client(CLERK)
    assert "stays ended" not in client.get(void).text
    desk.do(CLERK, "lien.satisfy", instrument_no="2026-9")
    warned = client.get(void).text
    assert f"Lien 2026098765 (satisfied on Oct 6, 2026, by receipt {number})" in warned
    assert "as a lien again" in warned  # its order stands, and binds the property once more
    desk.do(CLERK, "order.satisfy")
    desk.do(CLERK, "money.take_payment", cents="5", method="cash")
    warned = client.get(void).text
    assert f"(satisfied on Oct 6, 2026, by receipt {number}). Nothing here" in warned
    assert "cannot be recorded again" in warned
    again = client.get(desk.way("money.return_payment", None, CLERK)).text
    assert "Lien 2026098765" in again
    later = town.scalars(sa.select(sa.func.max(LedgerPosting.id))).one()
    only = desk.send(CLERK, "money.void_payment", payment=str(later), reason="No such money").text
    assert "stays ended" not in only
    chosen = desk.send(CLERK, "money.void_payment", payment=str(number), reason="Wrong case").text
    assert "Lien 2026098765" in chosen
    assert "This will be put on record" in chosen


@pytest.mark.usefixtures("lien")
def test_a_lien_whose_money_was_taken_back_is_recorded_again_as_its_warning_says(
    on_case: On, case: int, order: int, violation: int, town: sa.Connection
) -> None:
    mown(town, case, order, violation)
    desk = on_case(case).at(10, 6)
    desk.do(CLERK, "money.take_payment", reference="1041")
    desk.do(CLERK, "lien.satisfy")
    desk.do(CLERK, "money.void_payment", reason="Wrong case")
    desk.do(CLERK, "lien.record", instrument_no="2026099999", recorded_on="2026-10-06")
    binding = sa.select(Lien.instrument_no).where(Lien.status == "recorded")
    assert town.scalars(binding).all() == ["2026099999"]


@pytest.mark.usefixtures("cited")
def test_credit_is_paid_back_by_the_manager(on_case: On, case: int, town: sa.Connection) -> None:
    desk = on_case(case).at(6, 20)
    desk.do(CLERK, "money.take_payment", cents="120", reference="1041")
    over = desk.send(MANAGER, "money.refund", cents="30", payee="P. Lane", reason="Paid too much")
    assert 'id="cents-error"' in over.text
    desk.do(MANAGER, "money.refund", payee="P. Lane", reason="Paid too much")
    assert in_credit(town, case) == 0


@pytest.mark.usefixtures("cited")
def test_what_a_payment_would_do_is_told_and_nothing_of_it_kept(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    before = town.scalars(sa.select(sa.func.count()).select_from(CaseEvent)).one()
    page = desk.send(CLERK, "money.take_payment", reference="1041", press="foretell").text
    assert "$100.00 was paid by check" in page
    assert re.search(r"\$0\.00\s+owed", page)
    assert town.scalars(sa.select(sa.func.count()).select_from(CaseEvent)).one() == before
    assert _posted(town, "paid") == 0


def test_a_payoff_is_told_to_a_day_with_what_each_day_after_adds(
    on_case: On, case: int, lien: int
) -> None:
    desk = on_case(case).at(10, 5)
    client, way = desk.client(CLERK), f"/office/case/{desk.number}"
    page = client.get(f"{way}/payoff?through=2026-10-10").text
    # $100 of the citation, and 2 September to 10 October are 39 days at $250.
    assert "$9,850.00" in page
    assert "City Hall, 1 Main St<br>352-555-0100<br>code@alder.example" in page
    assert "Add $250.00 for each day after" in page
    assert "$9,850.00" in client.get(f"{way}/lien/{lien}/payoff?through=2026-10-10").text
    assert "is over" in client.get(f"{way}/payoff?through=2026-10-01").text
    assert "Give a day" in client.get(f"{way}/payoff?through=soon").text
    assert client.get(f"{way}/lien/999/payoff").status_code == 404
    assert client.get(f"{way}/receipt/999").status_code == 404


def test_what_a_potential_fine_would_grow_by_is_not_told_as_running_debt(
    on_case: On, case: int, sworn: int  # noqa: ARG001 - sworn, not certified
) -> None:  # fmt: skip
    shown = " ".join(on_case(case).at(10, 5).page(CLERK).split())
    assert "more each day" not in shown
    potential = shown[shown.index("potential, not imposed") :][:300]
    assert "It would grow by $250.00 a day. None of it is owed unless it is imposed." in potential


def _of_this(page: str) -> str:
    """Return what a page says of the part nobody has to pay yet."""
    found = re.findall(r'<p class="in-dispute">(.*?)</p>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())


def test_what_is_owed_is_told_apart_from_what_is_contested_or_not_yet_to_be_answered(
    on_case: On, case: int, cited: int
) -> None:
    desk = on_case(case).at(6, 20)
    payoff = f"/office/case/{desk.number}/payoff"
    for page in (desk.page(CLERK), desk.client(CLERK).get(payoff).text):
        assert "Of this, $100.00 need not be answered for yet." in _of_this(page)
        assert "may be answered until Jul 7, 2026." in _of_this(page)
    desk.at(6, 22).do(CLERK, "citation.request_hearing", cited, postmarked_on="2026-06-21")
    assert "Of this, $100.00 is contested. No day is set yet" in _of_this(desk.page(CLERK))
    desk.do(CLERK, "hearing.request")
    desk.do(CLERK, "hearing.convene", held_on="2026-08-11", capacity="3", place="Town Hall")
    desk.do(CLERK, "hearing.docket")
    desk.do(CLERK, "money.take_payment", cents="25", reference="7")
    for page in (desk.page(CLERK), desk.client(CLERK).get(payoff).text):
        assert "Of this, up to $75.00 is contested." in _of_this(page)
        assert "is on Aug 11, 2026." in _of_this(page)


@pytest.mark.usefixtures("cited")
def test_nothing_is_done_without_the_forms_token(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    way, client = desk.way("money.take_payment", None, CLERK), desk.client(CLERK)
    typed = filled(client.get(way).text) | {"reference": "1041"}
    del typed["csrf_token"]
    assert client.post(way, data=typed).status_code == 400
    assert _posted(town, "paid") == 0
    assert one(town, LedgerPosting).kind == "charged"
