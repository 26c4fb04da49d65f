"""Set an answer as a tagged PDF for a council: findings first, maps, charts, tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.letters.pdf import HERE, set_pdf
from reports.answers.answer import Answer, Chart
from reports.answers.cells import plain
from reports.answers.drawing.chart import draw_chart
from reports.answers.drawing.maps import Maps, views_of
from reports.answers.files.shown import shown_figures, shown_tables
from reports.answers.files.templates import FOLDER, fill, moment
from reports.answers.words import WORDS
from reports.backdrop import Backdrop

MOST_ROWS = 60
NARROWEST, WIDEST = 4, 8
"""A table of no more columns is as wide as its words; one of more lies on pages that are turned."""
CHART_WIDE = 640
_FULL, _SMALL = (620, 400), (310, 240)


@dataclass(frozen=True, slots=True)
class _Map:
    address: str
    titles: str
    says: str
    is_small: bool


@dataclass(frozen=True, slots=True)
class _Chart:
    address: str
    title: str
    says: str
    alt: str


def write_paper(answer: Answer, *, backdrop: Backdrop | None) -> bytes:
    """Return an answer as PDF/UA-1; the same answer is the same bytes.

    Parameters
    ----------
    backdrop
        The town beneath its maps; without it there are none.
    """
    pictures: dict[str, bytes] = {}
    maps = list(_maps(answer, backdrop, pictures)) if backdrop is not None else []
    charts = [_chart(answer, each, at, pictures) for at, each in enumerate(answer.charts)]
    words = fill(
        "paper.html", answer=answer, maps=maps, charts=charts, figures=shown_figures(answer),
        tables=shown_tables(answer, most=MOST_ROWS), narrowest=NARROWEST,
        widest=WIDEST,
        made=moment(answer.made_at),
    )  # fmt: skip
    title = f"{plain(answer.title)} · {plain(answer.town)}"
    style = (FOLDER / "paper.css").read_text(encoding="utf-8")
    return set_pdf(
        words, title=title, language="en", author=plain(answer.town), style=style,
        pictures=pictures,
    ).pdf  # fmt: skip


def _maps(answer: Answer, backdrop: Backdrop, pictures: dict[str, bytes]) -> Iterator[_Map]:
    views = views_of(answer)
    sizes = {
        is_small: Maps(answer, backdrop, feet=_feet, address=_address, wide=wide, high=high)
        for is_small, (wide, high) in ((False, _FULL), (True, _SMALL))
    }
    for at, view in enumerate(views):
        is_small = bool(view.moment)
        drawn = sizes[is_small].draw(view, key=f"map{at}")
        pictures[f"map{at}.svg"] = drawn.svg.encode()
        pictures.update(drawn.pictures)
        says = WORDS["map_of"].format(titles=view.titles)
        yield _Map(_address(f"map{at}.svg"), view.titles, says, is_small)


def _chart(answer: Answer, chart: Chart, at: int, pictures: dict[str, bytes]) -> _Chart:
    table = answer.table(chart.of)
    svg = draw_chart(chart, table, wide=CHART_WIDE)
    pictures[f"chart{at}.svg"] = svg.encode()
    parts = (plain(chart.title), plain(chart.says), WORDS["chart_of"].format(table=table.title))
    alt = " ".join(each for each in parts if each)
    return _Chart(_address(f"chart{at}.svg"), chart.title, chart.says, alt)


def _address(name: str) -> str:
    return f"{HERE}{name}"


def _feet(length: int) -> str:
    return f"{length:,} ft"
