"""Make Folium's maps stand alone: one HTML file that opens from disk with no network."""

import base64
import html
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import folium
from folium.map import Layer
from folium.template import Template

from reports.answers.drawing.palette import POLYGONS
from reports.backdrop import AREA_COLORS, STREET_WIDTHS, Backdrop, Feature
from reports.errors import AssetsMissingError

HERE = Path(__file__).parent
LEAFLET = HERE.parent / "data" / "vendor" / "leaflet"

PANES = {"ground": 350, "heat": 360, "zones": 370, "labels": 450}
"""What lies over what; Leaflet puts points at 400. None of these takes a click."""


class _OfflineFigure(folium.Figure):
    """A page that holds its own styles and scripts and may load nothing at all."""

    _template = Template((HERE / "offline_map.html").read_text(encoding="utf-8"))

    def __init__(
        self, *, title: str, panel: str, looks: str, styles: str, scripts: str = "",
        words: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title=title)
        self.panel, self.looks = panel, looks
        self.styles, self.scripts = styles + _own("offline_map.css"), scripts
        self.words = dict(words or {})


class _OfflineMap(folium.Map):
    """Folium's map without its links to other servers and with zoom left to the reader."""

    _template = Template("""
        {% macro html(this, kwargs) %}
            <div class="map" id="{{ this.get_name() }}" role="region"
                aria-label="{{ this.label|e }}"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.map(
                "{{ this.get_name() }}", {{ this.options|tojavascript }}
            ).fitBounds({{ this.extent|tojson }}, {padding: [16, 16]});
            L.control.scale().addTo({{ this.get_name() }});
            lotline.map = {{ this.get_name() }};
        {% endmacro %}
        """)

    def __init__(self, *, extent: Sequence[Sequence[float]], label: str) -> None:
        super().__init__(
            location=extent[0], tiles=None, prefer_canvas=True, zoom_snap=0.25, max_zoom=19
        )
        self.default_js = []
        self.default_css = []
        self.extent = [list(corner) for corner in extent]
        self.label = label


class _Scripted(Layer):
    """A layer that the page's own script draws of what it is told.

    Parameters
    ----------
    call
        The function of the script.
    said
        What it is told, as JSON.
    name
        Of its switch, which is written as markup.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = {{ this.call }}({{ this.said }});
        {% endmacro %}
        """)

    def __init__(self, call: str, said: object, *, name: str = "", **how: bool) -> None:
        super().__init__(name=escape(name).replace("{", "&#123;"), **how)
        self._name = "Scripted"
        self.call, self.said = call, script_json(said)


class AnswerLayer(_Scripted):
    """A layer of a report (``offline_layers.js``).

    Parameters
    ----------
    said
        What the script draws: ``key``, ``title``, ``look``, ``times``, and ``features`` with
        ``marks``, or ``url`` with ``bounds`` and ``alt``.
    overlay
        Whether it is switched by itself, or is one of several of which one is shown.
    """

    def __init__(self, said: Mapping[str, Any], *, name: str, overlay: bool, show: bool) -> None:
        super().__init__("answer.layer", said, name=name, overlay=overlay, show=show)


def script_json(said: object) -> str:
    """Write JSON for a script of the page: no text in it ends the script or begins a template.

    Folium takes a layer's script, once it is written, for a template and fills that in too: without
    this whoever names a street could run a program where the page is made.
    """
    written = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    for sign in "<>&'":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return _TEMPLATE.sub(r"\\u007b", written)  # only in a text is such a brace before another


_TEMPLATE = re.compile(r"\{(?=[{%#])")


def standalone_page(
    *,
    title: str,
    panel: str,
    extent: Sequence[Sequence[float]],
    layers: Sequence[Layer],
    backdrop: Backdrop,
    words: Mapping[str, str],
    wide: bool = False,
    leaflet: Path = LEAFLET,
) -> str:
    """Return a report's map and its words as one HTML page that needs no network.

    Parameters
    ----------
    title
        Of the page, plain text.
    panel
        HTML beside the map; what comes from data must be escaped in it.
    extent
        [[south, west], [north, east]] in degrees: what the map shows first.
    layers
        Of `AnswerLayer`.
    backdrop
        The town beneath.
    words
        What the map's own parts are called: ``map_region``, ``zones``, ``streets``, ``slider``,
        ``play``, ``pause``.
    wide
        Whether the panel holds a wide table.
    leaflet
        Folder of Leaflet's files, made by ``script/bootstrap``.

    Raises
    ------
    AssetsMissingError
        When Leaflet's files are not there.
    """
    figure = _OfflineFigure(
        title=title, panel=panel, looks="wide" if wide else "", words=words,
        styles=_leaflet_css(leaflet), scripts=_scripts(leaflet),
    )  # fmt: skip
    page_map = _OfflineMap(extent=extent, label=words["map_region"])
    figure.add_child(page_map)
    for pane, order in PANES.items():
        folium.map.CustomPane(pane, z_index=order).add_to(page_map)
    town = (*_zones(backdrop, words["zones"]), _street_names(backdrop, words["streets"]))
    for layer in (*_ground(backdrop), *layers, *town):
        layer.add_to(page_map)
    collapsed: Any = folium.JsCode("window.innerWidth < 760")
    folium.LayerControl(collapsed=collapsed, sort_layers=False).add_to(page_map)
    return str(figure.render())


