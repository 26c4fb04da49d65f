"""Write an answer as one HTML page that opens from disk with no network."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reports.answers.answer import Answer, Layer, Look
from reports.answers.cells import plain
from reports.answers.drawing.chart import draw_chart
from reports.answers.drawing.legends import (
    RAMP_HIGH,
    heading_of,
    ramp,
    ramp_places,
    swatch,
    swatch_size,
)
from reports.answers.drawing.maps import FILLS, corners_of
from reports.answers.drawing.palette import USUAL_MARK, Mark, marks_of
from reports.answers.files.shown import ShownTable, shown_figures, shown_tables
from reports.answers.files.templates import fill, moment
from reports.answers.words import WORDS
from reports.backdrop import Backdrop
from reports.offline_map import AnswerLayer, plain_page, standalone_page

MOST_ROWS = 300
MANY_COLUMNS = 5
"""A table of more makes the panel wide."""
_RAMP_WIDE, _NARROW, _WIDE, _PLAIN = 340, 350, 480, 720


def write_page(answer: Answer, *, backdrop: Backdrop | None) -> str:
    """Return the page: the map where the answer has layers, and all that it says.

    Parameters
    ----------
    backdrop
        The town beneath the map; without it there is none.
    """
    has_map = bool(answer.layers) and backdrop is not None
    tables = shown_tables(answer, most=MOST_ROWS, on_map=_keys(answer) if has_map else ())
    is_wide = bool(answer.charts) or any(len(each.columns) > MANY_COLUMNS for each in tables)
    width = (_WIDE if is_wide else _NARROW) if has_map else _PLAIN
    panel = _panel(answer, tables, chart_wide=width, has_map=has_map)
    title = WORDS["page_title"].format(title=plain(answer.title), town=plain(answer.town))
    if not has_map or backdrop is None:
        return plain_page(title=title, panel=panel)
    west, south, east, north = corners_of(answer, backdrop)
    return standalone_page(
        title=title, panel=panel, extent=[[south, west], [north, east]],
        layers=list(_layers(answer)), backdrop=backdrop, words=WORDS, wide=is_wide,
    )  # fmt: skip


def _keys(answer: Answer) -> set[str]:
    return {
        feature["properties"]["key"] for layer in answer.layers for feature in layer.features
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Legend:
    key: str
    heading: str
    shown: bool
    ramp: Markup | None
    ticks: Sequence[tuple[float, str]]
    steps: Sequence[tuple[Markup, str]]


@dataclass(frozen=True, slots=True)
class _Chart:
    title: str
    says: str
    svg: Markup


def _panel(
    answer: Answer, tables: Sequence[ShownTable], *, chart_wide: int, has_map: bool
) -> str:  # fmt: skip
    charts = [
        _Chart(plain(each.title), plain(each.says),
               _markup(draw_chart(each, answer.table(each.of), wide=chart_wide)))
        for each in answer.charts
    ]  # fmt: skip
    return fill(
        "panel.html", answer=answer, legends=list(_legends(answer)) if has_map else [],
        figures=shown_figures(answer), charts=charts, tables=tables, made=moment(answer.made_at),
    )  # fmt: skip


def _markup(drawn: str) -> Markup:
    """Return what was drawn, whose words are escaped already."""
    return Markup(drawn)  # noqa: S704 - drawn by us, of escaped words


def _legends(answer: Answer) -> Iterator[_Legend]:
    for layer in answer.layers:
        if not layer.legend:
            continue
        words = [plain(each.words) for each in layer.legend]
        if layer.look is Look.PICTURE:
            ticks = list(zip(ramp_places(layer), words, strict=True))
            yield _Legend(layer.key, heading_of(layer), layer.shown, _ramp(layer), ticks, [])
        else:
            drawn = [_swatch(mark, layer.look) for mark in marks_of(layer)]
            steps = list(zip(drawn, words, strict=True))
            yield _Legend(layer.key, heading_of(layer), layer.shown, None, [], steps)


def _ramp(layer: Layer) -> Markup:
    return _markup(
        f'<svg viewBox="0 0 {_RAMP_WIDE} {RAMP_HIGH:g}" preserveAspectRatio="none" '
        f'aria-hidden="true">{ramp(layer, wide=_RAMP_WIDE)}</svg>'
    )


def _swatch(mark: Mark, look: Look) -> Markup:
    size = swatch_size(mark, look)
    return _markup(
        f'<svg width="{size:.0f}" height="{size:.0f}" viewBox="0 0 {size:.1f} {size:.1f}" '
        f'aria-hidden="true">{swatch(mark, look)}</svg>'
    )


def _layers(answer: Answer) -> Iterator[AnswerLayer]:
    """Yield the map's layers: what covers the ground is one of several, unless more are shown."""
    fills = [each for each in answer.layers if each.look in FILLS]
    one_of = len(fills) > 1 and sum(each.shown for each in fills) <= 1
    names: dict[str, int] = {}
    for layer in answer.layers:
        title = plain(layer.title)
        names[title] = names.get(title, 0) + 1
        name = f"{title} ({names[title]})" if names[title] > 1 else title
        overlay = not (one_of and layer in fills)
        yield AnswerLayer(_said(layer), name=name, overlay=overlay, show=layer.shown)


def _said(layer: Layer) -> dict[str, Any]:
    said: dict[str, Any] = {
        "key": layer.key, "title": plain(layer.title), "look": str(layer.look),
        "times": [plain(each) for each in layer.times],
    }  # fmt: skip
    if layer.picture is not None:
        west, south, east, north = layer.picture.bounds
        alt = WORDS["map_says"].format(title=plain(layer.title))
        corners = [[south, west], [north, east]]
        return said | {"url": layer.picture.url, "bounds": corners, "alt": alt}
    marks = [
        {"color": each.color, "radius": each.radius, "form": each.form,
         "dashes": list(each.dashes), "rim": each.rim, "rimWidth": each.rim_width}
        for each in marks_of(layer) or [USUAL_MARK]
    ]  # fmt: skip
    return said | {"features": list(layer.features), "marks": marks}
