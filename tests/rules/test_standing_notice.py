"""One notice for a year, by the provision: what needs no further notice, and what does."""

from dataclasses import replace
from datetime import date

import pytest

from cases.standing_notice import EarlierNotice, StandingNotice, needs_no_further

RULES = StandingNotice(years=1, told="For a year no further notice comes.", source="342.006(d)")
TOLD = EarlierNotice(noticed_on=date(2026, 6, 1), told=True, same_kind=True, owner_changed=False)


@pytest.mark.parametrize(
    ("found_on", "stands"),
    [
        (date(2026, 6, 1), False),  # what the notice itself is about
        (date(2026, 6, 2), True),
        (date(2027, 6, 1), True),  # on the first anniversary
        (date(2027, 6, 2), False),
    ],
)
def test_a_notice_stands_until_its_first_anniversary(found_on: date, *, stands: bool) -> None:
    assert needs_no_further(RULES, TOLD, found_on=found_on) is stands


@pytest.mark.parametrize(
    "otherwise", [{"told": False}, {"same_kind": False}, {"owner_changed": True}]
)
def test_it_stands_for_the_same_kind_alone_where_it_said_so_and_for_the_same_owner(
    otherwise: dict[str, bool],
) -> None:
    other = replace(TOLD, **otherwise)
    assert not needs_no_further(RULES, other, found_on=date(2026, 9, 1))


def test_where_the_law_knows_no_such_notice_none_stands() -> None:
    assert not needs_no_further(None, TOLD, found_on=date(2026, 9, 1))
