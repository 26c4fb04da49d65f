"""The packs of other states: each vector holds by its rule, and a changed rule breaks it."""

import re
from pathlib import Path

import pytest

from cases.fines.rules import FineCap, FineRules
from cases.lawpack.errors import LawPackError
from cases.lawpack.reading import BUNDLED, DEFAULT, parse_pack, read_pack
from cases.lawpack.resting import rests_on
from cases.lawpack.schema import LawPack
from cases.workflow.appeal import AppealAction
from cases.workflow.casefile import CaseAction, CaseStatus
from cases.workflow.legal_action import LegalAction
from cases.workflow.registry import STEPS

CA, TX, OH = "california-admin", "texas-home-rule", "ohio-statutory"


def _text(name: str) -> str:
    return (BUNDLED / f"{name}.toml").read_text(encoding="utf-8")


def _pack(name: str) -> LawPack:
    return read_pack(BUNDLED / f"{name}.toml")


@pytest.mark.parametrize(
    ("pack", "old", "new", "vector"),
    [
        (CA, "{ cents = 20000, statute", "{ cents = 25000, statute", "a second one within a year"),
        (CA, '(b)(3)", earlier = 2', '(b)(3)", earlier = 3', "each further one within the year"),
        (CA, "earlier = 2, within_years = 2", "earlier = 2, within_years = 1", "commercial"),
        (CA, "{ cents = 70000, statute", "{ cents = 75000, statute", "a second one 700 dollars"),
        (CA, "after_earlier = 1", "after_earlier = 0", "reduces no fine of a first violation"),
        (CA, 'runs_from = "service"', 'runs_from = "execution"', "not its execution"),
        (CA, "days = 20\n", "days = 21\n", "within 20 days after its service"),
        (TX, "refusal_serves = true", "refusal_serves = false", "refused at the door"),
        (TX, 'letters_to = ["property_appraiser"]', "", "a letter to another address"),
        (TX, "years = 1\ntold", "years = 2\ntold", "a day later they are not"),
        (TX, "cure_days = 7", "cure_days = 8", "within seven days of notice"),
        (TX, "homestead = { cents = 1000,", "homestead = { cents = 2000,", "10 dollars a day"),
        (TX, "binds_homestead = false", "binds_homestead = true", "a homestead bears no lien"),
        (TX, 'runs_from = "sending"', 'runs_from = "service"', "within 30 days of its mailing"),
        (OH, "cure_days = 5", "cure_days = 7", "within five days"),
        (OH, "cure_days = 15", "cure_days = 10", "within fifteen"),
        (OH, '"incurred"\nwithin_years = 1', '"incurred"\nwithin_years = 2', "a day later"),
        (OH, 'tax_list = "weeds and litter"', "", "the cost of cutting weeds"),
    ],
)  # fmt: skip
def test_a_rule_that_its_provision_does_not_bear_out_is_refused_by_the_vectors_line(
    pack: str, old: str, new: str, vector: str
) -> None:
    text = _text(pack)
    assert old in text
    with pytest.raises(LawPackError) as told:
        parse_pack(text.replace(old, new, 1), name="town.toml")
    fault = next(each for each in told.value.faults if vector in each.reason)
    assert text.replace(old, new, 1).splitlines()[fault.line - 1] == "[[vectors]]"
    assert "expected" in fault.reason
    assert f"town.toml:{fault.line}: " in str(told.value)


@pytest.mark.parametrize(
    ("pack", "old", "new", "reason"),
    [
        (CA, 'scale = "ordinance"', 'scale = "ordinances"', "none of the scales: ordinance, "),
        (CA, "penalty_most_cents = 50000", "penalty_most_cents = 60000", "allows 50000 at most"),
        (CA, 'name = "building and safety code"', 'name = "ordinance"', 'names "ordinance" twice'),
        (CA, 'citation_forum = "magistrate"', 'citation_forum = "county_court"', "is missing"),
        (OH, 'tax_list = "weeds and litter"', 'tax_list = "weeds"', "none of the tax_lists"),
        (OH, 'priority = "entry"', 'priority = "incurred"', "within how many years to certify"),
        (TX, "years = 1\ntold", "years = 0\ntold", "must stand for 1"),
    ],
)
def test_what_cannot_be_is_refused(pack: str, old: str, new: str, reason: str) -> None:
    text = _text(pack)
    assert old in text
    with pytest.raises(LawPackError, match="cannot be used until it is mended") as told:
        parse_pack(text.replace(old, new, 1), name="town.toml")
    assert reason in str(told.value)


def test_where_the_law_gives_no_lien_its_steps_are_left_out_and_elsewhere_they_are_not() -> None:
    for name, there in ((CA, False), (OH, False), (TX, True), (DEFAULT.stem, True)):
        assert ("lien.record" not in _pack(name).without) is there, name


@pytest.mark.parametrize(
    ("name", "appeal"),
    [
        (CA, "Government Code s. 53069.4(b)(1)"),
        (TX, "LGC s. 54.039(a)"),
        (OH, "R.C. 2505.07 and 2506.01"),
        (DEFAULT.stem, "s. 162.11, Florida Statutes"),
    ],
)
def test_a_step_rests_on_the_law_of_its_state_and_on_federal_law_in_each(
    name: str, appeal: str
) -> None:
    law = _pack(name)
    assert rests_on(STEPS[None, AppealAction.FILE], law) == appeal
    assert rests_on(STEPS[None, AppealAction.FILE], None) == ""
    assert rests_on(STEPS[None, LegalAction.REFER], law) == ""
    stay = STEPS[CaseStatus.OPEN, CaseAction.BLOCK]
    assert rests_on(stay, law) == rests_on(stay, None) == "11 U.S.C. s. 362 (automatic stay)"


def test_no_step_of_the_program_cites_a_state() -> None:
    assert {each.source for each in STEPS.values()} == {
        "",
        "11 U.S.C. s. 362 (automatic stay)",
        "50 U.S.C. s. 3931 (military service); the town's code (waiver)",
        "the town's code (each further day)",
        "the town's process: some violations cannot be delayed",
    }


@pytest.mark.parametrize("name", [CA, TX, OH])
def test_what_a_step_rests_on_is_what_a_rule_of_the_pack_rests_on(name: str) -> None:
    before, header, sources = _text(name).partition("[steps.sources]")
    said, _, after = sources.partition("[retention]")
    cited = re.findall(r"\d[\d.]*\d(?:\(\w+\))*", said)
    assert header
    assert len(cited) > 5
    assert [each for each in cited if each not in before + after] == []


def test_a_vector_about_what_the_pack_does_not_hold_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "town.toml"
    text = _text(OH).replace('{ section = "521.08", served', '{ section = "521.07", served')
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(LawPackError, match=r"the pack has no section 521\.07 in force"):
        read_pack(broken)


def test_a_law_that_knows_no_homestead_fines_one_as_any_other() -> None:
    fines: FineRules = read_pack(DEFAULT).fines
    assert fines.of_homestead() == fines
    assert _pack(TX).fines.of_homestead().first == FineCap(1000, "LGC s. 214.0015")
