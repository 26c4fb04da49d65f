"""Show what of a move from another system waits for a person, and how its totals came out."""

from flask import Response

from cases.moving_in.queries import AT_ONCE, latest_move, waiting
from cases.moving_in.steps import Aside
from cases.permissions import Right
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.frame import blueprint
from webmap.office.tables import as_csv


@blueprint.get("/moving-in")
@needs(Right.SEE_MOVE)
def moving_in() -> str:
    """Show the list, and the control totals of the latest export."""
    with reading() as desk:
        return desk.page(
            "office/moving_in.html", move=desk.first(latest_move()),
            aside=desk.rows(waiting(most=AT_ONCE)),
        )  # fmt: skip


@blueprint.get("/moving-in.csv")
@needs(Right.SEE_MOVE)
def moving_in_csv() -> Response:
    """Hand the whole list out as a table."""
    with reading() as desk:
        rows = desk.rows(waiting())
    lines = [[getattr(row, name) for name in Aside._fields] for row in rows]
    return as_csv(Aside._fields, lines, name="moving-in-to-settle.csv")
