"""What anybody reads of a case in which an order set one violation another day."""

from datetime import date

import pytest
import sqlalchemy as sa
from counter import Counter, OneConnection, number_of
from desk import OFFICER, day
from played import the_order

from cases import inspections, standing
from cases.inspections import Entry, Finding, Visit
from cases.models import Case, Violation


@pytest.mark.usefixtures("ordered")
def test_each_violation_is_due_by_its_own_order_whatever_else_in_the_case_is_due_before(
    counter: Counter, case: int, violation: int, town: sa.Connection
) -> None:
    leaning = Finding(section="58-203", item="Fence upright", passed=False)
    visit = Visit(entry=Entry.VANTAGE, entry_detail="from the sidewalk", findings=(leaning,))
    inspections.make(town, case_id=case, visit=visit, actor=OFFICER, moment=day(8, 13))
    fence = sa.update(Violation).where(Violation.id != violation)
    town.execute(fence.values(found_on=date(2026, 6, 1), comply_by=date(2026, 6, 5)))
    standing.settle(town, [case])
    warned = town.scalar(sa.select(Violation.comply_by).where(Violation.id == violation))
    assert town.scalar(sa.select(Case.next_due)) == date(2026, 6, 5) < warned
    counter.app.extensions["lotline"].public = OneConnection(town)
    page = counter.at(8, 13).app.test_client().get(f"/case/{number_of(town, case)}").text
    listed = page.partition('"wrongs"')[2].partition("</ul>")[0].split("<li>")[1:]
    later = "an order has set a later day"
    fence_said, grass_said = sorted(listed, key=lambda said: later in said)
    assert later in grass_said
    assert "<del>" not in fence_said
    assert 'datetime="2026-06-05"' in fence_said
    binding, struck = grass_said.split("<del>")
    assert f'datetime="{the_order(town).comply_by}"' in binding
    assert f'datetime="{warned}"' in struck
    # The phase is the order's; the fence, which it does not order, is late all the same.
    assert "2 months late" in fence_said
    assert "months late" not in grass_said
    dated = page.partition(">Earliest deadline</dt>")[2].partition("</dd>")[0]
    assert "2 months late" in dated
    assert 'datetime="2026-06-05"' in dated
