"""The page of an answer: what stands in it, and that nothing in it is more than words."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile import WORDS as HOSTILE
from sample_answers import AREAS, DISCS, HEAT, OUTLINES, PLACES, everything, hostile, nothing

from reports.answers.answer import Answer, Row
from reports.answers.files.page import MOST_ROWS, write_page
from reports.answers.files.writing import write
from reports.answers.written import from_json, to_json, to_parts
from reports.backdrop import Backdrop
from reports.offline_map import script_json

NO_TOWN = Backdrop(areas=[], streets=[], zones=[], labels=[])


def page_of(answer: Answer, *, backdrop: Backdrop | None = NO_TOWN) -> str:
    return write_page(answer, backdrop=backdrop)


def test_the_page_says_all_that_the_answer_says() -> None:
    page = page_of(everything()).replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "A bit of everything in Alder</title>", "Alder, 2026-03-02", "A town for tests.",
        "1,204 cases are on 100 Alder St.", "This does not show where risk is.",
        "31.0 days (28.5 or more)", "Median, with its 95 % interval.", "Patrol cases take longer.",
        "12.5 (8.2 to 17.8)", "Cases are counted by parcel.", "<dt>Opened since</dt>",
        "Reckoned 2026-03-02 15:30 UTC", "cases per 100 parcels", ">Median wait (days)</th>",
    ):  # fmt: skip
        assert words in page, words
    assert "Odds by kind" in page, "the chart of a table that is not shown"
    assert ">Odds ratio</th>" not in page


def test_without_layers_the_page_has_neither_map_nor_script() -> None:
    for page in (page_of(nothing()), page_of(everything(), backdrop=None)):
        assert "<script" not in page
        assert 'class="map"' not in page
        assert "data-key" not in page
    assert "No cases are loaded yet." in page_of(nothing())


def test_only_rows_that_are_on_the_map_open_it() -> None:
    page = page_of(everything(layers=(DISCS,)))
    assert re.findall(r'data-key="([^"]+)"', page.partition("<script>")[0]) == ["12-1", "12-2"]


def test_a_row_without_words_is_opened_by_its_key() -> None:
    bare = [Row(key=row.key, cells=dict.fromkeys(row.cells)) for row in PLACES.rows[:1]]
    cells = [Row(key="12-1", cells=bare[0].cells | {"cases": 3})]
    page = page_of(everything(layers=(DISCS,), tables=(replace(PLACES, rows=cells),), charts=()))
    assert '<button type="button" data-key="12-1">3</button>' in page


def test_of_what_covers_the_ground_one_is_shown_unless_more_are() -> None:
    one = page_of(everything(layers=(AREAS, HEAT, OUTLINES)))
    assert re.search(r"base_layers : \{\s*\"Zones by rate\"", one)
    several = page_of(everything(layers=(AREAS, replace(HEAT, shown=True), OUTLINES)))
    assert not re.search(r"base_layers : \{\s*\"Zones by rate\"", several)
    alone = page_of(everything(layers=(AREAS, OUTLINES)))
    assert not re.search(r"base_layers : \{\s*\"Zones by rate\"", alone)


def test_two_layers_of_one_title_have_a_switch_each() -> None:
    page = page_of(everything(layers=(DISCS, replace(DISCS, key="more"))))
    assert '"Repeat parcels (2)"' in page


def test_a_long_table_is_cut_and_says_so() -> None:
    rows = [Row(key=str(at), cells=PLACES.rows[0].cells) for at in range(MOST_ROWS + 5)]
    page = page_of(everything(tables=(replace(PLACES, rows=rows),), charts=()))
    assert "The first 300 of 305 rows are here; the CSV has all of them." in page
    assert page.count("100 Alder St") < MOST_ROWS + 5


class _Elements(HTMLParser):
    """Collects what elements and attributes a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag}@{name}" for name, _value in attrs)}


@pytest.mark.parametrize("backdrop", [NO_TOWN, None])
def test_words_of_an_attacker_make_no_element_of_the_page(backdrop: Backdrop | None) -> None:
    def elements(answer: Answer) -> set[str]:
        parser = _Elements()
        parser.feed(page_of(answer, backdrop=backdrop))
        return parser.found

    plain = [f"word {at}" for at in range(len(HOSTILE))]
    assert elements(hostile([*HOSTILE, "\x00\x1b", "{{ 1 / 0 }}"])) == elements(
        hostile([*plain, "x", "y"])
    )


@pytest.mark.parametrize(
    "said", [*HOSTILE, "{{ 1 / 0 }}", "{{{{{% raw %}{#", "\N{GRINNING FACE}</"]
)
def test_json_for_a_script_neither_ends_it_nor_begins_a_template(said: str) -> None:
    written = script_json([{said: said}, {"x": {}}])
    assert json.loads(written) == [{said: said}, {"x": {}}]
    assert not re.search(r"\{\{|\{%|\{#|[<>&'\u2028]", written)


@pytest.mark.parametrize("kind", ["csv", "geojson", "json", "pdf"])
def test_an_answer_that_was_kept_has_the_same_files(tmp_path: Path, kind: str) -> None:
    answer = everything()
    again = from_json(json.loads(json.dumps(to_json(answer))), to_parts(answer))
    for name, each in (("made", answer), ("kept", again)):
        write(each, tmp_path / f"{name}.{kind}", kind=kind, backdrop=NO_TOWN)
    made, kept = ((tmp_path / f"{name}.{kind}").read_bytes() for name in ("made", "kept"))
    assert made == kept


def test_a_page_of_an_answer_that_was_kept_draws_the_same() -> None:
    answer = everything()
    again = from_json(to_json(answer), to_parts(answer))
    made, kept = (re.sub(r"[0-9a-f]{32}", "id", page_of(each)) for each in (answer, again))
    assert made == kept
