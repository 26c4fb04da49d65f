"""Seed 2's story under the laws of other states, each as its file tells it day by day."""

import pytest
import sqlalchemy as sa
import story_checks
import story_deeds
import story_orders
from played import under
from story_reading import provisions, read_story
from story_telling import Tale, tell

from cases.history import faults
from cases.lawpack.reading import BUNDLED
from cases.models import Case, Complaint
from cases.story import whole

STATES = ("california-admin", "ohio-statutory", "texas-home-rule")
KNOWN = (story_checks, story_deeds, story_orders)
"""What knows the sentences."""


@pytest.mark.parametrize("name", STATES)
def test_under_each_law_the_story_goes_as_it_was_worked_out_by_hand(
    town: sa.Connection, name: str
) -> None:
    tale = Tale(town, under(town, name))
    for sentence in read_story(name):
        tell(tale, sentence)
    assert list(faults(town)) == []
    histories = [line for each in (Case, Complaint) for line in _told(town, each)]
    assert len(histories) > 20
    assert [line for line in histories if "Florida" in line] == []


def _told(town: sa.Connection, subject: type[Case | Complaint]) -> list[str]:
    numbers = town.scalars(sa.select(subject.number).order_by(subject.id)).all()
    return [line for number in numbers for line in whole(town, number)]


@pytest.mark.parametrize("name", STATES)
def test_each_provision_a_story_names_stands_in_its_law_pack(name: str) -> None:
    law = " ".join((BUNDLED / f"{name}.toml").read_text(encoding="utf-8").split())
    named = provisions(name)
    assert len(named) > 8
    assert [each for each in named if each not in law] == []
