"""A letter says of the law what the case's own law says, and nothing of another state's."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from counter import Counter
from lettered import issue, said, stored
from played import under
from played_owners import certify, find

from cases.letters.kinds import LetterKind

type On = Callable[[int], Counter]


@pytest.mark.parametrize("language", ["en", "es"])
def test_where_the_law_gives_no_lien_an_order_that_imposes_a_fine_says_nothing_of_one(
    on_case: On, town: sa.Connection, tmp_path: Path, language: str
) -> None:
    law = under(town, "california-admin")
    weeds = find(town, law, on=date(2026, 6, 1), lot="A-3", section="8.20.010")
    order = certify(town, weeds, body="Administrative Hearing Officer")
    desk = stored(on_case(weeds.case).at(10, 7), tmp_path)
    letter = said(issue(desk, LetterKind.IMPOSING_ORDER, order, language))
    assert "Government Code s. 53069.4(a)(1)" in letter
    for word in ("Florida Statutes", "lien", "gravamen", "homestead", "vivienda"):
        assert word not in letter
