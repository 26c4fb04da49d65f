"""Show what stands open in each zone of the town, in figures that anyone can look behind."""

from cases import queries
from geo import places
from webmap.public.frame import blueprint
from webmap.visits import visit


@blueprint.get("/figures")
def figures_page() -> str:
    """Show the zones with their open violations, how old those are, and their liens."""
    with visit() as look:
        if look.town is None:
            return look.page("empty.html")
        figures = look.rows(queries.zone_figures(on=look.today))
        of_zone = {each.zone_id: each for each in figures if not each.everywhere}
        return look.page(
            "figures.html",
            zones=[(zone, of_zone[zone.id]) for zone in look.rows(places.zones())],
            outside=of_zone.get(None),
            whole=next(each for each in figures if each.everywhere),
        )
