"""Show repeat parcels as a map with its table, or hand them on with their outlines."""

import dataclasses
import math
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from reports.backdrop import Backdrop, Feature, feature
from reports.caseload import exempt_line
from reports.offline_map import escape, point_layer, standalone_page
from reports.repeat import PLAIN_SENSE, RepeatList, RepeatParcel

MOST_ON_PAGE = 300
PIXELS_A_ROOT_CASE = 2.4
FILL = "#355f8d"
AROUND_DEG = 0.002
"""Some 200 m about the outermost parcels, which also keeps a single one from filling the map."""


def repeat_frame(found: RepeatList) -> gpd.GeoDataFrame:
    """Return the columns of `RepeatParcel` with each parcel's outline, in EPSG:4326."""
    rows = [dataclasses.asdict(parcel) for parcel in found.parcels]
    dates = {
        name: [row[name].isoformat() for row in rows] for name in ("first_opened", "last_opened")
    }
    frame = gpd.GeoDataFrame(rows, geometry=found.outlines, crs=4326)
    return frame.assign(**dates).round({"mean_days_between": 1, "lon": 6, "lat": 6})


def repeat_page(found: RepeatList, *, backdrop: Backdrop) -> str:
    """Return the list and its map as one HTML page that needs no network."""
    shown = found.parcels[:MOST_ON_PAGE]
    features = [
        feature(
            shapely.Point(parcel.lon, parcel.lat),
            key=parcel.parcel_no,
            says=_says(parcel),
            radius=_radius(parcel.cases),
        )
        for parcel in shown
    ]
    places = np.array([(parcel.lat, parcel.lon) for parcel in shown])
    low, high = places.min(axis=0) - AROUND_DEG, places.max(axis=0) + AROUND_DEG
    return standalone_page(
        title=f"Repeat parcels in {found.town.name}",
        panel=_panel(found, shown),
        extent=[low.tolist(), high.tolist()],
        layers=[point_layer(features, name="Repeat parcels", style=_disc)],
        backdrop=backdrop,
        wide=True,
    )


def _radius(cases: int) -> float:
    return round(PIXELS_A_ROOT_CASE * math.sqrt(cases), 1)


def _disc(parcel: Feature) -> dict[str, Any]:
    return {
        "radius": parcel["properties"]["radius"],
        "color": "#ffffff",
        "weight": 1,
        "fill": True,
        "fillColor": FILL,
        "fillOpacity": 0.8,
    }


def _says(parcel: RepeatParcel) -> list[str]:
    return [
        parcel.address or f"Parcel {parcel.parcel_no}",
        *(["Exempt: for the office alone"] if parcel.exempt else []),
        f"Parcel {parcel.parcel_no}, rank {parcel.rank:,}",
        f"{parcel.cases:,} cases, {parcel.open_cases:,} of them open",
        f"{parcel.violations:,} violations of {parcel.sections:,} sections",
        f"First {parcel.first_opened}, last {parcel.last_opened}",
        f"{parcel.mean_days_between:,.0f} days between cases on average",
    ]


def _panel(found: RepeatList, shown: tuple[RepeatParcel, ...]) -> str:
    town, question = found.town, found.question
    note = f'<p class="note">{escape(town.note)}</p>' if town.note else ""
    undated = (
        f"<dt>Day unknown</dt><dd>{found.undated:,} more cases, not counted</dd>"
        if found.undated
        else ""
    )
    exempt = exempt_line(found.exempt, "parcels", outside=question.outside)
    rest = len(found.parcels) - len(shown)
    most = f" The map and the table show the first {len(shown):,}; the CSV has all." if rest else ""
    rows = "".join(_table_row(parcel) for parcel in shown)
    return f"""
<h1>Repeat parcels</h1>
<p class="town">{escape(town.name)}, {question.on}</p>
<p class="lead">{escape(found.words())}.</p>
{note}
<p class="soft">{PLAIN_SENSE} Only verified cases count.</p>
<dl>{undated}{exempt}
<dt>Open</dt><dd>a violation is open as the records stand now, whatever the last day
looked at</dd></dl>
<figure class="legend"><figcaption>Cases on a parcel</figcaption>
<div class="sizes">{_sizes(shown)}</div></figure>
<div class="scroll"><table><caption>Most cases first; equals share a rank.{most} Choose an address
to see it on the map.</caption>
<thead><tr><th scope="col" class="number">Rank</th><th scope="col">Parcel</th>
<th scope="col">Zone</th><th scope="col" class="number">Cases</th>
<th scope="col" class="number">Open</th><th scope="col" class="number">Viola&shy;tions</th>
<th scope="col" class="number">Sec&shy;tions</th><th scope="col">First and last</th>
<th scope="col" class="number">Days between</th></tr></thead>
<tbody>{rows}</tbody></table></div>"""


def _table_row(parcel: RepeatParcel) -> str:
    def number(value: float) -> str:
        return f'<td class="number">{value:,.0f}</td>'

    def day(value: date) -> str:
        return f'<span class="nowrap">{value}</span>'

    return (
        f"<tr>{number(parcel.rank)}"
        f'<td><button type="button" data-key="{escape(parcel.parcel_no)}">'
        f"{escape(parcel.address or parcel.parcel_no)}</button>"
        f"<small>{escape(parcel.parcel_no)}{', exempt' if parcel.exempt else ''}</small></td>"
        f"<td>{escape(parcel.zone)}</td>"
        f"{number(parcel.cases)}{number(parcel.open_cases)}"
        f"{number(parcel.violations)}{number(parcel.sections)}"
        f"<td>{day(parcel.first_opened)} {day(parcel.last_opened)}</td>"
        f"{number(parcel.mean_days_between)}</tr>"
    )


def _sizes(shown: tuple[RepeatParcel, ...]) -> str:
    most, fewest = shown[0].cases, shown[-1].cases
    middle = round(((math.sqrt(most) + math.sqrt(fewest)) / 2) ** 2)
    return "".join(
        f'<span><svg width="{2 * _radius(cases)}" height="{2 * _radius(cases)}" aria-hidden="true">'
        f'<circle cx="50%" cy="50%" r="{_radius(cases)}" fill="{FILL}"/></svg>{cases:,}</span>'
        for cases in sorted({fewest, middle, most})
    )
