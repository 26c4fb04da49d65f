"""What a form needs is marked and wanted just where it is needed, and nobody else is asked it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, Counter
from played import one

from cases.models import Hearing, LedgerPosting, Suit
from cases.workflow.roles import Role

type On = Callable[[int], Counter]
_WHAT_AND_WHY = {"payment", "component", "cents", "reason"}


def _is_needed(desk: Counter, role: Role, action: str, field: str, **values: Any) -> bool:
    """Tell whether a field that is left open is refused, and marked as no choice of anybody's."""
    page = desk.send(role, action, **values).text
    label = page.partition(f'for="{field}"')[2].partition("</label>")[0]
    return f'id="{field}-error"' in page and "optional" not in label


@pytest.mark.usefixtures("cited")
def test_a_check_needs_its_number_and_no_other_payment_does(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(6, 20)
    assert _is_needed(desk, CLERK, "money.take_payment", "reference", cents="10")
    desk.do(CLERK, "money.take_payment", cents="10", method="card", slip="T-9", reference="1041")
    number = sa.select(LedgerPosting.reference).where(LedgerPosting.kind == "paid")
    assert town.scalars(number).one() == "T-9"


def test_a_hearing_on_a_citation_needs_the_citation_and_one_on_a_violation_has_none(
    on_case: On, case: int, cited: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(7, 1)
    desk.do(CLERK, "citation.request_hearing", cited)
    assert _is_needed(desk, CLERK, "hearing.request", "citation", citation="")
    desk.do(CLERK, "hearing.request", about="violation", citation=str(cited))
    assert one(town, Hearing).citation_id is None


@pytest.mark.usefixtures("lien")
def test_a_suit_for_money_needs_its_lien_and_an_injunction_none(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(10, 5)
    assert _is_needed(desk, MANAGER, "legal_action.refer", "lien", lien="", reason="Unpaid")
    desk.do(MANAGER, "legal_action.refer", kind="injunction", reason="Trash again")
    assert one(town, Suit).lien_id is None


@pytest.mark.usefixtures("order")
def test_work_by_an_order_needs_the_order(on_case: On, case: int) -> None:
    desk = on_case(case).at(8, 12)
    asked = {"authority": "order", "order": "", "reason": "Rats"}
    assert _is_needed(desk, MANAGER, "abatement.authorize", "order", **asked)


@pytest.mark.usefixtures("decided")
def test_what_an_order_costs_the_town_is_asked_last_and_why_after_what(
    on_case: On, case: int
) -> None:
    desk = on_case(case).at(8, 11)
    page = desk.client(JUDGE).get(desk.way("order.enter", None, JUDGE)).text
    asked = re.findall(r'<label for="(comply_by|cents_per_day|costs_cents)"', page)
    assert asked == ["comply_by", "cents_per_day", "costs_cents"]
    assert 'value="2026-09-10"' in page  # thirty days on, and a day that is worked
    saturday = desk.at(8, 13).client(JUDGE).get(desk.way("order.enter", None, JUDGE)).text
    assert 'value="2026-09-14"' in saturday
    desk.do(CLERK, "money.take_payment", cents="10", method="cash")
    for action in ("money.void_payment", "money.waive"):
        page = desk.client(MANAGER).get(desk.way(action, None, MANAGER)).text
        names = [name for name in re.findall(r' name="(\w+)"', page) if name in _WHAT_AND_WHY]
        assert names[-1] == "reason", action
        assert len(names) > 1