def plain_page(*, title: str, panel: str) -> str:
    """Return a report's words as one HTML page without a map or any script.

    Parameters
    ----------
    panel
        HTML; what comes from data must be escaped in it.
    """
    return str(_OfflineFigure(title=title, panel=panel, looks="plain", styles="").render())


def _scripts(leaflet: Path) -> str:
    forms = f"lotline.forms = {json.dumps(POLYGONS)};"
    return "\n".join(
        [_leaflet_js(leaflet), _own("offline_map.js"), forms, _own("offline_layers.js")]
    )


def escape(value: object) -> str:
    """Return a value as text that is safe in HTML; nothing for None."""
    return "" if value is None else html.escape(str(value))


def _ground(backdrop: Backdrop) -> list[Layer]:
    layers = [
        folium.GeoJson(
            _collection(backdrop.areas),
            control=False,
            style_function=lambda area: {
                "fillColor": AREA_COLORS[area["properties"]["kind"]],
                "fillOpacity": 1,
                "stroke": False,
            },
            pane="ground",
            interactive=False,
        ),
        *(_street_layer(street, casing=True) for street in backdrop.streets),
        *(_street_layer(street, casing=False) for street in backdrop.streets),
    ]
    return layers if backdrop.areas else layers[1:]


def _street_layer(street: Feature, *, casing: bool) -> Layer:
    width = STREET_WIDTHS[street["properties"]["rank"]] + (1.2 if casing else 0)
    color = "#bfb8aa" if casing else "#ffffff"
    return folium.GeoJson(
        _collection([street]),
        control=False,
        style_function=lambda _: {"color": color, "weight": width, "opacity": 1},
        on_each_feature=folium.JsCode("lotline.street"),
        pane="ground",
        interactive=False,
    )


def _zones(backdrop: Backdrop, name: str) -> list[Layer]:
    if not backdrop.zones:
        return []
    group = folium.FeatureGroup(name=escape(name))
    bare = [each | {"properties": {}} for each in backdrop.zones]
    folium.GeoJson(
        _collection(bare),
        style_function=lambda _: {
            "color": "#16294d",
            "weight": 1.6,
            "opacity": 0.75,
            "fill": False,
            "dashArray": "6 4",
        },
        pane="zones",
        interactive=False,
    ).add_to(group)
    _labels(backdrop, kind="zone").add_to(group)
    return [group]


def _street_names(backdrop: Backdrop, name: str) -> Layer:
    group = folium.FeatureGroup(name=escape(name))
    _labels(backdrop, kind="street").add_to(group)
    return group


def _labels(backdrop: Backdrop, *, kind: str) -> Layer:
    features = [label for label in backdrop.labels if label["properties"]["kind"] == kind]
    return _Scripted("lotline.labels", features)


def _collection(features: Sequence[Feature]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _own(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _leaflet_js(folder: Path) -> str:
    return re.sub(r"(?m)^//# sourceMappingURL=.*$", "", _asset(folder, "leaflet.js"))


def _leaflet_css(folder: Path) -> str:
    """Return Leaflet's style with its images inside it."""

    def inlined(found: re.Match[str]) -> str:
        image = (folder / found[1]).read_bytes()
        return f"url(data:image/png;base64,{base64.b64encode(image).decode('ascii')})"

    return re.sub(r"url\((images/[\w.-]+\.png)\)", inlined, _asset(folder, "leaflet.css"))


def _asset(folder: Path, name: str) -> str:
    path = folder / name
    if not path.is_file():
        msg = f"{path} is missing: run script/bootstrap, which fetches it, and try again."
        raise AssetsMissingError(msg)
    return path.read_text(encoding="utf-8")
