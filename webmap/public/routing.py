"""Show the viewer of route plans, which reads a plan from the reader's own disk."""

from webmap.public.frame import blueprint
from webmap.visits import visit


@blueprint.get("/route")
def route_page() -> str:
    """Show the empty viewer; the plan itself is never sent here."""
    with visit() as look:
        return look.page("route.html" if look.town else "empty.html")
