"""Lay a heat map over its town as a page, or hand its cells to a GIS."""

from typing import Any

import folium
import numpy as np
import shapely
from folium.map import Layer

from reports.backdrop import Backdrop, Feature, feature
from reports.caseload import exempt_line
from reports.density import Floats, cell_centres
from reports.distance import feet
from reports.heat_picture import Scale, paint, scale_for
from reports.heatmap import ENOUGH_PARCELS, HeatMap, TopParcel
from reports.heatmap_cells import FAINTEST_CELL
from reports.offline_map import escape, point_layer, standalone_page


def heatmap_page(heatmap: HeatMap, *, backdrop: Backdrop) -> str:
    """Return the heat map as one HTML page that needs no network."""
    title = f"Where {'open' if heatmap.scope.open_only else 'verified'} cases are"
    surfaces = _surfaces(heatmap)
    scales = {name: scale_for(values) for name, values in surfaces.items()}
    layers: list[Layer] = [
        _picture_layer(heatmap, values, name=name, scale=scales[name], show=order == 0)
        for order, (name, values) in enumerate(surfaces.items())
    ]
    if heatmap.top:
        layers.append(_top_layer(heatmap.top))
    return standalone_page(
        title=f"{title} in {heatmap.town.name}",
        panel=_panel(heatmap, title=title, scales=scales),
        extent=_extent(heatmap),
        layers=layers,
        backdrop=backdrop,
    )


def _surfaces(heatmap: HeatMap) -> dict[str, Floats]:
    what = "Open cases" if heatmap.scope.open_only else "Cases"
    surfaces = {f"{what} per hectare": heatmap.per_hectare}
    rate = heatmap.per_100_parcels
    if rate is not None and np.nanmax(rate, initial=0) > 0:
        surfaces[f"{what} per 100 parcels"] = rate
    return surfaces


def _picture_layer(
    heatmap: HeatMap, values: Floats, *, name: str, scale: Scale, show: bool
) -> Layer:
    picture = paint(values, grid=heatmap.grid, metric=heatmap.metric, scale=scale)
    return folium.raster_layers.ImageOverlay(
        picture.url,
        picture.bounds,
        name=name,
        overlay=False,
        show=show,
        pane="heat",
        alt=f"{name}: the same figures stand in the list beside the map",
    )


def _top_layer(top: tuple[TopParcel, ...]) -> Layer:
    features = [
        feature(
            shapely.Point(parcel.lon, parcel.lat),
            key=parcel.parcel_no,
            says=[
                parcel.address or f"Parcel {parcel.parcel_no}",
                f"Parcel {parcel.parcel_no}",
                f"{parcel.cases:,} cases, {parcel.open_violations:,} open violations",
            ],
        )
        for parcel in top
    ]
    return point_layer(features, name="Parcels with the most cases", style=_ring)


def _ring(_: Feature) -> dict[str, Any]:
    return {
        "radius": 5,
        "color": "#1b1b1b",
        "weight": 2,
        "fill": True,
        "fillColor": "#ffffff",
        "fillOpacity": 0.85,
    }


def _extent(heatmap: HeatMap) -> list[list[float]]:
    """Return the corners of what stands out, not of the whole grid with its empty margin."""
    rows, columns = np.nonzero(heatmap.per_hectare >= FAINTEST_CELL * heatmap.per_hectare.max())
    x, y = cell_centres(heatmap.grid)
    low_high = np.array(
        [[x[columns.min()], y[rows.min()]], [x[columns.max()], y[rows.max()]]], dtype=np.float64
    )
    (west, south), (east, north) = heatmap.metric.to_lonlat(low_high).tolist()
    return [[south, west], [north, east]]


def _panel(heatmap: HeatMap, *, title: str, scales: dict[str, Scale]) -> str:
    town, scope = heatmap.town, heatmap.scope
    note = f'<p class="note">{escape(town.note)}</p>' if town.note else ""
    unplaced = (
        f"<dt>Not on the map</dt><dd>{heatmap.unplaced:,} more, whose place is unknown</dd>"
        if heatmap.unplaced
        else ""
    )
    span = f"{heatmap.first} to {heatmap.last}" if heatmap.first else "unknown"
    legends = "".join(
        _legend(name, scale, hidden=order > 0) for order, (name, scale) in enumerate(scales.items())
    )
    return f"""
<h1>{title}</h1>
<p class="town">{escape(town.name)}, {scope.on}</p>
<p class="lead">This map shows where cases are. It does not show where risk is: a street with
more homes, or with neighbors who call more often, has more cases.</p>
{note}
{legends}
<h2>What is counted</h2>
<dl>
<dt>Cases</dt><dd>{heatmap.cases:,}</dd>
{unplaced}
{exempt_line(heatmap.exempt, "cases", outside=scope.outside)}
<dt>Filter</dt><dd>{escape(scope.words())}</dd>
<dt>As of</dt><dd>{scope.on}</dd>
<dt>Opened</dt><dd>{span}</dd>
<dt>Parcels</dt><dd>{heatmap.parcels:,}</dd>
</dl>
<p class="soft">Each case is spread around its place as a bell curve with a bandwidth
(standard deviation) of {heatmap.grid.bandwidth:g} m ({feet(heatmap.grid.bandwidth)}). A hectare
is 10,000 m&sup2;, about 2.5 acres. The rate per 100 parcels divides by the parcels spread the
same way, and is left blank where fewer than {ENOUGH_PARCELS} parcels lie close enough to say.</p>
{_top_table(heatmap.top)}"""


def _legend(name: str, scale: Scale, *, hidden: bool) -> str:
    stops = ", ".join(
        f"rgba({color[0]}, {color[1]}, {color[2]}, {color[3] / 255:.2f}) {100 * share:.0f}%"
        for share, color in _stops(scale)
    )
    ticks = "".join(
        f'<span style="left:{100 * tick / scale.top:.1f}%">{tick:g}</span>' for tick in scale.ticks
    )
    return f"""
<figure class="legend" data-layer="{escape(name)}"{" hidden" if hidden else ""}>
<figcaption>{escape(name)}</figcaption>
<div class="ramp" style="background-image: linear-gradient(90deg, {stops})"></div>
<div class="ticks">{ticks}</div>
</figure>"""


def _stops(scale: Scale) -> list[tuple[float, list[int]]]:
    shares = np.linspace(0, 1, 21)
    return list(zip(shares.tolist(), scale.colors(shares * scale.top).tolist(), strict=True))


def _top_table(top: tuple[TopParcel, ...]) -> str:
    if not top:
        return '<p class="soft">No parcel has more than one of these cases.</p>'
    rows = "".join(
        f'<tr><td><button type="button" data-key="{escape(parcel.parcel_no)}">'
        f"{escape(parcel.address or parcel.parcel_no)}</button></td>"
        f'<td class="nowrap">{escape(parcel.parcel_no)}{", exempt" if parcel.exempt else ""}</td>'
        f'<td class="number">{parcel.cases:,}</td>'
        f'<td class="number">{parcel.open_violations:,}</td></tr>'
        for parcel in top
    )
    return f"""
<h2>Parcels with the most cases</h2>
<table><caption>The {len(top)} parcels with the most of these cases (two or more). Choose one to
see it on the map.</caption>
<thead><tr><th scope="col">Address</th><th scope="col">Parcel</th>
<th scope="col" class="number">Cases</th><th scope="col" class="number">Open violations</th></tr>
</thead><tbody>{rows}</tbody></table>"""
