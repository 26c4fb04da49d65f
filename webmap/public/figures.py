"""Show what stands open in each zone of the town, in figures that anyone can look behind."""

from flask import request
from flask_babel import lazy_gettext as _

from cases import queries
from geo import places
from webmap.arguments import one_of
from webmap.public.frame import blueprint
from webmap.public.shading import shade_at, shades_of
from webmap.visits import visit

FIGURES = {
    "cases": _("Open cases"), "violations": _("Open violations"),
    "median_days": _("Half are older than"), "old": _("Over 180 days"),
    "liens": _("Recorded liens"),
}  # fmt: skip
"""The columns of the table, by any of which the map is shaded."""
FIRST = "violations"


@blueprint.get("/figures")
def figures_page() -> str:
    """Show the zones with their open violations, how old those are, and their liens.

    One of the figures shades them on a map; what the table leaves out has no shade there.
    """
    by = one_of(request.args, "by", ["", *FIGURES]) or FIRST
    with visit() as look:
        if look.town is None:
            return look.page("empty.html")
        figures = look.kept(queries.zone_figures(on=look.today))
        of_zone = {each.zone_id: each for each in figures if not each.everywhere}
        zones = [(zone, of_zone[zone.id]) for zone in look.rows(places.zones())]
        shades = shades_of(getattr(each, by) for _zone, each in zones)
        return look.page(
            "figures.html",
            zones=zones,
            outside=of_zone.get(None),
            whole=next(each for each in figures if each.everywhere),
            by=by, names=FIGURES, shades=shades,
            shade_of=lambda figures: shade_at(getattr(figures, by), shades),
        )  # fmt: skip
