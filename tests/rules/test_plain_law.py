"""A law in plain words: every line has a name, what differs is told, a sample case is reckoned."""

from datetime import date
from typing import Any

import pytest

from cases.lawpack.reading import BUNDLED, DEFAULT, parse_pack, read_pack
from cases.lawpack.schema import LawPack
from cases.plain_law.differing import compare
from cases.plain_law.sample import LABELS, SampleCase, reckon
from cases.plain_law.telling import in_plain_words
from cases.service.attempts import Method

PACKS = sorted(path.stem for path in BUNDLED.glob("*.toml"))
TEXT = DEFAULT.read_text(encoding="utf-8")
FLORIDA = read_pack(DEFAULT)


def _pack(name: str) -> LawPack:
    return read_pack(BUNDLED / f"{name}.toml")


def _case(**said: Any) -> SampleCase:
    given = {
        "section": "30-36(a)", "category": "High grass", "found_on": date(2026, 6, 1),
        "method": Method.HAND, "corrected_after": 60,
    }  # fmt: skip
    return SampleCase(**{**given, **said})


@pytest.mark.parametrize("name", PACKS)
def test_each_line_of_a_law_is_told_once_and_in_whole_sentences(name: str) -> None:
    lines = [line for subject in in_plain_words(_pack(name)) for line in subject.lines]
    keys = [line.key for line in lines]
    assert len(set(keys)) == len(keys) > 40
    assert [line.words for line in lines if line.words[-1] not in ".:!?"] == []
    assert compare(_pack(name), _pack(name)).count == 0


@pytest.mark.parametrize(
    ("old", "new", "now", "then"),
    [
        (
            "life_years = 20\n",
            "life_years = 10\n",
            "A recorded order is a lien for 20 years.",
            "A recorded order is a lien for 10 years.",
        ),
        (
            '[service.citation.methods]\ncertified_mail = "s. 162.12(1)(a), Florida Statutes"\n',
            "[service.citation.methods]\n",
            "Certified mail serves on the day it is signed for",
            None,
        ),
        (
            "clerk = 2500\n",
            "officer = 100\nclerk = 2500\n",
            None,
            "The officer may waive up to $1.00.",
        ),
    ],
)
def test_what_another_law_says_otherwise_is_told_line_by_line(
    old: str, new: str, now: str | None, then: str | None
) -> None:
    assert old in TEXT
    changed = _unproved(TEXT.replace(old, new, 1))
    found = compare(FLORIDA, changed)
    ((_title, (pair,)),) = found.subjects
    assert (pair.now is None, pair.then is None) == (now is None, then is None)
    assert now is None or (pair.now and pair.now.words.startswith(now))
    assert then is None or (pair.then and pair.then.words.startswith(then))
    assert found.untold == ()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('name = "Labor Day", month = 9', 'name = "Labor Day", month = 10', "calendar.moving"),
        ('ends = "s. 162.09(3)', 'ends = "s. 162.09(4)', "fines.statutes"),
        ('text = "Roofs shall be sound,', 'text = "Roofs shall be tight,', "ordinances.304.7"),
    ],
)
def test_what_no_line_tells_is_named_by_its_place_in_the_file(
    old: str, new: str, place: str
) -> None:
    assert old in TEXT
    assert place in compare(FLORIDA, _unproved(TEXT.replace(old, new, 1))).untold


def _unproved(text: str) -> LawPack:
    """Read a changed pack without the vectors that hold the old text to its provisions."""
    kept = text[: text.index("# Each expected value")]
    anything = """
[[vectors]]
name = "a complaint without a name opens nothing"
source = "s. 162.06(1)(b), Florida Statutes"
kind = "anonymous"
given = {}
expect = { may_open = false }
"""
    return parse_pack(kept + anything, name="changed")


def test_a_sample_case_is_reckoned_as_a_clerk_does_by_hand() -> None:
    found = reckon(FLORIDA, _case())
    days = {key: fact.on for key, fact in found.items() if fact.on}
    assert days == {
        "warned": date(2026, 6, 1),
        "correct_by": date(2026, 6, 11),
        "cited_from": date(2026, 6, 12),
        "answer_by": date(2026, 7, 2),
        "heard_from": date(2026, 6, 12),
        "comply_by": date(2026, 6, 22),
        "appeal_by": date(2026, 7, 13),  # the 12th is a Sunday
        "recorded_from": date(2026, 7, 14),
        "foreclosed_from": date(2026, 10, 15),
        "expires_on": date(2046, 7, 14),
    }
    sums = {key: fact.cents for key, fact in found.items() if fact.cents is not None}
    # From 23 June to 30 July 38 days at $250; from 3 to 30 July 28, but 20 penalties at most.
    assert sums == {"usual": 10000, "most": 25000, "further": 190000, "fine": 950000}


def test_a_repeat_needs_no_warning_and_is_fined_from_the_day_it_was_found() -> None:
    found = reckon(FLORIDA, _case(earlier=1))
    assert found["cited_from"].on == date(2026, 6, 1)
    assert found["fine"].cents == 60 * 50000


def test_what_is_corrected_in_time_goes_no_further() -> None:
    found = reckon(FLORIDA, _case(corrected_after=10))
    assert found["correct_by"].on == date(2026, 6, 11)
    assert {key for key, fact in found.items() if fact.on} == {"warned", "correct_by"}
    assert "corrected in time" in found["cited_from"].why


def test_a_homestead_is_fined_and_bound_as_its_law_says() -> None:
    texas = _pack("texas-home-rule")
    house, home = reckon(texas, _case()), reckon(texas, _case(homestead=True))
    assert (house["fine"].cents, home["fine"].cents) == (4400000, 44000)  # 44 days
    assert home["recorded_from"].why == "A homestead is never bound."
    home = reckon(FLORIDA, _case(homestead=True))
    assert home["recorded_from"].on
    assert home["foreclosed_from"].on is None


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("earlier", [0, 3])
def test_every_law_answers_every_question_of_a_sample_case(
    name: str, method: Method, earlier: int
) -> None:
    found = reckon(_pack(name), _case(method=method, earlier=earlier, corrected_after=300))
    assert list(found) == list(LABELS)
    for fact in found.values():
        assert fact.on or fact.cents is not None or fact.why
    assert found["provision"].why.split(": ")[1]


def test_a_law_without_the_provision_is_asked_for_the_same_kind_or_says_so() -> None:
    ohio = _pack("ohio-statutory")
    assert reckon(ohio, _case())["provision"].why.startswith("521.08: ")
    other = reckon(ohio, _case(section="22-114", category="Short-term rental"))
    assert {fact.why for fact in other.values()} == {"This law has no such provision."}


def test_a_letter_that_serves_nobody_gives_way_to_one_that_does() -> None:
    found = reckon(FLORIDA, _case(method=Method.FIRST_CLASS_MAIL))
    assert found["warned"].why == "By first class mail."
    assert found["heard_from"].why.endswith("The way chosen does not serve it here.")
