"""Show which officer looks after which zone of the town, and how the town is reached."""

from collections import Counter

from cases import queries
from geo import places
from webmap.public.frame import blueprint
from webmap.visits import visit


@blueprint.get("/officers")
def officers_page() -> str:
    """Show the zones, the officer of each, and how many cases are open there."""
    with visit() as look:
        if look.town is None:
            return look.page("empty.html")
        open_cases: Counter[int | None] = Counter()
        for row in look.rows(queries.open_counts(on=look.today)):
            open_cases[row.zone_id] += row.cases
        zones = look.rows(places.zones())
        return look.page(
            "officers.html", zones=zones, open_cases=open_cases, example=look.example()
        )
