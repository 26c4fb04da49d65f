"""Show staff a parcel: who owns it, every case there ever was, what it owes."""

from typing import Any

from flask import abort, request

from cases.desk import parcels
from cases.permissions import Right
from cases.permits import permits_of
from geo import places
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.office.frame import blueprint


@blueprint.get("/parcel/<path:parcel_no>")
@needs(Right.READ_CASE)
def parcel(parcel_no: str) -> str:
    """Show a parcel, or as a fragment what goes into the panel beside a map."""
    with reading() as desk:
        found = history(desk, parcel_no) or abort(404)
        template = (
            "office/_parcel_panel.html" if "fragment" in request.args else "office/parcel.html"
        )
        return desk.page(template, **found)


def history(desk: Desk, parcel_no: str) -> dict[str, Any]:
    """Return what staff may know of a parcel; nothing where there is none of this number."""
    place = desk.first(places.parcel_by_number(parcel_no, staff=True))
    if place is None:
        return {}
    return {
        "place": place,
        "zone": desk.first(places.zone_at(place.lon, place.lat)),
        "cases": desk.rows(parcels.cases_of(place.id, on=desk.today)),
        "owners": desk.rows(parcels.owners_of(place.id)),
        "complaints": desk.rows(parcels.complaints_at(place.id)),
        "permits": desk.rows(permits_of([place.id], on=desk.today)),
        "liens": desk.rows(parcels.liens_on(place.id)),
        "lineage": desk.rows(places.lineage_of(place.id, staff=True)),
        "bound_by": parcels.bound_by(desk.connection, place.id, on=desk.today),
    }
