"""Show somebody what waits for them today."""

from cases.permissions import Right
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.frame import blueprint


@blueprint.get("/")
@needs(Right.READ_CASE)
def home() -> str:
    """Show today."""
    with reading() as desk:
        return desk.page("office/home.html")
