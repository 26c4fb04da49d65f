"""Answer what is known of the town, a parcel, the kinds of violation and the officers' zones."""

from collections import Counter
from typing import Any

from flask import abort, url_for

from cases import queries
from geo import places
from webmap.api.cases import lien, summary
from webmap.api.models import Categories, Category, Link, Parcel, Town, Zone, Zones
from webmap.api.operations import OPERATIONS, operation
from webmap.visits import Visit


@operation("/", summary="Read which town this is and what can be asked", answer=Town)
def read_town(look: Visit, _asked: dict[str, Any]) -> Town:
    """Answer with the town and where to go on."""
    lists = [
        Link(
            href=url_for(f"api.{each.name}", _external=True), rel="item", type="application/json",
            title=each.summary,
        )
        for each in OPERATIONS if not each.parts and each.path != "/"
    ]  # fmt: skip
    described = Link(
        href=url_for("api.document", _external=True), rel="service-desc",
        type="application/vnd.oai.openapi+json;version=3.1",
    )  # fmt: skip
    people = Link(href=url_for("opendata.page", _external=True), rel="service-doc",
                  type="text/html")  # fmt: skip
    return Town(
        name=look.town.name if look.town else None,
        timezone=look.town.timezone if look.town else None,
        today=look.today, links=[described, people, *lists],
    )  # fmt: skip


@operation(
    "/parcels/<path:parcel_no>",
    summary="Read one parcel: where it is, its cases and its liens",
    answer=Parcel,
    parts=[("parcel_no", "The number of the parcel.")],
)
def read_parcel(look: Visit, _asked: dict[str, Any], *, parcel_no: str) -> Parcel:
    """Answer what is publicly known of a parcel."""
    parcel = look.first(places.parcel_by_number(parcel_no)) or abort(404)
    cases = look.rows(queries.cases_of_parcel(parcel.id, on=look.today))
    return Parcel(
        parcel_no=parcel.parcel_no, address=parcel.situs_address, land_use=parcel.land_use,
        area_m2=parcel.area_m2, lon=parcel.lon, lat=parcel.lat, ended_on=parcel.ended_on,
        cases=[summary(row) for row in cases], liens=_liens(look, parcel),
    )  # fmt: skip


def _liens(look: Visit, parcel: Any) -> list[Any]:
    """Return the liens on its ground, each with the parcel it was recorded on."""
    found = look.rows(queries.liens_of_parcel(parcel.id))
    on = look.rows(places.parcels_by_id({each.parcel_id for each in found}))
    at = {each.id: each for each in on}
    numbers = {
        row.id: row.number
        for row in look.rows(queries.case_numbers([each.case_id for each in found]))
    }
    return [
        lien(each, parcel_no=at[each.parcel_id].parcel_no,
             address=at[each.parcel_id].situs_address, number=numbers.get(each.case_id))
        for each in found
    ]  # fmt: skip


@operation("/categories", summary="List the kinds of violation", answer=Categories)
def list_categories(look: Visit, _asked: dict[str, Any]) -> Categories:
    """Answer with the kinds of violation that there are open cases of, and how many."""
    counts: Counter[str] = Counter()
    for row in look.rows(queries.open_counts(on=look.today)):
        counts[row.category] += row.cases
    return Categories(
        categories=[Category(category=name, open_cases=counts[name]) for name in sorted(counts)]
    )


@operation("/zones", summary="List the officers' zones", answer=Zones)
def list_zones(look: Visit, _asked: dict[str, Any]) -> Zones:
    """Answer with the officers' zones."""
    return Zones(
        zones=[
            Zone(
                id=row.id, code=row.code, name=row.name, officer=row.officer_name, lon=row.lon,
                lat=row.lat, bbox=(row.west, row.south, row.east, row.north),
            )
            for row in look.rows(places.zones())
        ]
    )  # fmt: skip
