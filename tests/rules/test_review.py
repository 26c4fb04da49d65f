"""The automatic review of a complaint: each decision by a named rule, as the pack has it."""

from datetime import date

import pytest

from cases.lawpack.reading import DEFAULT, read_pack
from cases.review import Beat, Rule, overridden, priority_of, respond_by, review
from cases.screening import Channel, Opening, may_open

LAW = read_pack(DEFAULT)


@pytest.mark.parametrize(
    ("category", "priority", "received_on", "respond_on"),
    [
        # 1 day from a Friday is Monday; from the eve of Thanksgiving, past the Friday after it.
        ("Unsecured structure", 1, date(2026, 6, 5), date(2026, 6, 8)),
        ("Unsecured structure", 1, date(2026, 11, 25), date(2026, 11, 30)),
        ("Stagnant pool", 2, date(2026, 6, 1), date(2026, 6, 3)),
        ("Trash and debris", 3, date(2026, 6, 4), date(2026, 6, 9)),
        ("Missing house number", 5, date(2026, 6, 1), date(2026, 6, 15)),
        ("Noise", 3, date(2026, 6, 1), date(2026, 6, 2)),
    ],
)
def test_a_category_gives_its_priority_and_its_business_days(
    category: str, priority: int, received_on: date, respond_on: date
) -> None:
    assert priority_of(LAW, category=category, on=received_on).value == priority
    answer = respond_by(LAW, category=category, received_on=received_on)
    assert answer.value == respond_on.isoformat()


def test_of_several_provisions_the_most_urgent_in_force_decides() -> None:
    grass, *others = LAW.ordinances
    urgent = grass.model_copy(
        update={"section": "99-1", "priority": 1, "response_days": 0,
                "in_force_from": date(2026, 7, 1)}
    )  # fmt: skip
    law = LAW.model_copy(update={"ordinances": (grass, *others, urgent)})
    before = priority_of(law, category=grass.category, on=date(2026, 6, 30))
    after = priority_of(law, category=grass.category, on=date(2026, 7, 1))
    assert (before.value, after.value) == (grass.priority, 1)
    assert "99-1" in after.because
    # None at all from Saturday 4 July: the next day worked.
    sooner = respond_by(law, category=grass.category, received_on=date(2026, 7, 4))
    assert sooner.value == "2026-07-06"


def test_every_decision_says_its_rule_and_because() -> None:
    decisions = review(
        LAW,
        category="Overgrown lot",
        received_on=date(2026, 6, 1),
        beat=Beat("Z4", "Zone 4", None),
        opening=Opening(allowed=False, because="The reporter gave no name."),
        duplicates=["CE-2026-00001", "CP-2026-00002"],
    )
    assert [each.rule for each in decisions] == list(Rule)
    told = {each.rule: (each.value, each.because) for each in decisions}
    assert told[Rule.ZONE] == ("Z4", "The place lies in Zone 4.")
    assert told[Rule.MAY_OPEN] == (False, "The reporter gave no name.")
    found, because = told[Rule.DUPLICATES]
    assert found == ["CE-2026-00001", "CP-2026-00002"]
    assert because.startswith("2 found: on the same parcel, or of the same category within 100 m,")
    assert because.endswith("open or ended within 30 days.")


def test_a_place_in_no_zone_says_so() -> None:
    opening = Opening(allowed=True, because="x")
    decisions = review(
        LAW, category="x", received_on=date(2026, 6, 1), beat=None, opening=opening, duplicates=[]
    )
    zone = next(each for each in decisions if each.rule is Rule.ZONE)
    assert (zone.value, zone.because) == (None, "The place lies in no officer's zone.")


def test_an_override_stands_for_its_own_decision_alone() -> None:
    over = {"value": 1, "reason": "x", "by": "y", "on": "2026-06-01"}
    screening = [{"rule": "priority", "value": 4, "overridden": over}, {"rule": "zone", "value": 1}]
    assert overridden(screening, Rule.PRIORITY) == over
    assert overridden(screening, Rule.ZONE) is None
    assert overridden(screening, Rule.MAY_OPEN) is None


@pytest.mark.parametrize("channel", Channel)
def test_only_what_an_officer_saw_needs_no_name_in_florida(channel: Channel) -> None:
    opening = may_open(LAW.intake.anonymity, channel=channel)
    assert opening.allowed == (channel is Channel.OFFICER)
