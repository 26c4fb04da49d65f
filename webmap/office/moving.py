"""Show what of moves from other systems waits for a person, and how their totals came out."""

from itertools import groupby

from flask import Response

from cases.moving_in.queries import AT_ONCE, latest_moves, waiting
from cases.moving_in.steps import Aside
from cases.permissions import Right
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.frame import blueprint
from webmap.office.tables import as_csv


@blueprint.get("/moving-in")
@needs(Right.SEE_MOVE)
def moving_in() -> str:
    """Show the list, and the control totals of the latest export, of each system."""
    with reading() as desk:
        listed = groupby(desk.rows(waiting(most=AT_ONCE)), key=lambda row: row.system)
        aside = {system: list(rows) for system, rows in listed}
        moves = [(move, aside.get(move.system, [])) for move in desk.rows(latest_moves())]
        return desk.page("office/moving_in.html", moves=moves, waits=bool(aside))


@blueprint.get("/moving-in.csv")
@needs(Right.SEE_MOVE)
def moving_in_csv() -> Response:
    """Hand the whole list out as a table."""
    with reading() as desk:
        rows = desk.rows(waiting())
    heads = ("system", *Aside._fields)
    lines = [[getattr(row, name) for name in heads] for row in rows]
    return as_csv(heads, lines, name="moving-in-to-settle.csv")
