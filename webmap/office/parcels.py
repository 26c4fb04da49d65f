"""Show staff a parcel: who owns it, every case there ever was, what it owes."""

from flask import abort

from cases import queries
from cases.desk import parcels
from cases.permissions import Right
from geo import places
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.frame import blueprint


@blueprint.get("/parcel/<path:parcel_no>")
@needs(Right.READ_CASE)
def parcel(parcel_no: str) -> str:
    """Show a parcel."""
    with reading() as desk:
        place = desk.first(places.parcel_by_number(parcel_no)) or abort(404)
        return desk.page(
            "office/parcel.html",
            place=place,
            zone=desk.first(places.zone_at(place.lon, place.lat)),
            cases=desk.rows(parcels.cases_of(place.id, on=desk.today)),
            owners=desk.rows(parcels.owners_of(place.id)),
            complaints=desk.rows(parcels.complaints_at(place.id)),
            liens=desk.rows(queries.liens_of_parcel(place.id)),
        )
