"""Show on one page how the town's public data is downloaded, asked for and opened on a map."""

from flask import current_app
from flask_babel import lazy_gettext as _

from webmap.api.operations import OPERATIONS
from webmap.opendata.files import is_checked, manifests
from webmap.opendata.frame import blueprint
from webmap.visits import visit

ASKED = {
    "list_cases": _("Cases, by where they stand, kind, zone, place or day"),
    "read_case": _("One case with its violations, hearings and history"),
    "list_liens": _("Liens (claims on a property for an unpaid fine)"),
    "read_parcel": _("One parcel with its cases and liens"),
    "list_categories": _("The kinds of violation, and how many open cases there are of each"),
    "list_zones": _("The zones of the officers"),
}
"""What the API answers, for people; what it is itself needs no line."""
LAYERS = {
    "cases": _("Cases"),
    "violations": _("Violations"),
    "liens": _("Liens"),
}
KINDS = {
    "csv": _("Table (CSV)"),
    "geojson": "GeoJSON",
    "gpkg": "GeoPackage",
    "parquet": "GeoParquet",
}
"""The files of a day: what is in them, and how they are written."""


@blueprint.get("", strict_slashes=False)
def page() -> str:
    """Show the page."""
    asked = [(f"/api/v1{_plain(each.path)}", ASKED[each.name]) for each in OPERATIONS
             if each.name in ASKED]  # fmt: skip
    with visit() as look:
        return look.page(
            "data.html", asked=asked, days=manifests(), layers=LAYERS, kinds=KINDS,
            given=is_checked(look.connection), licence=current_app.config["DATA_LICENCE"],
        )  # fmt: skip


def _plain(path: str) -> str:
    return path.replace("<path:", "{").replace(">", "}")
