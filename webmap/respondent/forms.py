"""Show the forms that may be printed and sent or brought by whoever has no internet."""

from webmap.auth.gate import anybody
from webmap.respondent.frame import blueprint
from webmap.visits import visit


@blueprint.get("/notice/forms")
@anybody
def forms() -> str:
    """Show the forms, for anybody."""
    with visit() as look:
        return look.page("respondent/forms.html")
