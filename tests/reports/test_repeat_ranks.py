"""The rank of a repeat parcel: sure where there are many cases, and wide where there are few."""

from datetime import date

import pytest
import sqlalchemy as sa
from asked_answers import answered
from test_repeat import add_case

from reports.repeat import Question
from reports.repeat_answer import NO_RANKS
from reports.repeat_ranks import ranks_of

ON = date(2026, 3, 2)


def ask(**more: object) -> Question:
    return Question(**({"on": ON, "years": 5, "at_least": 2} | more))  # type: ignore[arg-type]


def test_many_cases_make_a_rank_sure_and_few_leave_it_wide(alder: sa.Connection) -> None:
    for number in range(40):
        add_case(alder, f"worst-{number}", lot=30)
    ranks = ranks_of(alder, ask())
    worst, few = ranks[30], ranks[5]
    assert (worst.best, worst.worst) == (1, 1)
    assert worst.top == 1
    assert few.worst - few.best > worst.worst - worst.best
    assert few.low < few.yearly < few.high
    assert worst.yearly < 40 / 5, "drawn towards the others, if only a little"


def test_only_the_cases_of_the_question_count(alder: sa.Connection) -> None:
    for number in range(5):
        add_case(alder, f"other-{number}", lot=31, zone=2)
    assert 31 in ranks_of(alder, ask())
    assert 31 not in ranks_of(alder, ask(category="High grass"))
    of_zone = "SELECT parcel_id FROM lotline.case_file WHERE zone_id = 2 AND published"
    assert set(ranks_of(alder, ask(zone="2"))) == set(alder.scalars(sa.text(of_zone)))


def test_without_a_case_nothing_is_ranked(alder: sa.Connection) -> None:
    assert ranks_of(alder, ask(on=date(1990, 1, 1))) == {}


def test_a_town_of_too_many_parcels_has_its_list_without_ranks_and_says_so(
    alder: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.stats.shrinkage.MOST_RANKS", 10)
    told = answered(alder, "repeat")
    assert told.table("parcels").rows
    assert NO_RANKS in told.cautions
