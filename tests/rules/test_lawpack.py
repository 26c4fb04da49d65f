"""The law pack: the bundled one holds, and whatever is wrong with one is named by its line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from cases.forum import STATUTORY, Tribunal
from cases.lawpack.errors import LawPackError
from cases.lawpack.lines import line_of
from cases.lawpack.reading import BUNDLED, DEFAULT, read_pack
from cases.lawpack.vector import VectorKind
from cases.service.attempts import MailTo, Method


@pytest.mark.parametrize("path", sorted(BUNDLED.glob("*.toml")), ids=lambda path: path.name)
def test_every_bundled_pack_keeps_its_own_vectors_and_asks_for_counsel(path: Path) -> None:
    pack = read_pack(path)
    assert pack.pack.name == path.stem
    assert "have counsel review before use" in pack.pack.notice


def test_each_kind_of_vector_is_tried_by_some_bundled_pack() -> None:
    packs = [read_pack(path) for path in BUNDLED.glob("*.toml")]
    assert {each.kind for pack in packs for each in pack.vectors} == set(VectorKind)


def test_the_florida_town_is_the_process_it_was_made_from() -> None:
    pack = read_pack(DEFAULT)
    assert pack.forum.citation_forum is Tribunal.MAGISTRATE
    assert pack.service.warning.methods.keys() >= {Method.HAND, Method.FIRST_CLASS_MAIL}
    assert MailTo.OTHER not in pack.service.notice_of_hearing.mail_to
    never_later = {each.category for each in pack.ordinances if not each.extendable}
    assert never_later == {"High grass", "Overgrown lot", "Stagnant pool", "Unsecured structure"}
    assert pack.calendar.days.closed_for(date(2026, 11, 27)) == "Friday after Thanksgiving"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copy(DEFAULT, tmp_path / "town.toml"))


def _broken(pack: Path, old: str, new: str) -> tuple[int, LawPackError]:
    """Break a pack at one place; give the place's line and what is said of it."""
    text = pack.read_text()
    assert text.count(old) >= 1
    line = text[: text.index(old)].count("\n") + 1
    pack.write_text(text.replace(old, new, 1))
    with pytest.raises(LawPackError) as told:
        read_pack(pack)
    return line, told.value


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('citation_forum = "magistrate"', 'citation_forum = "jury"', "magistrate"),
        ("first = { cents = 25000", 'first = { cents = "25000"', "valid integer"),
        ("first = { cents = 25000", "first = { cents = 250.00", "valid integer"),
        ("first = { cents = 25000", "first = { cents = -1", "must be a whole number from 1"),
        ("most_times = 20", "most_times = 1", "leaves no further day"),
        ("count_compliance_day = false", "count_compliance_day = 0", "valid boolean"),
        ("quorum = 1", "quorum = 2", "can never sit"),
        ('state = "FL"', 'state = "Florida"', "match pattern"),
        ("without = []", 'without = ["citation.pay"]', "there is no step citation.pay"),
        ("month = 7, day = 4", "month = 7, day = 40", "no such day"),
        ("nth = 3", "nth = 9", "give nth as 1 to 5"),
        ("life_years = 20", "life_years = 0", "cannot be"),
        ("admin_fee_percent = 10", "admin_fee_percent = 101", "cannot be"),
        ('"penalty", "cost", "interest", "fee"', '"penalty", "penalty", "cost", "fee"', "once"),
        ('posting = "s. 162.12(2)(b)', 'pigeon = "s. 162.12(2)(b)', "certified_mail"),
        ("days = 30\nroll", "days = 0\nroll", "cannot be counted"),
        ("days = 30\nroll", "dais = 30\nroll", "dais"),
        ("penalty_most_cents = 50000", "penalty_most_cents = 5", "must rise from least to most"),
        ("duplicate_metres = 50 ", "duplicate_metres = 1001 ", "less than or equal to 1000"),
        ('"Overgrown lot" = 100', '"Overgrown lot" = -1', "greater than or equal to 0"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_line(
    pack: Path, old: str, new: str, reason: str
) -> None:
    line, error = _broken(pack, old, new)
    said = [fault for fault in error.faults if reason in fault.reason]
    assert said, error
    # A whole record may be at fault, which begins some lines above.
    assert 0 <= line - said[0].line <= 14
    assert f"town.toml:{said[0].line}: " in str(error)


def test_what_a_step_rests_on_is_said_of_a_step_there_is_or_refused_by_its_line(pack: Path) -> None:
    line, error = _broken(pack, '"notice.issue" = ', '"notice.isue" = ')
    (fault,) = error.faults
    assert (fault.line, "there is no step notice.isue" in fault.reason) == (line, True)


def test_a_distance_for_a_category_of_no_provision_is_refused(pack: Path) -> None:
    _, error = _broken(pack, '"Overgrown lot" = 100', '"Overgrown lots" = 100')
    assert 'names "Overgrown lots", a category of no provision' in str(error)


def test_only_a_body_the_town_has_hears_its_citations(pack: Path) -> None:
    forum = 'citation_forum = "magistrate"'
    _, error = _broken(pack, forum, f'{forum}\nbody = "Board"')
    assert 'names "Board", which is none of the bodies: Special Magistrate' in str(error)
    pack.write_text(pack.read_text().replace('body = "Board"', 'body = "Special Magistrate"'))
    assert read_pack(pack).citation_bodies == ("Special Magistrate",)


def test_the_county_court_knows_no_excuse_but_the_statutes(pack: Path) -> None:
    magistrate, court = 'citation_forum = "magistrate"', 'citation_forum = "county_court"'
    _, error = _broken(pack, magistrate, court)
    assert "forum.excused names itinerant, which the county court does not know" in str(error)
    pack.write_text(pack.read_text().replace(', "itinerant"]', "]"))
    assert read_pack(pack).forum.excused == STATUTORY


def test_a_fee_for_lien_searches_without_their_deadline_is_refused(pack: Path) -> None:
    text = pack.read_text()
    start, end = text.index("[deadlines.answer_lien_search]"), text.index("[service.warning]")
    pack.write_text(text[:start] + text[end:])
    with pytest.raises(LawPackError, match="go together: give both or neither"):
        read_pack(pack)


def test_how_far_apart_two_reports_are_one_matter_is_the_categorys_or_the_towns() -> None:
    intake = read_pack(DEFAULT).intake
    assert intake.duplicate_metres_of("High grass") == 50
    assert intake.duplicate_metres_of("Overgrown lot") == 100
    assert "chapter 119, Florida Statutes" in intake.public_record_notice


def test_a_section_that_is_missing_is_named(pack: Path) -> None:
    text = pack.read_text()
    start, end = text.index("[forum]"), text.index("[deadlines.answer_citation]")
    pack.write_text(text[:start] + text[end:])
    with pytest.raises(LawPackError, match="forum: Field required"):
        read_pack(pack)


def test_a_word_nobody_knows_is_refused_at_its_own_line(pack: Path) -> None:
    line, error = _broken(pack, 'state = "FL"', 'state = "FL"\nmotto = "In God"')
    assert (error.faults[0].line, error.faults[0].reason.split(":")[0]) == (line + 1, "pack.motto")


def test_what_is_no_toml_is_refused_at_the_line_where_it_stops_being_any(pack: Path) -> None:
    line, error = _broken(pack, 'state = "FL"', 'state = "FL')
    assert error.faults[0].line == line
    assert error.faults[0].reason.startswith("no TOML")


def test_every_fault_is_told_at_once(pack: Path) -> None:
    pack.write_text(pack.read_text().replace('state = "FL"', "state = 1"))
    _, error = _broken(pack, "life_years = 20", "life_years = 0")
    assert len(error.faults) == 2
    assert [fault.line for fault in error.faults] == sorted(fault.line for fault in error.faults)


@pytest.mark.parametrize(
    ("old", "new", "vector"),
    [
        ("expect = { on = 2026-04-01 }", "expect = { on = 2026-04-02 }", "an appeal is due"),
        ("life_years = 20", "life_years = 21", "a lien lasts 20 years"),
        ("foreclosure_after_months = 3", "foreclosure_after_months = 2", "a lien lasts 20 years"),
        ("homestead_foreclosure = false", "homestead_foreclosure = true", "homestead"),
        ('anonymous = "barred"', 'anonymous = "allowed"', "an anonymous complaint"),
        ("most_penalty_cents = 50000", "most_penalty_cents = 60000", "above 500 dollars"),
        ("longest_warning_days = 30", "longest_warning_days = 60", "more than 30 days"),
        ("plus_days = 1", "plus_days = 2", "Friday after Thanksgiving"),
        ("count_compliance_day = false", "count_compliance_day = true", "the day it mends not"),
        ("repeat = { cents = 50000", "repeat = { cents = 60000", "a repeat runs from the day"),
        ("irreparable = { cents = 500000", "irreparable = { cents = 600000", "fined once"),
        ("most_times = 20", "most_times = 21", "twenty in all"),
        ("admin_fee_percent = 10", "admin_fee_percent = 11", "150 dollars and a tenth"),
        ("original_counts = true", "original_counts = false", "twenty in all"),
        (
            "[service.notice_of_hearing.methods]",
            "[service.notice_of_hearing]\nposting_days = 9\n[service.notice_of_hearing.methods]",
            "posting may run together",
        ),
        (
            "[service.notice_of_hearing.methods]",
            "[service.notice_of_hearing]\nresident_over = 14\n[service.notice_of_hearing.methods]",
            "a resident of 15",
        ),
        (
            "[service.notice_of_hearing.methods]",
            "[service.notice_of_hearing]\nconcurrent = false\n[service.notice_of_hearing.methods]",
            "posting may run together",
        ),
    ],
)
def test_a_rule_that_its_vectors_do_not_bear_out_is_refused_by_the_vectors_line(
    pack: Path, old: str, new: str, vector: str
) -> None:
    _, error = _broken(pack, old, new)
    fault = next(fault for fault in error.faults if vector in fault.reason)
    line = pack.read_text().splitlines()[fault.line - 1]
    assert line == "[[vectors]]"
    assert "expected" in fault.reason


def test_a_vector_that_makes_no_sense_is_refused(pack: Path) -> None:
    _, error = _broken(pack, "{ recorded_on = 2026-02-03", "{ recorded = 2026-02-03")
    assert "given.recorded_on: Field required" in error.faults[0].reason
    _, error = _broken(pack, "{ comply_by = 2026-06-01, cents", "{ cents")
    assert "has no comply_by" in str(error)
    _, error = _broken(pack, 'rule = "appeal_order"', 'rule = "apeal"')
    assert "apeal" in str(error)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[" * 100_000, b""])
def test_a_file_that_is_no_pack_is_refused_in_a_sentence(pack: Path, content: bytes) -> None:
    pack.write_bytes(content)
    with pytest.raises(LawPackError, match="cannot be used until it is mended"):
        read_pack(pack)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(LawPackError, match="No such file"):
        read_pack(tmp_path / "none.toml")


def test_lines_are_found_through_arrays_quoted_names_and_long_texts() -> None:
    text = '''a = """
b = 1
"""
"c d" = 2
[t]
x.y = 3
[[r]]
n = 1
[[r]]
n = 2
[[r.s]]
q = 5
'''
    lines = {("c d",): 4, ("t", "x", "y"): 6, ("r", 0, "n"): 8, ("r", 1, "n"): 10}
    lines |= {("r", 1, "s", 0, "q"): 12, ("r", 1, "missing"): 9, ("b",): 1, ("t", "z"): 5}
    assert {path: line_of(text, path) for path in lines} == lines
