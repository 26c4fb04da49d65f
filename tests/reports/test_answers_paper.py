"""An answer on paper: a tagged PDF that anybody's reader reads, findings first."""

import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
import sqlalchemy as sa
from asked_answers import answered
from hostile import WORDS as HOSTILE
from pdfs import parts_of, require_consistent, words_of
from sample_answers import PLACES, everything, hostile, nothing

from reports.answers.answer import Answer, Column, Kind, Row, Table
from reports.answers.files.paper import MOST_ROWS, write_paper
from reports.answers.files.writing import write
from reports.backdrop import Backdrop, fetch_backdrop
from reports.registry import REPORTS

NO_TOWN = Backdrop(areas=[], streets=[], zones=[], labels=[])
MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_paper(everything(), backdrop=NO_TOWN)


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def test_it_is_tagged_as_pdf_ua_asks(pdf: bytes) -> None:
    paper = read(pdf)
    root: Any = paper.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(rb"pdfuaid:part\W+1", root["/Metadata"].get_object().get_data())
    assert paper.metadata is not None
    assert paper.metadata.title == "A bit of everything · Alder"
    require_consistent(paper)
    parts = list(parts_of(paper))
    kinds = [each["/S"] for each in parts]
    assert next(each for each in kinds if each in {"/H1", "/H2"}) == "/H1"
    assert kinds.count("/Table") >= 4  # of one that goes on over a page each part is a table
    assert kinds.count("/TH") >= 3 + 5  # the heads of the figures' columns, and its rows'
    figures = [each["/Alt"] for each in parts if each["/S"] == "/Figure"]
    assert len(figures) == 6 + 5
    assert all(each.strip() for each in figures)


def test_it_says_all_that_the_answer_says_the_findings_first(pdf: bytes) -> None:
    said = words_of(read(pdf))
    for words in (
        "A town for tests.", "As of 2026-03-02", "Half of them are closed within 31 days.",
        "This does not show where risk is.", "31.0 days (28.5 or more)", "$1,196.50", "not known",
        "Median, with its 95 % interval.", "Zones by rate", "Kinds of spot: 2025",
        "Patrol cases take longer.", "12.5 (8.2 to 17.8)", "Cases are counted by parcel.",
        "Opened since", "Page 1 of", "Reckoned 2026-03-02 15:30 UTC",
    ):  # fmt: skip
        assert words in said, words
    order = [said.index(each) for each in (
        "1,204 cases are on", "Figures", "Zones by rate", "Charts", "Places", "What was asked",
    )]  # fmt: skip
    assert order == sorted(order)


def test_every_page_has_its_number_and_a_wide_table_lies(pdf: bytes) -> None:
    pages = read(pdf).pages
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()
        assert "Alder" in page.extract_text()
    lying = [page.extract_text() for page in pages if page.mediabox.width > page.mediabox.height]
    assert len(lying) == 1
    assert "100 Alder St" in lying[0]


def test_the_same_answer_is_the_same_bytes(pdf: bytes) -> None:
    assert write_paper(everything(), backdrop=NO_TOWN) == pdf


def test_a_long_table_is_cut_and_says_where_the_rest_is() -> None:
    cells = PLACES.rows[0].cells
    rows = [Row(key=str(at), cells=cells | {"address": f"{at} Elm St"}) for at in range(500)]
    table = Table(key="t", title="T", means="", columns=PLACES.columns, rows=rows)
    said = words_of(read(write_paper(everything(tables=(table,), charts=()), backdrop=None)))
    assert f"The first {MOST_ROWS} of 500 rows are here; the CSV has all of them." in said
    assert f"{MOST_ROWS - 1} Elm St" in said
    assert f"{MOST_ROWS} Elm St" not in said


def test_a_table_of_many_columns_is_read_in_lines_and_not_in_letters() -> None:
    numbers = [
        column
        for at in range(6)
        for column in (
            Column(key=f"c{at}", words="Came again, share", kind=Kind.SHARE,
                   low=f"l{at}", high=f"h{at}"),
            Column(key=f"l{at}", words="From", kind=Kind.SHARE),
            Column(key=f"h{at}", words="To", kind=Kind.SHARE),
        )
    ]  # fmt: skip
    words = [Column(key=each, words="Waits for a person") for each in ("what", "then", "trend")]
    shares = {f"{kind}{at}": 0.7123 for at in range(6) for kind in "clh"}
    text = {"what": "Section 305.3 - Interior surfaces", "then": "neither", "trend": "rises"}
    table = Table(
        key="wide", title="By section", means="", columns=[words[0], *numbers, *words[1:]],
        rows=[Row(key=str(at), cells={**text, **shares}) for at in range(40)],
    )  # fmt: skip
    paper = read(write_paper(everything(tables=[table], charts=[], layers=[]), backdrop=NO_TOWN))
    said = words_of(paper)
    assert "neither" in said
    assert "surfaces" in said
    assert "(71.2% to 71.2%)" in said
    assert len(paper.pages) <= 6


def test_what_counts_nothing_says_so_on_one_page() -> None:
    paper = read(write_paper(nothing(), backdrop=NO_TOWN))
    assert len(paper.pages) == 1
    assert "No cases are loaded yet." in words_of(paper)
    assert [each for each in parts_of(paper) if each["/S"] == "/Figure"] == []


def test_words_of_an_attacker_are_set_as_words(tmp_path: Path) -> None:
    some = HOSTILE[::3]
    path = tmp_path / "x.pdf"
    write(hostile(some), path, kind="pdf", backdrop=NO_TOWN)
    paper = read(path.read_bytes())
    said = words_of(paper).replace(" ", "")
    for each in some[:MOST_ROWS]:
        # a sign that the font lacks is set all the same, but not read back
        bare = re.sub(r"[\s\u2028\u200b]", "", each)
        assert bare in said or not each.isascii(), each
    root: Any = paper.trailer["/Root"]
    assert {"/OpenAction", "/AA", "/JavaScript"} & set(root) == set()
    assert [page for page in paper.pages if "/Annots" in page] == []


_NAMED = {"owners": {"CANARY OWNER"}, "workload": {"Rivera", "Okafor"}}


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_is_set_with_its_town_beneath(alder: sa.Connection, name: str) -> None:
    answer = answered(alder, name)
    pdf = write_paper(answer, backdrop=fetch_backdrop(alder))
    assert len(pdf) < MOST_BYTES
    paper = read(pdf)
    require_consistent(paper)
    said = words_of(paper)
    assert answer.says[0] in said
    assert "A town for tests." in said
    # Whose parcels come back is told by the owners' names, whose hours by the officers'.
    for canary in {"CANARY OWNER", "Rivera", "Okafor"} - _NAMED.get(name, set()):
        assert canary not in said
    assert _figures(paper) == _drawn(answer)


def _figures(paper: pypdf.PdfReader) -> int:
    return sum(each["/S"] == "/Figure" for each in parts_of(paper))


def _drawn(answer: Answer) -> int:
    fills = sum(each.look in {"areas", "picture"} for each in answer.layers)
    return (fills or bool(answer.layers)) + len(answer.charts)
